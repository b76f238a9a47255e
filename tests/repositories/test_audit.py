"""The audit log: entries without secrets, lists, sums, an export, a purge."""

from __future__ import annotations

import datetime as dt
from uuid import UUID, uuid4

import pytest

from pis_data.errors import ForeignKeyViolationError, InvalidFilterError, InvalidValueError
from pis_data.schema import AuditStatus

NOON = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


@pytest.fixture
def audit(repositories):
    return repositories.audit


@pytest.fixture
def ann(users):
    return users.create("ann@example.org", role="admin")


@pytest.fixture
def fill(audit, db):
    """Entries of the given columns, an hour apart; their ids."""

    def fill(*entries, start=NOON):
        made = []
        for number, entry in enumerate(entries):
            row = audit.record({"action": "update", "resource_type": "album", **entry})
            db.update("audit_logs", {"id": row.id}, {"created_at": start + number * HOUR})
            made.append(row.id)
        return made

    return fill


def test_an_entry_is_kept(audit, ann, album):
    entry = audit.record(
        user_id=ann.id,
        user_email=ann.email,
        user_role=ann.role,
        action="update",
        resource_type="album",
        resource_id=album.id,
        resource_name=album.title,
        changes={"before": {"title": "a"}, "after": {"title": "b"}},
        ip_address="192.0.2.1",
    )
    assert (entry.resource_id, entry.status) == (str(album.id), AuditStatus.SUCCESS)
    assert (entry.changes, entry.metadata) == ({"before": {"title": "a"}, "after": {"title": "b"}}, {})
    assert audit.list().items == (entry,)
    assert audit.record({"action": "dance", "resource_type": "floor"}).action == "dance"


def test_secrets_are_not_kept_at_any_depth(audit):
    """pis.md 5.7.10: an album's update wrote its password and upload token into the log."""
    entry = audit.record(
        action="update",
        resource_type="album",
        changes={
            "before": {"password": "sesame", "upload_token": 12345678, "title": "a"},
            "after": {"nested": [{"smtpPass": "sesame", "has_password": True, "apiKey": "sesame"}]},
            "settings": [{"key": "wechat_secret", "value": "sesame", "is_public": False}],
            "passwordHash": {"salt": "sesame"},
            "password": None,
            "token": "",
            "original_key": "raw/a.jpg",
        },
        metadata={"headers": {"Authorization": "Bearer sesame", "Cookie": ["sesame"], "Accept": "*/*"}},
        request_path="/api/albums?upload_token=sesame&page=2",
        description="set password: sesame for postgresql://pis:sesame@db/pis",
        error_message='{"refresh_token": "sesame"} with eyJhbGciOiJI.sesameXX.sesame and Basic sesamesesame',
    )
    assert entry.changes == {
        "before": {"password": "******", "upload_token": "******", "title": "a"},
        "after": {"nested": [{"smtpPass": "******", "has_password": True, "apiKey": "******"}]},
        "settings": [{"key": "wechat_secret", "value": "******", "is_public": False}],
        "passwordHash": "******",
        "password": None,
        "token": "",
        "original_key": "raw/a.jpg",
    }
    assert entry.metadata["headers"] == {"Authorization": "******", "Cookie": "******", "Accept": "*/*"}
    assert entry.request_path == "/api/albums?upload_token=******&page=2"
    assert "sesame" not in repr(entry)


def test_an_entry_is_not_lost_for_its_content(audit):
    deep: dict[str, object] = {"end": 1}
    for _ in range(50):
        deep = {"deeper": deep}
    entry = audit.record(
        action="login",
        resource_type="user",
        user_email="a\0" + "x" * 300,
        ip_address="1" * 100,
        user_agent="\ud800 agent",
        description="long " * 10_000,
        changes={
            "when": NOON,
            "id": UUID(int=7),
            "size": 1 << 70,
            "ratio": float("nan"),
            "raw": b"\x00\xff",
            "nul\0": "a\0b",
            7: {1},
            "deep": deep,
            "many": list(range(2000)),
        },
    )
    assert entry.user_email.startswith("a\ufffdx")
    assert (len(entry.user_email), len(entry.ip_address), len(entry.description)) == (255, 45, 10_000)
    assert entry.ip_address.endswith("…")
    assert entry.user_agent.endswith(" agent")
    found = entry.changes
    assert (found["when"], found["id"]) == (NOON.isoformat(), str(UUID(int=7)))
    assert (found["size"], found["ratio"], found["raw"]) == (str(1 << 70), "nan", "<2 bytes>")
    assert (found["nul\ufffd"], found["7"]) == ("a\ufffdb", [1])
    assert len(found["many"]) == 1001
    assert "…" in repr(found["deep"])


def test_text_of_others_is_read_in_a_bearable_time(audit):
    for text in ("password" * 20_000, "a" * 200_000, "eyJ-" * 50_000, "://" * 50_000, "token='" * 20_000):
        entry = audit.record(action="login", resource_type="user", description=text, metadata={"a": text})
        assert len(entry.description) <= 10_000


