"""Portable column types: what a value may be, and how each database keeps it.

One class per row of the table in DESIGN ("The tables"). Each type answers two questions:

* ``check(value)``: is this a value that every database can keep unchanged? It returns the canonical
  Python value or raises `InvalidValueError`, so that no server ever cuts, rounds or coerces. The
  adapter asks it before it sends anything; a statement of one's own is asked when it is executed.
* ``encoder(dialect)``: how to bring a checked value into the driver's form.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from operator import attrgetter, methodcaller
from types import NoneType
from typing import TYPE_CHECKING, Any, ClassVar, Final, Generic, TypeAlias, TypeVar
from uuid import UUID

from sqlalchemy import Dialect
from sqlalchemy import types as sa
from sqlalchemy.dialects import mysql, postgresql

from pis_data.errors import InvalidValueError
from pis_data.schema.characters import check_characters, plain, shown
from pis_data.schema.documents import JSON_NULL, check_json, check_size, dump_json, load_json
from pis_data.schema.literals import literal

if TYPE_CHECKING:
    import numpy as np
    from sqlalchemy.types import TypeEngine

T = TypeVar("T")
Encoder: TypeAlias = Callable[[Any], Any]

LONG_TEXT_LIMIT: Final = 1_000_000
#: by how many of its first characters long text sorts: MariaDB keeps as much room for every row's sort key
SORTED_LENGTH: Final = 500
LISTED_TEXT_LIMIT: Final = 500
LIST_LIMIT: Final = 100_000
EMBEDDING_SIZE: Final = 512

#: The collation by which text compares and sorts by code point, on each dialect that needs to be told.
CODE_POINT: Final = {"postgresql": "C", "mysql": "utf8mb4_0900_bin", "mariadb": "utf8mb4_nopad_bin"}


class Portable(sa.TypeDecorator[T], Generic[T]):
    """What all portable types share: NULL stays NULL, and a value is checked before it is encoded."""

    cache_ok = True
    impl: Any = sa.String
    #: what a caller should have given, for messages
    expected: ClassVar[str] = "a value"

    def __init_subclass__(cls, **kw: Any) -> None:
        super().__init_subclass__(**kw)
        cls.cache_ok = True  # SQLAlchemy asks each class itself; ours hold nothing but their arguments

    def check(self, value: object) -> T:
        """Return the canonical form of ``value``, or raise `InvalidValueError` that says what is wrong."""
        raise NotImplementedError

    def check_all(self, values: Sequence[Any]) -> Sequence[Any]:
        """`check` for many values, NULLs among them; quick where all of them are sound."""
        kinds = set(map(type, values))
        given = values if NoneType not in kinds else [value for value in values if value is not None]
        if not given or self._are_sound(given, kinds - {NoneType}):
            return values
        return [None if value is None else self.check(value) for value in values]

    def _are_sound(self, values: Sequence[Any], kinds: set[type]) -> bool:
        """Whether `check` would surely give all of them back as they are; ``kinds`` are their types."""
        return False

    def variants(self) -> Mapping[str, TypeEngine[Any]]:
        """The column type of each dialect; ``"sqlite"`` must be among them."""
        raise NotImplementedError

    def encoder(self, dialect: Dialect) -> Encoder | None:
        """What turns a checked value into the driver's form; None if the driver takes it as it is."""
        return None

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        variants = self.variants()
        return variants.get(dialect.name) or variants["sqlite"]

    def bind_processor(self, dialect: Dialect) -> Encoder:
        check, encode = self.check, self.encoder(dialect)
        if encode is None:
            return lambda value: None if value is None else check(value)
        return lambda value: None if value is None else encode(check(value))

    def literal_processor(self, dialect: Dialect) -> Callable[[Any], str]:
        """Write a value into the text of SQL: for ``literal_binds`` and offline migrations."""
        bind = self.bind_processor(dialect)
        return lambda value: literal(bind(value), dialect)

    def _refuse(self, value: object, why: str | None = None) -> InvalidValueError:
        return InvalidValueError(f"{why or 'expected ' + self.expected}, got {shown(value)}")


