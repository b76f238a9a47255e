"""``schema diff``: what differs between two of a database, a script, and the models, in words.

Each side becomes a `Picture`: tables with columns, keys, indexes, checks and triggers, in terms
that all databases share (a UUID is ``uuid``, whether it is kept as UUID, BINARY(16) or CHAR(36)).
Two sides of the same
dialect are compared closely, types as they are written; of two different ones only what both can say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from pis_data.config import resolve_database
from pis_data.convert.files import read_script
from pis_data.convert.model import Name, Schema
from pis_data.convert.model import Table as ModelTable
from pis_data.convert.mysql_split import is_mysqls
from pis_data.dialects import dialect_for
from pis_data.errors import ConfigurationError, ConversionError
from pis_data.schema import metadata
from pis_data.schema.triggers import RULES

if TYPE_CHECKING:
    from pis_data.convert.lower import Lowering

_ALEMBIC: Final = frozenset({"alembic_version", "pis_migration_journal"})


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs."""

    #: table, column, key, foreign key, check, index or trigger
    kind: str
    table: str
    name: str
    #: in words
    detail: str

    def __str__(self) -> str:
        place = f"{self.table}.{self.name}" if self.name else self.table
        return f"{self.kind} {place}: {self.detail}"


@dataclass
class PictureTable:
    """A table in terms that all databases share."""

    columns: dict[str, tuple[str, bool, str | None]] = field(default_factory=dict)
    #: kind to names or columns
    keys: set[tuple[str, ...]] = field(default_factory=set)
    foreign_keys: set[tuple[tuple[str, ...], str, tuple[str, ...], str]] = field(default_factory=set)
    checks: set[str] = field(default_factory=set)
    indexes: set[tuple[str, tuple[str, ...]]] = field(default_factory=set)


@dataclass
class Picture:
    """A schema as `diff` sees it."""

    shown: str
    dialect: str
    tables: dict[str, PictureTable] = field(default_factory=dict)
    triggers: set[str] = field(default_factory=set)


def diff(left: str, right: str) -> list[Difference]:
    """What differs between two sides, each a database's URL (or ``env:PREFIX``), a .sql file, or ``models``.

    Raises:
        ConfigurationError: a side is none of these, or not there.
        ConversionError: a script can't be read; the message has line and column.
        DatabaseError: a database does not answer.
    """
    sides = [picture_of(left, beside=right), picture_of(right, beside=left)]
    return list(_compared(*sides))


def picture_of(side: str, *, beside: str = "") -> Picture:
    """The picture of one side; models and scripts are seen in the dialect of what they stand beside."""
    if side == "models":
        return _of_models(_dialect_of(beside))
    if side.endswith(".sql") and "://" not in side:
        found = _of_script(read_script(Path(side)), _dialect_of(beside))
        found.shown = side
        return found
    if "://" not in side and not side.startswith("env:"):
        raise ConfigurationError(f"{side!r} is no database's URL, env:PREFIX, .sql file, nor models")
    return _of_database(side)


def _dialect_of(side: str) -> str:
    """The dialect of a database; PostgreSQL's for anything else."""
    if "://" not in side and not side.startswith("env:"):
        return "postgresql"
    return dialect_for(resolve_database(side).kind).name


# -- models ------------------------------------------------------------------------------------------


def _of_models(dialect: str) -> Picture:
    """The models, as their own declarations give them on a dialect."""
    found = Picture("models", dialect)
    url = sa.engine.make_url(f"{dialect_for(dialect).drivers['sync']}://")
    words: sa.Dialect = url.get_dialect()()
    for table in metadata.sorted_tables:
        picture = found.tables[table.name] = PictureTable()
        for column in table.c:
            default = _model_default(column, words)
            type_ = column.type.compile(dialect=words)
            picture.columns[column.name] = (_family(type_), bool(column.nullable), _plain_default(default))
        picture.keys = {("primary", *table.primary_key.columns.keys())}
        for constraint in table.constraints:
            if isinstance(constraint, sa.UniqueConstraint):
                picture.keys.add(("unique", *constraint.columns.keys()))
            elif isinstance(constraint, sa.CheckConstraint):
                picture.checks.add(str(words.identifier_preparer.format_constraint(constraint)))
            elif isinstance(constraint, sa.ForeignKeyConstraint):
                referred = tuple(element.column.name for element in constraint.elements)
                action = constraint.ondelete or "NO ACTION"
                picture.foreign_keys.add(
                    (tuple(constraint.column_keys), constraint.referred_table.name, referred, action)
                )
        picture.indexes = {
            (str(index.name), tuple(index.columns.keys())) for index in table.indexes if index._ddl_if is None
        }
    found.triggers = {routine.name for rule in RULES for routine in rule.on(dialect) if routine.table}
    return found


