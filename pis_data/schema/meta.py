"""What the library remembers about the database itself; no data of PIS."""

from __future__ import annotations

from sqlalchemy import Column, Named, Table, TypedColumns

from pis_data.schema.base import metadata
from pis_data.schema.columns import TABLE_OPTIONS
from pis_data.schema.types import Text


class MetaColumns(TypedColumns):
    """Notes by key.

    ``baseline``: the revision at which an existing database was adopted, below which no downgrade goes.
    ``quiet``: SQLite's quiet switch, there only inside a transaction.
    """

    key: Named[str] = Column(Text(100), primary_key=True)
    value: Named[str] = Column(Text(500))


pis_meta = Table("pis_meta", metadata, MetaColumns, **TABLE_OPTIONS)
