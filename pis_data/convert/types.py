"""PostgreSQL's types in MySQL's and MariaDB's: what a column becomes, and what is to be said of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.dialects import mysql

from pis_data.convert.model import Column, Name, Schema, Type
from pis_data.convert.target import Target
from pis_data.schema import metadata

#: the longest VARCHAR that can stand alone in a row
_LONGEST_VARCHAR: Final = 16_383


@dataclass(slots=True)
class Chosen:
    """The type of a column on the target."""

    #: what values of it are to expressions: text, uuid, integer, number, boolean, json, array, instant,
    #: moment (without a zone), date, time, bytes, or other
    kind: str
    type: sa.types.TypeEngine[Any]
    #: what changed, if anybody has to know
    note: str | None = None
    #: what nobody can do for them
    by_hand: str | None = None
    #: the length in characters, of texts
    length: int | None = None
    #: for lists and documents: what a CHECK has to see to
    is_list: bool = False
    #: with the values of an enum
    values: tuple[str, ...] | None = None


def _own(schema: Schema, type_: Type) -> tuple[str, Any] | None:
    """An enum or domain of the schema: what kind of thing and what it is."""
    name = type_.own or Name("", type_.name)
    for candidate in (name, Name("", name.name)):
        if candidate in schema.enums:
            return "enum", schema.enums[candidate]
        if candidate in schema.domains:
            return "domain", schema.domains[candidate]
    return None


def resolved(schema: Schema, type_: Type) -> Type:
    """The type without domains."""
    found = _own(schema, type_)
    if found and found[0] == "domain":
        inner = resolved(schema, found[1].type)
        return Type(inner.name, inner.arguments, inner.dimensions + type_.dimensions, inner.own)
    return type_


def choose(column: Column, table: Name, schema: Schema, target: Target) -> Chosen:
    """The type that a column gets; texts without a limit are MEDIUMTEXT here, see `lengths`."""
    ours = _as_ours(column, table, target)
    if ours is not None:
        return ours
    try:
        return _chosen(column, schema, target)
    except ValueError:
        by_hand = f"{column.type}: its length is no number, so it is MEDIUMTEXT here; choose a type"
        return Chosen("other", long_text(target), by_hand=by_hand)


def _chosen(column: Column, schema: Schema, target: Target) -> Chosen:
    type_ = resolved(schema, column.type)
    if type_.dimensions:
        return Chosen("array", mysql.JSON(), f"{column.type} is a JSON array", is_list=True)
    found = _own(schema, type_)
    if found:
        values = tuple(found[1])
        length = max([len(value) for value in values], default=1)
        note = f"the enum {type_} is VARCHAR({length}) with a CHECK"
        return Chosen("text", _varchar(length, target), note, length=length, values=values)
    return _builtin(column.type, type_, target)


def _as_ours(column: Column, table: Name, target: Target) -> Chosen | None:
    """The type that pis_data's own table has for this column, where PostgreSQL's would be another's."""
    model = metadata.tables.get(table.name) if not table.schema else None
    if model is None or column.name not in model.c:
        return None
    kind = type(model.c[column.name].type).__name__
    if kind == "Embedding" and column.type.name in ("vector", "bytea"):
        return Chosen("bytes", sa.LargeBinary(), f"{column.type} is BLOB, as in pis_data's own table")
    if kind in ("IdList", "TextList") and column.type.dimensions:
        return Chosen("array", mysql.JSON(), f"{column.type} is a JSON array")
    return None


def _varchar(length: int, target: Target) -> sa.types.TypeEngine[Any]:
    return mysql.VARCHAR(length, charset="utf8mb4", collation=target.collation)


def long_text(target: Target) -> sa.types.TypeEngine[Any]:
    """The type of texts without a limit."""
    return mysql.MEDIUMTEXT(charset="utf8mb4", collation=target.collation)


