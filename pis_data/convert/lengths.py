"""How long a text without a limit may be where MySQL needs to know: in keys, in indexes, with a default.

The length is one that can be justified: the schema's own CHECK or list of values says it, or the column
that it refers to, or else it is the longest that an index of the target holds whole (768 characters; fewer
where several such columns share a key). Rows are kept within MySQL's 65,535 bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sqlalchemy.dialects import mysql
from sqlglot import exp

from pis_data.convert.model import Check, Column, Table
from pis_data.convert.output import OutTable, bytes_of
from pis_data.convert.target import KEY_CHARACTERS, KEY_LIMIT, ROW_LIMIT, Target
from pis_data.convert.types import Chosen, long_text

if TYPE_CHECKING:
    from pis_data.convert.lower import Lowering

#: what InnoDB and the NULL bits need of a row
_SLACK = 300
#: what `bytes_of` says of a long text or document
_POINTER = 12


#: bytes of a row that InnoDB keeps in one page of an index; what is kept elsewhere counts by its address
PAGE_LIMIT = 8_126
_ADDRESS = 40


def inside_page(out: OutTable) -> int:
    """The bytes of a row that InnoDB counts against `PAGE_LIMIT`."""
    found = 0
    for column in out.columns.values():
        size = bytes_of(column.chosen.type)
        moves = isinstance(column.chosen.type, (mysql.VARCHAR, mysql.VARBINARY)) or size == _POINTER
        found += min(size if size != _POINTER else _ADDRESS, _ADDRESS) if moves else size
    return found


def is_unlimited(chosen: Chosen) -> bool:
    """Whether it is a text or bytes without a length."""
    return isinstance(chosen.type, (mysql.MEDIUMTEXT, mysql.LONGBLOB)) and chosen.kind in ("text", "bytes")


def key_groups(lowering: Lowering, table: Table) -> Iterator[tuple[list[str], str]]:
    """The columns of each key and index, and what to call it."""
    for key in table.keys:
        yield key.columns, "the primary key" if key.primary else "a UNIQUE"
    for foreign in table.foreign_keys:
        yield foreign.columns, "a foreign key"
    for index in lowering.indexes_of[table.name]:
        if index.method in ("btree", "hash", "brin"):
            columns = [part.column for part in index.parts if part.column]
            inner = [c.name for p in index.parts if not p.column for c in p.expression.find_all(exp.Column)]
            yield columns, "an index"
            yield from (([column], "an index") for column in inner)


def set_lengths(lowering: Lowering, table: Table, out: OutTable) -> None:
    """Give the texts of a table the lengths that their uses need."""
    for column in table.columns.values():
        if column.name not in out.columns:  # another differs from it by capitals only
            continue
        chosen = out.columns[column.name].chosen
        if not is_unlimited(chosen):
            continue
        groups = [(c, why) for c, why in key_groups(lowering, table) if column.name in c]
        if not groups and column.default is None:
            continue
        if not groups and chosen.kind == "bytes":
            continue
        _limit(lowering, table, out, column, chosen, groups)


def _limit(
    lowering: Lowering,
    table: Table,
    out: OutTable,
    column: Column,
    chosen: Chosen,
    groups: list[tuple[list[str], str]],
) -> None:
    found = _from_checks(lowering, table, column)
    why = "its CHECK allows no more"
    if found is None or found > KEY_CHARACTERS:
        shares = [_share(out, columns) for columns, _ in groups]
        shares += list(_shares_of_referring(lowering, table, column))
        found = min([KEY_CHARACTERS, *shares])
        use = groups[0][1] if groups else "its default"
        why = f"for {use}: an index holds no more"
        if column.default is not None and isinstance(column.default, exp.Literal):
            found = max(found, len(column.default.this))
    _become(lowering.target, chosen, found)
    lowering.say(column.origin, f"{column.name}: {column.type} is {_shown(chosen)}, {why}")


def _shares_of_referring(lowering: Lowering, table: Table, column: Column) -> Iterator[int]:
    """What the keys of other tables leave to the columns that refer to this one, which get its type."""
    for child, key in lowering.referring[table.name]:
        primary = table.primary_key
        referred = key.referred or (primary.columns if primary else [])
        if column.name in referred and len(referred) == len(key.columns):
            mine = key.columns[referred.index(column.name)]
            for columns, _ in key_groups(lowering, child):
                if mine in columns and len(columns) > 1:
                    yield _share(lowering.out.tables[child.name], columns)


def _shown(chosen: Chosen) -> str:
    return f"VARBINARY({chosen.length})" if chosen.kind == "bytes" else f"VARCHAR({chosen.length})"


def _become(target: Target, chosen: Chosen, length: int) -> None:
    collation = getattr(chosen.type, "collation", None) or target.collation
    chosen.length = length
    chosen.note = None
    if chosen.kind == "bytes":
        chosen.length = min(length * 4, 1024)
        chosen.type = mysql.VARBINARY(chosen.length)
    else:
        chosen.type = mysql.VARCHAR(length, charset="utf8mb4", collation=collation)


def _share(out: OutTable, columns: list[str]) -> int:
    """The characters that each text without a limit may have in a key of these columns."""
    rest = KEY_LIMIT
    unlimited = 0
    for name in columns:
        if name not in out.columns:
            continue
        chosen = out.columns[name].chosen
        if is_unlimited(chosen) or chosen.length == KEY_CHARACTERS:
            unlimited += 1
        else:
            rest -= min(bytes_of(chosen.type), KEY_LIMIT)
    return max(rest // 4 // max(unlimited, 1), 32)


def _from_checks(lowering: Lowering, table: Table, column: Column) -> int | None:
    """The length that the CHECKs of a table, or a column's domain, leave to a column."""
    found = [_length_in(check.expression, column.name) for check in table.checks]
    own = lowering.schema.domains.get(column.type.own) if column.type.own else None
    found += [_length_in(check, "value") for check in (own.checks if own else ())]
    lengths = [length for length in found if length]
    return min(lengths) if lengths else None


