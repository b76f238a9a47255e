"""Keys, indexes and foreign keys on the target, within its limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, Boolean, Integer, SmallInteger
from sqlalchemy.dialects import mysql
from sqlglot import exp

from pis_data.convert.expressions import Expressions
from pis_data.convert.lengths import is_unlimited
from pis_data.convert.model import ForeignKey, Index, IndexPart, Key, Table
from pis_data.convert.output import OutColumn, OutIndex, OutKey, OutTable, bytes_of
from pis_data.convert.target import KEY_CHARACTERS, KEY_LIMIT, Unsupported
from pis_data.convert.types import Chosen

if TYPE_CHECKING:
    from pis_data.convert.lower import Lowering

#: kinds of index that MySQL's B-trees can stand in for
_TREES = {"btree": "", "hash": "USING hash is a B-tree", "brin": "USING brin is a B-tree"}
_HINTS = {
    "gin": "for a search in texts make a FULLTEXT index, for one in JSON lists a multi-valued index",
    "gist": "for a search in texts make a FULLTEXT index, for places a SPATIAL index",
    "spgist": "for places make a SPATIAL index",
    "hnsw": "MariaDB has VECTOR INDEX from 11.7 on; else distances are reckoned by the application",
    "ivfflat": "MariaDB has VECTOR INDEX from 11.7 on; else distances are reckoned by the application",
}
#: InnoDB's limits: columns of a key, keys of a table
_MOST_PARTS, _MOST_KEYS = 16, 64
#: what texts are searched by, which an index by code point serves as well
_PLAIN_CLASSES = ("text_pattern_ops", "varchar_pattern_ops", "bpchar_pattern_ops")


# -- primary keys and UNIQUE -------------------------------------------------------------------------


def add_keys(lowering: Lowering, table: Table, out: OutTable) -> None:
    """The primary key and the UNIQUEs of a table."""
    for key in table.keys:
        columns = [column for column in key.columns if column in out.columns]
        name = str(key.name)
        if len(columns) < len(key.columns) or len(columns) > _MOST_PARTS:
            lowering.accounts.manual(
                key.origin,
                f"{name} was not converted: "
                + (
                    f"a key has at most {_MOST_PARTS} columns"
                    if len(columns) > _MOST_PARTS
                    else "a column of it is missing"
                ),
            )
            continue
        if not key.nulls_distinct and any(out.columns[column].nullable for column in columns):
            columns = _nulls_alike(lowering, out, key.origin, name, columns)
        if key.primary:
            _primary(lowering, out, key, columns)
        elif _size(out, columns) > KEY_LIMIT:
            out.uniques.append((name, _hashed(lowering, out, key, columns)))
        else:
            out.uniques.append((name, columns))


def _primary(lowering: Lowering, out: OutTable, key: Key, columns: list[str]) -> None:
    if _size(out, columns) > KEY_LIMIT:
        hashed = _hashed(lowering, out, key, columns)
        out.uniques.append((str(key.name), hashed))
        lowering.accounts.manual(
            key.origin,
            f"the primary key ({', '.join(columns)}) is longer than {KEY_LIMIT} bytes: it is a UNIQUE of its "
            "hash here; shorten the columns, or give the table another key",
        )
        return
    out.primary_key = (str(key.name), columns)


def _size(out: OutTable, columns: list[str]) -> int:
    return sum(_key_bytes(out.columns[column].chosen) for column in columns)


def _key_bytes(chosen: Chosen) -> int:
    if is_unlimited(chosen) or isinstance(chosen.type, mysql.JSON):
        return KEY_LIMIT + 1
    return bytes_of(chosen.type) - 2 if chosen.kind in ("text", "bytes") else bytes_of(chosen.type)


def _hashed(lowering: Lowering, out: OutTable, key: Any, columns: list[str]) -> list[str]:
    """The columns of a UNIQUE with the long ones replaced by their hash."""
    found = []
    for column in columns:
        chosen = out.columns[column].chosen
        if _key_bytes(chosen) <= KEY_LIMIT // (2 * len(columns)):
            found.append(column)
            continue
        name = _hidden_name(out, f"{column}_hash")
        words = f"SHA2({lowering.quote(column)}, 256)"
        out.columns[name] = OutColumn(name, _hash_type(), True, generated=words, stored=False, hidden=True)
        lowering.say(
            key.origin, f"{column} is too long for a UNIQUE of {lowering.target.shown}: its SHA-256 is unique"
        )
        found.append(name)
    return found


def _hash_type() -> Chosen:
    """Digits, not bytes: a server's message on equal ones must be readable, which PyMySQL insists on."""
    return Chosen("text", mysql.CHAR(64, charset="ascii", collation="ascii_bin"), length=64)


