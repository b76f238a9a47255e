"""The contract suites on this project's own servers."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from pis_data.testing.database.fixtures import *  # noqa: F403
from tests.databases import Maker


@pytest.fixture(scope="session")
def database_url(database_server: str, maker_of: Callable[[str], Maker]) -> Iterator[str]:
    """A migrated database of this kind for the whole session; the suite cleans it itself."""
    maker = maker_of(database_server)
    database = maker.fresh()
    yield database.url
    maker.drop(database)
