"""Messages to customers: written down, sent or failed, listed."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import pytest

from pis_data.errors import (
    ForeignKeyViolationError,
    InvalidFilterError,
    InvalidValueError,
    NotFoundError,
)
from pis_data.schema import NotificationStatus

NOON = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def notifications(repositories):
    return repositories.notifications


@pytest.fixture
def customer(db):
    return db.insert("customers", {"name": "Ann"})[0]["id"]


def test_a_message_is_written_down_and_sent(notifications, album, customer, users):
    sender = users.create("boss@example.org")
    made = notifications.create_pending(
        "album_ready",
        " ann@example.org ",
        customer_id=customer,
        album_id=album.id,
        subject="Your photos",
        content="They are there.",
        metadata={"album_title": album.title},
        created_by=sender.id,
    )
    assert (made.status, made.recipient, made.sent_at) == ("pending", "ann@example.org", None)
    assert (made.channel, made.type, made.created_by) == ("email", "album_ready", sender.id)
    assert notifications.get(made.id) == made
    sent = notifications.mark_sent(made.id)
    assert (sent.status, sent.metadata) == (NotificationStatus.SENT, {"album_title": album.title})
    assert abs(sent.sent_at - dt.datetime.now(dt.UTC)) < HOUR
    assert notifications.get(uuid4()) is None


def test_what_failed_may_be_tried_again_and_what_was_sent_stays_sent(notifications):
    made = notifications.create_pending("custom", "ann@example.org")
    failed = notifications.mark_failed(made.id, "550 no such mailbox")
    assert (failed.status, failed.error_message) == ("failed", "550 no such mailbox")
    sent = notifications.mark_sent(made.id)
    assert (sent.status, sent.error_message) == ("sent", None)
    for call in (notifications.mark_sent, lambda key: notifications.mark_failed(key, "x")):
        with pytest.raises(NotFoundError, match="has not been sent"):
            call(made.id)
        with pytest.raises(NotFoundError):
            call(uuid4())
    assert notifications.get(made.id) == sent


def test_a_message_outlives_customer_and_album(notifications, albums, db, album, customer):
    made = notifications.create_pending("reminder", "x@y", customer_id=customer, album_id=album.id)
    db.delete("customers", {"id": customer})
    db.delete("albums", {"id": album.id})
    kept = notifications.get(made.id)
    assert (kept.customer_id, kept.album_id) == (None, None)


def test_messages_are_listed_by_one_predicate(notifications, db, album, customer):
    """pis.md 2.9: the total ignored the filters, and was counted by loading the table."""
    first = notifications.create_pending("album_ready", "a@b", customer_id=customer).id
    second = notifications.create_pending("reminder", "a@b", album_id=album.id, channel="sms").id
    third = notifications.create_pending("custom", "a@b", customer_id=customer, album_id=album.id).id
    for number, key in enumerate((first, second, third)):
        db.update("notifications", {"id": key}, {"created_at": NOON + number * HOUR})
    notifications.mark_sent(third)

    def ids(**how):
        page = notifications.list(total=True, **how)
        assert page.total == len(page)
        return [each.id for each in page]

    assert ids() == [third, second, first]
    assert ids(status="pending") == [second, first]
    assert ids(kind="reminder") == ids(channel="sms") == [second]
    assert ids(customer_id=customer) == [third, first]
    assert ids(album_id=album.id, status=NotificationStatus.SENT) == [third]
    assert ids(since=NOON + HOUR) == [third, second]
    assert ids(until=NOON + HOUR) == [first]
    assert ids(since=NOON + HOUR, until=NOON + 2 * HOUR) == [second]
    assert notifications.list(limit=1, total=True).total == 3


def test_messages_have_pages(notifications, db):
    made = [notifications.create_pending("custom", f"{n}@example.org").id for n in range(5)]
    db.update("notifications", {"id": made}, {"created_at": NOON})  # the id decides
    page = notifications.list(limit=2)
    found = [each.id for each in page]
    while page.next:
        page = notifications.list(limit=2, after=page.next)
        found += [each.id for each in page]
    assert found == sorted(made, reverse=True)
    with pytest.raises(InvalidFilterError):
        notifications.list(limit=2, status="pending", after=notifications.list(limit=2).next)


def test_it_is_noted_when_a_customer_was_told(notifications, db, album, customer):
    """pis.md 1.6: notified_at was never written."""
    with pytest.raises(NotFoundError, match="not linked"):
        notifications.touch_notified(customer, album.id)
    db.insert("customer_albums", {"customer_id": customer, "album_id": album.id})
    moment = notifications.touch_notified(customer, album.id)
    assert db.find_one("customer_albums", {"customer_id": customer})["notified_at"] == moment


def test_a_message_is_of_something(notifications):
    for wrong in ("customer_id", "album_id", "created_by"):
        with pytest.raises(ForeignKeyViolationError):
            notifications.create_pending("custom", "a@b", **{wrong: uuid4()})


def test_bad_input_is_refused(notifications, refused):
    naive = dt.datetime(2026, 1, 1)
    for wrong in (
        lambda: notifications.create_pending("greeting", "a@b"),
        lambda: notifications.create_pending("custom", " "),
        lambda: notifications.create_pending("custom", "a@b", channel="pigeon"),
        lambda: notifications.create_pending("custom", "a@b", subject="x" * 501),
        lambda: notifications.create_pending("custom", "a@b", album_id="x"),
        lambda: notifications.mark_failed(uuid4(), None),
        lambda: notifications.mark_sent("x"),
        lambda: notifications.list(status="gone"),
        lambda: notifications.list(since=naive),
        lambda: notifications.touch_notified("x", uuid4()),
    ):
        with refused(InvalidValueError):
            wrong()
    with refused(InvalidFilterError):
        notifications.list(limit=0)
