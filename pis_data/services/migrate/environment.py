"""What ``migrations/env.py`` runs: the same for ``pis-data db …``, for ``alembic …`` and for tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

import sqlalchemy as sa
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext, RevisionStep
from sqlalchemy import URL, Connection

from pis_data.config import DatabaseConfig, resolve_database
from pis_data.dialects import Dialect, dialect_for
from pis_data.errors import PisDataError, SchemaMismatchError
from pis_data.schema import TABLES, pis_meta
from pis_data.services.migrate import sessions
from pis_data.services.migrate.compare import options
from pis_data.services.migrate.implementation import adopt
from pis_data.services.migrate.journal import Journal, Progress, Step

#: the key of ``pis_meta`` that holds the revision at which an existing database was adopted
BASELINE: Final = "baseline"

_NOWHERE: Final = object()

#: what a printed script begins with, so that its client reads it as it is meant
_PROLOGUE: Final = {
    "postgresql": "SET client_encoding = 'UTF8'",
    "mysql": "SET NAMES utf8mb4",
    "mariadb": "SET NAMES utf8mb4",
    "sqlite": "PRAGMA foreign_keys = OFF",
}

#: what an error of the server means here, and what to do about it
_REMEDIES: Final = {
    1419: (
        "while it keeps a binary log, this server lets only administrators create triggers. Have one run "
        "SET GLOBAL log_bin_trust_function_creators = 1 (and set it in the server's configuration file, or "
        "with SET PERSIST on MySQL, so that it outlasts a restart)"
    )
}
_NEEDS_EXTENSION: Final = (
    "PIS_VECTOR=pgvector needs pgvector on the server, and an administrator who runs CREATE EXTENSION vector "
    "in this database"
)


def run(environment: EnvironmentContext) -> None:
    """Run what Alembic was asked for.

    The database is, first one that is set: ``config.attributes["connection"]`` (an `Engine`; or an open
    `Connection` in autocommit, on which the caller has seen to locks and transactions),
    ``config.attributes["database"]`` (a `DatabaseConfig`), ``alembic -x url=…`` (a URL or ``env:PREFIX``),
    the environment's variables.

    Raises:
        SchemaMismatchError: the database's state doesn't allow it; the message says what to do.
        LockTimeoutError: another upgrade is running.
        DatabaseError: a statement failed; the message says which, what stays applied, and how to go on.
    """
    given = environment.config.attributes.get("connection")
    if environment.is_offline_mode():
        if given is None:
            config = _configured(environment)
            _print(environment, dialect_for(dialect_for(config.kind).recognize(None, config)))
        else:
            _print(environment, dialect_for(given.dialect.name))
    elif isinstance(given, Connection):
        _send(environment, given, dialect_for(given.dialect.name))
    else:
        database = _configured(environment) if given is None else given
        with sessions.connected(database) as (connection, dialect), _locked(environment, connection, dialect):
            _send(environment, connection, dialect)


def _configured(environment: EnvironmentContext) -> DatabaseConfig:
    database: DatabaseConfig | None = environment.config.attributes.get("database")
    if database is not None:
        return database
    url = environment.get_x_argument(as_dictionary=True).get("url")
    return resolve_database(str(url)) if url else DatabaseConfig.from_env()


def _destination(environment: EnvironmentContext) -> Any:
    """The revision that an upgrade, a downgrade or a stamp leads to: None for the base.

    Other commands have no destination, and change nothing: for them it is `_NOWHERE`.
    """
    try:
        return environment.get_revision_argument()
    except KeyError:
        return _NOWHERE


@contextmanager
def _locked(environment: EnvironmentContext, connection: Connection, dialect: Dialect) -> Iterator[None]:
    if _destination(environment) is _NOWHERE:
        yield
        return
    timeout = environment.config.attributes.get("lock_timeout", sessions.LOCK_TIMEOUT)
    with sessions.exclusive(connection, dialect, timeout):
        yield


# -- offline -----------------------------------------------------------------------------------------


def _print(environment: EnvironmentContext, dialect: Dialect) -> None:
    """Write the SQL; the configuration alone, with its URL's scheme, decides in which dialect."""
    environment.configure(
        url=URL.create(dialect.drivers["sync"]),
        dialect_opts={"paramstyle": "named"},
        literal_binds=True,
        transactional_ddl=bool(dialect.caps.transactional_ddl),
        **options(),
    )
    context = environment.get_context()
    dialect.adapt(context.dialect)
    adopt(context)
    context.impl.static_output(f"{_PROLOGUE[dialect.name]};")
    with environment.begin_transaction():
        environment.run_migrations()
        if _destination(environment) is None:
            context.impl.drop_table(context._version)  # at the base nothing of ours is left


