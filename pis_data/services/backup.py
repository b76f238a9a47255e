"""Backups of tables as one JSON document: out by a stream, and back whole or not at all.

For small installations and for moving some tables by hand. A backup holds rows; the objects of photos are
in storage.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal
from uuid import UUID

from sqlalchemy import Table

from ..errors import InvalidValueError, PermissionDeniedError
from ..filters import all_of, any_of, eq, gt
from ..queries import rows as queries
from ..queries.albums import new_upload_token
from ..queries.exchange import to_json
from ..queries.names import column_of, table_of
from ..schema import SECRET_COLUMNS, TABLES, UserRole, albums, photos
from ..schema.characters import shown
from ..sync import DatabaseAdapter
from ..sync.transaction import Transaction
from .backup_document import VERSION, Document, Entry, kept_columns, key_columns, read

DEFAULT_TABLES: Final = (
    *("albums", "photos", "photo_groups", "photo_group_assignments", "customers", "customer_albums"),
    *("system_settings", "album_templates", "style_templates", "custom_translations"),
)
"""What is exported, and what an import accepts, unless it is said otherwise: no accounts, rights or logs."""

#: rows of one statement
_BATCH: Final = 500
#: rows with a key of several columns that one filter names
_PAIRS: Final = 100

Mode = Literal["merge", "replace"]


@dataclass(slots=True)
class ImportReport:
    """What an import did, by table; ``unresolved`` by ``table.column``."""

    written: dict[str, int] = field(default_factory=dict)
    """Rows that were inserted or brought to what the document says."""
    deleted: dict[str, int] = field(default_factory=dict)
    """Rows that the document did not have."""
    unresolved: dict[str, int] = field(default_factory=dict)
    """References to rows that are neither in the document nor here: they are NULL now."""


class BackupService:
    """Exports tables as JSON Lines, and imports them again.

        backup = BackupService(db)
        with open("pis.jsonl", "w", encoding="utf-8") as file:
            file.writelines(backup.export_tables())
        with open("pis.jsonl", encoding="utf-8") as file:
            report = BackupService(other).import_document(file)

    **Secrets** (`pis_data.schema.SECRET_COLUMNS`: passwords and their hashes, tokens, signed addresses) stay
    behind unless they are named one by one: ``export_tables(["albums", "albums.password"])``. An import
    leaves those that stayed behind as they are in rows that are there. A new row gets one that nobody knows,
    so that an album with a password stays closed and an account without its hash can't be taken over: set
    new ones.

    Args:
        db: a migrated database; it stays its owner's to close.
    """

    def __init__(self, db: DatabaseAdapter) -> None:
        self._db = db

    def export_tables(self, tables: Iterable[str] = DEFAULT_TABLES) -> Iterator[str]:
        """The rows of some tables as they are at one moment, line by line, in constant memory.

        The transaction stays open until the last line is read; in the thread that reads them the adapter has
        no other calls until then. Counters are left out: triggers keep them.

        Args:
            tables: names of tables, and ``table.column`` for each secret that is wanted.

        Raises:
            UnknownTableError, UnknownColumnError, InvalidValueError: a name that makes no sense; at once.
        """
        return self._lines(_wanted(tables))

    def _lines(self, wanted: Mapping[str, set[str]]) -> Iterator[str]:
        yield _line({"pis_backup": VERSION, "tables": list(wanted)})
        counts = dict.fromkeys(wanted, 0)
        with self._db.transaction(snapshot=True) as tx:
            for name, named in wanted.items():
                table = TABLES[name]
                kept, hidden = kept_columns(table, named), SECRET_COLUMNS.get(name, frozenset()) - named
                for row in _rows(tx, table, [*kept, *sorted(hidden)]):
                    entry: dict[str, Any] = {"table": name, "row": to_json(table, row, kept)}
                    if withheld := [secret for secret in sorted(hidden) if row[secret]]:
                        entry["withheld"] = withheld
                    counts[name] += 1
                    yield _line(entry)
        yield _line({"end": counts})

    def import_document(
        self,
        document: Iterable[str] | Mapping[str, Iterable[Mapping[str, Any]]],
        mode: Mode = "merge",
        *,
        tables: Iterable[str] = DEFAULT_TABLES,
    ) -> ImportReport:
        """Bring rows back, parents before children, in one transaction: all of it takes effect, or nothing.

        The document is read to its end and checked before the first statement. A row is the same one if its
        id is; settings go by their key, translations by locale, namespace and key, ties of customers and
        albums by the pair. A reference to a row of a table that the document does not hold (an album's
        owner, say) becomes NULL if that row is not here.

        Args:
            document: what `export_tables` gave, an open text file of it, or rows by table.
            mode: ``merge`` inserts and changes rows and deletes none. ``replace`` also deletes the rows of
                the document's tables that the document does not have, with all that hangs on them; it holds
                the keys of the document's rows in memory.
            tables: the tables that the document may hold.

        Raises:
            InvalidValueError: another mode; the document is no backup, was cut off, holds another table, or
                has a row that makes no sense.
            UnknownTableError, UnknownColumnError: there is no such table or column.
            UniqueViolationError: another row here has a value that must be unique, a slug, say.
            ForeignKeyViolationError: a row must refer to one that is neither in the document nor here.
            PermissionDeniedError: no active administrator would be left.
        """
        if mode not in ("merge", "replace"):
            raise InvalidValueError(f"an import's mode is 'merge' or 'replace'; got {shown(mode)}")
        found = read(document, set(_wanted(tables)), with_keys=mode == "replace")
        try:
            return self._db.run(lambda tx: _Import(tx, found).run(mode))
        finally:
            found.close()


def _wanted(names: Iterable[str]) -> dict[str, set[str]]:
    """The tables, parents first, and the secrets that are wanted of each."""
    if isinstance(names, str) or not isinstance(names, Iterable):
        raise InvalidValueError(f"expected a list of tables, got {shown(names)}")
    named = [name.partition(".") if isinstance(name, str) else (name, "", "") for name in names]
    found: dict[str, set[str]] = {table_of(table).name: set() for table, _, column in named if not column}
    for table, _, column in named:
        if column:
            column_of(table_of(table), column)
            if column not in SECRET_COLUMNS.get(table, ()) or table not in found:
                raise InvalidValueError(
                    f"{table}.{column}: name the table, and its secrets if they are wanted"
                )
            found[table].add(column)
    return {name: found[name] for name in TABLES if name in found}


def _line(entry: Mapping[str, Any]) -> str:
    return json.dumps(entry, ensure_ascii=False, allow_nan=False, separators=(",", ":")) + "\n"


def _rows(tx: Transaction, table: Table, columns: Iterable[str]) -> Iterator[dict[str, Any]]:
    """All rows by primary key, some at a time: no server's cursor lasts as long as a slow reader takes."""
    keys = [column.name for column in table.primary_key]
    chosen = list(dict.fromkeys([*keys, *columns]))
    behind: Any = None
    while True:
        found = tx.find_many(table, behind, select=chosen, order_by=keys, limit=_BATCH)
        yield from found
        if len(found) < _BATCH:
            return
        behind = _behind(keys, found[-1])


