"""PostgreSQL's expressions in MySQL's words, one kind of node at a time; what is not known raises.

sqlglot's own writer for MySQL is not used: it passes on what it doesn't know, and changes meanings
silently (integer division, ``||``, ``~*``, the order of NULLs). Here a node that is not listed is
`Unsupported`, and the statement that holds it says so.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Final

from sqlglot import exp

from pis_data.convert.kinds import kind_of
from pis_data.convert.target import Target, Unsupported, quoted_text, shorten
from pis_data.convert.trees import (
    array_of,
    decimal,
    flatten,
    is_call,
    kind_of_type,
    listed,
    truth,
    untexted,
    unwrapped,
)
from pis_data.convert.values import array_items, day_text, document, json_path, utc_text, uuid_literal

_UNITS: Final = frozenset(
    ["MICROSECOND", "SECOND", "MINUTE", "HOUR", "DAY", "WEEK", "MONTH", "QUARTER", "YEAR"]
)
#: functions that mean the same under the same name
_SAME: Final = {
    "Lower": "LOWER", "Upper": "UPPER", "Abs": "ABS", "Ceil": "CEILING", "Floor": "FLOOR", "Nullif": "NULLIF",
    "Sqrt": "SQRT", "Reverse": "REVERSE", "MD5": "MD5", "Sign": "SIGN", "Repeat": "REPEAT", "Left": "LEFT",
    "Right": "RIGHT", "Pow": "POW", "Ascii": "ASCII", "Exp": "EXP", "Ln": "LN",
}  # fmt: skip
_COMPARISONS: Final = {"EQ": "=", "NEQ": "<>", "GT": ">", "GTE": ">=", "LT": "<", "LTE": "<="}
_REGEX_OF_POSTGRESQL: Final = re.compile(r"\\[mMyYAZ]|\[\[:[<>]:\]\]|\(\?[^:=!i]|^\*\*\*")


class Expressions:
    """Writes expressions for a target, within the columns of one table.

    Args:
        target: the server.
        kinds: column to what its values are (`types.Chosen.kind`).
        rename: what columns and tables are called on the target.
        constant: the present moment, chance and the caller may not matter (CHECKs, generated columns).
    """

    def __init__(
        self,
        target: Target,
        kinds: Mapping[str, str],
        *,
        constant: bool = False,
        columns: Callable[[exp.Column], str] | None = None,
    ) -> None:
        self.target = target
        self.kinds = kinds
        self.constant = constant
        self.quote = target.dialect().identifier_preparer.quote
        self._column_words = columns

    def sql(self, node: exp.Expr) -> str:
        """The expression in the target's words. Raises Unsupported."""
        name = type(node).__name__
        if name in _SAME:
            arguments = [node.this, node.args.get("expression"), *(node.args.get("expressions") or ())]
            if name == "MD5":
                self._only_mariadb(node)
            return f"{_SAME[name]}({', '.join(self.sql(each) for each in arguments if each is not None)})"
        if isinstance(node, exp.Binary) and name in _COMPARISONS:
            return self._comparison(node, _COMPARISONS[name])
        writer = getattr(self, f"_{name.lower()}", None)
        if writer is None:
            raise Unsupported(f"{shorten(node.sql('postgres'))}: no counterpart for {name} is known")
        return str(writer(node))

    def _only_mariadb(self, node: exp.Expr) -> None:
        if self.target.is_mysql and self.target.version >= (9,):
            raise Unsupported(f"{shorten(node.sql('postgres'))}: MySQL 9 has no MD5")

    def kind(self, node: exp.Expr | None) -> str:
        """What values of an expression are; ``other`` where that isn't known."""
        if isinstance(node, exp.Column):
            return self.kinds.get(node.name, "other")
        return kind_of(node, self.kind)

    # -- atoms -----------------------------------------------------------------------------------------

    def _column(self, node: exp.Column) -> str:
        if self._column_words is not None:
            return self._column_words(node)
        if node.name not in self.kinds:
            if not node.table and node.name.lower() == "localtimestamp":
                return self._volatile("CURRENT_TIMESTAMP(6)", node)
            raise Unsupported(f"{shorten(node.sql('postgres'))}: there is no such column here")
        return self.quote(node.name)

    def _literal(self, node: exp.Literal) -> str:
        return quoted_text(node.this) if node.is_string else str(node.this)

    def _bytestring(self, node: exp.ByteString) -> str:
        return quoted_text(str(node.this))  # what E'' holds: sqlglot has read its escapes

    def _null(self, node: exp.Null) -> str:
        return "NULL"

    def _boolean(self, node: exp.Boolean) -> str:
        return "TRUE" if node.this else "FALSE"

    def _paren(self, node: exp.Paren) -> str:
        inner = self.sql(node.this)
        return (
            inner if isinstance(node.this, (exp.Paren, exp.Column, exp.Literal, exp.Cast)) else f"({inner})"
        )

    def _tuple(self, node: exp.Tuple) -> str:
        return f"({', '.join(map(self.sql, node.expressions))})"

    def _neg(self, node: exp.Neg) -> str:
        return f"-{self._operand(node.this)}"

    def _collate(self, node: exp.Collate) -> str:
        return self.sql(node.this)  # all texts compare by code point

    # -- logic -----------------------------------------------------------------------------------------

    def _operand(self, node: exp.Expr) -> str:
        """An operand, in parentheses unless it needs none."""
        text = self.sql(node)
        simple = isinstance(
            node,
            (exp.Column, exp.Literal, exp.Func, exp.Paren, exp.Null, exp.Boolean, exp.Cast, exp.Anonymous),
        ) and not isinstance(node, (exp.Connector, exp.Binary, exp.Case))
        return text if simple else f"({text})"

    def _and(self, node: exp.And) -> str:
        return f"{self._operand(node.this)} AND {self._operand(node.expression)}"

    def _or(self, node: exp.Or) -> str:
        return f"{self._operand(node.this)} OR {self._operand(node.expression)}"

    def _not(self, node: exp.Not) -> str:
        inner = node.this
        if isinstance(inner, exp.In):
            return self._in(inner, negated=True)
        if isinstance(inner, exp.Is) and isinstance(inner.expression, exp.Null):
            return f"{self._operand(inner.this)} IS NOT NULL"
        return f"NOT ({self.sql(inner)})"

    def _is(self, node: exp.Is) -> str:
        negated = "NOT " if node.args.get("negate") else ""
        return f"{self._operand(node.this)} IS {negated}{self.sql(node.expression)}"

    def _nullsafeeq(self, node: exp.NullSafeEQ) -> str:
        left, right = self._sides(node)
        return f"{left} <=> {right}"

    def _nullsafeneq(self, node: exp.NullSafeNEQ) -> str:
        left, right = self._sides(node)
        return f"NOT ({left} <=> {right})"

    def _case(self, node: exp.Case) -> str:
        parts = ["CASE"] + ([self.sql(node.this)] if node.this else [])
        for branch in node.args["ifs"]:
            parts.append(f"WHEN {self.sql(branch.this)} THEN {self.sql(branch.args['true'])}")
        if node.args.get("default") is not None:
            parts.append(f"ELSE {self.sql(node.args['default'])}")
        return " ".join([*parts, "END"])

    def _coalesce(self, node: exp.Coalesce) -> str:
        return f"COALESCE({', '.join(map(self.sql, [node.this, *node.expressions]))})"

    # -- comparisons -----------------------------------------------------------------------------------

    def _sides(self, node: exp.Binary) -> tuple[str, str]:
        """Both sides of a comparison, literals in the form of what they are compared with."""
        left, right = node.this, node.expression
        return (
            self._compared(left, self.kind(right), node),
            self._compared(right, self.kind(left), node),
        )

    def _compared(self, node: exp.Expr, kind: str, whole: exp.Expr) -> str:
        bare = unwrapped(node)
        if (
            isinstance(bare, exp.Literal)
            and bare.is_string
            and kind in ("uuid", "instant", "date", "moment", "boolean")
        ):
            return self.value(bare.this, kind)
        if self.kind(node) == "json" and kind not in ("json", "other"):
            raise Unsupported(
                f"{shorten(whole.sql('postgres'))}: documents compare otherwise on {self.target.shown}"
            )
        return self._operand(node)

    def _comparison(self, node: exp.Binary, operator: str) -> str:
        right = node.expression
        items = listed(right, exp.Any) if operator == "=" else None
        if operator == "<>":
            items = listed(right, exp.All)
        if items is not None:
            return self._one_of(node.this, items, "NOT IN" if operator == "<>" else "IN")
        if isinstance(right, (exp.Any, exp.All)) or is_call(right, "ALL", "ANY", "SOME"):
            return self._in_array(node, operator)
        if isinstance(node.this, exp.Anonymous) and str(node.this.this).lower() in (
            "jsonb_typeof",
            "json_typeof",
        ):
            return self._typeof(node, operator)
        left, right_words = self._sides(node)
        return f"{left} {operator} {right_words}"

    def _one_of(self, node: exp.Expr, items: list[exp.Expr], operator: str) -> str:
        if not items:
            return "FALSE" if operator == "IN" else "TRUE"
        kind = self.kind(node)
        words = [self._compared(unwrapped(item), kind, item) for item in items]
        return f"{self._operand(untexted(node, self))} {operator} ({', '.join(words)})"

    def _in(self, node: exp.In, *, negated: bool = False) -> str:
        if node.args.get("query") is not None or node.args.get("unnest") is not None:
            raise Unsupported(f"{shorten(node.sql('postgres'))}: a query inside an expression")
        return self._one_of(node.this, node.expressions, "NOT IN" if negated else "IN")

    def _in_array(self, node: exp.Binary, operator: str) -> str:
        right = node.expression
        array = right.this if isinstance(right, exp.Any) else None
        array = array.this if isinstance(array, exp.Paren) else array
        if operator == "=" and array is not None and self.kind(array) == "array":
            return f"JSON_CONTAINS({self.sql(array)}, JSON_QUOTE({self.sql(node.this)}))"
        raise Unsupported(f"{shorten(node.sql('postgres'))}: ANY and ALL of anything but a list")

    def _arraycontainsall(self, node: exp.Binary) -> str:
        items = array_of(node.expression)
        if self.kind(node.this) != "array" or items is None:
            raise Unsupported(f"{shorten(node.sql('postgres'))}: @> of anything but a column and a list")
        if not all(isinstance(unwrapped(item), exp.Literal) for item in items):
            raise Unsupported(f"{shorten(node.sql('postgres'))}: @> with anything but literals")
        text = json.dumps([unwrapped(item).this for item in items], ensure_ascii=False)
        return f"JSON_CONTAINS({self.sql(node.this)}, {quoted_text(text)})"

    def _between(self, node: exp.Between) -> str:
        kind = self.kind(node.this)
        low, high = (self._compared(node.args[side], kind, node) for side in ("low", "high"))
        what = self._operand(node.this)
        if node.args.get("symmetric"):
            return f"({what} BETWEEN {low} AND {high} OR {what} BETWEEN {high} AND {low})"
        return f"{what} BETWEEN {low} AND {high}"

    def _startswith(self, node: exp.StartsWith) -> str:
        begin = self._operand(node.expression)
        return f"(LEFT({self.sql(node.this)}, CHAR_LENGTH({begin})) = {begin})"

    # -- texts -----------------------------------------------------------------------------------------

    def _like(self, node: exp.Like, escape: str = "") -> str:
        negated = "NOT " if node.args.get("negate") else ""
        return f"{self._operand(node.this)} {negated}LIKE {self._operand(node.expression)}{escape}"

    def _ilike(self, node: exp.ILike, escape: str = "") -> str:
        negated = "NOT " if node.args.get("negate") else ""
        return f"LOWER({self.sql(node.this)}) {negated}LIKE LOWER({self.sql(node.expression)}){escape}"

    def _escape(self, node: exp.Escape) -> str:
        escape = f" ESCAPE {self.sql(node.expression)}"
        if isinstance(node.this, exp.ILike):
            return self._ilike(node.this, escape)
        if isinstance(node.this, exp.Like):
            return self._like(node.this, escape)
        raise Unsupported(f"{shorten(node.sql('postgres'))}: ESCAPE of anything but LIKE")

    def _regexplike(self, node: exp.Binary, *, any_case: bool = False) -> str:
        pattern = unwrapped(node.expression)
        if not isinstance(pattern, (exp.Literal, exp.ByteString)):
            raise Unsupported(f"{shorten(node.sql('postgres'))}: a regular expression that is not a literal")
        text = str(pattern.this)
        if _REGEX_OF_POSTGRESQL.search(text):
            raise Unsupported(f"{shorten(node.sql('postgres'))}: what PostgreSQL's expressions alone can say")
        text = re.sub(r"(?<!\\)\$(?=\)|\||$)", r"\\z", text)  # the end of the text, not of its last line
        what = self._operand(untexted(node.this, self))
        if self.target.is_mysql:
            return f"REGEXP_LIKE({what}, {quoted_text(text)}, '{'i' if any_case else 'c'}n')"
        return f"({what} REGEXP {quoted_text(('(?si)' if any_case else '(?s-i)') + text)})"

    def _regexpilike(self, node: exp.Binary) -> str:
        return self._regexplike(node, any_case=True)

    def _dpipe(self, node: exp.DPipe) -> str:
        kinds = {self.kind(node.this), self.kind(node.expression)}
        if kinds & {"json", "array", "bytes"}:
            raise Unsupported(f"{shorten(node.sql('postgres'))}: || of documents or lists")
        parts: list[exp.Expr] = []
        flatten(node, parts)
        return f"CONCAT({', '.join(self.sql(part) for part in parts)})"

    def _concat(self, node: exp.Concat) -> str:
        # concat() passes over NULL, as CONCAT_WS does and CONCAT doesn't
        return f"CONCAT_WS('', {', '.join(map(self.sql, node.expressions))})"

    def _length(self, node: exp.Length) -> str:
        if self.kind(node.this) == "bytes":
            return f"LENGTH({self.sql(node.this)})"
        return f"CHAR_LENGTH({self.sql(untexted(node.this, self))})"

    def _bytelength(self, node: exp.Expr) -> str:
        return f"LENGTH({self.sql(node.this)})"

    def _trim(self, node: exp.Trim) -> str:
        side = str(node.args.get("position") or "BOTH")
        characters = node.expression
        if characters is not None and not (isinstance(characters, exp.Literal) and len(characters.this) == 1):
            raise Unsupported(f"{shorten(node.sql('postgres'))}: several characters to trim")
        what = quoted_text(characters.this) if characters is not None else "' '"
        return f"TRIM({side} {what} FROM {self.sql(untexted(node.this, self))})"

    def _substring(self, node: exp.Substring) -> str:
        parts = [node.this, node.args.get("start"), node.args.get("length")]
        if parts[1] is None or not isinstance(parts[1], exp.Literal) or not parts[1].is_int:
            raise Unsupported(f"{shorten(node.sql('postgres'))}: substring by anything but positions")
        return f"SUBSTRING({', '.join(self.sql(part) for part in parts if part is not None)})"

    def _replace(self, node: exp.Replace) -> str:
        parts = (node.this, node.expression, node.args["replacement"])
        return f"REPLACE({', '.join(map(self.sql, parts))})"

    def _strposition(self, node: exp.StrPosition) -> str:
        return f"LOCATE({self.sql(node.args['substr'])}, {self.sql(node.this)})"

    # -- numbers and moments ---------------------------------------------------------------------------

    def _arithmetic(self, node: exp.Binary, operator: str) -> str:
        return f"{self._operand(node.this)} {operator} {self._operand(node.expression)}"

    def _add(self, node: exp.Add) -> str:
        return self._moved(node, "+")

    def _sub(self, node: exp.Sub) -> str:
        return self._moved(node, "-")

    def _moved(self, node: exp.Binary, operator: str) -> str:
        interval = node.expression
        if isinstance(interval, exp.Cast) and kind_of_type(interval.to) == "interval":
            interval = exp.Interval(this=interval.this)
        if isinstance(interval, exp.Interval):
            return f"({self._operand(node.this)} {operator} {self._interval(interval)})"
        moments = {"instant", "moment", "date", "time"}
        if {self.kind(node.this), self.kind(interval)} & moments:
            raise Unsupported(f"{shorten(node.sql('postgres'))}: reckoning with moments")
        if self.kind(node.this) in ("json", "array"):
            raise Unsupported(f"{shorten(node.sql('postgres'))}: reckoning with documents")
        return self._arithmetic(node, operator)

    def _interval(self, node: exp.Interval) -> str:
        text = str(getattr(node.this, "this", node.this))
        unit = str(node.args["unit"]) if node.args.get("unit") else ""
        match = re.fullmatch(r"\s*(-?\d+)\s*([A-Za-z]*)\s*", f"{text} {unit}")
        found = match[2].upper().removesuffix("S") if match else ""
        found = {"MIN": "MINUTE", "SEC": "SECOND", "HR": "HOUR", "MON": "MONTH"}.get(found, found)
        if match is None or found not in _UNITS:
            raise Unsupported(f"{shorten(node.sql('postgres'))}: an interval of several units")
        return f"INTERVAL {match[1]} {found}"

    def _mul(self, node: exp.Mul) -> str:
        return self._arithmetic(node, "*")

    def _mod(self, node: exp.Mod) -> str:
        return self._arithmetic(node, "%")

    def _div(self, node: exp.Div) -> str:
        kinds = {self.kind(node.this), self.kind(node.expression)}
        if kinds == {"integer"}:
            return self._arithmetic(node, "DIV")
        if "other" in kinds or "literal" in kinds:
            raise Unsupported(f"{shorten(node.sql('postgres'))}: a division of what may be whole numbers")
        return self._arithmetic(node, "/")

    def _round(self, node: exp.Round) -> str:
        digits = node.args.get("decimals")
        return f"ROUND({self.sql(node.this)}{f', {self.sql(digits)}' if digits is not None else ''})"

    def _extract(self, node: exp.Extract) -> str:
        unit = str(node.this).upper()
        if unit not in _UNITS - {"SECOND", "WEEK", "MICROSECOND"}:
            raise Unsupported(f"{shorten(node.sql('postgres'))}: EXTRACT of {unit}")
        return f"EXTRACT({unit} FROM {self.sql(node.expression)})"

    def _volatile(self, words: str, node: exp.Expr) -> str:
        if self.constant:
            raise Unsupported(
                f"{shorten(node.sql('postgres'))}: it changes with time or chance, which "
                f"{self.target.shown} refuses here"
            )
        return words

    def _currenttimestamp(self, node: exp.Expr) -> str:
        return self._volatile("utc_timestamp(6)", node)

    def _currentdate(self, node: exp.Expr) -> str:
        return self._volatile("utc_date()", node)

    def _currenttime(self, node: exp.Expr) -> str:
        return self._volatile("utc_time(6)", node)

    def _attimezone(self, node: exp.AtTimeZone) -> str:
        if str(getattr(node.args["zone"], "this", "")).lower() == "utc":
            return self.sql(node.this)  # all moments are kept in UTC
        raise Unsupported(f"{shorten(node.sql('postgres'))}: another time zone than UTC")

    # -- ids -------------------------------------------------------------------------------------------

    def _uuid(self, node: exp.Expr) -> str:
        if self.target.uuid == "char":
            return self._volatile("uuid()", node)
        return self._volatile("uuid_to_bin(uuid())" if self.target.is_mysql else "unhex(sys_guid())", node)

    def value(self, text: str, kind: str) -> str:
        """A literal for a column of this kind. Raises Unsupported."""
        if kind == "uuid":
            return uuid_literal(text, self.target)
        if kind in ("instant", "moment"):
            return quoted_text(utc_text(text, aware=kind == "instant"))
        if kind == "date":
            return quoted_text(day_text(text))
        if kind == "boolean":
            return truth(text)
        if kind in ("array", "json"):
            return quoted_text(array_items(text) if kind == "array" else document(text, self.target))
        return quoted_text(text)

    # -- casts -----------------------------------------------------------------------------------------

    def _cast(self, node: exp.Cast) -> str:
        inner, to = node.this, node.to
        bare = unwrapped(inner)
        kind = kind_of_type(to)
        items = array_of(node)
        if items is not None:
            return self._list_of(items, node)
        if isinstance(bare, exp.Literal) and bare.is_string:
            return self._cast_literal(bare, kind, node)
        if isinstance(bare, exp.Null):
            return "NULL"
        found = self.kind(bare)
        if kind == found or (
            kind == "text" and found in ("literal", "other") and isinstance(bare, exp.Column)
        ):
            return self.sql(inner)
        if kind == "text" and found in ("integer", "number"):
            return f"CAST({self.sql(inner)} AS CHAR)"
        if kind == "integer" and found in ("integer", "number", "boolean", "text"):
            return f"CAST({self.sql(inner)} AS SIGNED)"
        if kind == "number" and found in ("integer", "number", "text"):
            return f"CAST({self.sql(inner)} AS {decimal(to)})"
        if kind == "date" and found in ("instant", "moment"):
            return f"CAST({self.sql(inner)} AS DATE)"
        if kind in ("instant", "moment") and found in ("instant", "moment"):
            return self.sql(inner)
        if kind == "json" and found in ("json", "other") and isinstance(bare, exp.Column):
            return self.sql(inner)
        raise Unsupported(f"{shorten(node.sql('postgres'))}: that cast")

    def _cast_literal(self, node: exp.Literal, kind: str, whole: exp.Cast) -> str:
        if kind in ("uuid", "instant", "moment", "date", "boolean", "text", "json", "array"):
            return self.value(node.this, kind)
        if kind in ("integer", "number") and re.fullmatch(r"\s*-?\d+(\.\d+)?([eE][+-]?\d+)?\s*", node.this):
            return str(node.this).strip()
        if kind in ("other", "bytes"):  # an enum's value, or one of a type that is kept as text
            return quoted_text(node.this)
        raise Unsupported(f"{shorten(whole.sql('postgres'))}: that literal")

    def _list_of(self, items: list[exp.Expr], node: exp.Expr) -> str:
        bare = [unwrapped(item) for item in items]
        if not all(isinstance(item, exp.Literal) for item in bare):
            raise Unsupported(f"{shorten(node.sql('postgres'))}: a list of anything but literals")
        values = [item.this if item.is_string else json.loads(item.this) for item in bare]
        return quoted_text(json.dumps(values, ensure_ascii=False))

    def _array(self, node: exp.Array) -> str:
        return self._list_of(node.expressions, node)

    # -- documents -------------------------------------------------------------------------------------

    def _jsonextract(self, node: exp.JSONExtract) -> str:
        return f"JSON_EXTRACT({self.sql(node.this)}, {quoted_text(json_path(node.expression))})"

    def _jsonextractscalar(self, node: exp.JSONExtractScalar) -> str:
        extracted = self._jsonextract(node)  # type: ignore[arg-type]
        return (
            f"IF(JSON_TYPE({extracted}) = 'NULL', NULL, JSON_UNQUOTE({extracted}) COLLATE "
            f"{self.target.collation})"
        )

    def _jsonbcontainstopkey(self, node: exp.Binary) -> str:
        key = json.dumps(str(unwrapped(node.expression).this), ensure_ascii=False)
        return f"JSON_CONTAINS_PATH({self.sql(node.this)}, 'one', {quoted_text(f'$.{key}')})"

    def _typeof(self, node: exp.Binary, operator: str) -> str:
        argument = node.this.expressions[0]
        words = {
            "object": ("'OBJECT'",), "array": ("'ARRAY'",), "string": ("'STRING'",),
            "boolean": ("'BOOLEAN'",),
            "null": ("'NULL'",), "number": ("'INTEGER'", "'DOUBLE'", "'DECIMAL'", "'UNSIGNED INTEGER'"),
        }.get(str(unwrapped(node.expression).this))  # fmt: skip
        if words is None or operator not in ("=", "<>"):
            raise Unsupported(f"{shorten(node.sql('postgres'))}: that question of a document's type")
        return f"JSON_TYPE({self.sql(argument)}) {'IN' if operator == '=' else 'NOT IN'} ({', '.join(words)})"

    # -- functions by name -----------------------------------------------------------------------------

    def _dot(self, node: exp.Dot) -> str:
        inner = node.expression
        if isinstance(inner, (exp.Func, exp.Anonymous)):
            return self.sql(inner)  # extensions.uuid_generate_v4()
        raise Unsupported(f"{shorten(node.sql('postgres'))}: a part of a value")

    def _anonymous(self, node: exp.Anonymous) -> str:
        name = str(node.this).lower().rpartition(".")[2]
        arguments = node.expressions
        match name, len(arguments):
            case (
                (
                    "uuid_generate_v4"
                    | "gen_random_uuid"
                    | "uuidv7"
                    | "uuid_generate_v7"
                    | "uuidv4"
                    | "uuid_generate_v1mc"
                    | "uuid_generate_v1"
                ),
                0,
            ):
                return self._uuid(node)
            case "timezone", 2 if str(unwrapped(arguments[0]).this).lower() == "utc":
                return self.sql(arguments[1])
            case (("statement_timestamp" | "clock_timestamp" | "transaction_timestamp"), 0):
                return self._volatile("utc_timestamp(6)", node)
            case (("char_length" | "character_length"), 1):
                return f"CHAR_LENGTH({self.sql(arguments[0])})"
            case "octet_length", 1:
                return f"LENGTH({self.sql(arguments[0])})"
            case (("jsonb_array_length" | "json_array_length" | "cardinality"), 1):
                return f"JSON_LENGTH({self.sql(arguments[0])})"
            case "array_length", 2:
                return f"NULLIF(JSON_LENGTH({self.sql(arguments[0])}), 0)"
            case (("num_nonnulls" | "num_nulls"), count) if count:
                test = "IS NOT NULL" if name == "num_nonnulls" else "IS NULL"
                return "(" + " + ".join(f"({self.sql(each)} {test})" for each in arguments) + ")"
            case (("jsonb_build_object" | "json_build_object"), _):
                return f"JSON_OBJECT({', '.join(map(self.sql, arguments))})"
            case (("jsonb_build_array" | "json_build_array"), _):
                return f"JSON_ARRAY({', '.join(map(self.sql, arguments))})"
            case "strpos", 2:
                return f"LOCATE({self.sql(arguments[1])}, {self.sql(arguments[0])})"
            case "mod", 2:
                return f"MOD({', '.join(map(self.sql, arguments))})"
            case "random", 0:
                return self._volatile("RAND()", node)
        raise Unsupported(f"{shorten(node.sql('postgres'))}: no counterpart for the function {name} is known")

    def _jsonarraylength(self, node: exp.Expr) -> str:
        return f"JSON_LENGTH({self.sql(node.this)})"

    def _arraysize(self, node: exp.Expr) -> str:
        length = f"JSON_LENGTH({self.sql(node.this)})"
        return f"NULLIF({length}, 0)" if node.args.get("expression") is not None else length

    def _rand(self, node: exp.Expr) -> str:
        return self._volatile("RAND()", node)
