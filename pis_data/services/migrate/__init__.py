"""Migrations: Alembic, driven from here by ``pis-data db …``, and from ``alembic`` itself in a checkout.

``environment`` is what ``migrations/env.py`` runs; ``sessions`` connects and locks; ``journal`` remembers how
far a revision came where DDL can't be undone; ``operations`` are what revisions can do beyond Alembic's own;
``compare`` finds differences.
"""

from __future__ import annotations

import io
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Engine

import pis_data
from pis_data.config import DatabaseConfig, resolve_database
from pis_data.errors import SchemaMismatchError
from pis_data.services.migrate import compare, implementation, sessions

__all__ = ["check", "current", "downgrade", "head", "script_location", "upgrade"]

#: Alembic keeps what it is doing in modules: one thread at a time
_one_at_a_time = threading.Lock()

#: a configuration, a URL (or ``env:PREFIX``), or an engine that exists already
Database = DatabaseConfig | str | Engine


def script_location() -> Path:
    """The folder of the revisions: inside an installed package, at the root of a checkout."""
    package = Path(pis_data.__file__).parent
    installed = package / "migrations"
    return installed if installed.is_dir() else package.parent / "migrations"


def head() -> str:
    """The newest revision that this version of pis_data knows."""
    found = ScriptDirectory(str(script_location())).get_current_head()
    assert found is not None
    return found


def upgrade(
    database: Database,
    revision: str = "head",
    *,
    sql: bool = False,
    lock_timeout: float = sessions.LOCK_TIMEOUT,
) -> str:
    """Bring a database to a revision; return that revision.

    Args:
        database: which one. With ``sql`` only its kind matters: the scheme of a URL.
        revision: ``head``, a revision's number, or ``+1``; with ``sql`` also ``0003:head``.
        sql: send nothing, and return the SQL text for the server's own client.
        lock_timeout: how long to wait for another upgrade of the same database, in seconds.

    Raises:
        SchemaMismatchError: the database holds PIS's tables but no revision (adopt it), or a revision that
            this version does not know, or there is no such revision.
        LockTimeoutError: another upgrade was still running.
        DatabaseError: a statement failed. On PostgreSQL and SQLite nothing was changed; on MySQL and
            MariaDB the message says what stays, and the same call goes on from there.
    """
    found = _run(command.upgrade, database, revision, sql, lock_timeout)
    return found if sql else current(database) or ""


def downgrade(
    database: Database,
    revision: str,
    *,
    sql: bool = False,
    lock_timeout: float = sessions.LOCK_TIMEOUT,
) -> str | None:
    """Take a database back to an earlier revision; return it, None for ``base``, which leaves nothing.

    Arguments and errors are those of `upgrade`; with ``sql`` the revision is a range, ``0012:0010``. A
    database that was adopted is not taken below the revision at which it was.
    """
    found = _run(command.downgrade, database, revision, sql, lock_timeout)
    return found if sql else current(database)


def current(database: Database) -> str | None:
    """The revision that a database has; None if it has none, or is a file that is still to be made."""
    with sessions.connected(_to_be_read(database)) as (connection, _):
        return MigrationContext.configure(connection).get_current_revision()


def check(database: Database) -> list[str]:
    """What differs between a database and the models, one line each; empty if nothing does.

    Tables, columns with types and defaults, indexes, keys, CHECKs by name, triggers and functions. A
    database that is not at the newest revision says that first; a file that does not exist lacks everything.
    """
    with sessions.connected(_to_be_read(database)) as (connection, _):
        context = MigrationContext.configure(connection, opts=compare.options())
        implementation.adopt(context)
        found, newest = context.get_current_revision(), head()
        stale = (
            [f"revision: the database has {found or 'none'}, newest is {newest}"] if found != newest else []
        )
        return stale + compare.differences(context)


def _resolved(database: Database) -> DatabaseConfig | Engine:
    return resolve_database(database) if isinstance(database, str) else database


def _to_be_read(database: Database) -> DatabaseConfig | Engine:
    """The database, for those who only look: SQLite would make the file that it is asked about."""
    found = _resolved(database)
    if isinstance(found, DatabaseConfig) and found.path is not None and not found.path.exists():
        return found.model_copy(update={"path": None})  # in memory, as empty
    return found


def _run(
    alembic_command: Callable[..., Any], database: Database, revision: str, sql: bool, lock_timeout: float
) -> str:
    output = io.StringIO()
    config = Config(output_buffer=output)
    config.set_main_option("script_location", str(script_location()).replace("%", "%%"))
    found = _resolved(database)
    config.attributes["connection" if isinstance(found, Engine) else "database"] = found
    config.attributes["lock_timeout"] = lock_timeout
    try:
        with _one_at_a_time:
            alembic_command(config, revision, sql=sql)
    except CommandError as error:
        raise SchemaMismatchError(_in_our_words(str(error))) from None
    return output.getvalue()


def _in_our_words(message: str) -> str:
    if message.startswith("Can't locate revision"):
        return (
            f"{message}: it is mistyped, or this database was upgraded by a newer version of pis_data, "
            "which is then the one to use"
        )
    if "is not a valid" in message:
        return f"{message} (pis-data db current shows where the database is)"
    return message