def _hidden_name(out: OutTable, wanted: str) -> str:
    found, number = wanted[:64], 1
    while any(found.lower() == column.lower() for column in out.columns):
        number += 1
        found = f"{wanted[:60]}_{number}"
    return found


def _nulls_alike(lowering: Lowering, out: OutTable, origin: int, name: str, columns: list[str]) -> list[str]:
    """NULLS NOT DISTINCT: of each nullable column its hash, with one for NULL."""
    found = []
    for column in columns:
        if not out.columns[column].nullable:
            found.append(column)
            continue
        hidden = _hidden_name(out, f"{column}_known")
        words = f"IF({lowering.quote(column)} IS NULL, '', SHA2({lowering.quote(column)}, 256))"
        chosen = Chosen("text", mysql.VARCHAR(64, charset="ascii", collation="ascii_bin"), length=64)
        out.columns[hidden] = OutColumn(hidden, chosen, True, generated=words, stored=False, hidden=True)
        found.append(hidden)
    lowering.say(origin, f"{name}: NULLS NOT DISTINCT by generated columns that are never NULL")
    return found


# -- indexes -----------------------------------------------------------------------------------------


def add_indexes(lowering: Lowering) -> None:
    """All indexes of the schema."""
    for index in lowering.schema.indexes:
        out = lowering.out.tables.get(index.table)
        if out is not None:
            try:
                _add_index(lowering, out, index)
            except Unsupported as problem:
                _not_made(lowering, index, str(problem))


def _not_made(lowering: Lowering, index: Index, why: str) -> None:
    if index.unique:
        lowering.accounts.manual(
            index.origin, f"not converted ({why}): refuse equal rows in the application, under a lock"
        )
    else:
        lowering.accounts.dropped(index.origin, f"an index changes no answer, only how soon it comes: {why}")


def _add_index(lowering: Lowering, out: OutTable, index: Index) -> None:
    if index.method not in _TREES:
        hint = _HINTS.get(index.method, "")
        raise Unsupported(
            f"{lowering.target.shown} has no {index.method} index" + (f"; {hint}" if hint else "")
        )
    if len(index.parts) + (index.where is not None and index.unique) > _MOST_PARTS:
        raise Unsupported(f"an index has at most {_MOST_PARTS} columns")
    table = lowering.schema.tables[index.table]
    if 1 + len(out.uniques) + len(out.indexes) + len(table.foreign_keys) >= _MOST_KEYS:
        raise Unsupported(f"a table has at most {_MOST_KEYS} indexes")
    if _TREES[index.method]:
        lowering.say(index.origin, _TREES[index.method])
    parts = [_part(lowering, out, index, number, part) for number, part in enumerate(index.parts)]
    if index.include:
        lowering.say(
            index.origin, f"INCLUDE ({', '.join(index.include)}) is left out: it only saves reading the table"
        )
    columns = list(dict.fromkeys(name for name, _, _ in parts))
    if len(columns) < len(parts):
        parts = list({part[0]: part for part in reversed(parts)}.values())[::-1]
        lowering.say(index.origin, "a column that it has twice is in it once")
    if index.unique:
        columns = _unique_columns(lowering, out, index, columns)
        parts = [(name, None, parts[i][2] if i < len(parts) else False) for i, name in enumerate(columns)]
    elif index.where is not None:
        lowering.say(
            index.origin,
            f"it holds all rows, not only those where {index.where.sql('postgres')}: "
            f"{lowering.target.shown} has no partial indexes",
        )
    if _is_there(out, parts, unique=index.unique):
        lowering.accounts.dropped(index.origin, "a key or an index of the same columns is there already")
        return
    if not index.unique:
        parts = _fitted(lowering, out, index, parts)
    out.indexes.append(OutIndex(index.name[:64], parts, index.unique))


