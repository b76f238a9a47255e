"""The small model of a schema that everything here works on: what PostgreSQL was told, resolved.

A `Schema` is built statement by statement (`lower`); each thing in it remembers the statement it came from,
so that whatever later happens to it is told there. Expressions are sqlglot's trees.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from sqlglot import exp


class Name(NamedTuple):
    """A table, type, function or sequence; ``schema`` is empty where none was written, or ``public``."""

    schema: str
    name: str

    def __str__(self) -> str:
        return f"{self.schema}.{self.name}" if self.schema else self.name


@dataclass(frozen=True, slots=True)
class Type:
    """A type as PostgreSQL names it: ``Type("varchar", (20,))``, ``Type("uuid", (), 1)`` for ``uuid[]``."""

    name: str
    arguments: tuple[str, ...] = ()
    dimensions: int = 0
    #: where it is a type of the schema's own
    own: Name | None = None

    def __str__(self) -> str:
        arguments = f"({', '.join(self.arguments)})" if self.arguments else ""
        return f"{self.own or self.name}{arguments}{'[]' * self.dimensions}"


@dataclass(slots=True)
class Column:
    """A column of a table."""

    name: str
    type: Type
    origin: int
    nullable: bool = True
    default: exp.Expr | None = None
    #: ``always`` or ``default``: numbers are made by the server (SERIAL is ``default``)
    identity: str | None = None
    #: whose numbers it takes, where that is a sequence of its own
    sequence: Name | None = None
    generated: exp.Expr | None = None
    stored: bool = True
    collation: str | None = None
    comment: str | None = None


@dataclass(slots=True)
class Key:
    """A primary key or a UNIQUE."""

    columns: list[str]
    origin: int
    name: str | None = None
    primary: bool = False
    nulls_distinct: bool = True


@dataclass(slots=True)
class ForeignKey:
    """A foreign key; ``referred`` is empty where the primary key is meant."""

    columns: list[str]
    table: Name
    referred: list[str]
    origin: int
    name: str | None = None
    on_delete: str | None = None
    on_update: str | None = None
    #: said where the server of the target has no such thing
    extras: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Check:
    """A CHECK. ``column`` is the one it was written with, for its name."""

    expression: exp.Expr
    origin: int
    name: str | None = None
    column: str | None = None
    enforced: bool = True
    #: made here, of an enum or a domain
    made: bool = False


@dataclass(slots=True)
class IndexPart:
    """A column or an expression of an index."""

    expression: exp.Expr
    #: the column's name, where it is one
    column: str | None
    descending: bool = False
    nulls_first: bool | None = None
    operator_class: str | None = None


@dataclass(slots=True)
class Index:
    """An index, unique or not."""

    name: str
    table: Name
    parts: list[IndexPart]
    origin: int
    unique: bool = False
    method: str = "btree"
    where: exp.Expr | None = None
    include: list[str] = field(default_factory=list)
    nulls_distinct: bool = True


@dataclass(slots=True)
class Table:
    """A table with all that belongs to it."""

    name: Name
    origin: int
    columns: dict[str, Column] = field(default_factory=dict)
    keys: list[Key] = field(default_factory=list)
    foreign_keys: list[ForeignKey] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    comment: str | None = None

    @property
    def primary_key(self) -> Key | None:
        """The primary key, if there is one."""
        return next((key for key in self.keys if key.primary), None)


@dataclass(frozen=True, slots=True)
class Function:
    """A function: its body as text, in its own language."""

    name: Name
    returns: str
    language: str
    body: str
    origin: int
    #: their names, empty for one without
    parameters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Trigger:
    """A trigger, as it was created."""

    name: str
    table: Name
    timing: str
    events: tuple[str, ...]
    #: of UPDATE OF
    columns: tuple[str, ...]
    for_each_row: bool
    #: the text between the parentheses of WHEN
    when: str | None
    function: Name
    arguments: tuple[str, ...]
    transition_tables: bool
    origin: int


@dataclass(slots=True)
class Rows:
    """Rows to insert: literal ones, or what a SELECT gives."""

    table: Name
    columns: list[str]
    origin: int
    #: values: text, None, or an expression
    rows: list[list[Any]] = field(default_factory=list)
    select: exp.Expr | None = None
    conflict: Conflict | None = None


@dataclass(slots=True)
class Conflict:
    """What an INSERT does about a row that is there already: ``update`` is empty for DO NOTHING."""

    columns: list[str]
    constraint: str | None = None
    update: list[tuple[str, exp.Expr]] = field(default_factory=list)
    where: exp.Expr | None = None


@dataclass(slots=True)
class View:
    """A view."""

    name: Name
    columns: list[str]
    query: exp.Expr
    origin: int


@dataclass(slots=True)
class Sequence:
    """A sequence and the column that it numbers."""

    name: Name
    origin: int
    owner: tuple[Name, str] | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """A row-level policy, for the checklist."""

    name: str
    table: str
    action: str
    roles: tuple[str, ...]
    permissive: bool
    using: str | None
    with_check: str | None
    line: int
    words: str

    def as_json(self) -> dict[str, Any]:
        """The entry of the report's checklist."""
        return {
            "line": self.line,
            "name": self.name,
            "table": self.table,
            "action": self.action,
            "roles": list(self.roles),
            "permissive": self.permissive,
            "using": self.using,
            "with_check": self.with_check,
            "words": self.words,
        }