class Checked(sa.TypeDecorator[Any]):
    """A portable type for values that were checked before: it only encodes them."""

    cache_ok = True
    impl: Any = sa.String

    def __init__(self, kind: Portable[Any]) -> None:
        super().__init__()
        self.kind = kind

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return self.kind.load_dialect_impl(dialect)

    def bind_processor(self, dialect: Dialect) -> Encoder | None:
        encode = self.kind.encoder(dialect)
        return encode and (lambda value: None if value is None else encode(value))


# -- identity and time -------------------------------------------------------------------------------


class _SqliteBlob16(sa.UserDefinedType[bytes]):
    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        return "BLOB(16)"


class Id(Portable[UUID]):
    """A UUID: ``UUID`` on PostgreSQL, 16 bytes elsewhere. A canonical string is accepted too."""

    expected = "a UUID"

    def variants(self) -> Mapping[str, TypeEngine[Any]]:
        return {
            "postgresql": postgresql.UUID(as_uuid=True),
            "mysql": mysql.BINARY(16),
            "mariadb": mysql.BINARY(16),
            "sqlite": _SqliteBlob16(),
        }

    def check(self, value: object) -> UUID:
        if isinstance(value, UUID):
            return value
        if isinstance(value, str) and len(value) == 36:
            try:
                found = UUID(value)
            except ValueError:
                raise self._refuse(value) from None
            if str(found) == value.lower():
                return found
        raise self._refuse(value)

    def _are_sound(self, values: Sequence[Any], kinds: set[type]) -> bool:
        return kinds == {UUID}

    def _is_native(self, dialect: Dialect) -> bool:
        return isinstance(self.load_dialect_impl(dialect), postgresql.UUID)

    def encoder(self, dialect: Dialect) -> Encoder | None:
        return None if self._is_native(dialect) else attrgetter("bytes")

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:
        if self._is_native(dialect):
            return None
        return lambda value: None if value is None else UUID(bytes=value)


class Instant(Portable[dt.datetime]):
    """A moment with microseconds, always an aware ``datetime`` in UTC. A naive one is refused."""

    expected = "an aware datetime"

    def variants(self) -> Mapping[str, TypeEngine[Any]]:
        return {
            "postgresql": postgresql.TIMESTAMP(timezone=True),
            "mysql": mysql.DATETIME(fsp=6),
            "mariadb": mysql.DATETIME(fsp=6),
            "sqlite": sa.TEXT(),
        }

    def check(self, value: object) -> dt.datetime:
        if not isinstance(value, dt.datetime):
            raise self._refuse(value)
        if value.tzinfo is dt.UTC:
            return value
        if value.utcoffset() is None:
            raise InvalidValueError(
                f"a datetime without a time zone ({value!r}) is ambiguous: give one, such as datetime.UTC"
            )
        try:
            return value.astimezone(dt.UTC)
        except OverflowError:
            raise self._refuse(value, "a moment outside the years 1 to 9999 in UTC") from None

    def _are_sound(self, values: Sequence[Any], kinds: set[type]) -> bool:
        return kinds == {dt.datetime} and all(value.tzinfo is dt.UTC for value in values)

    def encoder(self, dialect: Dialect) -> Encoder | None:
        match self.load_dialect_impl(dialect):
            case postgresql.TIMESTAMP():
                return None
            case mysql.DATETIME():
                return lambda value: value.replace(tzinfo=None)
            case _:
                return iso

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any]:
        return _instant_from

    def coerce_compared_value(self, op: Any, value: Any) -> TypeEngine[Any]:
        # `created_at + timedelta` is an interval's business; everything else compares as an instant
        return sa.Interval() if isinstance(value, dt.timedelta) else self


def iso(value: dt.datetime) -> str:
    """The one text form of a UTC datetime, of fixed width, so that it sorts as the moments do."""
    return f"{value.replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