def _unique_columns(lowering: Lowering, out: OutTable, index: Index, columns: list[str]) -> list[str]:
    if not index.nulls_distinct and any(out.columns[column].nullable for column in columns):
        columns = _nulls_alike(lowering, out, index.origin, index.name, columns)
    marker = 2 if index.where is not None else 0
    if _size(out, columns) + marker > KEY_LIMIT:
        columns = _hashed(lowering, out, index, columns)
    if index.where is not None:
        words = Expressions(lowering.target, out.kinds(), constant=True).sql(index.where)
        name = _hidden_name(out, f"{index.name}_holds")
        out.columns[name] = OutColumn(
            name,
            Chosen("boolean", Boolean(create_constraint=False)),
            True,
            generated=f"CASE WHEN {words} THEN TRUE END",
            stored=False,
            hidden=True,
        )
        lowering.say(
            index.origin,
            f"unique where {index.where.sql('postgres')}: by the generated column {name}, NULL for "
            "other rows",
        )
        columns = [*columns, name]
    return columns


def _part(
    lowering: Lowering, out: OutTable, index: Index, number: int, part: IndexPart
) -> tuple[str, int | None, bool]:
    """A column of an index; an expression becomes a hidden generated column."""
    _say_order(lowering, index, part)
    if (
        part.operator_class
        and part.operator_class not in _PLAIN_CLASSES
        and not part.operator_class.endswith("_ops")
    ):
        lowering.say(index.origin, f"{part.operator_class} is left out")
    if part.column is not None:
        if part.column not in out.columns:
            raise Unsupported(f"there is no column {part.column}")
        if out.columns[part.column].chosen.kind in ("json", "array") and not index.unique:
            raise Unsupported(f"{part.column} is JSON, which {lowering.target.shown} can't index whole")
        return part.column, None, part.descending
    words = Expressions(lowering.target, out.kinds(), constant=True)
    text = words.sql(part.expression)
    chosen = _chosen_for(lowering, out, words, part.expression)
    suffix = f"_{number + 1}" if len(index.parts) > 1 else ""
    name = _hidden_name(out, f"{index.name}_value{suffix}")
    out.columns[name] = OutColumn(name, chosen, True, generated=text, stored=False, hidden=True)
    lowering.say(index.origin, f"{part.expression.sql('postgres')} is the generated column {name}")
    return name, None, part.descending


def _say_order(lowering: Lowering, index: Index, part: IndexPart) -> None:
    natural = not part.descending  # NULL is the smallest value on MySQL
    if part.nulls_first is not None and part.nulls_first != natural:
        where = "FIRST" if part.nulls_first else "LAST"
        lowering.say(
            index.origin, f"NULLS {where} is left out: NULL is the smallest value on {lowering.target.shown}"
        )