@dataclass(slots=True)
class Schema:
    """Everything that a script declares."""

    tables: dict[Name, Table] = field(default_factory=dict)
    indexes: list[Index] = field(default_factory=list)
    functions: dict[Name, Function] = field(default_factory=dict)
    triggers: list[Trigger] = field(default_factory=list)
    rows: list[Rows] = field(default_factory=list)
    views: list[View] = field(default_factory=list)
    sequences: dict[Name, Sequence] = field(default_factory=dict)
    #: values of enums, in order
    enums: dict[Name, list[str]] = field(default_factory=dict)
    domains: dict[Name, Domain] = field(default_factory=dict)
    policies: list[Policy] = field(default_factory=list)
    #: table to the next number of its numbered column
    next_numbers: dict[Name, tuple[int, int]] = field(default_factory=dict)
    #: tables and the like that are to be made by hand
    left_out: set[Name] = field(default_factory=set)
    #: a partition to the table that its rows are kept in
    partitions: dict[Name, Name] = field(default_factory=dict)


@dataclass(slots=True)
class Domain:
    """A domain: a type with CHECKs, written with VALUE."""

    type: Type
    nullable: bool = True
    default: exp.Expr | None = None
    checks: list[exp.Expr] = field(default_factory=list)


VERDICTS = ("converted", "adapted", "dropped", "manual")


class Accounts:
    """The verdict on each statement: the worst of what was said of it, and all of it."""

    def __init__(self, entries: list[dict[str, Any]]) -> None:
        self.entries = entries
        self._said: list[list[tuple[str, str]]] = [[] for _ in entries]

    def say(self, origin: int, verdict: str, why: str) -> None:
        """Say of a statement what became of it, or of a part of it."""
        said = (verdict, why)
        if said not in self._said[origin]:
            self._said[origin].append(said)

    def adapted(self, origin: int, why: str) -> None:
        """Something was changed."""
        self.say(origin, "adapted", why)

    def manual(self, origin: int, why: str) -> None:
        """Something must be done by hand."""
        self.say(origin, "manual", why)

    def dropped(self, origin: int, why: str) -> None:
        """The whole statement was left out, and nothing is lost by that."""
        self.say(origin, "dropped", why)

    def replace_dropped(self, origin: int, verdict: str, why: str) -> None:
        """A statement that looked superfluous is needed after all."""
        self._said[origin] = [(verdict, why)]

    def verdict(self, origin: int) -> str:
        """The verdict on a statement."""
        found = {verdict for verdict, _ in self._said[origin]}
        if "manual" in found:
            return "manual"
        if found == {"dropped"}:
            return "dropped"
        return "adapted" if found & {"adapted", "dropped"} else "converted"

    def finished(self) -> list[Mapping[str, Any]]:
        """The entries of the report, each with its verdict and why."""
        for origin, entry in enumerate(self.entries):
            entry["verdict"] = self.verdict(origin)
            entry["why"] = "; ".join(self._shown(origin))
        return list(self.entries)

    def _shown(self, origin: int) -> list[str]:
        """What is to be done by hand comes first."""
        said = self._said[origin]
        first = [f"by hand: {why}" for verdict, why in said if verdict == "manual"]
        return first + [why for verdict, why in said if verdict != "manual"]
