"""Which revision of the schema a database has, asked without Alembic."""

from __future__ import annotations

import sqlalchemy as sa

from pis_data.dialects import Dialect
from pis_data.queries.rows import Query


def table_query(dialect: Dialect) -> Query:
    """One row if the database has Alembic's table."""
    return Query(sa.text(dialect.find_table_query), {"name": "alembic_version"})


def revision_query() -> Query:
    """The revision that the table holds."""
    return Query(sa.text("SELECT version_num FROM alembic_version"))