def _model_default(column: sa.Column[Any], dialect: sa.Dialect) -> str | None:
    default = column.server_default
    if not isinstance(default, sa.DefaultClause):
        return None
    if isinstance(default.arg, str):
        return default.arg
    return str(default.arg.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))


# -- scripts -----------------------------------------------------------------------------------------


def _of_script(text: str, dialect: str) -> Picture:
    """A script of PostgreSQL's, as it stands, or as it becomes on MySQL or MariaDB."""
    if is_mysqls(text):
        return _of_mysqls_script(text)
    from pis_data.convert import lowered

    target = dialect if dialect in ("mysql", "mariadb") else "mysql"
    reading, lowering = lowered(text, target)
    if reading.errors:
        _, line, column, message = reading.errors[0]
        raise ConversionError(f"line {line}, column {column}: {message}")
    return _of_out(lowering, dialect) if target == dialect else _of_schema(reading.schema, "postgresql")


def _of_mysqls_script(text: str) -> Picture:
    """A script of MySQL's or MariaDB's, in the types that PostgreSQL has for its own."""
    from pis_data.convert.read_mysql import read_mysql

    reading, _ = read_mysql(text)
    if reading.errors:
        _, line, column, message = reading.errors[0]
        raise ConversionError(f"line {line}, column {column}: {message}")
    found = _of_schema(reading.schema, "mysql")
    found.triggers = set(re.findall(r"CREATE TRIGGER `?(\w+)", text))
    return found


def _of_out(lowering: Lowering, dialect: str) -> Picture:
    found = Picture("", dialect)
    words = lowering.target.dialect()
    for out in lowering.out.tables.values():
        if out.name in _ALEMBIC:
            continue
        picture = found.tables[out.name] = PictureTable()
        for column in out.columns.values():
            if not column.hidden:
                type_ = column.chosen.type.compile(dialect=words)
                default = _plain_default(column.default)
                picture.columns[column.name] = (_family(type_), column.nullable, default)
        picture.keys = {("primary", *out.primary_key[1])} if out.primary_key else {("primary",)}
        picture.keys |= {("unique", *columns) for _, columns in out.uniques}
        picture.checks = {name for name, _ in out.checks}
        picture.foreign_keys = {
            (tuple(key.columns), key.table, tuple(key.referred), key.on_delete or "NO ACTION")
            for key in out.foreign_keys
        }
        for index in out.indexes:
            columns = tuple(name for name, _, _ in index.parts)
            if index.unique:
                picture.keys.add(("unique", *columns))
            else:
                picture.indexes.add((index.name, columns))
    created = "\n".join(statement for _, statement in lowering.out.steps)
    found.triggers = set(re.findall(r"CREATE TRIGGER `?(\w+)", created))
    return found


def _of_schema(schema: Schema, dialect: str) -> Picture:
    found = Picture("", dialect)
    for table in schema.tables.values():
        if table.name.name in _ALEMBIC:
            continue
        found.tables[_flat(table.name)] = _of_table(schema, table)
    for index in schema.indexes:
        picture = found.tables.get(_flat(index.table))
        columns = tuple(part.column for part in index.parts if part.column)
        if picture is None or index.method not in ("btree", "hash"):
            continue
        if index.unique and index.where is None and len(columns) == len(index.parts):
            picture.keys.add(("unique", *columns))
        elif len(columns) == len(index.parts):
            picture.indexes.add((index.name, columns))
    found.triggers = {trigger.name for trigger in schema.triggers}
    return found


def _of_table(schema: Schema, table: ModelTable) -> PictureTable:
    from pis_data.convert.types import resolved

    picture = PictureTable()
    for column in table.columns.values():
        default = None if column.default is None else column.default.sql("postgres")
        type_ = str(resolved(schema, column.type))
        picture.columns[column.name] = (_family(type_), column.nullable, _plain_default(default))
    for key in table.keys:
        picture.keys.add(("primary" if key.primary else "unique", *key.columns))
    for foreign in table.foreign_keys:
        referred = tuple(foreign.referred or _primary(schema, foreign.table))
        picture.foreign_keys.add(
            (tuple(foreign.columns), _flat(foreign.table), referred, foreign.on_delete or "NO ACTION")
        )
    picture.checks = {str(check.name) for check in table.checks}
    return picture


