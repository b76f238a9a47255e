"""transaction, savepoints, run: together or not at all, and again if it was nobody's fault."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from pis_data.errors import (
    InvalidFilterError,
    InvalidValueError,
    LockTimeoutError,
    SerializationError,
    TransactionError,
    UniqueViolationError,
    UnknownColumnError,
)
from pis_data.schema import photos, style_templates
from pis_data.sync import DatabaseAdapter, Transaction
from pis_data.testing.database import samples
from pis_data.testing.database.fixtures import NewAdapter, Refused, Together


class Stop(Exception):
    """What the caller's own code raises."""


def names(db: DatabaseAdapter | Transaction) -> list[str]:
    return [row["name"] for row in db.find_many("style_templates", order_by=["name"], select=["name"])]


class TestTransactions:
    def test_what_is_done_together_is_kept_at_the_end(self, db: DatabaseAdapter) -> None:
        with db.transaction() as tx:
            samples.style(tx, name="a")
            samples.style(tx, name="b")
            assert names(tx) == ["a", "b"]
        assert names(db) == ["a", "b"]

    def test_an_exception_undoes_everything(self, db: DatabaseAdapter) -> None:
        samples.style(db, name="before")
        with pytest.raises(Stop), db.transaction() as tx:
            samples.style(tx, name="a")
            tx.update("style_templates", {"name": "before"}, {"name": "after"})
            tx.delete("style_templates", {"name": "a"})
            raise Stop
        assert names(db) == ["before"]

    def test_a_transaction_has_the_adapters_methods(self, db: DatabaseAdapter) -> None:
        with db.transaction() as tx:
            (row,) = tx.insert("style_templates", {"name": "a"})
            assert tx.insert("style_templates", {"name": "b"}, returning=False) == 1
            assert tx.find_one("style_templates", {"name": "a"}) == row
            assert tx.find_many("style_templates", limit=0) == []
            assert tx.count("style_templates") == 2
            assert tx.exists("style_templates", {"name": "b"}) is True
            assert len(tx.update("style_templates", {"name": "b"}, {"name": "c"})) == 1
            assert (
                tx.upsert("style_templates", {"id": row["id"], "name": "d"}, conflict=["id"])[0]["name"]
                == "d"
            )
            assert [row["name"] for row in tx.stream("style_templates", order_by=["name"])] == ["c", "d"]
            assert tx.execute(sa.select(style_templates.c.name).order_by("name")) == [
                {"name": "c"},
                {"name": "d"},
            ]
            assert tx.delete("style_templates", {"name": "c"}) == 1
        assert names(db) == ["d"]

    def test_nesting_is_a_savepoint(self, db: DatabaseAdapter) -> None:
        with db.transaction() as tx:
            samples.style(tx, name="a")
            with tx.transaction() as inner:
                samples.style(inner, name="b")
                with inner.transaction() as innermost:
                    samples.style(innermost, name="c")
            with pytest.raises(Stop), tx.transaction() as inner:
                samples.style(inner, name="d")
                raise Stop
            with tx.transaction() as inner:
                with pytest.raises(Stop), inner.transaction() as innermost:
                    samples.style(innermost, name="e")
                    raise Stop
                samples.style(inner, name="f")
            assert names(tx) == ["a", "b", "c", "f"]
        assert names(db) == ["a", "b", "c", "f"]

    def test_a_savepoint_that_was_kept_goes_with_its_transaction(self, db: DatabaseAdapter) -> None:
        with pytest.raises(Stop), db.transaction() as tx:
            with tx.transaction() as inner:
                samples.style(inner, name="a")
            raise Stop
        assert names(db) == []

    def test_what_waits_for_the_commit_is_called_after_it(self, db: DatabaseAdapter) -> None:
        called: list[object] = []

        def note(word: str) -> Callable[[], None]:
            return lambda: called.append((word, names(db)))  # the adapter is free again

        with pytest.raises(Stop), db.transaction() as tx:
            tx.after_commit(note("rolled back"))
            raise Stop
        with db.transaction() as tx:
            samples.style(tx, name="a")
            tx.after_commit(note("first"))
            with pytest.raises(Stop), tx.transaction() as inner:
                inner.after_commit(note("undone"))
                raise Stop
            with tx.transaction() as inner:
                inner.after_commit(note("second"))
            assert called == []
        assert called == [("first", ["a"]), ("second", ["a"])]

    def test_a_violation_inside_a_savepoint_can_be_survived(self, db: DatabaseAdapter) -> None:
        samples.album(db, slug="taken")
        with db.transaction() as tx:
            samples.style(tx, name="a")
            with pytest.raises(UniqueViolationError), tx.transaction() as inner:
                samples.style(inner, name="b")
                samples.album(inner, slug="taken")
            samples.style(tx, name="c")
        assert names(db) == ["a", "c"]

    def test_after_an_error_a_transaction_cant_go_on(self, db: DatabaseAdapter) -> None:
        samples.album(db, slug="taken")
        with pytest.raises(TransactionError, match="albums_slug_key"), db.transaction() as tx:
            samples.style(tx, name="a")
            with pytest.raises(UniqueViolationError):
                samples.album(tx, slug="taken")
            for call in (tx.count, tx.find_many, tx.find_one, tx.exists):
                with pytest.raises(TransactionError, match="savepoint"):
                    call("style_templates")
            with pytest.raises(TransactionError):
                samples.style(tx)
        assert names(db) == []

    def test_an_error_that_was_passed_over_is_not_committed(self, db: DatabaseAdapter) -> None:
        samples.album(db, slug="taken")
        with pytest.raises(TransactionError, match="nothing was committed"), db.transaction() as tx:
            samples.style(tx, name="a")
            with pytest.raises(UniqueViolationError):
                samples.album(tx, slug="taken")
        assert names(db) == []

    def test_a_value_that_the_server_refuses_ends_the_transaction_too(self, db: DatabaseAdapter) -> None:
        album = samples.album(db)["id"]
        samples.photo(db, album, file_size=-(1 << 63))
        too_large = sa.func.abs(photos.c.file_size) > 0  # 2^63 has no place in 64 bits
        with pytest.raises(TransactionError, match="nothing was committed"), db.transaction() as tx:
            samples.style(tx, name="a")
            with pytest.raises(InvalidValueError):
                tx.update("photos", too_large, {"rotation": 90})
        with db.transaction() as tx:
            samples.style(tx, name="b")
            with pytest.raises(InvalidValueError), tx.transaction() as inner:
                samples.style(inner, name="c")
                inner.count("photos", too_large)
        assert names(db) == ["b"]

    def test_bad_input_does_no_harm_to_a_transaction(self, db: DatabaseAdapter) -> None:
        with db.transaction() as tx:
            samples.style(tx, name="a")
            with pytest.raises(UnknownColumnError):
                tx.find_many("style_templates", {"x": 1})
            with pytest.raises(InvalidValueError):
                tx.insert("style_templates", {"name": "\0"})
            with pytest.raises(InvalidFilterError):
                tx.delete("style_templates", None)
            samples.style(tx, name="b")
        assert names(db) == ["a", "b"]

    def test_a_transaction_that_is_over_is_over(self, db: DatabaseAdapter) -> None:
        with db.transaction() as tx, tx.transaction() as inner:
            pass
        for over in (tx, inner):
            with pytest.raises(TransactionError, match="over"):
                over.count("style_templates")
            with pytest.raises(TransactionError, match="over"):
                samples.style(over)
            with pytest.raises(TransactionError), over.transaction():
                pass
            with pytest.raises(TransactionError):
                list(over.stream("style_templates"))

    def test_the_adapter_raises_inside_its_own_transaction(
        self, db: DatabaseAdapter, refused: Refused
    ) -> None:
        calls: list[Any] = [
            lambda: db.find_one("albums"),
            lambda: db.find_many("albums"),
            lambda: db.count("albums"),
            lambda: db.exists("albums"),
            lambda: list(db.stream("albums")),
            lambda: samples.style(db),
            lambda: db.update("albums", {"slug": "x"}, {"title": "x"}),
            lambda: db.upsert("users", {"email": "x"}, conflict=["email"]),
            lambda: db.delete("albums", {"slug": "x"}),
            lambda: db.execute(sa.select(style_templates)),
            lambda: db.transaction().__enter__(),
            lambda: db.run(lambda tx: None),
            db.health,
        ]
        with db.transaction() as tx:
            samples.style(tx, name="a")
            for call in calls:
                with refused(TransactionError, match="inside"):
                    call()
            samples.style(tx, name="b")
        assert names(db) == ["a", "b"]

    def test_read_only_refuses_writes(self, db: DatabaseAdapter) -> None:
        samples.style(db, name="a")
        with db.transaction(read_only=True) as tx:
            assert names(tx) == ["a"]
            for call in (
                lambda: samples.style(tx),
                lambda: tx.update("style_templates", {"name": "a"}, {"name": "b"}),
                lambda: tx.delete("style_templates", {"name": "a"}),
                lambda: tx.upsert("users", {"email": "x"}, conflict=["email"]),
                lambda: tx.execute(sa.delete(style_templates)),
            ):
                with pytest.raises(TransactionError, match="read-only"):
                    call()
            assert names(tx) == ["a"]
            with tx.transaction() as inner:
                assert names(inner) == ["a"]
                with pytest.raises(TransactionError, match="read-only"):
                    samples.style(inner)
        assert names(db) == ["a"]

    def test_others_see_nothing_before_the_commit(self, db: DatabaseAdapter, new_adapter: NewAdapter) -> None:
        with new_adapter() as other:
            with db.transaction() as tx:
                samples.style(tx, name="a")
                assert names(other) == []
            assert names(other) == ["a"]

    def test_reads_are_committed_ones(self, db: DatabaseAdapter, new_adapter: NewAdapter) -> None:
        with new_adapter() as other, db.transaction(read_only=True) as tx:
            first = names(tx)
            samples.style(other, name="a")
            assert first == []
            assert names(other) == ["a"]

    def test_two_adapters_dont_mind_each_others_transactions(
        self, db: DatabaseAdapter, new_adapter: NewAdapter
    ) -> None:
        samples.style(db, name="a")
        with db.transaction(read_only=True), new_adapter() as other:
            assert names(other) == ["a"]


