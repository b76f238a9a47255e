"""Settings: which database and which object store, from the environment or a URL.

Every variable, alias and default is declared in ``variables``; ``docs/configuration.md`` documents them.
No SQLAlchemy, no driver and no SDK is imported here.
"""

from __future__ import annotations

from ..errors import ConfigurationError
from .database import DatabaseConfig
from .database_sources import EMBEDDED_PATH, DatabaseKind
from .environment import Environment
from .kinds import add_kind
from .network import SslMode, TlsDecision
from .storage import LOCAL_PATH, StorageConfig, StorageKind

__all__ = [
    "EMBEDDED_PATH",
    "LOCAL_PATH",
    "DatabaseConfig",
    "DatabaseKind",
    "Environment",
    "SslMode",
    "StorageConfig",
    "StorageKind",
    "TlsDecision",
    "add_kind",
    "resolve_database",
    "resolve_storage",
]

_FROM_ENV = "env:"


def resolve_database(spec: str) -> DatabaseConfig:
    """The database that a command's argument names: a URL, or ``env:PREFIX`` for the variables behind it."""
    if spec.startswith(_FROM_ENV):
        return DatabaseConfig.from_env(spec.removeprefix(_FROM_ENV))
    _check_spec(spec, "postgresql://…, mysql://…, mariadb://… or sqlite:///…")
    return DatabaseConfig.from_url(spec)


def resolve_storage(spec: str) -> StorageConfig:
    """The store that a command's argument names: a URL, or ``env:PREFIX`` for the variables behind it."""
    if spec.startswith(_FROM_ENV):
        return StorageConfig.from_env(spec.removeprefix(_FROM_ENV))
    _check_spec(spec, "file:///folder, minio://KEY:SECRET@host:port/bucket, s3://…, oss://… or cos://…")
    return StorageConfig.from_url(spec)


def _check_spec(spec: str, forms: str) -> None:
    if "://" not in spec:
        raise ConfigurationError(f"expected env:PREFIX or a URL ({forms})")