def test_entries_are_listed_by_one_predicate(audit, fill, ann, users):
    bob = users.create("bob@example.org")
    a, b, c, d = fill(
        {"user_id": ann.id, "description": "Changed 50% of it"},
        {"user_id": bob.id, "action": "delete", "resource_id": "7"},
        {"user_id": ann.id, "resource_type": "user", "status": "failed", "description": "changed 50 of it"},
        {"action": "login", "resource_type": "user", "resource_id": 7},
    )

    def ids(**how):
        page = audit.list(total=True, **how)
        assert page.total == len(page)
        assert [entry.id for entry in audit.export(batch=2, **how)] == [entry.id for entry in page]
        return [entry.id for entry in page]

    assert ids() == [d, c, b, a]
    assert ids(user_id=ann.id) == [c, a]
    assert ids(action="delete") == [b]
    assert ids(resource_type="user") == [d, c]
    assert ids(resource_type="album", resource_id=7) == [b]
    assert ids(status="failed") == [c]
    assert ids(search="CHANGED") == [c, a]
    assert ids(search="50%") == [a]
    assert ids(since=NOON + HOUR, until=NOON + 3 * HOUR) == [c, b]
    assert audit.list(limit=1, total=True).total == 4


def test_entries_have_pages(audit, fill):
    made = fill(*[{}] * 5)
    page = audit.list(limit=2)
    found = [entry.id for entry in page]
    while page.next:
        page = audit.list(limit=2, after=page.next)
        found += [entry.id for entry in page]
    assert found == made[::-1]
    with pytest.raises(InvalidFilterError):
        audit.list(limit=2, action="update", after=audit.list(limit=2).next)


def test_entries_are_summed_up(audit, fill, ann, users):
    bob = users.create("bob@example.org")
    fill(
        *[{"user_id": ann.id, "user_email": "ann@example.org"}] * 3,
        {"user_id": bob.id, "action": "login", "resource_type": "user"},
        {"action": "login", "resource_type": "user"},
        start=dt.datetime(2026, 3, 28, 20, tzinfo=dt.UTC),
    )
    fill({"action": "old"}, start=NOON - 100 * DAY)
    found = audit.stats(7, now=dt.datetime(2026, 3, 30, tzinfo=dt.UTC), tz="Europe/Berlin")
    assert found.total == 5
    assert list(found.by_action.items()) == [("update", 3), ("login", 2)]
    assert list(found.by_resource_type.items()) == [("album", 3), ("user", 2)]
    assert [(each.user_id, each.user_email, each.count) for each in found.by_user] == [
        (ann.id, "ann@example.org", 3),
        (None, None, 1),
        (bob.id, None, 1),
    ]
    # in Berlin it was 21, 22, 23 o'clock, and then the night in which the clock was put forward
    assert {day: number for day, number in found.by_day.items() if number} == {
        dt.date(2026, 3, 28): 3,
        dt.date(2026, 3, 29): 2,
    }
    assert min(found.by_day) == dt.date(2026, 3, 23)
    assert len(found.by_day) == 8


def test_old_entries_are_purged_in_batches(audit, fill, count_statements):
    *_, last = fill(*[{}] * 7)
    assert count_statements(audit.purge, NOON + 6 * HOUR, batch=4) == 2
    assert [entry.id for entry in audit.list()] == [last]
    assert audit.purge(NOON) == 0
    assert audit.purge(NOON + DAY, batch=1) == 1


def test_an_entry_outlives_its_account(audit, db, ann):
    entry = audit.record(user_id=ann.id, user_email=ann.email, action="login", resource_type="user")
    db.delete("users", {"id": ann.id})
    [kept] = audit.list()
    assert (kept.id, kept.user_id, kept.user_email) == (entry.id, None, "ann@example.org")
    with pytest.raises(ForeignKeyViolationError):
        audit.record(user_id=uuid4(), action="login", resource_type="user")


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"action": "login"},
        {"action": " ", "resource_type": "user"},
        {"action": "login", "resource_type": "user", "status": "odd"},
        {"action": "login", "resource_type": "user", "created_at": NOON},
        {"action": "login", "resource_type": "user", "changes": [1]},
        {"action": "login", "resource_type": "user", "ip_address": 7},
        {"action": "login", "resource_type": "user", "user_id": "x"},
    ],
    ids=str,
)
def test_an_entry_makes_sense(audit, refused, wrong):
    with refused(InvalidValueError):
        audit.record(wrong)


def test_bad_input_is_refused(audit, refused):
    naive = dt.datetime(2026, 1, 1)
    for wrong in (
        lambda: audit.list(status="odd"),
        lambda: audit.list(since=naive),
        lambda: audit.list(colour="red"),
        lambda: audit.export(user_id="x"),
        lambda: audit.stats(0),
        lambda: audit.stats(tz="Mars/Olympus"),
        lambda: audit.purge(naive),
    ):
        with refused(InvalidValueError):
            wrong()
    for wrong in (
        lambda: audit.list(limit=0),
        lambda: audit.purge(NOON, batch=0),
        lambda: audit.export(batch=0),
    ):
        with refused(InvalidFilterError):
            wrong()
