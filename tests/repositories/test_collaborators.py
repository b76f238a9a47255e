"""Who works on an album together."""

from __future__ import annotations

from uuid import uuid4

import pytest

from pis_data.errors import (
    InvalidFilterError,
    InvalidValueError,
    NotFoundError,
    PermissionDeniedError,
    UniqueViolationError,
)
from pis_data.repositories import Rights
from pis_data.schema import CollaboratorRole, CollaboratorStatus


@pytest.fixture
def collaborators(repositories):
    return repositories.collaborators


@pytest.fixture
def ann(users):
    return users.create("ann@example.org", role="photographer", full_name="Ann")


@pytest.fixture
def bob(users):
    return users.create("bob@example.org", role="photographer")


def test_one_is_invited_and_accepts(collaborators, album, ann, bob):
    invited = collaborators.invite_user(album.id, ann.id, invited_by=bob.id)
    assert (invited.status, invited.role) == (CollaboratorStatus.PENDING, CollaboratorRole.EDITOR)
    assert (invited.accepted_at, invited.invited_by) == (None, bob.id)
    assert collaborators.rights(album.id, ann.id) is None
    accepted = collaborators.accept(album.id, ann.id)
    assert accepted.status == CollaboratorStatus.ACCEPTED
    assert accepted.accepted_at >= invited.invited_at
    assert collaborators.rights(album.id, ann.id) == Rights(can_upload=True, can_edit=True)
    assert collaborators.rights(album.id, bob.id) is None


def test_a_role_brings_rights_and_rights_may_differ(collaborators, album, ann, bob, users):
    cid = users.create("cid@example.org")
    owner = collaborators.invite_user(album.id, ann.id, "owner")
    viewer = collaborators.invite_user(album.id, bob.id, "viewer")
    other = collaborators.invite_user(album.id, cid.id, "viewer", rights=Rights(can_invite=True))
    assert all((owner.can_upload, owner.can_edit, owner.can_delete, owner.can_manage, owner.can_invite))
    assert not any((viewer.can_upload, viewer.can_edit, viewer.can_delete, viewer.can_manage))
    collaborators.accept(album.id, cid.id)
    assert other.can_invite
    assert collaborators.rights(album.id, cid.id) == Rights(can_invite=True)


def test_the_albums_owner_has_all_rights(collaborators, albums, album, ann):
    albums.update(album.id, owner_id=ann.id)
    assert collaborators.rights(album.id, ann.id) == Rights(
        can_upload=True, can_edit=True, can_delete=True, can_manage=True, can_invite=True
    )


def test_accounts_that_are_off_have_no_rights(collaborators, albums, users, album, ann):
    collaborators.invite_user(album.id, ann.id)
    collaborators.accept(album.id, ann.id)
    users.update(ann.id, is_active=False)
    assert collaborators.rights(album.id, ann.id) is None
    users.update(ann.id, is_active=True)
    assert collaborators.rights(album.id, ann.id) is not None
    albums.soft_delete(album.id)
    assert collaborators.rights(album.id, ann.id) is None


def test_new_terms_replace_an_invitation_that_waits(collaborators, album, ann):
    first = collaborators.invite_user(album.id, ann.id, "viewer")
    again = collaborators.invite_user(album.id, ann.id, "owner")
    assert (again.id, again.role, again.can_delete) == (first.id, CollaboratorRole.OWNER, True)


def test_who_takes_part_is_not_invited_again(collaborators, album, ann):
    collaborators.invite_user(album.id, ann.id)
    collaborators.accept(album.id, ann.id)
    with pytest.raises(UniqueViolationError) as caught:
        collaborators.invite_user(album.id, ann.id, "viewer")
    assert caught.value.columns == ("album_id", "user_id")
    assert collaborators.rights(album.id, ann.id).can_edit


@pytest.mark.parametrize("way", ["reject", "remove"])
def test_who_is_out_may_be_invited_again(collaborators, album, ann, way):
    collaborators.invite_user(album.id, ann.id)
    if way == "remove":
        collaborators.accept(album.id, ann.id)
    out = getattr(collaborators, way)(album.id, ann.id)
    assert out.status == {"reject": "rejected", "remove": "removed"}[way]
    assert collaborators.rights(album.id, ann.id) is None
    again = collaborators.invite_user(album.id, ann.id)
    assert (again.id, again.status, again.accepted_at) == (out.id, CollaboratorStatus.PENDING, None)


