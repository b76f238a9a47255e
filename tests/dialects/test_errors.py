"""What a driver's own errors are called, of which no server knows."""

from __future__ import annotations

import psycopg
import pytest

from pis_data.dialects import dialect_for
from pis_data.errors import (
    ConnectionLostError,
    DatabaseError,
    InvalidValueError,
    PisDataError,
    UniqueViolationError,
)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (psycopg.OperationalError("the connection is closed"), ConnectionLostError),
        (psycopg.InterfaceError("the connection is lost"), ConnectionLostError),
        (psycopg.ProgrammingError("cannot adapt type 'set' using placeholder '%s'"), InvalidValueError),
        (
            psycopg.ProgrammingError("the query has 1 placeholders but 2 parameters were passed"),
            DatabaseError,
        ),
        (psycopg.DataError("cannot dump lists of mixed types"), InvalidValueError),
    ],
)
def test_only_what_is_lost_is_tried_again(error: psycopg.Error, expected: type[PisDataError]) -> None:
    assert error.sqlstate is None
    assert type(dialect_for("postgresql").translate(error)) is expected


def test_an_error_is_not_hidden_by_what_was_passed_over_after_it() -> None:
    """psycopg raises so in an ``executemany``, if the answer comes when it leaves its pipeline."""
    with pytest.raises(psycopg.errors.PipelineAborted) as caught:
        try:
            raise psycopg.errors.UniqueViolation("duplicate key value")
        finally:
            raise psycopg.errors.PipelineAborted("pipeline aborted")
    found = dialect_for("postgresql").translate(caught.value, table="permissions")
    assert type(found) is UniqueViolationError
    assert found.table == "permissions"
