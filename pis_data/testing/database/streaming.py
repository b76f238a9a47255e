"""stream: rows one by one, in constant memory."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from uuid import UUID

import pytest

from pis_data.errors import InvalidFilterError, InvalidValueError, TransactionError
from pis_data.filters import ge
from pis_data.sync import DatabaseAdapter, Transaction
from pis_data.testing.database import samples
from pis_data.testing.database.fixtures import NewAdapter, Refused


class TestStreaming:
    @pytest.fixture
    def rows(self, db: DatabaseAdapter) -> list[dict[str, Any]]:
        """500 style templates, in the order of their keys."""
        given = [{"id": UUID(int=number), "name": "n", "sort_order": -number} for number in range(500)]
        return db.insert("style_templates", given)

    @pytest.mark.parametrize("batch", [1, 7, 499, 500, 501, 10_000])
    def test_every_row_comes_once(self, db: DatabaseAdapter, rows: list[dict[str, Any]], batch: int) -> None:
        assert list(db.stream("style_templates", batch=batch)) == rows

    def test_no_rows(self, db: DatabaseAdapter) -> None:
        assert list(db.stream("style_templates")) == []
        assert list(db.stream("style_templates", {"id": []})) == []

    def test_filters_columns_and_order(self, db: DatabaseAdapter, rows: list[dict[str, Any]]) -> None:
        found = db.stream(
            "style_templates", {"sort_order": ge(-2)}, select=["sort_order"], order_by=[("sort_order", "asc")]
        )
        assert list(found) == [{"sort_order": -2}, {"sort_order": -1}, {"sort_order": 0}]

    def test_one_may_stop_at_any_row(self, db: DatabaseAdapter, rows: list[dict[str, Any]]) -> None:
        for _ in range(30):  # more often than the pool has connections
            for number, row in enumerate(db.stream("style_templates", batch=10)):
                assert row == rows[number]
                if number == 15:
                    break
        assert db.count("style_templates") == 500
        with pytest.raises(RuntimeError, match="the caller's"):
            for _ in db.stream("style_templates", batch=10):
                raise RuntimeError("the caller's")
        assert samples.style(db)

    def test_the_adapter_may_be_called_meanwhile(
        self, db: DatabaseAdapter, rows: list[dict[str, Any]]
    ) -> None:
        for number, row in enumerate(db.stream("style_templates", batch=50)):
            if number % 100 == 0:
                assert db.find_one("style_templates", {"id": row["id"]}) == row
                db.update("style_templates", {"id": row["id"]}, {"name": "seen"}, returning=False)
        assert db.count("style_templates", {"name": "seen"}) == 5

    def test_rows_are_of_one_moment(
        self, db: DatabaseAdapter, rows: list[dict[str, Any]], new_adapter: NewAdapter
    ) -> None:
        with new_adapter() as other:
            stream = iter(db.stream("style_templates", batch=10))
            first = next(stream)
            other.delete("style_templates", {"sort_order": ge(-400)})
            assert [first, *stream] == rows

    def test_two_streams_at_once(self, db: DatabaseAdapter, rows: list[dict[str, Any]]) -> None:
        up = db.stream("style_templates", batch=10)
        down = db.stream("style_templates", batch=10, order_by=[("id", "desc")])
        pairs = list(zip(up, down, strict=True))
        assert [one for one, _ in pairs] == [other for _, other in pairs][::-1] == rows

    def test_in_a_transaction(self, db: DatabaseAdapter, rows: list[dict[str, Any]]) -> None:
        with db.transaction() as tx:
            for number, row in enumerate(tx.stream("style_templates", batch=50)):
                if number % 100 == 0:
                    tx.update("style_templates", {"id": row["id"]}, {"name": "seen"}, returning=False)
            assert tx.count("style_templates", {"name": "seen"}) == 5
        assert db.count("style_templates", {"name": "seen"}) == 5

    @pytest.mark.parametrize("ended", ["committed", "undone", "savepoint"])
    def test_a_stream_ends_with_its_transaction(
        self, db: DatabaseAdapter, rows: list[dict[str, Any]], ended: str
    ) -> None:
        def read(tx: Transaction) -> Iterator[dict[str, Any]]:
            found = tx.stream("style_templates", batch=2)
            assert next(found) == rows[0]
            return found

        if ended == "savepoint":
            with db.transaction() as tx:
                with tx.transaction() as inner:
                    stream = read(inner)
                with pytest.raises(TransactionError, match="over"):
                    next(stream)
                assert tx.count("style_templates") == 500
        else:
            with suppress(KeyError), db.transaction() as tx:
                stream = read(tx)
                if ended == "undone":
                    raise KeyError
        with db.transaction() as later:  # on the same connection
            samples.style(later, name="later")
            with pytest.raises((TransactionError, StopIteration)):
                next(stream)
            del stream
            assert later.count("style_templates") == 501
        assert db.count("style_templates") == 501

    def test_a_stream_gives_what_a_list_gives(self, db: DatabaseAdapter) -> None:
        album = samples.album(db, metadata={"a": [1, None]}, color_grading=None)["id"]
        samples.photo(db, album, file_size=2**63 - 1, blur_data="照片\\%")
        for table in ("albums", "photos"):
            assert list(db.stream(table)) == db.find_many(table)

    @pytest.mark.parametrize("batch", [0, -1, 1.0, "10", None, True])
    def test_a_batch_is_a_whole_number(self, db: DatabaseAdapter, refused: Refused, batch: Any) -> None:
        with refused(InvalidFilterError, match="batch"):
            db.stream("style_templates", batch=batch)

    def test_bad_input_is_refused_when_the_stream_is_made(
        self, db: DatabaseAdapter, refused: Refused
    ) -> None:
        with refused(InvalidValueError):
            db.stream("style_templates", {"name": "\0"})
