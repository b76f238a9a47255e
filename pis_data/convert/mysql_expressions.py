"""MySQL's conditions in PostgreSQL's words: what means the same on both; anything else is `Unsupported`."""

# ruff: noqa: E501 (tables of data)
from __future__ import annotations

from typing import Any, Final

from sqlglot import exp

from pis_data.convert.grammar import shallow, sqlglot
from pis_data.convert.model import Table
from pis_data.convert.target import Unsupported, shorten

_SAME: Final = (
    exp.And, exp.Or, exp.Not, exp.Paren, exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.In, exp.Between,
    exp.Column, exp.Identifier, exp.Literal, exp.Is, exp.Null, exp.Boolean, exp.Lower, exp.Upper, exp.Coalesce,
    exp.Add, exp.Sub, exp.Mul, exp.Mod, exp.Neg, exp.Case, exp.If, exp.Length,
)  # fmt: skip


def postgresql_words(text: str, table: Table) -> str:
    """A condition of a table's columns. Raises Unsupported, or SyntaxProblem."""
    from sqlglot.errors import SqlglotError

    try:
        select: Any = sqlglot().parse_one(f"SELECT ({text})", read="mysql")
    except (SqlglotError, RecursionError):
        raise Unsupported(f"{shorten(text)}: this can't be read") from None
    tree = shallow(select.expressions[0]).transform(_replaced)
    booleans = {name for name, column in table.columns.items() if column.type.name == "boolean"}
    for node in tree.walk():
        typed = isinstance(node, exp.Anonymous) and node.this == "jsonb_typeof"
        if not isinstance(node, _SAME) and not typed:
            raise Unsupported(f"{shorten(text)}: no counterpart for {type(node).__name__} is known")
        if isinstance(node, exp.Column):
            if node.name not in table.columns:
                raise Unsupported(f"{shorten(text)}: there is no column {node.name}")
            if node.name in booleans and not isinstance(
                node.parent, (exp.Is, exp.Paren, exp.Connector, exp.Not)
            ):
                raise Unsupported(f"{shorten(text)}: a truth value as a number")
            node.set("this", exp.to_identifier(node.name, quoted=True))
    return str(tree.sql(dialect="postgres"))


def _replaced(node: exp.Expr) -> exp.Expr:
    if isinstance(node, exp.Introducer):
        inner: exp.Expr = node.expression
        return inner.transform(_replaced)
    if isinstance(node, exp.JSONType):
        return exp.Anonymous(this="jsonb_typeof", expressions=[node.this])
    if isinstance(node, exp.Literal) and node.is_string and _of_type(node):
        return exp.Literal.string(node.this.lower())
    return node


def _of_type(node: exp.Expr) -> bool:
    """Whether a literal is compared with a document's type, which PostgreSQL writes in small letters."""
    parent = node.parent
    parent = parent.parent if isinstance(parent, exp.Introducer) else parent
    return isinstance(parent, (exp.In, exp.EQ)) and isinstance(parent.this, (exp.JSONType, exp.Anonymous))
