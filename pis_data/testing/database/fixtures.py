"""The suite's fixtures. Whoever runs it imports them beside a `database_url` of their own.

`database_url` is a session-scoped fixture: the URL of a database at head that the suite may write to.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Protocol

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from pis_data.config import DatabaseConfig
from pis_data.errors import PisDataError
from pis_data.sync import DatabaseAdapter
from pis_data.testing.database.throwaway import Throwaway
from pis_data.testing.faces import FACES, open_face

__all__ = ["adapter", "db", "face", "face_name", "new_adapter", "refused", "sent", "throwaway", "together"]


class NewAdapter(Protocol):
    """Opens another adapter to the same database, in whatever thread calls it."""

    def __call__(self, **settings: Any) -> AbstractContextManager[DatabaseAdapter]: ...


class Refused(Protocol):
    """Expects an error of this type from the block, and that no statement was sent before it."""

    def __call__(
        self, error: type[PisDataError], match: str | None = None
    ) -> AbstractContextManager[pytest.ExceptionInfo[PisDataError]]: ...


Together = Callable[..., list[Any]]


@pytest.fixture(scope="session")
def throwaway(database_url: str) -> Iterator[Throwaway]:
    """The database behind `database_url`."""
    found = Throwaway(database_url)
    found.prepare()
    yield found
    found.close()


@pytest.fixture(scope="session", params=FACES)
def face_name(request: pytest.FixtureRequest) -> str:
    """Which face the test runs on."""
    return str(request.param)


@pytest.fixture(scope="session")
def face(face_name: str) -> Iterator[Any]:
    """The package of the face: `pis_data.sync`, or `pis_data.aio` behind a bridge."""
    with open_face(face_name) as face:
        yield face


@pytest.fixture(scope="session")
def adapter(face: Any, database_url: str, throwaway: Throwaway) -> Iterator[DatabaseAdapter]:
    """One adapter for all tests, as a service has one for all requests."""
    found = face.create_database_adapter(database_url)
    yield found
    found.close()


@pytest.fixture
def db(adapter: DatabaseAdapter, throwaway: Throwaway) -> Iterator[DatabaseAdapter]:
    """The adapter, on a database that holds nothing but seed rows."""
    yield adapter
    throwaway.tidy()


@pytest.fixture
def new_adapter(face_name: str, database_url: str, db: DatabaseAdapter) -> NewAdapter:
    """Open further adapters; `settings` are fields of `DatabaseConfig` that differ."""
    config = DatabaseConfig.from_url(database_url)

    @contextmanager
    def new_adapter(**settings: Any) -> Iterator[DatabaseAdapter]:
        with open_face(face_name) as face:
            found = face.create_database_adapter(config.model_copy(update=settings))
            try:
                yield found
            finally:
                found.close()

    return new_adapter


@pytest.fixture
def together(new_adapter: NewAdapter) -> Together:
    """Run functions at the same time, each in a thread of its own and with an adapter of its own.

    Gives what each returned, or the exception that it raised, in their order.
    """

    def together(*functions: Callable[[DatabaseAdapter], Any], seconds: float = 60, **settings: Any) -> Any:
        results: list[Any] = [TimeoutError("still running")] * len(functions)

        def run(number: int) -> None:
            try:
                with new_adapter(**settings) as db:
                    results[number] = functions[number](db)
            except Exception as error:
                results[number] = error

        threads = [threading.Thread(target=run, args=(number,)) for number in range(len(functions))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(seconds)
        return results

    return together


@pytest.fixture
def sent(db: DatabaseAdapter) -> Iterator[list[str]]:
    """The statements that the adapter sends during the test."""
    engine: sa.Engine = getattr(db.engine, "sync_engine", db.engine)
    statements: list[str] = []

    def listener(_: Any, __: Any, statement: str, *___: Any) -> None:
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", listener)
    yield statements
    event.remove(engine, "before_cursor_execute", listener)


@pytest.fixture
def refused(sent: list[str]) -> Refused:
    """Bad input raises before any SQL is sent: expect an error of this type, and nothing sent."""

    @contextmanager
    def refused(
        error: type[PisDataError], match: str | None = None
    ) -> Iterator[pytest.ExceptionInfo[PisDataError]]:
        before = len(sent)
        with pytest.raises(error, match=match) as caught:
            yield caught
        assert sent[before:] == [], "nothing may be sent before bad input is refused"

    return refused
