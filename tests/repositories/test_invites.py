"""Invitations: a code is good for one account, once."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import pytest

from pis_data.errors import (
    ForeignKeyViolationError,
    InvalidFilterError,
    InvalidValueError,
    NotFoundError,
    PermissionDeniedError,
    UniqueViolationError,
)
from pis_data.repositories import Rights
from pis_data.schema import CollaboratorRole, CollaboratorStatus, InviteStatus, InviteType

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def invites(repositories):
    return repositories.invites


@pytest.fixture
def collaborators(repositories):
    return repositories.collaborators


@pytest.fixture
def ann(users):
    return users.create("ann@example.org", role="photographer")


@pytest.fixture
def bob(users):
    return users.create("bob@example.org")


def now():
    return dt.datetime.now(dt.UTC)


def test_a_link_is_redeemed_once(invites, collaborators, album, ann, bob, users):
    invite = invites.create_link(album.id, ann.id, "viewer", rights=Rights(can_upload=True))
    assert (invite.invite_type, invite.status, len(invite.invite_code)) == (InviteType.LINK, "pending", 32)
    assert invite.invite_code not in repr(invite)
    joined = invites.redeem(invite.invite_code, bob.id)
    assert (joined.status, joined.role) == (CollaboratorStatus.ACCEPTED, CollaboratorRole.VIEWER)
    assert (joined.invited_by, joined.can_upload, joined.can_edit) == (ann.id, True, False)
    assert collaborators.rights(album.id, bob.id) == Rights(can_upload=True)
    [used] = invites.list_for_album(album.id)
    assert (used.status, used.used_by) == (InviteStatus.ACCEPTED, bob.id)
    assert used.used_at == joined.accepted_at
    with pytest.raises(PermissionDeniedError, match="used already"):
        invites.redeem(invite.invite_code, users.create("cid@example.org").id)


def test_of_many_who_redeem_at_once_one_wins(invites, users, album, ann, together, open_repositories):
    code = invites.create_link(album.id, ann.id).invite_code
    guests = [users.create(f"{n}@example.org").id for n in range(4)]
    calls = [lambda db, key=key: open_repositories(db).invites.redeem(code, key).user_id for key in guests]
    outcomes = together(*calls)
    won = [each for each in outcomes if each in guests]
    assert len(won) == 1, outcomes
    assert [type(each) for each in outcomes if each not in guests] == [PermissionDeniedError] * 3
    [used] = invites.list_for_album(album.id)
    assert used.used_by == won[0]


def test_of_redeeming_and_cancelling_at_once_one_happens(
    invites, collaborators, album, ann, bob, together, open_repositories
):
    invite = invites.create_link(album.id, ann.id)
    outcomes = together(
        lambda db: open_repositories(db).invites.redeem(invite.invite_code, bob.id).status,
        lambda db: open_repositories(db).invites.cancel(invite.id).status,
    )
    assert len([each for each in outcomes if isinstance(each, PermissionDeniedError)]) == 1, outcomes
    took_part = collaborators.rights(album.id, bob.id) is not None
    assert invites.list_for_album(album.id).items[0].status == ("accepted" if took_part else "cancelled")


def test_what_is_over_is_refused_in_words(invites, collaborators, album, ann, bob):
    cancelled, expiring, expired = (
        invites.create_link(album.id, ann.id, expires_at=end) for end in (None, now() + HOUR, now() - HOUR)
    )
    invites.cancel(cancelled.id)
    later = now() + 2 * HOUR
    for invite, why in ((cancelled, "was cancelled"), (expiring, "has expired"), (expired, "has expired")):
        with pytest.raises(PermissionDeniedError, match=why) as caught:
            invites.redeem(invite.invite_code, bob.id, now=later)
        assert invite.invite_code not in str(caught.value)
    assert collaborators.list_for_album(album.id).items == ()
    assert invites.redeem(expiring.invite_code, bob.id).user_id == bob.id


def test_the_moment_of_expiry_is_too_late(invites, album, ann, bob):
    end = now() + HOUR
    code = invites.create_link(album.id, ann.id, expires_at=end).invite_code
    with pytest.raises(PermissionDeniedError):
        invites.redeem(code, bob.id, now=end)
    assert invites.redeem(code, bob.id, now=end - dt.timedelta(microseconds=1))


def test_old_invitations_are_marked(invites, album, ann, bob):
    old, young, forever = (
        invites.create_link(album.id, ann.id, expires_at=end) for end in (now() - HOUR, now() + HOUR, None)
    )
    assert invites.expire_old() == 1
    assert invites.expire_old() == 0
    found = {invite.id: invite.status for invite in invites.list_for_album(album.id)}
    assert found == {old.id: "expired", young.id: "pending", forever.id: "pending"}
    with pytest.raises(PermissionDeniedError, match="has expired"):
        invites.redeem(old.invite_code, bob.id)
    assert invites.expire_old(now=now() + 2 * HOUR) == 1


def test_only_the_address_that_is_meant_may_redeem(invites, album, ann, bob):
    invite = invites.create_link(album.id, ann.id, email="Bob@Example.org")
    assert (invite.invite_type, invite.email) == (InviteType.EMAIL, "bob@example.org")
    for other in (ann.id, uuid4()):
        with pytest.raises(PermissionDeniedError, match="another address"):
            invites.redeem(invite.invite_code, other)
    assert invites.redeem(invite.invite_code, bob.id).user_id == bob.id


def test_who_takes_part_uses_no_invitation_up(invites, collaborators, album, ann, bob, users):
    collaborators.invite_user(album.id, bob.id)
    collaborators.accept(album.id, bob.id)
    code = invites.create_link(album.id, ann.id).invite_code
    with pytest.raises(UniqueViolationError):
        invites.redeem(code, bob.id)
    assert invites.redeem(code, users.create("cid@example.org").id)


def test_who_was_removed_may_come_back_by_an_invitation(invites, collaborators, album, ann, bob):
    collaborators.invite_user(album.id, bob.id)
    removed = collaborators.remove(album.id, bob.id)
    again = invites.redeem(invites.create_link(album.id, ann.id).invite_code, bob.id)
    assert (again.id, again.status) == (removed.id, CollaboratorStatus.ACCEPTED)


def test_nothing_is_used_up_for_nobody(invites, albums, users, album, ann, bob):
    code = invites.create_link(album.id, ann.id).invite_code
    users.update(bob.id, is_active=False)
    for nobody in (uuid4(), bob.id):
        with pytest.raises(NotFoundError, match="account"):
            invites.redeem(code, nobody)
    users.update(bob.id, is_active=True)
    albums.soft_delete(album.id)
    with pytest.raises(NotFoundError, match="album"):
        invites.redeem(code, bob.id)
    albums.restore(album.id)
    with pytest.raises(NotFoundError, match="no invitation"):
        invites.redeem("0" * 32, bob.id)
    assert invites.redeem(code, bob.id)


def test_what_does_not_wait_is_not_cancelled(invites, album, ann, bob):
    invite = invites.create_link(album.id, ann.id)
    invites.redeem(invite.invite_code, bob.id)
    with pytest.raises(PermissionDeniedError, match="it is accepted"):
        invites.cancel(invite.id)
    with pytest.raises(NotFoundError):
        invites.cancel(uuid4())


def test_invitations_have_pages(invites, album, ann):
    made = [invites.create_link(album.id, ann.id).id for _ in range(5)]
    invites.cancel(made[0])
    page = invites.list_for_album(album.id, status="pending", limit=3, total=True)
    rest = invites.list_for_album(album.id, status="pending", limit=3, after=page.next)
    assert page.total == 4
    assert sorted(each.id for each in (*page, *rest)) == sorted(made[1:])
    with pytest.raises(InvalidFilterError):
        invites.list_for_album(album.id, limit=3, after=page.next)


def test_an_invitation_is_of_something(invites, albums, album, ann):
    with pytest.raises(ForeignKeyViolationError):
        invites.create_link(album.id, uuid4())
    albums.soft_delete(album.id)
    for nothing in (uuid4(), album.id):
        with pytest.raises(NotFoundError):
            invites.create_link(nothing, ann.id)


def test_bad_input_is_refused(invites, album, ann, refused):
    naive = dt.datetime(2026, 1, 1)
    for wrong in (
        lambda: invites.create_link("x", ann.id),
        lambda: invites.create_link(album.id, ann.id, "king"),
        lambda: invites.create_link(album.id, ann.id, email="ann"),
        lambda: invites.create_link(album.id, ann.id, expires_at=naive),
        lambda: invites.redeem("", ann.id),
        lambda: invites.redeem(None, ann.id),
        lambda: invites.redeem("a" * 33, ann.id),
        lambda: invites.redeem("a", "x"),
        lambda: invites.expire_old(now=naive),
        lambda: invites.cancel("x"),
        lambda: invites.list_for_album(album.id, status="gone"),
    ):
        with refused(InvalidValueError):
            wrong()


def test_a_refusal_does_not_end_the_callers_transaction(repositories, collaborators, album, ann, bob):
    with repositories.transaction() as r:
        code = r.invites.create_link(album.id, ann.id, email=bob.email).invite_code
        with pytest.raises(PermissionDeniedError):
            r.invites.redeem(code, ann.id)
        r.invites.redeem(code, bob.id)
    assert [each.user_id for each in collaborators.list_for_album(album.id)] == [bob.id]