def _chosen_for(lowering: Lowering, out: OutTable, words: Expressions, node: exp.Expr) -> Chosen:
    kind = _result_kind(words, node)
    simple: dict[str, Any] = {
        "boolean": Boolean(create_constraint=False),
        "integer": BigInteger(),
        "date": mysql.DATE(),
    }
    if kind in simple:
        return Chosen(kind, simple[kind])
    if kind in ("instant", "moment"):
        return Chosen(kind, mysql.DATETIME(fsp=6))
    if kind in ("uuid", "number"):
        inner = next(c for c in node.find_all(exp.Column) if words.kind(c) == kind)
        return Chosen(kind, out.columns[inner.name].chosen.type)
    if kind == "text":
        return _text_of(lowering, out, words, node)
    raise Unsupported(f"what {node.sql('postgres')} gives is not known")


def _text_of(lowering: Lowering, out: OutTable, words: Expressions, node: exp.Expr) -> Chosen:
    inner = [out.columns[c.name].chosen for c in node.find_all(exp.Column) if c.name in out.columns]
    plain = isinstance(node, (exp.Lower, exp.Upper, exp.Trim)) and len(inner) == 1 and inner[0].length
    length = min(inner[0].length or KEY_CHARACTERS, KEY_CHARACTERS) if plain else KEY_CHARACTERS
    return Chosen(
        "text", mysql.VARCHAR(length, charset="utf8mb4", collation=lowering.target.collation), length=length
    )


def _result_kind(words: Expressions, node: exp.Expr) -> str:
    if isinstance(node, exp.Case):
        return words.kind(node.args["ifs"][0].args["true"])
    return words.kind(node)


def _is_there(out: OutTable, parts: list[tuple[str, int | None, bool]], *, unique: bool) -> bool:
    """Whether a key of the same columns, in the same order, serves already."""
    if any(descending for _, _, descending in parts):
        return any(index.parts == parts and (index.unique or not unique) for index in out.indexes)
    columns = [name for name, _, _ in parts]
    keys = [out.primary_key[1]] if out.primary_key else []
    keys += [unique_columns for _, unique_columns in out.uniques]
    same = [index for index in out.indexes if index.parts == parts and (index.unique or not unique)]
    return columns in keys or bool(same)


