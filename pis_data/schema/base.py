"""The one `MetaData`, and the server-side defaults that each dialect writes in its own words.

Names of constraints follow PostgreSQL's own defaults, so that adopting an existing database renames
nothing: ``photos_pkey``, ``photos_album_id_fkey``, ``users_email_key``, ``photos_status_check``.
"""

from __future__ import annotations

import random
import threading
import time
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import MetaData
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

metadata = MetaData(
    naming_convention={
        "pk": "%(table_name)s_pkey",
        "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
        "uq": "%(table_name)s_%(column_0_N_name)s_key",
        "ck": "%(table_name)s_%(constraint_name)s_check",
    }
)


class ServerDefault(FunctionElement[Any]):
    """A default that the server computes; each dialect has its own words for it."""

    inherit_cache = True
    words: ClassVar[dict[str, str]]


class new_id(ServerDefault):
    """A fresh UUID, for writers other than this library (which makes UUIDv7 itself)."""

    inherit_cache = True
    words: ClassVar = {
        "postgresql": "gen_random_uuid()",
        "mysql": "(uuid_to_bin(uuid()))",
        "mariadb": "(unhex(sys_guid()))",
        "sqlite": "(randomblob(16))",
    }


class now(ServerDefault):
    """The present moment in UTC, whatever the session's time zone."""

    inherit_cache = True
    words: ClassVar = {
        "postgresql": "now()",
        "mysql": "(utc_timestamp(6))",
        "mariadb": "(utc_timestamp(6))",
        "sqlite": "(strftime('%Y-%m-%dT%H:%M:%f000Z','now'))",
    }


class empty_object(ServerDefault):
    """The empty JSON document ``{}``."""

    inherit_cache = True
    words: ClassVar = {
        "postgresql": "'{}'::jsonb",
        "mysql": "('{}')",
        "mariadb": "('{}')",
        "sqlite": "'{}'",
    }


@compiles(ServerDefault)
def _render(element: ServerDefault, compiler: SQLCompiler, **_: Any) -> str:
    name = compiler.dialect.name
    return f"{type(element).__name__}()" if name == "default" else element.words[name]  # only shown, not sent


_last_moment = 0
_moment_lock = threading.Lock()


def uuid7() -> UUID:
    """A new id: a UUIDv7 (RFC 9562, with 12 bits below the millisecond).

    Ids of one process sort in the order in which they were made; 62 random bits tell processes apart.
    """
    global _last_moment
    with _moment_lock:
        # units of 1/4096 millisecond; never the same twice
        moment = max((time.time_ns() << 12) // 1_000_000, _last_moment + 1)
        _last_moment = moment
    high = moment >> 12 & (1 << 48) - 1
    return UUID(int=high << 80 | 0x7 << 76 | (moment & 0xFFF) << 64 | 0x2 << 62 | _random_bits(62))


_random_bits = random.SystemRandom().getrandbits
