"""The adapter contract on the database that ``--pis-database`` names; collected only with that option.

The database must be empty, or at head with nothing but seed rows: the suite writes to it and cleans it.
"""

from __future__ import annotations

import pytest

from pis_data.config import resolve_database
from pis_data.testing.database import *  # noqa: F403
from pis_data.testing.database.fixtures import *  # noqa: F403


@pytest.fixture(scope="session")
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of the option, or what ``env:PREFIX`` in its place stands for."""
    return resolve_database(request.config.getoption("pis_database")).url(masked=False)
