"""Queries inside a schema (views, INSERT … SELECT, counts in triggers) in the target's words.

Only what means the same on both sides is written: plain tables and joins, conditions, the usual aggregates.
Anything else is `Unsupported`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from sqlglot import exp

from pis_data.convert.expressions import Expressions
from pis_data.convert.grammar import in_schema
from pis_data.convert.target import Unsupported, shorten

if TYPE_CHECKING:
    from pis_data.convert.lower import Lowering

_SELECT_PARTS: Final = frozenset(
    {
        "expressions",
        "from_",
        "joins",
        "where",
        "group",
        "having",
        "order",
        "limit",
        "offset",
        "distinct",
        "kind",
    }
)
_JOINS: Final = {("", ""): "JOIN", ("", "INNER"): "JOIN",
                 ("LEFT", ""): "LEFT JOIN", ("LEFT", "OUTER"): "LEFT JOIN",
                 ("RIGHT", ""): "RIGHT JOIN", ("", "CROSS"): "CROSS JOIN"}  # fmt: skip
_AGGREGATES: Final = {"Sum": "SUM", "Min": "MIN", "Max": "MAX", "Avg": "AVG"}


class Queries(Expressions):
    """Writes expressions that may hold queries, over the tables in scope."""

    def __init__(
        self,
        lowering: Lowering,
        scope: Mapping[str, Mapping[str, str]] | None = None,
        *,
        words: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(lowering.target, {}, columns=self._column_name)
        self.lowering = lowering
        #: alias to the kinds of its columns
        self.scope: dict[str, Mapping[str, str]] = dict(scope or {})
        #: what an alias is written as, where it is not its own name (``EXCLUDED``)
        self.words = dict(words or {})
        #: the names that a query gives to what it selects
        self.made: dict[str, exp.Expr] = {}

    def kind(self, node: exp.Expr | None) -> str:
        """What values of an expression are."""
        if isinstance(node, exp.Column):
            found = self._places(node)
            return found[0][1] if found else "other"
        return super().kind(node)

    def _places(self, node: exp.Column) -> list[tuple[str, str]]:
        if node.table:
            kinds = self.scope.get(node.table.lower(), {})
            return [(node.table.lower(), kinds[node.name])] if node.name in kinds else []
        return [(alias, kinds[node.name]) for alias, kinds in self.scope.items() if node.name in kinds]

    def _column_name(self, node: exp.Column) -> str:
        if isinstance(node.this, exp.Star):
            return f"{self.quote(node.table)}.*" if node.table else "*"
        found = self._places(node)
        if not found:
            raise Unsupported(f"{shorten(node.sql('postgres'))}: there is no such column here")
        if not node.table:
            return self.quote(node.name)
        alias = self.words.get(node.table.lower(), self.quote(node.table))
        if alias.endswith("("):
            return f"{alias}{self.quote(node.name)})"
        return f"{alias}.{self.quote(node.name)}"

    # -- queries ---------------------------------------------------------------------------------------

    def query(self, node: exp.Expr) -> str:
        """A SELECT, or several joined by UNION."""
        if isinstance(node, exp.Union):
            distinct = "" if node.args.get("distinct", True) else " ALL"
            return f"{self.query(node.this)} UNION{distinct} {self.query(node.expression)}"
        if isinstance(node, exp.Subquery):
            return f"({self.query(node.this)})"
        if not isinstance(node, exp.Select):
            raise Unsupported(f"{shorten(node.sql('postgres'))}: a query of that form")
        return Queries(self.lowering, self.scope, words=self.words)._select(node)

    def _select(self, node: exp.Select) -> str:
        unknown = {name for name, value in node.args.items() if value} - _SELECT_PARTS
        if unknown:
            raise Unsupported(f"{shorten(node.sql('postgres'))}: {', '.join(sorted(unknown))} of a query")
        self.made = {each.alias: each.this for each in node.expressions if isinstance(each, exp.Alias)}
        source = node.args.get("from_")
        tables = [self._table(source.this)] if source is not None else []
        joins = [self._join(join) for join in node.args.get("joins") or ()]
        parts = ["SELECT" + (" DISTINCT" if self._is_distinct(node) else "")]
        parts.append(", ".join(self._selected(each) for each in node.expressions))
        if tables:
            parts.append(f"FROM {tables[0]}")
        parts += joins
        if node.args.get("where"):
            parts.append(f"WHERE {self.sql(node.args['where'].this)}")
        if node.args.get("group"):
            parts.append(f"GROUP BY {', '.join(map(self.sql, node.args['group'].expressions))}")
        if node.args.get("having"):
            parts.append(f"HAVING {self.sql(node.args['having'].this)}")
        if node.args.get("order"):
            parts.append(
                f"ORDER BY {', '.join(self._ordered(each) for each in node.args['order'].expressions)}"
            )
        if node.args.get("limit"):
            parts.append(f"LIMIT {self.sql(node.args['limit'].expression)}")
        if node.args.get("offset"):
            parts.append(f"OFFSET {self.sql(node.args['offset'].expression)}")
        return " ".join(parts)

    @staticmethod
    def _is_distinct(node: exp.Select) -> bool:
        distinct = node.args.get("distinct")
        if distinct is not None and distinct.args.get("on"):
            raise Unsupported("DISTINCT ON")
        return distinct is not None

    def _table(self, node: exp.Expr) -> str:
        if isinstance(node, exp.Subquery) and node.alias:
            inner = Queries(self.lowering, self.scope, words=self.words).query(node.this)
            self.scope[node.alias.lower()] = {each.alias_or_name: "other" for each in node.this.expressions}
            return f"({inner}) AS {self.quote(node.alias)}"
        if isinstance(node, (exp.Paren, exp.Subquery)) and isinstance(node.this, exp.Table):
            return f"({self._table(node.this)})"  # pg_dump's parentheses around joins
        if not isinstance(node, exp.Table):
            raise Unsupported(f"{shorten(node.sql('postgres'))}: a query of anything but tables")
        name = in_schema(node.db, node.name)
        out = self.lowering.out.tables.get(name)
        if out is None:
            raise Unsupported(f"{name} is no table of this script")
        alias = node.alias or node.name
        self.scope[alias.lower()] = out.kinds()
        written = self.quote(out.name) + (f" AS {self.quote(alias)}" if alias != out.name else "")
        return " ".join([written, *(self._join(join) for join in node.args.get("joins") or ())])

    def _join(self, node: exp.Join) -> str:
        table = self._table(node.this)
        words = _JOINS.get((str(node.side or "").upper(), str(node.kind or "").upper()))
        if words is None or node.args.get("method"):
            raise Unsupported(f"{shorten(node.sql('postgres'))}: a join of that kind")
        if node.args.get("on") is not None:
            return f"{words} {table} ON {self.sql(node.args['on'])}"
        if node.args.get("using"):
            return (
                f"{words} {table} USING ({', '.join(self.quote(each.name) for each in node.args['using'])})"
            )
        return f"CROSS JOIN {table}"

    def _selected(self, node: exp.Expr) -> str:
        if isinstance(node, exp.Alias):
            return f"{self.sql(node.this)} AS {self.quote(node.alias)}"
        return self.sql(node)

    def _ordered(self, node: exp.Expr) -> str:
        if not isinstance(node, exp.Ordered):
            return self.sql(node)
        inner = node.this
        if isinstance(inner, exp.Column) and not inner.table:
            inner = self.made.get(inner.name, inner)
        text = self.sql(inner)
        if isinstance(inner, exp.Count):  # which is never NULL
            return f"{text}{' DESC' if node.args.get('desc') else ''}"
        descending = bool(node.args.get("desc"))
        first = bool(node.args.get("nulls_first"))
        nulls = f"{text} IS NULL{' DESC' if first else ''}, " if first is descending else ""
        return f"{nulls}{text}{' DESC' if descending else ''}"

    # -- what only queries hold ------------------------------------------------------------------------

    def sql(self, node: exp.Expr) -> str:
        """The expression in the target's words."""
        name = type(node).__name__
        if name in _AGGREGATES:
            return f"{_AGGREGATES[name]}({self.sql(node.this)})"
        return super().sql(node)

    def _star(self, node: exp.Star) -> str:
        return "*"

    def _distinct(self, node: exp.Distinct) -> str:
        return f"DISTINCT {', '.join(map(self.sql, node.expressions))}"

    def _count(self, node: exp.Count) -> str:
        return f"COUNT({self.sql(node.this)})"

    def _subquery(self, node: exp.Subquery) -> str:
        return f"({self.query(node.this)})"

    def _exists(self, node: exp.Exists) -> str:
        return f"EXISTS ({self.query(node.this)})"

    def _in(self, node: exp.In, *, negated: bool = False) -> str:
        query = node.args.get("query")
        if query is not None:
            inner = query.this if isinstance(query, exp.Subquery) else query
            return f"{self._operand(node.this)} {'NOT IN' if negated else 'IN'} ({self.query(inner)})"
        return super()._in(node, negated=negated)

    def _greatest(self, node: exp.Greatest) -> str:
        return self._extreme("GREATEST", node)

    def _least(self, node: exp.Least) -> str:
        return self._extreme("LEAST", node)

    def _extreme(self, function: str, node: exp.Expr) -> str:
        """PostgreSQL's passes over NULL; MySQL's is NULL then: a literal takes its place."""
        items = [node.this, *node.expressions]
        known = next((item for item in items if isinstance(item, exp.Literal)), None)
        if known is None:
            raise Unsupported(f"{shorten(node.sql('postgres'))}: {function} of values that may be NULL")
        words = [
            self.sql(item)
            if isinstance(item, exp.Literal)
            else f"COALESCE({self.sql(item)}, {self.sql(known)})"
            for item in items
        ]
        return f"{function}({', '.join(words)})"