def _fitted(
    lowering: Lowering, out: OutTable, index: Index, parts: list[tuple[str, int | None, bool]]
) -> list[tuple[str, int | None, bool]]:
    """The parts with only the beginnings of long texts, as far as an index holds them."""
    size = _size(out, [name for name, _, _ in parts])
    if size <= KEY_LIMIT:
        return parts
    long = [name for name, _, _ in parts if _key_bytes(out.columns[name].chosen) > 255]
    rest = KEY_LIMIT - sum(_key_bytes(out.columns[name].chosen) for name, _, _ in parts if name not in long)
    each = max(rest // 4 // max(len(long), 1), 10)
    lowering.say(index.origin, f"it holds the first {each} characters of {', '.join(long)}")
    found = []
    for name, _, descending in parts:
        length = out.columns[name].chosen.length
        cut = name in long and (length is None or length > each)
        found.append((name, each if cut else None, descending))
    return found


# -- foreign keys ------------------------------------------------------------------------------------


def match_referred_types(lowering: Lowering) -> None:
    """Columns that refer to others get exactly their types, as MySQL wants it."""
    tables = lowering.schema.tables
    for _ in range(len(tables) + 1):
        changed = False
        for table in tables.values():
            for key in table.foreign_keys:
                changed |= _match(lowering, table, key)
        if not changed:
            return


def referred_columns(lowering: Lowering, key: ForeignKey) -> list[str]:
    """The columns that a foreign key refers to: the primary key's if it names none."""
    if key.referred:
        return key.referred
    parent = lowering.schema.tables.get(key.table)
    primary = parent.primary_key if parent else None
    return primary.columns if primary else []


def _match(lowering: Lowering, table: Table, key: ForeignKey) -> bool:
    key.table = lowering.schema.partitions.get(key.table, key.table)
    parent = lowering.out.tables.get(key.table)
    if parent is None:
        return False
    out, changed = lowering.out.tables[table.name], False
    for column, referred in zip(key.columns, referred_columns(lowering, key), strict=False):
        if column not in out.columns or referred not in parent.columns:
            continue
        mine, theirs = out.columns[column].chosen, parent.columns[referred].chosen
        dialect = lowering.target.dialect()
        if mine.type.compile(dialect=dialect) != theirs.type.compile(dialect=dialect):
            shown = theirs.type.compile(dialect=dialect).partition(" CHARACTER")[0]
            lowering.say(key.origin, f"{column}: {shown}, as the column that it refers to")
            mine.type, mine.length, mine.kind, mine.note = theirs.type, theirs.length, theirs.kind, None
            changed = True
    return changed


def add_foreign_keys(lowering: Lowering, table: Table, out: OutTable) -> None:
    """The foreign keys of a table."""
    for key in table.foreign_keys:
        found = _foreign_key(lowering, table, out, key)
        if found is not None:
            out.foreign_keys.append(found)


def mind_foreign_keys(lowering: Lowering, out: OutTable) -> None:
    """Put an index without NULLs first, by which MySQL minds each foreign key.

    MySQL 9.7 looks for the parent by the first index that begins with the key's columns, and passes over rows
    that hold a NULL in the rest of that index: seen on 9.7.4, where such rows were taken without a parent.
    """
    for key in out.foreign_keys:
        begin = key.columns
        primary = out.primary_key[1] if out.primary_key else []
        if primary[: len(begin)] == begin:
            continue
        out.uniques = [(name, _turned(lowering, out, key, columns)) for name, columns in out.uniques]
        for index in out.indexes:
            if index.unique:
                index.parts = [(name, None, False) for name in _turned(lowering, out, key, _names(index))]
        if not any(_passes_over(out, _names(index), begin) for index in out.indexes):
            continue
        if any(columns[: len(begin)] == begin for _, columns in out.uniques):
            continue
        safe = next((index for index in out.indexes if _names(index)[: len(begin)] == begin
                     and not _passes_over(out, _names(index), begin)), None)  # fmt: skip
        if safe is not None:
            out.indexes.remove(safe)
            out.indexes.insert(0, safe)
            continue
        out.plain_keys.append((f"{key.name[:60]}_idx", begin))
        lowering.say(
            key.origin,
            f"{key.name} has an index of its own: MySQL 9.7 does not mind a foreign key by an index "
            "with NULLs",
        )


def _turned(lowering: Lowering, out: OutTable, key: OutKey, columns: list[str]) -> list[str]:
    """The columns of a UNIQUE in an order that no foreign key is minded by; uniqueness knows no order."""
    if not _passes_over(out, columns, key.columns):
        return columns
    begins = {each.columns[0] for each in out.foreign_keys}
    first = next((column for column in columns if column not in begins), None)
    if first is None:
        first = _hidden_name(out, "always_1")
        chosen = Chosen("boolean", Boolean(create_constraint=False))
        out.columns[first] = OutColumn(first, chosen, False, generated="1", stored=False, hidden=True)
    lowering.say(
        key.origin,
        f"UNIQUE ({', '.join(columns)}) begins with {first}: MySQL 9.7 would mind {key.name} by it, "
        "and pass over "
        "rows with a NULL in the rest",
    )
    return [first, *(column for column in columns if column != first)]


def _names(index: OutIndex) -> list[str]:
    return [name for name, _, _ in index.parts]


def _passes_over(out: OutTable, columns: list[str], begin: list[str]) -> bool:
    """Whether an index begins with these columns, and the rest of it may hold NULL."""
    return columns[: len(begin)] == begin and any(
        out.columns[name].nullable for name in columns[len(begin) :]
    )


def _foreign_key(lowering: Lowering, table: Table, out: OutTable, key: ForeignKey) -> OutKey | None:
    parent = lowering.out.tables.get(key.table)
    label = f"{key.name} ({', '.join(key.columns)})"
    if parent is None:
        lowering.accounts.manual(
            key.origin,
            f"the foreign key {label} refers to {key.table}, which this script doesn't declare: left out; "
            "refer to the table that takes its place",
        )
        return None
    referred = referred_columns(lowering, key)
    if not _has_key(parent, referred) or len(referred) != len(key.columns):
        lowering.accounts.manual(
            key.origin, f"the foreign key {label} refers to columns without a key of their own on the target"
        )
        return None
    on_delete, on_update = (_action(lowering, out, key, action) for action in (key.on_delete, key.on_update))
    on_delete, on_update = _beside_checks(lowering, table, out, key, on_delete, on_update)
    name = lowering.constraint_name(str(key.name), out, key.origin)
    return OutKey(name, key.columns, parent.name, referred, on_delete, on_update, key.origin)


def _has_key(parent: OutTable, referred: list[str]) -> bool:
    keys = [parent.primary_key[1]] if parent.primary_key else []
    keys += [columns for _, columns in parent.uniques]
    keys += [[name for name, _, _ in index.parts] for index in parent.indexes if index.unique]
    return any(sorted(columns) == sorted(referred) for columns in keys) and all(
        column in parent.columns for column in referred
    )


def _action(lowering: Lowering, out: OutTable, key: ForeignKey, action: str | None) -> str | None:
    if action == "SET DEFAULT":
        lowering.accounts.manual(
            key.origin,
            f"{key.name}: InnoDB has no SET DEFAULT: the row that is referred to can't go; see to it",
        )
        return None
    if action == "SET NULL" and any(not out.columns[column].nullable for column in key.columns):
        lowering.say(
            key.origin, f"{key.name}: SET NULL of a column that is NOT NULL refuses the deletion, as before"
        )
        return None
    return action


def _beside_checks(
    lowering: Lowering,
    table: Table,
    out: OutTable,
    key: ForeignKey,
    on_delete: str | None,
    on_update: str | None,
) -> tuple[str | None, str | None]:
    """Neither server allows SET NULL, nor CASCADE of changes, on columns that a CHECK looks at."""
    checked = {node.name for check in table.checks for node in check.expression.find_all(exp.Column)} | {
        name for name, column in out.columns.items() if column.chosen.values is not None
    }
    if not checked & set(key.columns):
        return on_delete, on_update
    changed = [action for action in (on_delete if on_delete == "SET NULL" else None, on_update) if action]
    if changed:
        lowering.accounts.manual(
            key.origin,
            f"{key.name}: {lowering.target.shown} allows no {' or '.join(changed)} on a column that a "
            "CHECK looks at: the "
            "change is refused here; do it before, in the application",
        )
    return (None if on_delete == "SET NULL" else on_delete), None


# -- AUTO_INCREMENT ----------------------------------------------------------------------------------


def check_numbered(lowering: Lowering, table: Table, out: OutTable) -> None:
    """One numbered column in a table, which begins a key."""
    numbered = [column for column in out.columns.values() if column.numbered]
    for column in numbered[1:]:
        column.numbered = False
        lowering.accounts.manual(
            table.columns[column.name].origin,
            f"{column.name}: a table has one AUTO_INCREMENT column; give this one its numbers when inserting",
        )
    if not numbered:
        return
    first = numbered[0]
    if not isinstance(first.chosen.type, (Integer, SmallInteger, BigInteger)):
        first.numbered = False
        lowering.accounts.manual(
            table.columns[first.name].origin, f"{first.name}: only whole numbers are numbered"
        )
        return
    keys = [out.primary_key[1]] if out.primary_key else []
    keys += [columns for _, columns in out.uniques]
    if not any(columns[0] == first.name for columns in keys):
        out.plain_keys.append((f"{out.name}_{first.name}_numbers"[:64], [first.name]))
        lowering.say(table.columns[first.name].origin, f"{first.name}: has an index, as AUTO_INCREMENT needs")
