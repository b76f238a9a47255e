"""The adapter contract on the database that ``--pis-database`` names; collected only with that option.

The database must be empty, or at head with nothing but seed rows: the suite writes to it and cleans it.
"""

from __future__ import annotations

import pytest

from pis_data.config import resolve_database
from pis_data.errors import PisDataError
from pis_data.sync import create_database_adapter
from pis_data.testing.database import *  # noqa: F403
from pis_data.testing.database.fixtures import *  # noqa: F403


@pytest.fixture(scope="session")
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of the option, or what ``env:PREFIX`` in its place stands for."""
    try:
        config = resolve_database(request.config.getoption("pis_database"))
        with create_database_adapter(config) as database:
            database.health()
    except PisDataError as error:  # in one line, not once for each test
        pytest.exit(f"--pis-database: {error}", pytest.ExitCode.USAGE_ERROR)
    return config.url(masked=False)
