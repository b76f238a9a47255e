"""Injection, in every place that takes a name or a value; nothing of it reaches the server as SQL."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pis_data.errors import InvalidFilterError, PisDataError, UnknownColumnError, UnknownTableError
from pis_data.filters import contains, eq, ilike, in_, like, starts_with
from pis_data.sync import DatabaseAdapter
from pis_data.testing.database import samples
from pis_data.testing.database.fixtures import Refused

INJECTIONS = [
    "'", '"', "`", "\\", ";", "--", "' OR '1'='1", '" OR "1"="1', "1; DROP TABLE users",
    "name; DROP TABLE users; --",
    "name) VALUES ('x'); DELETE FROM users; --", "name'; DROP TABLE users; --", 'name"; DROP TABLE users; --',
    "name`; DROP TABLE users; --", "(SELECT password_hash FROM users)", "name FROM users; --", "*", "1=1",
    "name/*", "*/",
    "name\n", "name\0", "ｎａｍｅ", "na\u200bme", "%s", "%(name)s", ":name", "?", "$1", "{name}",
    "\\'; DROP TABLE users; --",
    "name desc, (select 1)", "pg_sleep(1)", "name' UNION SELECT 1 --", "\x1a", "\ud800",
]  # fmt: skip

PLACES: dict[str, tuple[Callable[[DatabaseAdapter, Any], Any], type[PisDataError]]] = {
    "table": (lambda db, x: db.find_many(x), UnknownTableError),
    "table of insert": (lambda db, x: db.insert(x, {"name": "x"}), UnknownTableError),
    "table of delete": (lambda db, x: db.delete(x, None, all_rows=True), UnknownTableError),
    "select": (lambda db, x: db.find_many("style_templates", select=[x]), UnknownColumnError),
    "select of stream": (lambda db, x: db.stream("style_templates", select=[x]), UnknownColumnError),
    "filter": (lambda db, x: db.find_many("style_templates", {x: "x"}), UnknownColumnError),
    "filter of delete": (lambda db, x: db.delete("style_templates", {x: "x"}), UnknownColumnError),
    "filter of count": (lambda db, x: db.count("style_templates", {x: None}), UnknownColumnError),
    "order": (lambda db, x: db.find_many("style_templates", order_by=[x]), UnknownColumnError),
    "order pair": (lambda db, x: db.find_one("style_templates", order_by=[(x, "asc")]), UnknownColumnError),
    "direction": (lambda db, x: db.find_many("style_templates", order_by=[("name", x)]), InvalidFilterError),
    "inserted column": (
        lambda db, x: db.insert("style_templates", {"name": "x", x: "x"}),
        UnknownColumnError,
    ),
    "updated column": (
        lambda db, x: db.update("style_templates", {"name": "x"}, {x: "x"}),
        UnknownColumnError,
    ),
    "conflict": (lambda db, x: db.upsert("users", {"email": "x"}, conflict=[x]), UnknownColumnError),
    "conflict of two": (
        lambda db, x: db.upsert("users", {"email": "x"}, conflict=["email", x]),
        UnknownColumnError,
    ),
    "update of upsert": (
        lambda db, x: db.upsert("users", {"email": "x"}, conflict=["email"], update=[x]),
        UnknownColumnError,
    ),
    "column of upsert": (
        lambda db, x: db.upsert("users", {"email": "x", x: "x"}, conflict=["email"]),
        UnknownColumnError,
    ),
    "limit": (lambda db, x: db.find_many("style_templates", limit=x), InvalidFilterError),
    "offset": (lambda db, x: db.find_many("style_templates", offset=x), InvalidFilterError),
    "batch": (lambda db, x: db.stream("style_templates", batch=x), InvalidFilterError),
}


class TestNames:
    @pytest.mark.parametrize("place", PLACES)
    def test_a_name_is_known_or_refused(self, db: DatabaseAdapter, refused: Refused, place: str) -> None:
        call, error = PLACES[place]
        for name in INJECTIONS:
            with refused(error) as caught:
                call(db, name)
            assert len(str(caught.value)) < 500

    def test_a_value_is_a_value(self, db: DatabaseAdapter) -> None:
        samples.user(db, email="kept@example.org")
        texts = [text for text in INJECTIONS if "\0" not in text and text.isprintable()]
        for text in texts:
            row = samples.style(db, name=text, description=text)
            for condition in (text, eq(text), [text], in_([text]), starts_with(text), contains(text)):
                assert row in db.find_many("style_templates", {"name": condition})
            assert (
                db.update("style_templates", {"name": text}, {"description": text + text})[0]["description"]
                == text * 2
            )
            assert db.count("style_templates", {"name": ilike("zzz" + text.replace("\\", "\\\\"))}) == 0
            assert db.count("style_templates", {"description": like("zzz" + text.replace("\\", "\\\\"))}) == 0
            assert db.delete("style_templates", {"name": text}) == 1
            customer = samples.customer(db, tags=[text])
            assert db.find_many("customers", {"tags": contains(text)}) == [customer]
            album = samples.album(db, metadata=[text, {text: text}])
            assert db.find_many("albums", {"metadata": contains(text)}) == [album]
            assert (
                db.delete("albums", {"id": album["id"]}) + db.delete("customers", {"id": customer["id"]}) == 2
            )
        assert db.count("users") == 1