class TestRun:
    def test_it_gives_what_the_unit_returned(self, db: DatabaseAdapter) -> None:
        def unit(tx: Transaction) -> int:
            samples.style(tx, name="a")
            return tx.count("style_templates")

        assert db.run(unit) == 1
        assert db.run(lambda tx: None) is None
        assert names(db) == ["a"]

    def test_a_retryable_error_starts_it_anew(self, db: DatabaseAdapter) -> None:
        attempts: list[Transaction] = []

        def unit(tx: Transaction) -> str:
            samples.style(tx, name=f"attempt {len(attempts)}")
            attempts.append(tx)
            if len(attempts) < 3:
                raise SerializationError("again")
            return "done"

        assert db.run(unit) == "done"
        assert len(attempts) == 3
        assert names(db) == ["attempt 2"]

    def test_what_cannot_be_run_is_refused(self, db: DatabaseAdapter, refused: Refused) -> None:
        attempts: list[Transaction] = []
        run: Any = db.run
        for retries in (-1, "x", None, True, 1.5, [1]):
            with refused(InvalidValueError, match="retries"):
                run(attempts.append, retries=retries)
        for unit in (None, 1, "text", [print]):
            with refused(InvalidValueError, match="function"):
                run(unit)
        assert attempts == []

    @pytest.mark.parametrize("retries", [0, 1, 3])
    def test_it_gives_up_after_its_retries(self, db: DatabaseAdapter, retries: int) -> None:
        attempts = []

        def unit(tx: Transaction) -> None:
            attempts.append(tx)
            samples.style(tx)
            raise LockTimeoutError("still held")

        with pytest.raises(LockTimeoutError, match="still held"):
            db.run(unit, retries=retries)
        assert len(attempts) == retries + 1
        assert db.count("style_templates") == 0

    @pytest.mark.parametrize(
        "error", [Stop("x"), ValueError("x"), InvalidValueError("x"), UniqueViolationError("x")]
    )
    def test_another_error_is_not_retried(self, db: DatabaseAdapter, error: Exception) -> None:
        attempts = []

        def unit(tx: Transaction) -> None:
            attempts.append(tx)
            samples.style(tx)
            raise error

        with pytest.raises(type(error)):
            db.run(unit)
        assert len(attempts) == 1
        assert db.count("style_templates") == 0

    def test_a_deadlock_is_recovered_from(self, db: DatabaseAdapter, together: Together) -> None:
        one, two = (samples.style(db, sort_order=0)["id"] for _ in range(2))
        meeting = threading.Barrier(2)

        def unit(first: Any, second: Any) -> Any:
            attempts = []

            def work(tx: Transaction) -> None:
                attempts.append(tx)
                for id_ in (first, second):
                    row = tx.find_one("style_templates", {"id": id_}, select=["sort_order"])
                    assert row is not None
                    tx.execute(
                        sa.update(style_templates)
                        .where(style_templates.c.id == id_)
                        .values(sort_order=style_templates.c.sort_order + 1)
                    )
                    if len(attempts) == 1 and id_ is first:
                        meet(meeting)

            return lambda own: own.run(work, retries=20)

        assert together(unit(one, two), unit(two, one)) == [None, None]
        assert [row["sort_order"] for row in db.find_many("style_templates")] == [2, 2]


def meet(barrier: threading.Barrier) -> None:
    """Wait for the other, or go on where only one writer at a time gets so far."""
    try:
        barrier.wait(1)
    except threading.BrokenBarrierError:
        return
