"""What values of an expression are, in the words of `types.Chosen.kind`: its words depend on that."""

from __future__ import annotations

from collections.abc import Callable

from sqlglot import exp

from pis_data.convert.trees import kind_of_type


def kind_of(node: exp.Expr | None, of: Callable[[exp.Expr | None], str]) -> str:
    """The kind of an expression; ``of`` tells those of its parts. ``other`` where that isn't known."""
    match node:
        case exp.Paren():
            return of(node.this)
        case exp.Literal():
            return "literal" if node.is_string else ("integer" if node.is_int else "number")
        case exp.Neg():
            return of(node.this)
        case exp.Cast():
            return kind_of_type(node.to)
        case exp.Add() | exp.Sub() | exp.Mul() | exp.Mod() | exp.Div():
            kinds = {of(node.this), of(node.expression)}
            return (
                "integer" if kinds == {"integer"} else "number" if kinds <= {"integer", "number"} else "other"
            )
        case exp.Length() | exp.Extract() | exp.Floor() | exp.Ceil():
            return "integer"
        case exp.Lower() | exp.Upper() | exp.Trim() | exp.Concat() | exp.DPipe() | exp.Substring():
            return "text"
        case exp.Left() | exp.Right() | exp.JSONExtractScalar() | exp.Replace():
            return "text"
        case exp.Coalesce():
            return of(node.this)
        case exp.Boolean() | exp.Predicate() | exp.Not() | exp.Connector():
            return "boolean"
        case exp.CurrentTimestamp():
            return "instant"
    return "other"