# -- online ------------------------------------------------------------------------------------------


def _send(environment: EnvironmentContext, connection: Connection, dialect: Dialect) -> None:
    reads_only = _destination(environment) is _NOWHERE
    environment.configure(connection=connection, dont_mutate=reads_only, **options())
    context = environment.get_context()
    progress = adopt(context)
    assert context._migrations_fn is not None
    context._migrations_fn = _watched(context._migrations_fn, progress)
    try:
        environment.run_migrations()
        if not reads_only:
            progress.close()
            if not context.get_current_heads():
                context._version.drop(connection, checkfirst=True)  # at the base nothing of ours is left
    except Exception as error:
        named = None if isinstance(error, PisDataError) else dialect.translate(error)
        if named is None or progress.step is None:
            raise
        raise type(named)(_explained(named, error, progress)) from getattr(error, "orig", None)


def _watched(steps_of: Callable[..., Any], progress: Progress) -> Callable[..., Iterator[Any]]:
    """The steps that Alembic is about to take, refused or told to ``progress``."""

    def steps(heads: tuple[str, ...], context: MigrationContext) -> Iterator[Any]:
        found = list(steps_of(heads, context))
        revisions = [step for step in found if isinstance(step, RevisionStep)]
        if revisions:
            _refuse(revisions, heads, context, progress)
        for step in found:
            if isinstance(step, RevisionStep):
                progress.begin(Step.of(step))
            yield step

    return steps


def _refuse(
    steps: list[RevisionStep], heads: tuple[str, ...], context: MigrationContext, progress: Progress
) -> None:
    """Raise if these steps would destroy what this library did not make."""
    connection = context.connection
    assert connection is not None
    names = set(sa.inspect(connection).get_table_names())
    was_cut_off = isinstance(progress, Journal) and progress.cut_off
    if not heads and not was_cut_off and (there := names & TABLES.keys()):
        some = ", ".join(sorted(there)[:3])
        raise SchemaMismatchError(
            f"this database holds {len(there)} of PIS's tables ({some} …) but no record of a revision: "
            "pis_data did not make them, and can't take them over yet. Upgrade an empty database"
        )
    if steps[0].is_upgrade or "pis_meta" not in names:
        return
    noted = sa.select(pis_meta.c.value).where(pis_meta.c.key == BASELINE)
    baseline = connection.execute(noted).scalar()
    if any(step.revision.revision == baseline for step in steps):
        raise SchemaMismatchError(
            f"this database was adopted at revision {baseline}: below that it holds data that pis_data "
            f"did not make, so it can't be downgraded further than to {baseline}"
        )


def _explained(named: PisDataError, error: Exception, progress: Progress) -> str:
    arguments = getattr(getattr(error, "orig", None), "args", ())
    cause = _REMEDIES.get(arguments[0], str(named)) if arguments else str(named)
    if (progress.statement or "").startswith("CREATE EXTENSION"):
        cause = f"{cause}. {_NEEDS_EXTENSION}"
    at = f"{progress.step} failed"
    if progress.statement:
        beginning = " ".join(progress.statement.split())[:80]
        at = f"{at} at its statement {progress.position} ({beginning} …)"
    if progress.keeps_what_is_done:
        rest = (
            "What was done before stays, and is remembered: once the cause is mended, run the same command "
            "again, and it goes on from there (pis-data db current shows the revision)"
        )
    else:
        rest = "Nothing was changed"
    return f"{at}: {cause}. {rest}"
