"""execute: any statement of SQLAlchemy Core."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from pis_data.errors import InvalidValueError, UniqueViolationError
from pis_data.schema import albums, photos, style_templates, users
from pis_data.sync import DatabaseAdapter
from pis_data.testing.database import samples
from pis_data.testing.database.fixtures import Refused


class TestExecuting:
    def test_a_select_gives_rows(self, db: DatabaseAdapter) -> None:
        album = samples.album(db, title="T")
        for width in (1, 2):
            samples.photo(db, album["id"], width=width)
        statement = (
            sa.select(albums.c.title, sa.func.sum(photos.c.width).label("widths"), sa.func.count().label("n"))
            .join_from(albums, photos, photos.c.album_id == albums.c.id)
            .group_by(albums.c.title)
        )
        (row,) = db.execute(statement)  # type: ignore[misc]
        assert {**row, "widths": int(row["widths"])} == {"title": "T", "widths": 3, "n": 2}
        assert db.execute(sa.select(albums)) == [album]

    def test_a_write_says_how_many_rows_it_affected(self, db: DatabaseAdapter) -> None:
        s = style_templates
        assert db.execute(sa.insert(s).values(id=uuid4(), name="a")) == 1
        assert db.execute(sa.insert(s), [{"id": uuid4(), "name": name} for name in "bcd"]) == 3
        assert db.execute(sa.update(s).where(s.c.name > "b").values(sort_order=1)) == 2
        assert db.execute(sa.update(s).where(s.c.name > "b").values(sort_order=1)) == 2
        assert db.execute(sa.delete(s).where(s.c.name == "zzz")) == 0
        assert db.execute(sa.delete(s)) == 4

    def test_parameters_and_text(self, db: DatabaseAdapter) -> None:
        samples.style(db, name="it's")
        by_name = sa.select(style_templates.c.name).where(style_templates.c.name == sa.bindparam("wanted"))
        assert db.execute(by_name, {"wanted": "it's"}) == [{"name": "it's"}]
        text = sa.text("SELECT name AS found FROM style_templates WHERE name = :wanted")
        assert db.execute(text, {"wanted": "it's"}) == [{"found": "it's"}]
        assert db.execute(text, {"wanted": "'; DROP TABLE users; --"}) == []

    def test_of_several_sets_of_parameters_all_take_effect_or_none(self, db: DatabaseAdapter) -> None:
        with pytest.raises(UniqueViolationError):
            db.execute(sa.insert(style_templates), [{"id": uuid4(), "name": "a"}] * 2)
        assert db.count("style_templates") == 0
        one, two = samples.user(db)["id"], samples.user(db)["id"]
        which = users.c.id == sa.bindparam("which", type_=users.c.id.type)
        change = sa.update(users).where(which).values(email=sa.bindparam("new"))
        with pytest.raises(UniqueViolationError):
            db.execute(change, [{"which": key, "new": "same@pis.cn"} for key in (one, two)])
        assert db.count("users", {"email": "same@pis.cn"}) == 0

    @pytest.mark.parametrize("wrong", [5, "name", {"name"}, [1, 2], [("name", "a")], iter([{"name": "a"}])])
    def test_what_are_no_parameters_is_refused(
        self, db: DatabaseAdapter, refused: Refused, wrong: Any
    ) -> None:
        for statement in (sa.insert(style_templates), sa.select(style_templates.c.id), sa.text("SELECT 1")):
            with refused(InvalidValueError, match="parameters"):
                db.execute(statement, wrong)

    def test_a_select_takes_one_set_of_parameters(self, db: DatabaseAdapter, refused: Refused) -> None:
        which = style_templates.c.name == sa.bindparam("wanted")
        select = sa.select(style_templates.c.name).where(which)
        samples.style(db, name="a")
        assert db.execute(select, [{"wanted": "a"}]) == [{"name": "a"}]
        with refused(InvalidValueError, match="SELECT"):
            db.execute(select, [{"wanted": "a"}, {"wanted": "b"}])

    def test_it_is_kept_at_once(self, db: DatabaseAdapter) -> None:
        db.execute(sa.insert(style_templates).values(id=uuid4(), name="a"))
        assert db.count("style_templates") == 1

    def test_values_are_checked_here_too(self, db: DatabaseAdapter) -> None:
        for name in ("a\0", "\ud800", "x" * 201, 1):
            with pytest.raises(InvalidValueError):
                db.execute(sa.insert(style_templates).values(id=uuid4(), name=name))
            with pytest.raises(InvalidValueError):
                db.execute(
                    sa.select(style_templates).where(
                        style_templates.c.name == sa.literal(name, style_templates.c.name.type)
                    )
                )
        assert db.count("style_templates") == 0

    def test_what_a_driver_can_not_send_is_an_error_that_breaks_nothing(self, db: DatabaseAdapter) -> None:
        statement = sa.text("SELECT :value")
        with pytest.raises(InvalidValueError):
            db.execute(statement, {"value": "\ud800"})
        with db.transaction() as tx:
            with pytest.raises(InvalidValueError):
                tx.execute(statement, {"value": "\ud800"})
            samples.style(tx)
        assert db.count("style_templates") == 1

    @pytest.mark.parametrize("value", [{"a": 1}, {1, 2}, frozenset({1}), [{"a": 1}], object(), Path("a"), 1j])
    def test_what_is_no_value_is_refused(self, db: DatabaseAdapter, value: object) -> None:
        with pytest.raises(InvalidValueError):
            db.execute(sa.text("SELECT :value"), {"value": value})
        with pytest.raises(InvalidValueError):
            db.execute(sa.text("UPDATE users SET email = :value"), [{"value": each} for each in ("a", value)])

    @pytest.mark.parametrize("value", [[], [1, 2], (1, 2)])
    def test_lists_are_values_only_where_there_are_arrays(self, db: DatabaseAdapter, value: object) -> None:
        statement = sa.text("SELECT 1 AS one WHERE :value IS NOT NULL")
        if db.dialect.caps.native_lists:
            statement = sa.text("SELECT 1 AS one WHERE CAST(:value AS text) IS NOT NULL")
            assert db.execute(statement, {"value": value}) == [{"one": 1}]
        else:
            with pytest.raises(InvalidValueError):
                db.execute(statement, {"value": value})

    def test_its_violations_are_the_same_errors(self, db: DatabaseAdapter) -> None:
        samples.album(db, slug="taken")
        with pytest.raises(UniqueViolationError) as caught:
            db.execute(sa.insert(albums).values(id=uuid4(), title="t", slug="taken"))
        assert (caught.value.table, caught.value.constraint) == ("albums", "albums_slug_key")

    @pytest.mark.parametrize(
        "statement", ["SELECT 1", "DROP TABLE users", b"SELECT 1", None, 1, style_templates, object()]
    )
    def test_what_is_no_statement_is_refused(self, db: DatabaseAdapter, statement: Any) -> None:
        with pytest.raises(InvalidValueError):
            db.execute(statement)
        assert db.count("users") == 0
