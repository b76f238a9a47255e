"""Looking through sqlglot's trees: casts and parentheses that mean nothing, lists, the kinds of types."""

from __future__ import annotations

import json
from typing import Any, Final, Protocol

from sqlglot import exp

from pis_data.convert.target import Unsupported
from pis_data.convert.values import array_items

_TEXTS: Final = frozenset({"text", "varchar", "char", "nchar", "nvarchar", "bpchar", "name", "citext"})


class HasKinds(Protocol):
    """What knows the kinds of expressions."""

    def kind(self, node: exp.Expr | None) -> str:
        """What values of an expression are."""


def truth(text: str) -> str:
    """A truth value, as PostgreSQL reads it."""
    if text.strip().lower() in ("t", "true", "yes", "y", "on", "1"):
        return "TRUE"
    if text.strip().lower() in ("f", "false", "no", "n", "off", "0"):
        return "FALSE"
    raise Unsupported(f"{text!r} is no truth value")


def unwrapped(node: Any) -> Any:
    """Without parentheses, and a text without the casts that pg_dump writes around it."""
    while isinstance(node, exp.Paren) or (
        isinstance(node, exp.Cast)
        and isinstance(inner(node), exp.Literal)
        and kind_of_type(node.to) in ("text", "other")
    ):
        node = node.this
    return node


def inner(node: Any) -> Any:
    """Without any parentheses and casts."""
    while isinstance(node, (exp.Paren, exp.Cast)):
        node = node.this
    return node


def untexted(node: exp.Expr, within: HasKinds) -> exp.Expr:
    """A column of text without the cast to text that pg_dump writes around it."""
    bare = node
    while isinstance(bare, exp.Paren):
        bare = bare.this
    if isinstance(bare, exp.Cast) and kind_of_type(bare.to) == "text":
        inside: exp.Expr = bare.this
        while isinstance(inside, exp.Paren):
            inside = inside.this
        if within.kind(inside) == "text":
            return inside
    return node


def flatten(node: exp.Expr, into: list[exp.Expr]) -> None:
    """The parts of a chain of ``||``."""
    if isinstance(node, exp.DPipe):
        flatten(node.this, into)
        flatten(node.expression, into)
    elif isinstance(node, exp.Paren) and isinstance(node.this, exp.DPipe):
        flatten(node.this, into)
    else:
        into.append(node)


def is_call(node: exp.Expr, *names: str) -> bool:
    """Whether it is a call of a function of one of these names."""
    return isinstance(node, exp.Anonymous) and str(node.this).upper() in names


def listed(node: exp.Expr, kind: type[exp.Expr]) -> list[exp.Expr] | None:
    """The items of ``ANY (ARRAY[…])``, as pg_dump writes IN; None if it is something else."""
    if isinstance(node, kind):
        return array_of(node.this)
    if is_call(node, kind.__name__.upper()) and len(node.expressions) == 1:
        return array_of(node.expressions[0])
    return None


def array_of(node: exp.Expr | None) -> list[exp.Expr] | None:
    """The items of ``ARRAY[…]`` or of a literal array; None if it is something else."""
    bare = node
    while isinstance(bare, (exp.Paren, exp.Cast, exp.Tuple)):
        if isinstance(bare, exp.Tuple):
            bare = bare.expressions[0] if len(bare.expressions) == 1 else None
        elif isinstance(bare, exp.Cast) and isinstance(bare.this, exp.Literal):
            if kind_of_type(bare.to) != "array":
                return None
            return [exp.Literal.string(item) for item in json.loads(array_items(bare.this.this))]
        else:
            bare = bare.this
    return list(bare.expressions) if isinstance(bare, exp.Array) else None


_KINDS: Final = {
    "uuid": "uuid", "timestamptz": "instant", "timestamp": "moment", "timestampntz": "moment",
    "date": "date", "boolean": "boolean",
    "json": "json", "jsonb": "json", "int": "integer", "bigint": "integer", "smallint": "integer",
    "decimal": "number", "double": "number", "float": "number", "interval": "interval", "varbinary": "bytes",
    "array": "array", "time": "time",
}  # fmt: skip


def kind_of_type(type_: exp.Expr) -> str:
    """What values of a type are, in the words of `types.Chosen.kind`."""
    if not isinstance(type_, exp.DataType):
        return "other"
    name = str(getattr(type_.this, "value", type_.this)).lower()
    return "text" if name in _TEXTS else _KINDS.get(name, "other")


def decimal(to: exp.DataType) -> str:
    """DECIMAL with its digits."""
    arguments = [str(getattr(each.this, "this", each.this)) for each in to.expressions]
    return f"DECIMAL({', '.join(arguments) or '38, 10'})"
