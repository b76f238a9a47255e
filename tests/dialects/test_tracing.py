"""Spans of OpenTelemetry: one a statement, named for what it does, without a value in it."""

from __future__ import annotations

from uuid import uuid4

import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from pis_data.dialects import dialect_for, tracing
from pis_data.errors import UniqueViolationError
from pis_data.sync import create_database_adapter
from tests.databases import Database

BULK_FROM = dialect_for("postgresql").bulk_from


@pytest.fixture(scope="session")
def exporter() -> InMemorySpanExporter:
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    trace.set_tracer_provider(provider)
    return exporter


def test_a_statement_is_a_span_with_its_text_and_without_its_values(
    database: Database, exporter: InMemorySpanExporter
) -> None:
    with create_database_adapter(database.url) as db:
        db.insert("albums", {"title": "Hidden title", "slug": "spans"})
        exporter.clear()
        db.find_one("albums", {"title": "Hidden title"})
    (span,) = exporter.get_finished_spans()
    assert span.name == "SELECT albums"
    assert span.attributes is not None
    assert span.attributes["db.system.name"] == database.kind
    assert "FROM albums" in str(span.attributes["db.query.text"])
    assert "Hidden title" not in repr(span.attributes)


def test_a_statement_that_fails_is_a_span_with_an_error(
    database: Database, exporter: InMemorySpanExporter
) -> None:
    with create_database_adapter(database.url) as db:
        db.insert("albums", {"title": "a", "slug": "twice"})
        exporter.clear()
        with pytest.raises(UniqueViolationError):
            db.insert("albums", {"title": "b", "slug": "twice"}, returning=False)
    failed = [span for span in exporter.get_finished_spans() if not span.status.is_ok]
    assert [span.name for span in failed] == ["INSERT albums"]


@pytest.mark.kinds("sqlite")
def test_a_statement_gets_its_name_once(
    database: Database, exporter: InMemorySpanExporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To find a SELECT's tables is to compile it: 1.2 ms, where finding a row takes 0.2."""
    asked: list[str] = []
    named = tracing._named
    monkeypatch.setattr(tracing, "_named", lambda *about: asked.append(str(about[0])) or named(*about))
    with create_database_adapter(database.url) as db:
        exporter.clear()
        for slug in ("a", "b", "c"):
            db.find_one("albums", {"slug": slug})
    assert [span.name for span in exporter.get_finished_spans()] == ["SELECT albums"] * 3
    assert len([statement for statement in asked if "FROM albums" in statement]) == 1


def test_many_rows_are_a_span_too(
    database: Database, exporter: InMemorySpanExporter, caplog: pytest.LogCaptureFixture
) -> None:
    rows = [{"name": f"nobody else {number}"} for number in range(2 * BULK_FROM)]
    with create_database_adapter(database.url) as db:
        db.count("style_templates")
        exporter.clear()
        with caplog.at_level("INFO", logger="sqlalchemy.engine"):
            db.insert("style_templates", rows, returning=False)
        (span,) = [each for each in exporter.get_finished_spans() if "style_templates (" in text_of(each)]
        assert span.name in ("INSERT style_templates", "COPY style_templates")
        assert span.status.is_ok
        assert "nobody else" not in repr(span.attributes)
        assert text_of(span) in caplog.text
        assert "nobody else" not in caplog.text
        exporter.clear()
        with pytest.raises(UniqueViolationError):
            db.insert("style_templates", [{"id": uuid4(), "name": "n"}] * (2 * BULK_FROM), returning=False)
    assert [each.name for each in exporter.get_finished_spans() if not each.status.is_ok] == [span.name]


def text_of(span: ReadableSpan) -> str:
    assert span.attributes is not None
    return str(span.attributes["db.query.text"])