def _instant_from(value: Any) -> dt.datetime | None:
    """An aware datetime in UTC from whatever a driver gives: aware, naive in UTC, or ISO text."""
    if value is None:
        return None
    if type(value) is str:
        value = dt.datetime.fromisoformat(value)
    if value.tzinfo is dt.UTC:
        return value  # type: ignore[no-any-return]
    if value.tzinfo is None:
        return value.replace(tzinfo=dt.UTC)  # type: ignore[no-any-return]
    return value.astimezone(dt.UTC)  # type: ignore[no-any-return]


class Day(Portable[dt.date]):
    """A calendar day: ``date``, never a ``datetime``."""

    impl = sa.Date
    expected = "a date (not a datetime)"

    def variants(self) -> Mapping[str, TypeEngine[Any]]:
        return {"sqlite": sa.Date()}

    def check(self, value: object) -> dt.date:
        if type(value) is not dt.date:
            raise self._refuse(value)
        return value

    def encoder(self, dialect: Dialect) -> Encoder | None:
        return self.load_dialect_impl(dialect).dialect_impl(dialect).bind_processor(dialect)


# -- text --------------------------------------------------------------------------------------------


class Text(Portable[str]):
    """Text of at most ``length`` characters, compared and sorted by code point."""

    expected = "str"

    def __init__(self, length: int) -> None:
        super().__init__(length)
        self.length = length

    def variants(self) -> Mapping[str, TypeEngine[Any]]:
        return {
            "postgresql": sa.VARCHAR(self.length, collation=CODE_POINT["postgresql"]),
            "mysql": mysql.VARCHAR(self.length, charset="utf8mb4", collation=CODE_POINT["mysql"]),
            "mariadb": mysql.VARCHAR(self.length, charset="utf8mb4", collation=CODE_POINT["mariadb"]),
            "sqlite": sa.VARCHAR(self.length),
        }

    def check(self, value: object) -> str:
        if type(value) is str and len(value) <= self.length and value.isascii() and "\0" not in value:
            return value  # nearly all text of nearly all rows
        if not isinstance(value, str):
            raise self._refuse(value)
        if len(value) > self.length:
            raise InvalidValueError(f"text of {len(value):,} characters is longer than {self.length:,}")
        return check_characters(plain(value))

    def _are_sound(self, values: Sequence[Any], kinds: set[type]) -> bool:
        if kinds != {str} or max(map(len, values)) > self.length:
            return False
        together = "".join(values)
        return together.isascii() and "\0" not in together

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:
        return None


class LongText(Text):
    """Text of up to 1,000,000 characters, without a default and in no index."""

    def __init__(self) -> None:
        super().__init__(LONG_TEXT_LIMIT)

    def variants(self) -> Mapping[str, TypeEngine[Any]]:
        return {
            "postgresql": sa.TEXT(collation=CODE_POINT["postgresql"]),
            "mysql": mysql.MEDIUMTEXT(charset="utf8mb4", collation=CODE_POINT["mysql"]),
            "mariadb": mysql.MEDIUMTEXT(charset="utf8mb4", collation=CODE_POINT["mariadb"]),
            "sqlite": sa.TEXT(),
        }


E = TypeVar("E", bound=StrEnum)


class Choice(Text, Generic[E]):
    """One of a `StrEnum`'s words. The column's CHECK refuses others; one that is stored all the same
    (by an older application) reads as plain ``str``.
    """

    def __init__(self, enum: type[E], length: int = 50) -> None:
        super().__init__(length)
        self.enum = enum
        self._members: dict[str, str] = {member.value: member for member in enum}

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any]:
        members = self._members
        return lambda value: members.get(value, value)


# -- numbers and truth -------------------------------------------------------------------------------


