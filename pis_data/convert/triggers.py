"""Triggers on the target: PIS's own by their rules, others as far as their functions can be read."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from sqlglot import exp

from pis_data.convert import known, plpgsql
from pis_data.convert.grammar import SyntaxProblem, parse_expression
from pis_data.convert.model import Function, Name, Trigger
from pis_data.convert.output import OutTable
from pis_data.convert.queries import Queries
from pis_data.convert.target import Unsupported, quoted_text

if TYPE_CHECKING:
    from pis_data.convert.lower import Lowering

_WHOLE_ROW: Final = re.compile(
    r"^\(*\s*(?:old\.\*\s*\)*\s+is\s+distinct\s+from\s+\(*\s*new\.\*|new\.\*\s*\)*\s+is\s+distinct\s+from\s+\(*\s*old\.\*)\s*\)*$",
    re.IGNORECASE,
)
_PORT: Final = "write it as a trigger of the target, or do its work where rows are written"


def add_triggers(lowering: Lowering) -> None:
    """All triggers of the schema, and what became of the functions."""
    #: function to verdicts of the triggers that call it: None for one that was not converted
    uses: dict[object, list[bool]] = defaultdict(list)
    done: set[int] = set()
    names: set[str] = set()
    for rule in known.known_rules(lowering.schema, lowering.target.kind):
        _add_known(lowering, rule)
        names |= {routine.name.lower() for routine in rule.routines}
        for trigger in rule.triggers:
            done.add(trigger.origin)
            uses[trigger.function].append(True)
    #: table to the place of its last trigger, where all of them are made
    last = {trigger.table: trigger.origin for trigger in sorted(lowering.schema.triggers, key=_origin)}
    # PostgreSQL calls the triggers of a table in the order of their names, MySQL in that of their creation
    for trigger in sorted(lowering.schema.triggers, key=lambda each: (each.table, each.name)):
        if trigger.origin in done:
            continue
        try:
            _add(lowering, trigger, names, last)
            uses[trigger.function].append(True)
        except Unsupported as problem:
            lowering.accounts.manual(
                trigger.origin, f"{trigger.name} on {trigger.table} was not converted ({problem}): {_PORT}"
            )
            uses[trigger.function].append(False)
    for function in lowering.schema.functions.values():
        _account_for(lowering, function, uses.get(function.name, []))


def _origin(trigger: Trigger) -> int:
    return trigger.origin


def _add_known(lowering: Lowering, rule: known.Known) -> None:
    first = rule.triggers[0]
    if rule.why_dropped:
        for trigger in rule.triggers:
            lowering.accounts.dropped(trigger.origin, rule.why_dropped)
        return
    for routine in rule.routines:
        lowering.out.steps.append((first.origin, _script(routine.create)))
    names = ", ".join(routine.name for routine in rule.routines)
    for trigger in rule.triggers:
        lowering.say(trigger.origin, f"PIS's own rule: on {lowering.target.shown} it is {names}")


def _script(create: str) -> str:
    return f"DELIMITER //\n{create} //\nDELIMITER ;"


def _account_for(lowering: Lowering, function: Function, uses: list[bool]) -> None:
    origin = function.origin
    if not uses and known.is_known_function(function):
        lowering.accounts.dropped(origin, "PIS's own function, of which no trigger makes use here")
    elif function.returns == "trigger" and not uses:
        lowering.accounts.dropped(origin, "no trigger calls it")
    elif uses and all(uses):
        lowering.say(origin, "its body stands in each trigger that calls it")
    elif function.returns == "trigger":
        lowering.accounts.manual(origin, f"not every trigger that calls it was converted: {_PORT}")
    else:
        lowering.accounts.manual(
            origin,
            f"a function in {function.language or 'SQL'}: port it to the application, or to a routine "
            "of the target",
        )


# -- one trigger -------------------------------------------------------------------------------------


def _add(lowering: Lowering, trigger: Trigger, names: set[str], last: Mapping[Name, int]) -> None:
    out = lowering.out.tables.get(trigger.table)
    if out is None:
        raise Unsupported(f"there is no table {trigger.table}")
    if trigger.timing == "INSTEAD OF":
        raise Unsupported("INSTEAD OF")
    if not trigger.for_each_row:
        raise Unsupported("it is called once for a statement")
    if "TRUNCATE" in trigger.events:
        raise Unsupported("TRUNCATE calls no triggers")
    steps = _steps(lowering, trigger)
    place = last[trigger.table]
    created = []
    for event in trigger.events:
        body = _Writer(lowering, trigger, out, event).body(steps)
        if body is not None:
            created.append((event, body))
    several = len(trigger.events) > 1
    for event, body in created:
        name = _name(trigger, event if several else "", out, names)
        if name != trigger.name:
            lowering.say(
                trigger.origin,
                f"called {name}: a database has a trigger's name once, and a trigger one event",
            )
        quoted = lowering.quote(name)
        create = (
            f"CREATE TRIGGER {quoted} {trigger.timing} {event} ON {lowering.quote(out.name)} FOR "
            f"EACH ROW\n{body}"
        )
        lowering.out.steps.append((place, _script(create)))
    lowering.say(trigger.origin, "its function's body stands in the trigger itself")
    if trigger.timing == "AFTER" and any(key.on_delete or key.on_update for key in out.foreign_keys):
        lowering.say(
            trigger.origin,
            f"{lowering.target.shown} calls no triggers for rows that a foreign key's CASCADE or SET "
            "NULL touches: "
            "delete children before their parents",
        )


def _name(trigger: Trigger, event: str, out: OutTable, names: set[str]) -> str:
    wanted = f"{trigger.name}_{event.lower()}" if event else trigger.name
    candidates = [wanted, f"{out.name}_{wanted}"] + [
        f"{out.name}_{wanted}"[:60] + f"_{n}" for n in range(2, 100)
    ]
    found = next(name for name in candidates if name.lower() not in names and len(name) <= 64)
    names.add(found.lower())
    return found


def _steps(lowering: Lowering, trigger: Trigger) -> tuple[plpgsql.Step, ...]:
    if trigger.function.name == "moddatetime" and len(trigger.arguments) == 1:
        return (plpgsql.Assign(trigger.arguments[0], exp.CurrentTimestamp()), plpgsql.Return("NEW"))
    function = lowering.schema.functions.get(trigger.function)
    if function is None:
        raise Unsupported(f"the function {trigger.function} is not in this script")
    if function.language != "plpgsql":
        raise Unsupported(f"its function is in {function.language}")
    return plpgsql.parse_body(function.body)


class _Writer(Queries):
    """Writes the body of one trigger for one event."""

    def __init__(self, lowering: Lowering, trigger: Trigger, out: OutTable, event: str) -> None:
        kinds = out.kinds()
        super().__init__(lowering, {"new": kinds, "old": kinds}, words={"new": "NEW", "old": "OLD"})
        self.trigger = trigger
        self.out = out
        self.event = event
        #: whether a RETURN stands before the end, so that the block needs a name to be left by
        self.leaves = False

    # -- conditions ------------------------------------------------------------------------------------

    def sql(self, node: exp.Expr) -> str:
        """The expression; what the event decides is decided here."""
        if isinstance(node, exp.Column) and node.table.lower() == {"INSERT": "old", "DELETE": "new"}.get(
            self.event
        ):
            return "NULL"
        return super().sql(node)

    def decided(self, node: exp.Expr) -> bool | None:
        """Whether a condition is true or false for this event, whatever the row; None if the row decides."""
        match node:
            case exp.Paren():
                return self.decided(node.this)
            case exp.EQ() | exp.NEQ() if _is_operation(node.this):
                same = str(node.expression.name).upper() == self.event
                return same if isinstance(node, exp.EQ) else not same
            case exp.In() if _is_operation(node.this):
                return self.event in {each.name.upper() for each in node.expressions}
            case exp.And():
                sides = [self.decided(node.this), self.decided(node.expression)]
                return False if False in sides else True if sides == [True, True] else None
            case exp.Or():
                sides = [self.decided(node.this), self.decided(node.expression)]
                return True if True in sides else False if sides == [False, False] else None
            case exp.Not():
                inner = self.decided(node.this)
                return None if inner is None else not inner
        return None

    def _and(self, node: exp.And) -> str:
        left, right = self.decided(node.this), self.decided(node.expression)
        if left:
            return self.sql(node.expression)
        return self.sql(node.this) if right else super()._and(node)

    def _or(self, node: exp.Or) -> str:
        left, right = self.decided(node.this), self.decided(node.expression)
        if left is False:
            return self.sql(node.expression)
        return self.sql(node.this) if right is False else super()._or(node)

    # -- the block -------------------------------------------------------------------------------------

    def body(self, steps: tuple[plpgsql.Step, ...]) -> str | None:
        """The block, or None if it does nothing on this event."""
        lines = self.lines(steps, 1, last=True)
        if not lines:
            return None
        condition = self._condition()
        if condition is not None:
            lines = [f"  IF {condition} THEN", *(f"  {line}" for line in lines), "  END IF;"]
        label = "pis_body: " if self.leaves else ""
        return "\n".join([f"{label}BEGIN", *lines, "END"])

    def _condition(self) -> str | None:
        """WHEN and UPDATE OF."""
        parts = []
        if self.trigger.when is not None:
            parts.append(self._when(self.trigger.when))
        if self.trigger.columns and self.event == "UPDATE":
            parts.append(self._changed(self.trigger.columns))
            self.lowering.say(
                self.trigger.origin,
                f"UPDATE OF {', '.join(self.trigger.columns)}: called where such a column changes, "
                "not where it is set to what it was",
            )
        return " AND ".join(f"({part})" if len(parts) > 1 else part for part in parts) or None

    def _when(self, text: str) -> str:
        if _WHOLE_ROW.match(text.strip()):
            return self._changed([c.name for c in self.out.columns.values() if c.generated is None])
        try:
            return self.sql(parse_expression(text))
        except SyntaxProblem as problem:
            raise Unsupported(f"WHEN: {problem}") from None

    def _changed(self, columns: tuple[str, ...] | list[str]) -> str:
        same = " AND ".join(f"NEW.{self.quote(column)} <=> OLD.{self.quote(column)}" for column in columns)
        return f"NOT ({same})"

    def lines(self, steps: tuple[plpgsql.Step, ...], depth: int, *, last: bool) -> list[str]:
        """The steps as lines; ``last``: nothing follows them."""
        found: list[str] = []
        for number, step in enumerate(steps):
            final = last and number == len(steps) - 1
            if isinstance(step, plpgsql.Return):
                found += self._return(step, depth, final)
                break
            # a RETURN that follows does nothing, so what is before it is the last too
            only_return = last and number == len(steps) - 2 and isinstance(steps[-1], plpgsql.Return)
            found += self._step(step, depth, last=final or only_return)
        return found

    def _return(self, step: plpgsql.Return, depth: int, final: bool) -> list[str]:
        if self.trigger.timing == "BEFORE":
            expected = "OLD" if self.event == "DELETE" else "NEW"
            if step.what != expected and not (self.event == "DELETE" and step.what == "NEW"):
                raise Unsupported(f"RETURN {step.what} before {self.event}, which passes over the row")
        if final:
            return []
        self.leaves = True
        return [f"{'  ' * depth}LEAVE pis_body;"]

    def _step(self, step: plpgsql.Step, depth: int, *, last: bool) -> list[str]:
        indent = "  " * depth
        match step:
            case plpgsql.If():
                return self._if(step, depth, last=last)
            case plpgsql.Assign():
                return [indent + self._assign(step)]
            case plpgsql.Update():
                return [indent + self._update(step)]
            case plpgsql.Insert():
                return [indent + self._insert(step)]
            case plpgsql.Delete():
                out = self._other(step.table)
                inner = self._within(step.table.name, out)
                return [f"{indent}DELETE FROM {self.quote(out.name)} WHERE {inner.sql(step.where)};"]
            case plpgsql.Raise():
                return [
                    f"{indent}SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = {quoted_text(step.message[:128])};"
                ]
            case plpgsql.Return():
                return self._return(step, depth, last)
            case plpgsql.Perform():
                return self.lines(self._performed(step), depth, last=False)

    def _performed(self, step: plpgsql.Perform) -> tuple[plpgsql.Step, ...]:
        """The steps of a function that is called for what it does, with what it is called with."""
        function = self.lowering.schema.functions.get(step.function)
        if function is None or function.language != "plpgsql" or function.returns != "void":
            raise Unsupported(f"PERFORM {step.function}")
        if len(function.parameters) != len(step.arguments):
            raise Unsupported(f"PERFORM {step.function} without some of its arguments")
        given = dict(zip(function.parameters, step.arguments, strict=True))
        steps = plpgsql.parse_body(function.body)
        return tuple(plpgsql.filled(each, function.name.name, given) for each in steps)

    def _if(self, step: plpgsql.If, depth: int, *, last: bool) -> list[str]:
        indent, found, word = "  " * depth, [], "IF"
        for condition, steps in step.branches:
            decided = self.decided(condition)
            if decided is False:
                continue
            inner = self.lines(steps, depth + (0 if decided and word == "IF" else 1), last=last)
            if decided:
                if word == "IF":
                    return inner
                found += [f"{indent}ELSE", *inner]
                break
            found += [f"{indent}{word} {self.sql(condition)} THEN", *(inner or [f"{indent}  DO 0;"])]
            word = "ELSEIF"
        else:
            inner = self.lines(step.otherwise, depth + (0 if word == "IF" else 1), last=last)
            if word == "IF":
                return inner
            found += [f"{indent}ELSE", *inner] if inner else []
        return [*found, f"{indent}END IF;"]

    def _assign(self, step: plpgsql.Assign) -> str:
        if self.trigger.timing != "BEFORE" or self.event == "DELETE":
            raise Unsupported(f"NEW.{step.column} is set {self.trigger.timing} {self.event}")
        column = self.out.columns.get(step.column)
        if column is None:
            raise Unsupported(f"there is no column {step.column}")
        text = self._of_column(column.chosen.kind, step.value, self)
        return f"SET NEW.{self.quote(step.column)} = {text};"

    @staticmethod
    def _of_column(kind: str, value: exp.Expr, words: Queries) -> str:
        if isinstance(value, exp.Literal) and value.is_string and kind not in ("text", "other"):
            return words.value(value.this, kind)
        text = words.sql(value)
        if kind == "moment" and text == "utc_timestamp(6)":
            return "CURRENT_TIMESTAMP(6)"
        return text

    def _other(self, name: Name) -> OutTable:
        out: OutTable | None = self.lowering.out.tables.get(name)
        if out is None:
            raise Unsupported(f"there is no table {name}")
        if out is self.out:
            raise Unsupported("it changes rows of its own table, which MySQL refuses")
        return out

    def _within(self, alias: str, out: OutTable) -> _Writer:
        """A writer that knows the columns of another table too."""
        found = _Writer(self.lowering, self.trigger, self.out, self.event)
        found.scope[alias.lower()] = out.kinds()
        found.words[alias.lower()] = self.quote(out.name)
        return found

    def _places(self, node: exp.Column) -> list[tuple[str, str]]:
        """In PL/pgSQL a column without a table is the other table's."""
        found = super()._places(node)
        return found if node.table else [place for place in found if place[0] not in ("new", "old")]

    def _update(self, step: plpgsql.Update) -> str:
        out = self._other(step.table)
        inner = self._within(step.alias, out)
        inner.words[step.table.name.lower()] = self.quote(out.name)
        inner.scope.setdefault(step.table.name.lower(), out.kinds())
        if step.alias != step.table.name:
            del inner.scope[step.table.name.lower()]
        kinds: Mapping[str, str] = out.kinds()
        refuse_chained(step.sets)
        sets = [
            f"{self.quote(column)} = {self._of_column(kinds.get(column, 'other'), value, inner)}"
            for column, value in step.sets
        ]
        where = f" WHERE {inner.sql(step.where)}" if step.where is not None else ""
        return f"UPDATE {self.quote(out.name)} SET {', '.join(sets)}{where};"

    def _insert(self, step: plpgsql.Insert) -> str:
        out = self._other(step.table)
        kinds = out.kinds()
        values = [
            self._of_column(kinds.get(column, "other"), value, self)
            for column, value in zip(step.columns, step.values, strict=True)
        ]
        columns = ", ".join(map(self.quote, step.columns))
        return f"INSERT INTO {self.quote(out.name)} ({columns}) VALUES ({', '.join(values)});"


def refuse_chained(sets: Sequence[tuple[str, exp.Expr]]) -> None:
    """Raise Unsupported where MySQL would read a column as it was set before in the same statement."""
    done: set[str] = set()
    for column, value in sets:
        read = {
            node.name
            for node in value.find_all(exp.Column)
            if node.table.lower() not in ("new", "old", "excluded")
        }
        if read & done:
            raise Unsupported(f"{', '.join(sorted(read & done))} is read after it was set in the same UPDATE")
        done.add(column)


def _is_operation(node: exp.Expr | None) -> bool:
    return isinstance(node, exp.Column) and node.name.lower() == "tg_op"
