"""What a schema is converted to: MySQL or MariaDB, and which version, and how ids are kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import sqlalchemy as sa

from pis_data.dialects import dialect_for
from pis_data.errors import InvalidValueError
from pis_data.schema.types import CODE_POINT

#: the oldest version that is written for
OLDEST: Final = {"mysql": (8, 0, 19), "mariadb": (10, 6)}
SHOWN: Final = {"mysql": "MySQL", "mariadb": "MariaDB"}
#: bytes of a row without its long texts, and of the columns of an index
ROW_LIMIT: Final = 65_535
KEY_LIMIT: Final = 3_072
#: characters of a text that an index holds whole
KEY_CHARACTERS: Final = KEY_LIMIT // 4


@dataclass(frozen=True)
class Target:
    """A server to write for."""

    kind: str
    version: tuple[int, ...]
    uuid: str = "binary"

    @classmethod
    def of(cls, kind: str, version: str | None = None, uuid: str = "binary") -> Target:
        """The target of these words. Raises InvalidValueError for what there is none of."""
        if kind not in OLDEST:
            raise InvalidValueError(f"there is no target {kind!r}: one of {', '.join(OLDEST)}")
        if uuid not in ("binary", "char"):
            raise InvalidValueError(f"UUIDs are kept as binary or char, not as {uuid!r}")
        if version is None:
            return cls(kind, OLDEST[kind], uuid)
        if not re.fullmatch(r"\d+(\.\d+){0,2}", version):
            raise InvalidValueError(f"a version is like {_dotted(OLDEST[kind])}, not {version!r}")
        numbers = tuple(map(int, version.split(".")))
        if numbers < OLDEST[kind][: len(numbers)]:
            raise InvalidValueError(
                f"{SHOWN[kind]} {version} is too old: {_dotted(OLDEST[kind])} or later is written for"
            )
        return cls(kind, numbers, uuid)

    @property
    def is_mysql(self) -> bool:
        """MySQL, not MariaDB."""
        return self.kind == "mysql"

    @property
    def shown(self) -> str:
        """The server's name, for messages."""
        return SHOWN[self.kind]

    @property
    def collation(self) -> str:
        """The collation that compares by code point, as PostgreSQL tells texts apart."""
        return CODE_POINT[self.kind]

    @property
    def any_case(self) -> str | None:
        """The collation that takes capitals for small letters, but tells accents apart, if there is one."""
        if self.is_mysql:
            return "utf8mb4_0900_as_ci"
        return "uca1400_nopad_as_ci" if self.version >= (10, 10, 1) else None

    def dialect(self) -> sa.Dialect:
        """SQLAlchemy's dialect, for its compilers."""
        return _dialect(self.kind)


@cache
def _dialect(kind: str) -> sa.Dialect:
    url = sa.engine.make_url(f"{dialect_for(kind).drivers['sync']}://")
    made: sa.Dialect = url.get_dialect()(paramstyle="named")  # type: ignore[call-arg]
    return made


def _dotted(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version))


def quoted_text(text: str) -> str:
    """A string of MySQL's: quotes doubled, backslashes too (NO_BACKSLASH_ESCAPES is off)."""
    escaped = text.replace("\\", "\\\\").replace("'", "''").replace("\0", "\\0")
    return f"'{escaped}'"


class Unsupported(Exception):
    """An expression, a type or a trigger that has no counterpart; the message says which and why."""


def shorten(text: Any, limit: int = 60) -> str:
    """A beginning, for messages."""
    words = " ".join(str(text).split())
    return words if len(words) <= limit else f"{words[: limit - 1]}…"