def id_type(target: Target) -> sa.types.TypeEngine[Any]:
    """The type of UUIDs."""
    if target.uuid == "binary":
        return mysql.BINARY(16)
    return mysql.CHAR(36, charset="ascii", collation="ascii_bin")


_WHOLE: Final[dict[str, Any]] = {
    "smallint": lambda: sa.SmallInteger(),
    "integer": lambda: sa.Integer(),
    "bigint": lambda: sa.BigInteger(),
    "oid": lambda: sa.BigInteger(),
    "xid": lambda: sa.BigInteger(),
}
#: types that are kept as their text: how long, and what that loses
_AS_TEXT: Final = {
    "inet": (43, "its order and its operators are those of text"),
    "cidr": (43, "its order and its operators are those of text"),
    "macaddr": (17, "its order is that of text"),
    "macaddr8": (23, "its order is that of text"),
    "interval": (100, "nothing can be reckoned with it"),
    "timetz": (21, "its order is that of text"),
    "name": (63, ""),
    "tid": (30, ""), "regclass": (128, ""), "pg_lsn": (17, ""), "txid_snapshot": (255, ""),
    "int4range": (64, "overlaps can't be asked for"), "int8range": (64, "overlaps can't be asked for"),
    "numrange": (128, "overlaps can't be asked for"), "daterange": (64, "overlaps can't be asked for"),
    "tsrange": (80, "overlaps can't be asked for"), "tstzrange": (80, "overlaps can't be asked for"),
}  # fmt: skip
_LONG_AS_TEXT: Final = {
    "xml": "it isn't checked to be well-formed",
    "ltree": "paths can't be asked for",
    "jsonpath": "it isn't checked",
    "tsvector": "search needs a FULLTEXT index of the texts themselves",
    "tsquery": "",
}
_LATER_KINDS: Final = frozenset(
    {"point", "line", "lseg", "box", "path", "polygon", "circle", "geometry", "geography"}
)


def _builtin(written: Type, type_: Type, target: Target) -> Chosen:
    name, arguments = type_.name, type_.arguments
    if name in _WHOLE:
        return Chosen("integer", _WHOLE[name]())
    if name in ("varchar", "char", "text", "citext"):
        return _text(written, type_, target)
    match name:
        case "uuid":
            kept = id_type(target).compile(dialect=target.dialect()).split(" CHARACTER")[0]
            return Chosen("uuid", id_type(target), f"UUID is {kept}")
        case "boolean":
            return Chosen("boolean", sa.Boolean(create_constraint=False))
        case "timestamptz":
            return Chosen("instant", mysql.DATETIME(fsp=6), "TIMESTAMPTZ is DATETIME(6) in UTC")
        case "timestamp":
            return Chosen("moment", mysql.DATETIME(fsp=6), "TIMESTAMP is DATETIME(6)")
        case "date":
            return Chosen("date", sa.Date())
        case "time":
            return Chosen("time", mysql.TIME(fsp=6))
        case "numeric":
            return _numeric(written, arguments)
        case "money":
            return Chosen("number", sa.Numeric(19, 2), "MONEY is DECIMAL(19,2)")
        case "real":
            return Chosen("number", mysql.DOUBLE(), "REAL is DOUBLE, which keeps each of its values")
        case "double precision":
            return Chosen("number", mysql.DOUBLE())
        case "json" | "jsonb":
            return Chosen("json", mysql.JSON(), "JSONB is JSON" if name == "jsonb" else None)
        case "hstore":
            return Chosen("json", mysql.JSON(), "HSTORE is a JSON object")
        case "bytea":
            return Chosen("bytes", mysql.LONGBLOB(), "BYTEA is LONGBLOB")
        case "bit" | "varbit":
            return _bits(written, name, arguments)
        case "vector" | "halfvec":
            return _vector(written, arguments)
        case '"char"':
            return Chosen("text", _varchar(1, target), length=1)
    return _others(written, name, target)


