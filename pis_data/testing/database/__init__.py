"""The adapter contract, written once for any database.

    from pis_data.testing.database import *           # the tests
    from pis_data.testing.database.fixtures import *  # what they run on

    @pytest.fixture(scope="session")
    def database_url(): ...                           # a throwaway database at head

What CONTRACT says of the adapter is asserted here, on both faces, with the same expected values for every
database. ``pytest --pyargs pis_data.testing --pis-database=URL`` runs it on the database of that URL.
"""

from __future__ import annotations

from pis_data.testing.database.constraints import TestConstraints
from pis_data.testing.database.deleting import TestDeleting
from pis_data.testing.database.executing import TestExecuting
from pis_data.testing.database.filters import TestFilters
from pis_data.testing.database.inserting import TestInserting
from pis_data.testing.database.lifecycle import TestLifecycle
from pis_data.testing.database.many import TestInsertingMany
from pis_data.testing.database.names import TestNames
from pis_data.testing.database.ordering import TestOrdering
from pis_data.testing.database.patterns import TestPatterns
from pis_data.testing.database.reading import TestReading
from pis_data.testing.database.streaming import TestStreaming
from pis_data.testing.database.transactions import TestRun, TestTransactions
from pis_data.testing.database.updating import TestUpdating
from pis_data.testing.database.upserting import TestUpserting
from pis_data.testing.database.values import TestValues

__all__ = [
    "TestConstraints",
    "TestDeleting",
    "TestExecuting",
    "TestFilters",
    "TestInserting",
    "TestInsertingMany",
    "TestLifecycle",
    "TestNames",
    "TestOrdering",
    "TestPatterns",
    "TestReading",
    "TestRun",
    "TestStreaming",
    "TestTransactions",
    "TestUpdating",
    "TestUpserting",
    "TestValues",
]
