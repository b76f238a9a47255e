"""Units of work under the real thing: deadlocks and serialization failures that the servers report."""

from __future__ import annotations

import threading

import pytest
import sqlalchemy as sa

from pis_data.errors import DeadlockError, LockTimeoutError, SerializationError

WAIT = 20


@pytest.fixture
def two(albums):
    """Two albums, of which two units of work each write both, in opposite order."""
    return [albums.create(title=title) for title in ("one", "two")]


@pytest.mark.kinds("postgresql", "mariadb", "mysql")
@pytest.mark.newer
def test_a_deadlock_is_run_again_to_the_right_end(open_repositories, together, albums, two):
    both_hold_one = threading.Barrier(2)
    attempts, met, told = [], [], []

    def increments(name, first, second):
        def unit(r):
            attempts.append(name)
            r.after_commit(lambda: told.append(name))
            r.albums.increment_views(first.id)
            if attempts.count(name) == 1:
                both_hold_one.wait(WAIT)
            try:
                return r.albums.increment_views(second.id)
            except DeadlockError:
                met.append(name)
                raise

        return lambda db: open_repositories(db).run(unit)

    results = together(increments("a", *two), increments("b", *reversed(two)))
    assert all(isinstance(result, int) for result in results), results
    assert len(met) == 1, "the server ends one of the two"
    assert len(attempts) == 3
    assert sorted(told) == ["a", "b"], "only what was committed is told"
    assert [albums.get(album.id).view_count for album in two] == [2, 2]


@pytest.mark.kinds("postgresql", "mariadb", "mysql")
def test_without_retries_the_deadlock_surfaces_and_nothing_is_half_done(
    open_repositories, together, albums, two
):
    both_hold_one = threading.Barrier(2)

    def increments(first, second):
        def unit(r):
            r.albums.increment_views(first.id)
            both_hold_one.wait(WAIT)
            return r.albums.increment_views(second.id)

        return lambda db: open_repositories(db).run(unit, retries=0)

    results = together(increments(*two), increments(*reversed(two)))
    assert sorted(type(result).__name__ for result in results) == ["DeadlockError", "int"]
    assert [albums.get(album.id).view_count for album in two] == [1, 1]


def lose_no_update(together, albums, album, *, before=(), inside=()):
    """Two read a number and write one more; READ COMMITTED would lose one of them.

    Args:
        before: what each connection is sent first.
        inside: what each transaction begins with.
    """
    both_have_read = threading.Barrier(2)
    attempts, met = [], []

    def read_and_write(name):
        def unit(tx):
            for statement in inside:
                tx.execute(sa.text(statement))
            attempts.append(name)
            seen = tx.find_one("albums", {"id": album.id}, select=["view_count"])["view_count"]
            if attempts.count(name) == 1:
                both_have_read.wait(WAIT)
            try:
                tx.update("albums", {"id": album.id}, {"view_count": seen + 1})
            except SerializationError:
                met.append(name)
                raise

        def run(db):
            for statement in before:
                db.execute(sa.text(statement))
            db.run(unit)

        return run

    assert together(read_and_write("a"), read_and_write("b"), pool_size=1, max_overflow=0) == [None, None]
    assert albums.get(album.id).view_count == 2, "an update was lost"
    assert len(met) == 1
    assert len(attempts) == 3


@pytest.mark.kinds("postgresql")
@pytest.mark.newer
@pytest.mark.parametrize("level", ["REPEATABLE READ", "SERIALIZABLE"])
def test_postgresqls_serialization_failure_is_run_again_to_the_right_end(together, albums, album, level):
    lose_no_update(together, albums, album, inside=[f"SET TRANSACTION ISOLATION LEVEL {level}"])


@pytest.mark.kinds("mariadb")
@pytest.mark.newer
def test_mariadbs_serialization_failure_is_run_again_to_the_right_end(together, albums, album):
    strict = "SET SESSION innodb_snapshot_isolation = ON"  # the default from 11.6.2 on
    level = "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ"
    lose_no_update(together, albums, album, before=[strict, level])


@pytest.mark.kinds("mysql")
def test_mysqls_stricter_level_ends_in_a_deadlock_and_is_run_again(together, albums, album):
    """MySQL has no serialization failure: under SERIALIZABLE reads take locks, and writers deadlock."""
    both_have_read = threading.Barrier(2)
    attempts = []

    def read_and_write(name):
        def unit(tx):
            attempts.append(name)
            seen = tx.find_one("albums", {"id": album.id}, select=["view_count"])["view_count"]
            if attempts.count(name) == 1:
                both_have_read.wait(WAIT)
            tx.update("albums", {"id": album.id}, {"view_count": seen + 1})

        def run(db):
            db.execute(sa.text("SET SESSION TRANSACTION ISOLATION LEVEL SERIALIZABLE"))
            db.run(unit)

        return run

    assert together(read_and_write("a"), read_and_write("b"), pool_size=1, max_overflow=0) == [None, None]
    assert albums.get(album.id).view_count == 2, "an update was lost"
    assert len(attempts) == 3


@pytest.mark.kinds("postgresql")
def test_a_failure_that_only_the_commit_finds_is_run_again_too(together, albums, two):
    """Write skew: each reads both and writes one; SERIALIZABLE refuses one of them, at its COMMIT."""
    both_have_written = threading.Barrier(2)
    attempts = []

    def unit_of(name, mine):
        def unit(tx):
            tx.execute(sa.text("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE"))
            attempts.append(name)
            ids = [album.id for album in two]
            total = sum(row["view_count"] for row in tx.find_many("albums", {"id": ids}))
            tx.update("albums", {"id": mine.id}, {"view_count": total + 1})
            if attempts.count(name) == 1:
                both_have_written.wait(WAIT)

        return lambda db: db.run(unit)

    assert together(unit_of("a", two[0]), unit_of("b", two[1])) == [None, None]
    assert len(attempts) == 3
    assert sorted(albums.get(album.id).view_count for album in two) == [1, 2], "as if one after the other"


@pytest.mark.kinds("sqlite")
def test_a_database_that_another_writer_holds_is_tried_again(
    open_repositories, new_adapter, albums, album, db
):
    """The one conflict that SQLite knows: a writer takes the whole database, so nothing can deadlock."""
    held, tried = threading.Event(), threading.Event()
    met = []

    def hold():
        with new_adapter() as other, other.transaction() as tx:
            tx.update("albums", {"id": album.id}, {"view_count": 1})
            held.set()
            tried.wait(WAIT)

    holder = threading.Thread(target=hold)
    holder.start()
    try:
        assert held.wait(WAIT)
        with new_adapter(statement_timeout=0.2) as impatient:
            with pytest.raises(LockTimeoutError):
                open_repositories(impatient).run(lambda r: r.albums.increment_views(album.id), retries=0)
            met.append(1)
            tried.set()
            open_repositories(impatient).run(lambda r: r.albums.increment_views(album.id), retries=10)
    finally:
        tried.set()
        holder.join(WAIT)
    assert met == [1]
    assert albums.get(album.id).view_count == 2