def _length_in(node: Any, column: str) -> int | None:
    """The longest text that a condition lets pass; None if it doesn't say."""
    while isinstance(node, exp.Paren):
        node = node.this
    match node:
        case exp.And():
            sides = [_length_in(node.this, column), _length_in(node.expression, column)]
            known = [side for side in sides if side]
            return min(known) if known else None
        case exp.In() if _is_column(node.this, column) and all(
            isinstance(_bare(item), exp.Literal) for item in node.expressions
        ):
            return max((len(_bare(item).this) for item in node.expressions), default=None)
        case exp.EQ():
            return _listed_length(node, column)
        case exp.LTE() | exp.LT() if isinstance(_bare(node.this), exp.Length):
            limit = _bare(node.expression)
            if _is_column(_bare(node.this).this, column) and isinstance(limit, exp.Literal) and limit.is_int:
                return int(limit.this) - isinstance(node, exp.LT)
        case exp.Between() if isinstance(_bare(node.this), exp.Length):
            high = _bare(node.args["high"])
            if _is_column(_bare(node.this).this, column) and isinstance(high, exp.Literal) and high.is_int:
                return int(high.this)
    return None


def _listed_length(node: exp.EQ, column: str) -> int | None:
    from pis_data.convert.trees import listed

    items = listed(node.expression, exp.Any)
    if items is None or not _is_column(node.this, column):
        return None
    bare = [_bare(item) for item in items]
    return max((len(item.this) for item in bare if isinstance(item, exp.Literal)), default=None)


def _bare(node: Any) -> Any:
    while isinstance(node, (exp.Paren, exp.Cast)):
        node = node.this
    return node


def _is_column(node: Any, column: str) -> bool:
    bare = _bare(node)
    return isinstance(bare, exp.Column) and bare.name.lower() == column.lower()


def fit_row(lowering: Lowering, table: Table, out: OutTable) -> None:
    """Keep a row within MySQL's limit: the longest texts that are in no key become MEDIUMTEXT."""
    keyed = {name for columns, _ in key_groups(lowering, table) for name in columns}

    def size() -> int:
        return sum(bytes_of(column.chosen.type) for column in out.columns.values()) + _SLACK

    free = [
        c for c in out.columns.values() if c.name not in keyed and isinstance(c.chosen.type, mysql.VARCHAR)
    ]
    for column in sorted(free, key=lambda c: c.chosen.length or 0, reverse=True):
        if size() <= ROW_LIMIT:
            return
        length = column.chosen.length
        column.chosen.type = long_text(lowering.target)
        out.checks.append(
            (
                lowering.new_name(f"{out.name}_{column.name}_length"),
                f"CHAR_LENGTH({lowering.quote(column.name)}) <= {length}",
            )
        )
        lowering.say(
            table.origin,
            f"{column.name}: MEDIUMTEXT with a CHECK of its length: a row of {lowering.target.shown} "
            "holds 65,535 bytes",
        )
    held = [
        c
        for c in out.columns.values()
        if isinstance(c.chosen.type, mysql.VARCHAR) and (c.chosen.length or 0) > 191
    ]
    if size() > ROW_LIMIT:
        for column in held:
            _become(lowering.target, column.chosen, 191)
        lowering.accounts.manual(
            table.origin,
            "texts in keys are VARCHAR(191), since a row holds 65,535 bytes: is that enough for "
            f"{', '.join(c.name for c in held)}?",
        )


__all__ = ["Check", "fit_row", "is_unlimited", "key_groups", "set_lengths"]