class Integer(Portable[int]):
    """A whole number of 32 bits; never a ``bool``."""

    impl = sa.Integer
    expected = "int"
    bits: ClassVar[int] = 32

    def variants(self) -> Mapping[str, TypeEngine[Any]]:
        return {"sqlite": sa.Integer()}

    def check(self, value: object) -> int:
        if type(value) is not int:
            raise self._refuse(value)
        limit = 1 << (self.bits - 1)
        if not -limit <= value < limit:
            raise InvalidValueError(f"{shown(value)} is outside the range of {self.bits} bits")
        return value

    def _are_sound(self, values: Sequence[Any], kinds: set[type]) -> bool:
        limit = 1 << (self.bits - 1)
        return kinds == {int} and -limit <= min(values) and max(values) < limit

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:
        return None


class BigInteger(Integer):
    """A whole number of 64 bits."""

    impl = sa.BigInteger
    bits = 64

    def variants(self) -> Mapping[str, TypeEngine[Any]]:
        return {"sqlite": sa.BigInteger()}


class Boolean(Portable[bool]):
    """True or False; never 0 or 1."""

    impl = sa.Boolean
    expected = "bool"
    #: so that `column.is_(True)` writes a constant, as SQLAlchemy's own type does
    coerce_to_is_types = (type(None), bool)

    def variants(self) -> Mapping[str, TypeEngine[Any]]:
        return {"sqlite": sa.Boolean(create_constraint=False)}

    def check(self, value: object) -> bool:
        if type(value) is not bool:
            raise self._refuse(value)
        return value

    def _are_sound(self, values: Sequence[Any], kinds: set[type]) -> bool:
        return kinds == {bool}


# -- documents and lists -----------------------------------------------------------------------------


class Json(Portable[Any]):
    """A JSON document: dict, list or scalar.

    ``None`` is SQL NULL and `JSON_NULL` is JSON's null, in both directions. Integers within 64 bits,
    finite floats, string keys, at most 30 levels: what every server's JSON keeps unchanged.
    """

    impl = sa.JSON
    expected = "a JSON value"
    #: a Python None inside `where` or `values` is SQL NULL
    should_evaluate_none = False

    def variants(self) -> Mapping[str, TypeEngine[Any]]:
        return {
            "postgresql": postgresql.JSONB(none_as_null=True),
            "mysql": mysql.JSON(none_as_null=True),
            "mariadb": mysql.JSON(none_as_null=True),
            "sqlite": sa.TEXT(),
        }

    def check(self, value: object) -> Any:
        return value if value is JSON_NULL else check_size(check_json(value, 1))

    def encoder(self, dialect: Dialect) -> Encoder | None:
        return dump_json

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:
        # psycopg reads jsonb itself, by `load_json` as well: see dialects/postgresql.py
        return None if isinstance(self.load_dialect_impl(dialect), postgresql.JSONB) else load_json


class _ListOf(Portable[list[T]], Generic[T]):
    """A list: a native array on PostgreSQL, a JSON array elsewhere."""

    impl = sa.JSON
    element: ClassVar[Portable[Any]]

    def check(self, value: object) -> list[T]:
        if not isinstance(value, Sequence) or isinstance(value, (str, bytes, bytearray)):
            raise self._refuse(value)
        if len(value) > LIST_LIMIT:
            raise InvalidValueError(f"a list of {len(value):,} is longer than {LIST_LIMIT:,}")
        return [self.element.check(item) for item in value]

    def variants(self) -> Mapping[str, TypeEngine[Any]]:
        native = self.element.variants()["postgresql"]
        return {
            "postgresql": postgresql.ARRAY(native),
            "mysql": mysql.JSON(none_as_null=True),
            "mariadb": mysql.JSON(none_as_null=True),
            "sqlite": sa.TEXT(),
        }

    def encoder(self, dialect: Dialect) -> Encoder | None:
        if isinstance(self.load_dialect_impl(dialect), postgresql.ARRAY):
            return None
        return lambda value: dump_json([str(item) for item in value])

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:
        if isinstance(self.load_dialect_impl(dialect), postgresql.ARRAY):
            return None
        read = self._read
        return lambda value: None if value is None else [read(item) for item in json.loads(value)]

    def literal_processor(self, dialect: Dialect) -> Callable[[Any], str]:
        write = super().literal_processor(dialect)
        if not isinstance(self.load_dialect_impl(dialect), postgresql.ARRAY):
            return write
        cast = self.compile(dialect).partition(" COLLATE")[0]  # an empty array has no type of its own
        return lambda value: write(value) if value is None else f"CAST({write(value)} AS {cast})"

    @staticmethod
    def _read(item: str) -> Any:
        return item


