"""OpenTelemetry spans for statements, when ``opentelemetry-api`` is installed; else nothing at all.

A span is named for the operation and the table, and holds the statement's text with placeholders: values
are never in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event


@contextmanager
def told(engine: sa.Engine, name: str, sql: str, rows: int) -> Iterator[None]:
    """Log a statement that SQLAlchemy does not see, and make a span of it, as `trace` does of the others."""
    engine.logger.info("%s; [%d rows]", sql, rows)
    if find_spec("opentelemetry") is None:
        yield
        return
    from opentelemetry import trace as otel
    from opentelemetry.trace import SpanKind, Status, StatusCode

    attributes = {"db.system.name": engine.dialect.name, "db.query.text": sql}
    span = otel.get_tracer("pis_data").start_span(name, kind=SpanKind.CLIENT, attributes=attributes)
    try:
        yield
    except BaseException as error:
        span.set_status(Status(StatusCode.ERROR, type(error).__name__))
        raise
    finally:
        span.end()


def trace(engine: sa.Engine, system: str) -> None:
    """Make a span of every statement of this engine; ``system`` is the database's name in it."""
    if find_spec("opentelemetry") is None:
        return
    from opentelemetry import trace as otel
    from opentelemetry.trace import SpanKind, Status, StatusCode

    tracer = otel.get_tracer("pis_data")

    @event.listens_for(engine, "before_cursor_execute")
    def begun(_: Any, __: Any, statement: str, ___: Any, context: Any, ____: bool) -> None:
        if context is None:  # a BEGIN or COMMIT of the driver's own
            return
        attributes = {"db.system.name": system, "db.query.text": statement}
        context._pis_span = tracer.start_span(_name(context), kind=SpanKind.CLIENT, attributes=attributes)

    @event.listens_for(engine, "after_cursor_execute")
    def done(_: Any, __: Any, ___: str, ____: Any, context: Any, _____: bool) -> None:
        span = getattr(context, "_pis_span", None)
        if span is not None:
            span.end()

    @event.listens_for(engine, "handle_error")
    def failed(error: Any) -> None:
        span = getattr(error.execution_context, "_pis_span", None)
        if span is not None:
            span.set_status(Status(StatusCode.ERROR, type(error.original_exception).__name__))
            span.end()


def _name(context: Any) -> str:
    """Such as ``SELECT photos``: low in cardinality, as the conventions for databases ask.

    Kept with the compiled statement: to find a SELECT's tables takes longer than to find a row.
    """
    compiled = context.compiled
    name: str | None = getattr(compiled, "_pis_name", None)
    if name is None:
        name = _named(context.statement, getattr(compiled, "statement", None))
        if compiled is not None:
            compiled._pis_name = name
    return name


def _named(sql: str | None, statement: Any) -> str:
    words = (sql or "").split(None, 3)
    verb = words[0].upper() if words else "SQL"
    table = getattr(getattr(statement, "table", None), "name", None)
    if statement is None and verb == "INSERT" and len(words) > 2:  # written without SQLAlchemy
        table = words[2]
    if table is None and isinstance(statement, sa.Select):
        names = [getattr(found, "name", "") for found in statement.get_final_froms()]
        table = names[0] if len(names) == 1 else None
    return f"{verb} {table}" if table else verb