def test_what_does_not_wait_is_refused_in_words(collaborators, album, ann, bob):
    for call in (collaborators.accept, collaborators.reject, collaborators.remove):
        with pytest.raises(NotFoundError, match="was not invited"):
            call(album.id, ann.id)
    collaborators.invite_user(album.id, ann.id)
    collaborators.accept(album.id, ann.id)
    for call in (collaborators.accept, collaborators.reject):
        with pytest.raises(PermissionDeniedError, match="it is accepted"):
            call(album.id, ann.id)
    collaborators.remove(album.id, ann.id)
    for call in (collaborators.accept, collaborators.reject, collaborators.remove):
        with pytest.raises(PermissionDeniedError, match="it is removed"):
            call(album.id, ann.id)


def test_who_is_not_there_can_not_be_invited(collaborators, albums, users, album, ann):
    users.update(ann.id, is_active=False)
    for nobody in (uuid4(), ann.id):
        with pytest.raises(NotFoundError, match="account"):
            collaborators.invite_user(album.id, nobody)
    albums.soft_delete(album.id)
    for nothing in (uuid4(), album.id):
        with pytest.raises(NotFoundError, match="album"):
            collaborators.invite_user(nothing, ann.id)


def test_lists_show_account_and_album(collaborators, albums, album, ann, bob):
    other = albums.create(title="Another day")
    for each in (album, other):
        collaborators.invite_user(each.id, ann.id)
    collaborators.invite_user(album.id, bob.id)
    collaborators.accept(album.id, bob.id)
    found = collaborators.list_for_album(album.id, total=True)
    assert [(each.email, each.full_name) for each in found] == [(ann.email, "Ann"), (bob.email, None)]
    assert found.total == 2
    assert [each.user_id for each in collaborators.list_for_album(album.id, status="accepted")] == [bob.id]
    of_ann = collaborators.list_for_user(ann.id)
    assert [each.album_title for each in of_ann] == [album.title, other.title]
    albums.soft_delete(other.id)
    assert [each.album_id for each in collaborators.list_for_user(ann.id, status="pending")] == [album.id]
    assert collaborators.list_for_album(other.id).items == ()


def test_lists_have_pages(collaborators, users, album):
    made = [users.create(f"{n}@example.org").id for n in range(5)]
    for key in made:
        collaborators.invite_user(album.id, key)
    page = collaborators.list_for_album(album.id, limit=2)
    found = [each.user_id for each in page]
    while page.next:
        page = collaborators.list_for_album(album.id, limit=2, after=page.next)
        found += [each.user_id for each in page]
    assert found == made
    first = collaborators.list_for_album(album.id, limit=2)
    with pytest.raises(InvalidFilterError):
        collaborators.list_for_album(album.id, status="pending", limit=2, after=first.next)


def test_of_many_invitations_at_once_one_row_is_made(collaborators, album, ann, together, open_repositories):
    outcomes = together(
        *[lambda db: open_repositories(db).collaborators.invite_user(album.id, ann.id).id] * 4
    )
    assert len(set(outcomes)) == 1, outcomes


def test_of_accepting_and_rejecting_at_once_one_happens(
    collaborators, album, ann, together, open_repositories
):
    collaborators.invite_user(album.id, ann.id)
    outcomes = together(
        lambda db: open_repositories(db).collaborators.accept(album.id, ann.id).status,
        lambda db: open_repositories(db).collaborators.reject(album.id, ann.id).status,
    )
    assert len([each for each in outcomes if isinstance(each, PermissionDeniedError)]) == 1, outcomes


def test_bad_input_is_refused(collaborators, album, ann, refused):
    for wrong in (
        lambda: collaborators.invite_user("x", ann.id),
        lambda: collaborators.invite_user(album.id, 7),
        lambda: collaborators.invite_user(album.id, ann.id, "king"),
        lambda: collaborators.invite_user(album.id, ann.id, rights={"can_edit": True}),
        lambda: collaborators.invite_user(album.id, ann.id, rights=Rights(can_edit=1)),
        lambda: collaborators.accept("x", ann.id),
        lambda: collaborators.list_for_album(album.id, status="gone"),
        lambda: collaborators.rights(album.id, "x"),
    ):
        with refused(InvalidValueError):
            wrong()
    with refused(InvalidFilterError):
        collaborators.list_for_user(ann.id, limit=0)