def _primary(schema: Schema, name: Name) -> list[str]:
    table = schema.tables.get(name)
    key = table.primary_key if table else None
    return key.columns if key else []


def _flat(name: Name) -> str:
    return f"{name.schema}_{name.name}" if name.schema else name.name


# -- databases ---------------------------------------------------------------------------------------


def _of_database(url: str) -> Picture:
    from pis_data.sync import create_database_adapter

    config = resolve_database(url)
    if config.path is not None and not config.path.exists():  # SQLite would make it
        raise ConfigurationError(f"there is no database {config.path}")
    with create_database_adapter(config) as adapter, adapter.engine.connect() as connection:
        return _of_connection(connection, re.sub(r"//[^@/]*@", "//", url))


_TRIGGERS: Final[Mapping[str, str]] = {
    "postgresql": "SELECT tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
    " WHERE NOT tgisinternal AND c.relnamespace = current_schema()::regnamespace",
    "mysql": "SELECT trigger_name FROM information_schema.triggers WHERE trigger_schema = database()",
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
}


def _of_connection(connection: sa.Connection, shown: str) -> Picture:
    name = connection.dialect.name
    found = Picture(shown, name)
    inspector = sa.inspect(connection)
    for table in inspector.get_table_names():
        if table not in _ALEMBIC:
            found.tables[table] = _inspected(inspector, table, connection.dialect)
    query = _TRIGGERS["mysql" if name == "mariadb" else name]
    found.triggers = set(connection.exec_driver_sql(query).scalars())
    return found


def _inspected(inspector: sa.Inspector, table: str, dialect: sa.Dialect) -> PictureTable:
    picture = PictureTable()
    for column in inspector.get_columns(table):
        type_ = column["type"].compile(dialect=dialect)
        default = None if column.get("computed") else column.get("default")
        picture.columns[column["name"]] = (_family(type_), bool(column["nullable"]), _plain_default(default))
    picture.keys.add(("primary", *inspector.get_pk_constraint(table)["constrained_columns"]))
    uniques = inspector.get_unique_constraints(table)
    for unique in uniques:
        picture.keys.add(("unique", *unique["column_names"]))
    for key in inspector.get_foreign_keys(table):
        action = key.get("options", {}).get("ondelete") or "NO ACTION"
        picture.foreign_keys.add(
            (tuple(key["constrained_columns"]), key["referred_table"], tuple(key["referred_columns"]), action)
        )
    picture.checks = {str(check["name"]) for check in inspector.get_check_constraints(table) if check["name"]}
    picture.indexes = set(_inspected_indexes(inspector, table, uniques))
    return picture


