"""Repositories over adapters and transactions, and how they are imported."""

from __future__ import annotations

import subprocess
import sys

import pytest

from pis_data.errors import (
    DatabaseUnavailableError,
    DeadlockError,
    InvalidValueError,
    TransactionError,
    UniqueViolationError,
)


def test_calls_take_effect_together(repositories):
    def half():
        with repositories.transaction() as r:
            album = r.albums.create(title="a", slug="one")
            r.photos.create_pending(album.id, filename="1", original_key="1")
            assert r.photos.page(album.id).items
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half()
    assert repositories.albums.get_by_slug("one") is None

    with repositories.transaction() as r:
        r.albums.create(title="a", slug="one")
    assert repositories.albums.get_by_slug("one") is not None


def test_nested_transactions_are_savepoints(repositories):
    def fails(r):
        with r.transaction() as inner:
            inner.albums.create(title="b", slug="inner")
            inner.albums.create(title="c", slug="outer")

    with repositories.transaction() as r:
        r.albums.create(title="a", slug="outer")
        with pytest.raises(UniqueViolationError):
            fails(r)
        r.albums.create(title="d", slug="after")
    found = {album.slug for album in repositories.albums.list_admin()}
    assert found == {"outer", "after"}


def test_repositories_over_a_transaction_of_ones_own(db, open_repositories):
    with db.transaction() as tx:
        tx.insert("albums", {"title": "a", "slug": "one"})
        assert open_repositories(tx).albums.get_by_slug("one") is not None


def test_the_adapter_is_not_called_inside_its_transaction(repositories):
    with repositories.transaction(), pytest.raises(TransactionError):
        repositories.albums.list_admin()


def test_a_unit_of_work_is_run_again(repositories):
    attempts = []

    def unit(r):
        attempts.append(1)
        album = r.albums.create(title="a", slug="one")
        if len(attempts) < 3:
            raise DeadlockError("again")
        return album

    album = repositories.run(unit)
    assert len(attempts) == 3
    assert repositories.albums.get(album.id) == album


def test_a_unit_of_work_in_a_transaction_runs_once(repositories):
    attempts = []

    def fails(r):
        attempts.append(1)
        raise DeadlockError("again")

    def outer():
        with repositories.transaction() as r:
            assert r.run(lambda inner: inner.albums.create(title="a").title) == "a"
            for wrong in ({"unit": None}, {"unit": fails, "retries": -1}):
                with pytest.raises(InvalidValueError):
                    r.run(**wrong)
            r.run(fails)

    with pytest.raises(DeadlockError):
        outer()
    assert len(attempts) == 1


def test_a_read_only_transaction_refuses_to_write(db, open_repositories):
    with db.transaction(read_only=True) as tx:
        r = open_repositories(tx)
        assert r.albums.list_admin().items == ()
        for write in (
            lambda: r.albums.create(title="a", slug="x"),
            lambda: r.photos.claim_pending(),
            lambda: r.settings.set("a", 1),
        ):
            with pytest.raises(TransactionError):
                write()


def test_both_faces_have_the_same_names():
    from pis_data import repositories
    from pis_data.aio import repositories as asynchronous
    from pis_data.sync import repositories as synchronous

    assert set(repositories.__all__) == set(synchronous.__all__) == set(asynchronous.__all__)
    assert all(getattr(repositories, name) is getattr(synchronous, name) for name in repositories.__all__)
    assert set(repositories.__all__) <= set(dir(repositories))
    with pytest.raises(AttributeError, match="Repository"):
        _ = repositories.Repository


def test_the_face_is_light():
    code = "import sys, pis_data.repositories as r; dir(r); sys.exit('sqlalchemy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.kinds("postgresql")
def test_a_database_that_can_not_be_asked_is_never_taken_for_an_empty_one(face, open_repositories, album):
    with face.create_database_adapter("postgresql://pis:secret@127.0.0.1:1/pis") as nowhere:
        r = open_repositories(nowhere)
        for question in (
            lambda: r.albums.get(album.id),
            lambda: r.albums.processing_config(album.id),
            lambda: r.albums.check_password(album.id, "x"),
            lambda: r.photos.page(album.id),
            lambda: r.photos.claim_for_processing(album.id),
            lambda: r.photos.exists_by_key(["raw/1"]),
            lambda: r.photos.keys_for_album(album.id),
            lambda: list(r.photos.iter_keys()),
            lambda: r.users.has_any_admin(),
            lambda: r.settings.get("brand_name", "default"),
        ):
            with pytest.raises(DatabaseUnavailableError):
                question()
