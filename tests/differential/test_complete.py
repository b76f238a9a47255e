"""The programs can call everything, and write into every table."""

from __future__ import annotations

from pis_data.schema import metadata
from pis_data.sync import DatabaseAdapter
from tests.repositories.aggregates import REPOSITORIES, methods

from .calls import OF, OUTSIDE
from .rows import TABLES

#: of the adapter: what answers nothing about data
_NOT_CALLED = {
    "close": "ends the adapter",
    "config": "an address",
    "dialect": "what differs, by its purpose",
    "engine": "SQLAlchemy's own",
    "health": "which server it is",
    "reader": "another adapter",
    "transaction": "driven by programs.Block",
}


def test_every_public_method_of_a_repository_is_called() -> None:
    known = {name: set(OF[name]) for name in REPOSITORIES}
    assert known == {name: methods(repository) for name, repository in REPOSITORIES.items()}


def test_every_public_method_of_the_adapter_is_called() -> None:
    assert {*OF["db"], *OUTSIDE, *_NOT_CALLED} == {*methods(DatabaseAdapter), "config"}


def test_every_table_is_written() -> None:
    assert {*TABLES, "pis_meta"} == metadata.tables.keys()