def _inspected_indexes(
    inspector: sa.Inspector, table: str, uniques: Iterable[Any]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    keys = {unique["name"] for unique in uniques}
    for index in inspector.get_indexes(table):
        columns = tuple(column for column in index["column_names"] if column)
        gin = index.get("dialect_options", {}).get("postgresql_using") in ("gin", "gist")
        if index["name"] not in keys and not index.get("unique") and not gin:
            yield str(index["name"]), columns


# -- what is the same --------------------------------------------------------------------------------

_FAMILIES: Final = (
    (r"^(uuid|binary\(16\)|blob\(16\)|char\(36\).*)$", "uuid"),
    (r"^(timestamp with time zone|timestamptz.*|datetime\(6\)|datetime|timestamp.*)$", "moment"),
    (r"^(jsonb?|longtext|.*\[\]|text\[\]|varchar\[\])$", "document"),
    (r"^(bool(ean)?|tinyint\(1\)|tinyint)$", "boolean"),
    (r"^(int(eger)?(\(11\))?|int4|serial)$", "integer"),
    (r"^(bigint(\(20\))?|int8|bigserial)$", "bigint"),
    (r"^(text|mediumtext|longtext)$", "long text"),
    (r"^(bytea|blob|longblob|varbinary.*)$", "bytes"),
    (r"^(double( precision)?|real|float8?|float)$", "double"),
)


def _family(type_: str) -> str:
    """A type in words that all databases share; ``varchar(50)`` as it is."""
    bare = re.sub(r"\s+(character set|collate|charset)\s+\S+", "", type_.strip().lower())
    bare = bare.replace("character varying", "varchar").replace("numeric", "decimal").replace(", ", ",")
    return next((family for pattern, family in _FAMILIES if re.match(pattern, bare)), bare)


_SAME_DEFAULTS: Final = {
    "true": "1", "false": "0", "t": "1", "f": "0",
    "now": "the moment", "current_timestamp": "the moment", "utc_timestamp6": "the moment",
    "current_timestamp6": "the moment",
    "gen_random_uuid": "a new id", "uuid_to_binuuid": "a new id", "unhexsys_guid": "a new id",
    "uuid": "a new id",
    "randomblob16": "a new id", "uuid_generate_v4": "a new id", "null": "",
}  # fmt: skip


def _plain_default(default: Any) -> str | None:
    """A default without what servers add to it."""
    if default is None:
        return None
    text = re.sub(r"::[a-z ]+(\(\d+\))?(\[\])?", "", str(default).lower())
    text = re.sub(r"cast\((.*) as [a-z ]+\)$", r"\1", text)
    text = re.sub(r"_utf8mb[34]\\?(?=')", "", text)
    if text.startswith("nextval("):
        return None
    text = re.sub(r"[\\\s'()`\"]", "", text)
    if "strftime" in text:
        return "the moment"
    return _SAME_DEFAULTS.get(text, text) or None


# -- comparing ---------------------------------------------------------------------------------------


def _compared(left: Picture, right: Picture) -> Iterator[Difference]:
    for name in sorted(left.tables.keys() | right.tables.keys()):
        if name not in left.tables or name not in right.tables:
            yield Difference("table", name, "", _only(left, right, name in left.tables))
        else:
            yield from _compared_tables(name, left, right)
    if left.dialect == right.dialect:
        for trigger in sorted(left.triggers ^ right.triggers):
            yield Difference("trigger", trigger, "", _only(left, right, trigger in left.triggers))


def _only(left: Picture, right: Picture, in_left: bool) -> str:
    return f"only in {left.shown if in_left else right.shown}"


def _compared_tables(name: str, left: Picture, right: Picture) -> Iterator[Difference]:
    mine, theirs = left.tables[name], right.tables[name]
    for column in sorted(mine.columns.keys() | theirs.columns.keys()):
        if column not in mine.columns or column not in theirs.columns:
            yield Difference("column", name, column, _only(left, right, column in mine.columns))
            continue
        yield from _compared_columns(name, column, left, right)
    sets: list[tuple[str, set[Any], set[Any]]] = [
        ("key", mine.keys, theirs.keys),
        ("foreign key", mine.foreign_keys, theirs.foreign_keys),
        ("check", mine.checks, theirs.checks),
    ]
    if left.dialect == right.dialect:
        sets.append(("index", mine.indexes, theirs.indexes))
    for kind, ours, others in sets:
        for each in sorted(ours ^ others, key=str):
            yield Difference(kind, name, _shown(each), _only(left, right, each in ours))


def _compared_columns(name: str, column: str, left: Picture, right: Picture) -> Iterator[Difference]:
    mine, theirs = left.tables[name].columns[column], right.tables[name].columns[column]
    if "sqlite" in (left.dialect, right.dialect):
        mine, theirs = (_as_in_sqlite(mine), _as_in_sqlite(theirs))
    for what, ours, others in zip(("type", "nullability", "default"), mine, theirs, strict=True):
        if ours != others:
            yield Difference(
                "column",
                name,
                column,
                f"{what} {_word(what, ours)} in {left.shown}, {_word(what, others)} in {right.shown}",
            )


#: SQLite tells these types only by what they are kept as
_IN_SQLITE: Final = {"uuid": "bytes", "moment": "long text", "document": "long text"}


def _as_in_sqlite(column: tuple[str, bool, str | None]) -> tuple[str, bool, str | None]:
    return (_IN_SQLITE.get(column[0], column[0]), *column[1:])


def _word(what: str, value: Any) -> str:
    if what == "nullability":
        return "NULL allowed" if value else "NOT NULL"
    return "none" if value is None else str(value)


def _shown(each: Any) -> str:
    if isinstance(each, str):
        return each
    if len(each) == 4 and isinstance(each[0], tuple):
        columns, table, referred, action = each
        return f"({', '.join(columns)}) to {table}({', '.join(referred)}) on delete {action.lower()}"
    if len(each) == 2 and isinstance(each[1], tuple):
        return f"{each[0]} ({', '.join(each[1])})"
    return f"{each[0]} ({', '.join(each[1:])})"