def _others(written: Type, name: str, target: Target) -> Chosen:
    if name in _AS_TEXT:
        length, loses = _AS_TEXT[name]
        note = f"{written} is VARCHAR({length}), its text" + (f": {loses}" if loses else "")
        return Chosen("text", _varchar(length, target), note, length=length)
    if name in _LONG_AS_TEXT:
        loses = _LONG_AS_TEXT[name]
        note = f"{written} is MEDIUMTEXT" + (f": {loses}" if loses else "")
        return Chosen("text", long_text(target), note)
    hint = "a spatial type of MySQL" if name in _LATER_KINDS else "columns of known types, or JSON"
    return Chosen(
        "other",
        long_text(target),
        by_hand=f"there is no type like {written}: it is MEDIUMTEXT here; choose {hint}",
    )


def _text(written: Type, type_: Type, target: Target) -> Chosen:
    if type_.name == "citext":
        collation = target.any_case
        if collation is None:
            return Chosen(
                "text",
                long_text(target),
                by_hand="CITEXT: MariaDB has a collation that takes capitals for small letters, and keeps "
                "accents apart, from 10.10.1 on: give --target-version, or compare with LOWER()",
            )
        note = f"CITEXT has the collation {collation}"
        return Chosen("text", mysql.MEDIUMTEXT(charset="utf8mb4", collation=collation), note)
    if not type_.arguments:
        if type_.name == "char":
            return Chosen("text", mysql.CHAR(1, charset="utf8mb4", collation=target.collation), length=1)
        note = "TEXT is MEDIUMTEXT, of up to 16 MiB" if type_.name == "text" else "VARCHAR is MEDIUMTEXT"
        return Chosen("text", long_text(target), note)
    length = int(type_.arguments[0])
    if length > _LONGEST_VARCHAR:
        return Chosen(
            "text", long_text(target), f"{written} is MEDIUMTEXT with a CHECK of its length", length=length
        )
    if type_.name == "char" and length <= 255:
        kept = mysql.CHAR(length, charset="utf8mb4", collation=target.collation)
        return Chosen("text", kept, length=length)
    return Chosen("text", _varchar(length, target), length=length)


def _numeric(written: Type, arguments: tuple[str, ...]) -> Chosen:
    if not arguments:
        return Chosen(
            "number", sa.Numeric(38, 10), "NUMERIC has no limits in PostgreSQL: it is DECIMAL(38,10) here"
        )
    precision, scale = int(arguments[0]), int(arguments[1]) if len(arguments) > 1 else 0
    if precision > 65 or not 0 <= scale <= min(30, precision):
        return Chosen(
            "number",
            sa.Numeric(65, 30),
            by_hand=f"{written} is larger than any DECIMAL: it is DECIMAL(65,30) here; is that enough?",
        )
    return Chosen("number", sa.Numeric(precision, scale))


def _bits(written: Type, name: str, arguments: tuple[str, ...]) -> Chosen:
    length = int(arguments[0]) if arguments else (1 if name == "bit" else 64)
    if length <= 64 and name == "bit":
        return Chosen("bits", mysql.BIT(length))
    note = f"{written} is VARCHAR of 0 and 1"
    return Chosen("text", mysql.VARCHAR(length, charset="ascii", collation="ascii_bin"), note, length=length)


def _vector(written: Type, arguments: tuple[str, ...]) -> Chosen:
    if not arguments:
        return Chosen("bytes", mysql.LONGBLOB(), f"{written} is LONGBLOB: float32, little-endian")
    size = 4 * int(arguments[0])
    if size > _LONGEST_VARCHAR:
        return Chosen("bytes", mysql.LONGBLOB(), f"{written} is LONGBLOB: float32, little-endian")
    note = (
        f"{written} is VARBINARY({size}): float32, little-endian; distances are the application's to reckon"
    )
    return Chosen("bytes", mysql.VARBINARY(size), note)
