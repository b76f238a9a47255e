"""Every error that pis_data raises, in one tree.

A driver's or an SDK's exception is translated once, at the edge where it appears: callers catch the
classes below and never a driver's own. The original stays reachable as ``__cause__``. A message says
what was wrong, where (variable, table, column, key) and what to do; it never holds a secret.
"""

from __future__ import annotations

from collections.abc import Sequence


class PisDataError(Exception):
    """The root: catching it catches everything that this package raises on purpose."""

    #: whether a server refused what was sent to it; a transaction around that can't go on
    refused_by_server: bool = False


class ConfigurationError(PisDataError):
    """A setting is missing or wrong; the message names the variable, what it held and what was expected."""


class MissingDependencyError(PisDataError):
    """An optional package is not installed; the message names the extra that brings it."""


class InvalidValueError(PisDataError, ValueError):
    """A value that can't be stored or used as given: wrong type, out of range, too long, naive, U+0000."""


class CapabilityError(PisDataError):
    """The backend can't do this; the message says why and what to use in its place."""


# -- databases ---------------------------------------------------------------------------------------


class DatabaseError(PisDataError):
    """A database refused, failed or could not be asked."""


class UnknownTableError(DatabaseError):
    """The table is none of ``pis_data.schema``'s."""


class UnknownColumnError(DatabaseError):
    """The table has no such column."""


class InvalidFilterError(DatabaseError):
    """A filter, order, limit or offset that makes no sense; raised before any SQL is sent."""


class TransactionError(DatabaseError):
    """A transaction is used where it can't be: closed, or from inside another one of the same adapter."""


class AfterCommitError(DatabaseError):
    """The transaction was committed, and stays so; but calls that waited for that have failed.

    ``errors`` are their exceptions, in order; the first is the ``__cause__``.
    """

    def __init__(self, message: str, errors: Sequence[Exception] = ()) -> None:
        super().__init__(message)
        self.errors = tuple(errors)


class NotFoundError(DatabaseError):
    """The row that an operation needs does not exist (or is deleted)."""


class CommitOutcomeUnknownError(DatabaseError):
    """The connection was lost during COMMIT: nobody can know whether it took effect. Never retried."""


class ConstraintViolationError(DatabaseError):
    """A constraint of the database refused the write.

    ``table``, ``constraint`` and ``columns`` say which one, where the server tells; else None and ``()``.
    """

    def __init__(
        self,
        message: str,
        *,
        table: str | None = None,
        constraint: str | None = None,
        columns: Sequence[str] = (),
    ) -> None:
        super().__init__(message)
        self.table = table
        self.constraint = constraint
        self.columns = tuple(columns)


class UniqueViolationError(ConstraintViolationError):
    """Another row already has this value in a unique column or set of columns."""


class ForeignKeyViolationError(ConstraintViolationError):
    """The row refers to one that does not exist, or others still refer to it."""


class CheckViolationError(ConstraintViolationError):
    """A CHECK constraint refused the value."""


class NotNullViolationError(ConstraintViolationError):
    """A required column was given no value."""


class RetryableError(DatabaseError):
    """The unit of work failed for a passing reason and may be run again from its start."""


class DeadlockError(RetryableError):
    """The server ended this transaction to break a deadlock."""


class SerializationError(RetryableError):
    """A concurrent transaction changed what this one had read."""


class ConnectionLostError(RetryableError):
    """The connection broke; whatever was not committed is undone."""


class LockTimeoutError(RetryableError):
    """A lock was held by another transaction for too long."""


class DatabaseUnavailableError(DatabaseError):
    """No connection could be made: wrong address, wrong password, server down, or pool exhausted."""


class StatementTimeoutError(DatabaseError):
    """The statement ran longer than ``DATABASE_STATEMENT_TIMEOUT`` and was cancelled."""


class SchemaMismatchError(DatabaseError):
    """The database's schema is not the one this operation expects."""


# -- object stores -----------------------------------------------------------------------------------


class StorageError(PisDataError):
    """An object store refused, failed or could not be asked."""


class ObjectNotFoundError(StorageError):
    """There is no object under this key: the store was asked, and said so."""


class BucketNotFoundError(StorageError):
    """The bucket (or the folder of local storage) does not exist."""


class AccessDeniedError(StorageError):
    """The store refused these credentials this operation."""


class PreconditionFailedError(StorageError):
    """A create-only write met an object that is already there."""


class InvalidKeyError(StorageError, ValueError):
    """The key is not a legal one; raised before any request."""


class IntegrityError(StorageError):
    """The bytes that arrived are not the bytes that were sent or stored."""


class StorageUnavailableError(StorageError):
    """The store could not be reached, or answered that it can't serve now."""


class MultipartError(StorageError):
    """A multipart upload can't go on: unknown upload, wrong or missing part, part too small."""


# -- authentication and permission ------------------------------------------------------------------


class AuthError(PisDataError):
    """Authentication failed."""


class InvalidCredentialsError(AuthError):
    """Unknown account or wrong password; never says which."""


class InvalidTokenError(AuthError):
    """The token is malformed, forged, revoked or for another audience."""


class TokenExpiredError(AuthError):
    """The token was valid once."""


class TokenReuseError(AuthError):
    """A refresh token was used twice: its whole session is revoked."""


class AccountDisabledError(AuthError):
    """The account is disabled or deleted."""


class PasswordNotSetError(AuthError):
    """The account has no password yet."""


class RateLimitedError(AuthError):
    """Too many attempts; try again later."""


class PermissionDeniedError(PisDataError):
    """The rules do not allow this actor this operation."""


# -- moving and converting ---------------------------------------------------------------------------


class TransferError(PisDataError):
    """A copy or a verification could not be finished; the message says how to resume."""


class ConversionError(PisDataError):
    """SQL that can't be converted; the message has line and column."""