def _behind(keys: list[str], row: Mapping[str, Any]) -> Any:
    """The filter for rows behind this one."""
    first, *rest = keys
    if not rest:
        return {first: gt(row[first])}
    return any_of({first: gt(row[first])}, all_of({first: eq(row[first])}, _behind(rest, row)))


# -- importing -----------------------------------------------------------------------------------------


def _unknown() -> str:
    return secrets.token_urlsafe(24)


#: what a new row gets for a secret that stayed behind; others are NULL
_STAND_INS: Final[Mapping[tuple[str, str], Callable[[], str]]] = {
    ("albums", "password"): _unknown,
    ("albums", "upload_token"): new_upload_token,
    ("album_templates", "password"): _unknown,
    ("users", "password_hash"): lambda: f"!{_unknown()}",  # the hash of no password
    ("collaboration_invites", "invite_code"): _unknown,
}


class _Import:
    """One attempt to bring a document's rows into the database, in an open transaction."""

    def __init__(self, tx: Transaction, document: Document) -> None:
        self._tx = tx
        self._document = document
        self._report = ImportReport(written=dict.fromkeys(document.tables, 0))
        #: an album's cover is a photo, which comes later
        self._covers: dict[UUID, UUID | None] = {}

    def run(self, mode: Mode) -> ImportReport:
        had_admin = self._has_admin()
        if mode == "replace":
            self._report.deleted = {name: self._delete(TABLES[name]) for name in self._in_order()[::-1]}
        for batch in self._document.batches(_BATCH):
            self._write(batch)
        self._set_covers()
        if had_admin and not self._has_admin():
            raise PermissionDeniedError(
                "the backup would leave no active administrator: nothing was imported"
            )
        return self._report

    def _has_admin(self) -> bool:
        if "users" not in self._document.tables:
            return False  # and none can go
        return self._tx.exists("users", {"role": UserRole.ADMIN, "is_active": True, "deleted_at": None})

    def _in_order(self) -> list[str]:
        return [name for name in TABLES if name in self._document.tables]

    def _delete(self, table: Table) -> int:
        """Delete the rows that the document does not have; how many."""
        key, own = key_columns(table), [column.name for column in table.primary_key]
        gone = [
            {name: row[name] for name in own}
            for row in _rows(self._tx, table, key)
            if tuple(row[name] for name in key) not in self._document.keys[table.name]
        ]
        size = _BATCH if len(own) == 1 else _PAIRS
        for start in range(0, len(gone), size):
            some = gone[start : start + size]
            these = {own[0]: [row[own[0]] for row in some]} if len(own) == 1 else any_of(*some)
            self._tx.delete(table, these)
        return len(gone)

    def _write(self, batch: list[Entry]) -> None:
        table = batch[0].table
        if table is albums:
            for entry in batch:
                if "cover_photo_id" in entry.row:
                    self._covers[entry.row["id"]] = entry.row.pop("cover_photo_id")
        self._resolve(table, batch)
        alike: dict[tuple[frozenset[str], tuple[str, ...]], list[Entry]] = {}
        for entry in batch:
            alike.setdefault((frozenset(entry.row), entry.withheld), []).append(entry)
        key, own = key_columns(table), {column.name for column in table.primary_key}
        for (names, withheld), entries in alike.items():
            made = [entry.row | _stand_ins(table.name, withheld) for entry in entries]
            changed = sorted(names - {*key, *own})
            self._tx.upsert(table, made, conflict=key, update=changed)
        self._report.written[table.name] += len(batch)

    def _resolve(self, table: Table, batch: list[Entry]) -> None:
        """Let references to rows that are nowhere be NULL, where they may."""
        for reference in table.foreign_keys:
            column, parent = reference.parent, reference.column.table
            if parent.name in self._document.tables or not column.nullable:
                continue
            named = {entry.row.get(column.name) for entry in batch} - {None}
            missing = named - self._there(parent, reference.column.name, named)
            for entry in batch:
                if entry.row.get(column.name) in missing:
                    entry.row[column.name] = None
                    self._count_unresolved(f"{table.name}.{column.name}")

    def _there(self, table: Table, column: str, named: set[Any]) -> set[Any]:
        if not named:
            return set()
        found = self._tx.find_many(table, {column: list(named)}, select=[column])
        return {row[column] for row in found}

    def _set_covers(self) -> None:
        """Give albums their covers, now that the photos are there."""
        given = list(self._covers.items())
        for start in range(0, len(given), _BATCH):
            some = dict(given[start : start + _BATCH])
            wanted = {"id": [photo for photo in some.values() if photo], "album_id": list(some)}
            found = self._tx.find_many(photos, wanted, select=["id", "album_id"])
            fit = {(row["album_id"], row["id"]) for row in found}
            made = []
            for album, photo in some.items():
                is_there = photo is None or (album, photo) in fit
                if not is_there:
                    self._count_unresolved("albums.cover_photo_id")
                made.append({"id": album, "cover_photo_id": photo if is_there else None})
            for query in queries.update_each(self._tx.dialect, albums, made, ["id"], ["cover_photo_id"]):
                self._tx.execute(query.statement, query.parameters)

    def _count_unresolved(self, place: str) -> None:
        self._report.unresolved[place] = self._report.unresolved.get(place, 0) + 1


def _stand_ins(table: str, withheld: tuple[str, ...]) -> dict[str, str | None]:
    made = {name: _STAND_INS.get((table, name)) for name in withheld}
    return {name: make() if make else None for name, make in made.items()}
