"""Method by method, the statements it sends: pinned in ``statements/``, for each database.

How many and which they are is to be seen, and reviewed, in those files; a statement more, an N+1, a lock
less is a difference there. The synchronous face runs on a scene of 3 rows and the asynchronous one on 20,
against the same file: so both send the same, and no more of it for more rows. How to add calls, and how to
write the files anew, stands in ``calls/__init__.py``.
"""

from __future__ import annotations

import difflib

import pytest
import sqlalchemy as sa

from tests.databases import KINDS, SERVERS

from . import calls, pins
from .aggregates import REPOSITORIES, methods

ROWS = {"sync": 3, "async": 20}

CALLS = calls.found()


@pytest.fixture
def sent(db):
    """The statements that the adapter sends, as they are pinned."""
    db.health()  # what an adapter asks its server once is no call's
    engine, statements = getattr(db.engine, "sync_engine", db.engine), []

    def listener(_connection, _cursor, statement, _parameters, _context, executemany):
        if not statement.startswith(pins.CONTROL):
            statements.append(pins.normal(statement, executemany=executemany))

    sa.event.listen(engine, "before_cursor_execute", listener)
    yield statements
    sa.event.remove(engine, "before_cursor_execute", listener)


@pytest.mark.parametrize("aggregate", CALLS)
def test_statements_are_those_that_are_pinned(
    aggregate, repositories, settings, db, sent, database_kind, database_server, face_name, pytestconfig
):
    found: pins.Pins = {}
    for name, call in CALLS[aggregate](calls.Scene(repositories, db, ROWS[face_name])):
        assert name not in found, f"two calls are named {name!r}"
        before = len(sent)
        call()
        found[name] = sent[before:]

    text = pins.text(found)
    if pytestconfig.getoption("--pin"):
        if face_name == "sync":
            pins.write(text, aggregate, database_kind, database_server)
        return
    file = pins.path(aggregate, database_kind, database_server)
    pinned = file.read_text() if file.exists() else ""
    if text != pinned:
        difference = difflib.unified_diff(
            pinned.splitlines(),
            text.splitlines(),
            "pinned",
            f"sent, with {ROWS[face_name]} rows",
            lineterm="",
        )
        pytest.fail(
            "\n".join([f"{file.name} ({face_name}), see calls/__init__.py", *difference]), pytrace=False
        )


@pytest.mark.parametrize("aggregate", REPOSITORIES)
def test_every_public_method_is_called(aggregate):
    for kind in KINDS:
        named = {name.split(",")[0] for name in pins.names(pins.path(aggregate, kind).read_text())}
        assert named == methods(REPOSITORIES[aggregate]), kind


def test_no_other_file_is_there():
    there = {file.name for file in pins.FOLDER.iterdir()}
    assert there >= {f"{aggregate}.{kind}.sql" for aggregate in CALLS for kind in KINDS}
    assert there <= {f"{aggregate}.{server}.sql" for aggregate in CALLS for server in SERVERS}
    assert set(CALLS) <= set(REPOSITORIES)


def test_a_statement_is_the_same_for_any_number_of_rows():
    assert pins.normal("SELECT 1 \nWHERE a IN (%s, %s)") == pins.normal("SELECT 1 \nWHERE a IN ($1)")
    assert pins.normal("INSERT INTO t VALUES (?, 1), (?, 1)") == "INSERT INTO t VALUES (?, 1), …"
    assert pins.normal("SELECT 1 WHERE a = ? OR a = ?") != pins.normal("SELECT 1 WHERE a = ?")