class IdList(_ListOf[UUID]):
    """A list of at most 100,000 UUIDs."""

    expected = "a list of UUIDs"
    element = Id()
    _read = UUID  # type: ignore[assignment]


class _ListedText(LongText):
    """Text of a list, short enough for PostgreSQL's index of a list's elements."""

    def __init__(self) -> None:
        super().__init__()
        self.length = LISTED_TEXT_LIMIT


class TextList(_ListOf[str]):
    """A list of texts, each at most 500 characters, and all together at most 1,000,000, and 4,000,000 bytes
    as JSON.
    """

    expected = "a list of str"
    element = _ListedText()

    def check(self, value: object) -> list[str]:
        found = super().check(value)
        length = sum(map(len, found))
        if length > LONG_TEXT_LIMIT:
            raise InvalidValueError(f"texts of {length:,} characters together exceed {LONG_TEXT_LIMIT:,}")
        check_size(found)
        return found


class Vector(sa.UserDefinedType[str]):
    """The column type of pgvector; its values are text, such as ``[0.5,1]``."""

    cache_ok = True
    render_bind_cast = True

    def __init__(self, size: int | str = EMBEDDING_SIZE) -> None:
        self.size = int(size)

    def get_col_spec(self, **_: Any) -> str:
        return f"VECTOR({self.size})"


def keep_vectors(dialect: Dialect) -> None:
    """From now on embeddings are pgvector's on this dialect (one engine has one of its own)."""
    dialect.pis_vectors = True  # type: ignore[attr-defined]
    dialect.ischema_names = {**dialect.ischema_names, "vector": Vector}  # type: ignore[attr-defined]


def keeps_vectors(dialect: Dialect) -> bool:
    """Whether embeddings are pgvector's on this dialect, and not bytes."""
    return getattr(dialect, "pis_vectors", False)


class Embedding(Portable["np.ndarray[Any, np.dtype[np.float32]]"]):
    """A face's 512 numbers: float32, little-endian, as bytes on every database; or pgvector's `Vector`."""

    impl = sa.LargeBinary
    expected = f"{EMBEDDING_SIZE} finite numbers"

    def variants(self) -> Mapping[str, TypeEngine[Any]]:
        return {"sqlite": sa.LargeBinary()}

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return Vector() if keeps_vectors(dialect) else super().load_dialect_impl(dialect)

    def check(self, value: object) -> np.ndarray[Any, np.dtype[np.float32]]:
        import numpy as np

        try:
            given = np.asarray(value)
        except ValueError:
            raise self._refuse(value) from None
        if given.dtype.kind not in "fiu":
            raise self._refuse(value)
        with np.errstate(over="ignore"):  # what is too large becomes infinite
            found = given.astype("<f4")
        if found.shape != (EMBEDDING_SIZE,) or not np.isfinite(found).all():
            raise self._refuse(value)
        return found

    def encoder(self, dialect: Dialect) -> Encoder | None:
        return _vector_text if keeps_vectors(dialect) else methodcaller("tobytes")

    def process_result_value(self, value: bytes | str | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        import numpy as np

        if isinstance(value, str):
            return np.array(value[1:-1].split(","), dtype="<f4")
        return np.frombuffer(value, dtype="<f4")


def _vector_text(value: Any) -> str:
    return f"[{','.join(map(repr, value.tolist()))}]"  # enough digits that the same float32 comes back
