"""PIS's own triggers, known by their text: each rule has its words for MySQL and MariaDB already.

A trigger of the source is PIS's own if its name, table and condition, and the body of its function, are
those of `pis_data.schema.triggers`, but for what pg_dump adds (casts, parentheses, the schema's name).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from pis_data.convert.model import Function, Schema, Trigger
from pis_data.schema.triggers import RULES, Routine, Rule

_WITHOUT: Final = {
    "default_for_null": (
        "it puts a default in the place of an explicit NULL, for PIS's TypeScript application, which "
        "speaks to PostgreSQL only"
    ),
    "counters_read_only": (
        "it undoes writes to the counters by PIS's TypeScript application, which speaks to PostgreSQL only"
    ),
}


@dataclass(frozen=True)
class Known:
    """A rule that the source has whole: which triggers of it, and what takes their place."""

    rule: Rule
    triggers: tuple[Trigger, ...]
    routines: tuple[Routine, ...]

    @property
    def why_dropped(self) -> str | None:
        """Why the target needs no such trigger, if it has none."""
        return None if self.routines else _WITHOUT.get(self.rule.name.partition("(")[0], "not needed there")


@cache
def _wanted() -> tuple[tuple[Rule, tuple[tuple[str, ...], ...]], ...]:
    """Each rule with the fingerprints of its triggers on PostgreSQL."""
    from pis_data.convert.read import read

    found = []
    text = ";\n".join(routine.create for rule in RULES for routine in rule.on("postgresql"))
    schema = read(text + ";").schema
    prints = {
        (trigger.name, trigger.table.name): _fingerprint(trigger, schema) for trigger in schema.triggers
    }
    for rule in RULES:
        triggers = [routine for routine in rule.on("postgresql") if routine.table]
        if triggers:
            found.append((rule, tuple(prints[routine.name, str(routine.table)] for routine in triggers)))
    return tuple(found)


def _fingerprint(trigger: Trigger, schema: Schema) -> tuple[str, ...]:
    function = schema.functions.get(trigger.function)
    return (
        trigger.name,
        trigger.table.name,
        trigger.timing,
        *trigger.events,
        str(trigger.for_each_row),
        squeezed(trigger.when or ""),
        squeezed(function.body) if function else "",
    )


def squeezed(text: str) -> str:
    """A definition without what servers and their tools add to it."""
    return re.sub(r"::\w+|[\s()\"]", "", text).lower()


def known_rules(schema: Schema, target: str) -> list[Known]:
    """The rules of PIS that the source has whole."""
    there = {
        _fingerprint(trigger, schema): trigger for trigger in schema.triggers if not trigger.table.schema
    }
    found = []
    for rule, prints in _wanted():
        if all(each in there for each in prints):
            found.append(Known(rule, tuple(there[each] for each in prints), rule.on(target)))
    return found


@cache
def _functions() -> dict[str, str]:
    return {
        routine.name: squeezed(routine.create.split("$$")[1])
        for rule in RULES
        for routine in rule.on("postgresql")
        if routine.table is None
    }


def is_known_function(function: Function) -> bool:
    """Whether a function is one of PIS's own."""
    return _functions().get(function.name.name) == squeezed(function.body)
