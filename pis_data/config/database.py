"""Which database, how to reach it, and with what limits."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import Field, PlainSerializer, SecretStr, model_validator

from ..errors import ConfigurationError
from . import variables as v
from .base import FrozenConfig, FrozenOptions
from .database_sources import (
    EMBEDDED_PATH,
    FAMILY,
    PORTS,
    SOCKET_OPTIONS,
    DatabaseKind,
    database_variables_set,
    nothing_configured,
    values_from_env,
    values_from_url,
)
from .environment import Environment
from .network import SslMode, TlsDecision, decide_tls
from .urls import build_url, is_host

SUPABASE_TRANSACTION_POOLER_PORT: Final = 6543
_ADDRESS: Final = {"kind", "host", "port", "name", "user", "password", "path", "socket", "pgbouncer"}


class DatabaseConfig(FrozenConfig):
    """Which database, how to reach it, and with what limits. Made by ``from_env`` or ``from_url``."""

    kind: DatabaseKind | str = Field(union_mode="left_to_right")
    host: str | None = None
    port: int | None = Field(default=None, ge=1, le=65535)
    name: str | None = None
    user: str | None = None
    password: SecretStr | None = None
    path: Path | None = None
    """SQLite's file; None is a database in memory."""
    socket: str | None = None
    """A Unix socket: the folder that holds it for PostgreSQL, the socket itself for MySQL and MariaDB."""
    ssl_mode: SslMode | None = None
    """As configured; ``tls`` is what is in force."""
    ssl_ca: Path | None = None
    pool_size: int = Field(default=5, ge=1)
    max_overflow: int = Field(default=10, ge=0)
    pool_timeout: float = Field(default=30, gt=0)
    statement_timeout: float = Field(default=30, ge=0)
    """Seconds; 0 sets no limit."""
    vector: Literal["portable", "pgvector"] = "portable"
    replica_urls: tuple[SecretStr, ...] = ()
    supabase_url: str | None = None
    supabase_key: SecretStr | None = None
    supabase_jwt_secret: SecretStr | None = None
    pgbouncer: bool = False
    """Said by the URL (``?pgbouncer=true``): a transaction pooler stands before the server."""
    options: Annotated[FrozenOptions, PlainSerializer(dict)] = FrozenOptions()
    """What is handed to the driver as it is: timeouts, client certificates, charset."""

    @model_validator(mode="before")
    @classmethod
    def _fill_in(cls, values: dict[str, Any]) -> dict[str, Any]:
        filled = {name: value for name, value in values.items() if value is not None}
        kind = str(filled.get("kind", ""))
        if isinstance(filled.get("options"), dict):
            filled["options"] = FrozenOptions(filled["options"])
        if kind == "sqlite":
            return filled
        default = "postgres" if kind == "supabase" else "pis"
        filled.setdefault("name", default)
        filled.setdefault("user", default)
        family = FAMILY.get(kind, "")
        if "socket" not in filled:
            filled.setdefault("host", "localhost")
        if family in PORTS and ("socket" not in filled or family == "postgresql"):
            filled.setdefault("port", PORTS[family])  # part of the name of PostgreSQL's socket, too
        return filled

    @model_validator(mode="after")
    def _agree(self) -> DatabaseConfig:
        if self.kind == DatabaseKind.SQLITE and (self.host or self.socket):
            raise ValueError("sqlite has a path, not a host")
        if self.kind != DatabaseKind.SQLITE and self.path is not None:
            raise ValueError(f"{self.kind} has a host, not a path")
        if self.host is not None and not is_host(self.host):
            raise ValueError("host: expected one host name or IP address")
        if self.host is not None and self.socket is not None:
            raise ValueError("host and socket exclude each other")
        if self.ssl_ca is not None and self.ssl_mode == SslMode.DISABLE:
            raise ValueError("DATABASE_SSL_CA is set, but TLS is off")
        if self.ssl_mode is not None and self.ssl_mode.verifies and self.socket is not None:
            raise ValueError("TLS can't be verified on a Unix socket; leave DATABASE_SSL unset")
        return self

    # -- what follows from the fields ----------------------------------------------------------------

    @property
    def family(self) -> str:
        """The protocol: ``sqlite``, ``postgresql`` or ``mysql``; a registered kind's own name."""
        return FAMILY.get(self.kind, str(self.kind))

    @property
    def tls(self) -> TlsDecision:
        """The TLS mode in force, and why."""
        if self.kind == DatabaseKind.SQLITE:
            return TlsDecision(SslMode.DISABLE, "the database is a file", explicit=False)
        return decide_tls(
            self.ssl_mode, host=self.host, has_ca=self.ssl_ca is not None, on_socket=self.socket is not None
        )

    @property
    def pooled(self) -> bool:
        """Whether a transaction pooler stands before the server: no prepared statements, no session state."""
        return self.pgbouncer or (
            self.port == SUPABASE_TRANSACTION_POOLER_PORT
            and (
                self.kind == DatabaseKind.SUPABASE
                or (self.host or "").endswith((".supabase.com", ".supabase.co"))
            )
        )

    @property
    def replicas(self) -> tuple[DatabaseConfig, ...]:
        """One configuration for each replica: its own address, and everything else as here."""
        return tuple(self._replica(url.get_secret_value()) for url in self.replica_urls)

    def _replica(self, url: str) -> DatabaseConfig:
        where = v.DATABASE_REPLICA_URLS.name
        here = {name: getattr(self, name) for name in self.model_fields_set - _ADDRESS - {"replica_urls"}}
        there = {name: value for name, value in values_from_url(url, where).items() if value}
        return _made({**here, **there, "kind": self.kind}, where)

    def url(self, *, masked: bool = True) -> str:
        """The address as a URL that ``from_url`` understands; the password as ``***`` if masked."""
        if self.kind == DatabaseKind.SQLITE:
            return build_url("sqlite", path=None if self.path is None else str(self.path))
        query: dict[str, str | None] = dict(self.options)
        if self.socket is not None:
            query[SOCKET_OPTIONS[self.family]] = self.socket
        query["sslmode"] = self.ssl_mode
        query["sslrootcert"] = None if self.ssl_ca is None else str(self.ssl_ca)
        query["pgbouncer"] = "true" if self.pgbouncer else None
        return build_url(
            str(self.kind),
            user=self.user,
            password=None if self.password is None else self.password.get_secret_value(),
            host=self.host,
            port=self.port,
            path=self.name,
            query=query,
            mask=masked,
        )

    def __str__(self) -> str:
        return self.url()

    # -- where configurations come from ----------------------------------------------------------------

    @classmethod
    def from_url(cls, url: str) -> DatabaseConfig:
        """The configuration that a URL describes; the environment is not looked at."""
        where = "the database URL"
        return _made(values_from_url(url, where), where)

    @classmethod
    def from_env(
        cls,
        prefix: str = "",
        *,
        env_file: str | Path | None = Environment.DEFAULT,
        default: DatabaseConfig | None = None,
    ) -> DatabaseConfig:
        """The configuration that the variables behind ``prefix`` describe.

        ``default`` is returned if none of them is set. Without one, or if some are set and none says which
        kind of database to use, that is a ``ConfigurationError``. ``env_file``: see ``Environment``; None
        reads no ``.env``.
        """
        env = Environment(prefix, env_file)
        values = values_from_env(env)
        if values is not None:
            return _made(values, f"the variables {prefix}DATABASE_…")
        if default is None or database_variables_set(env):
            raise nothing_configured(env)
        return default

    @classmethod
    def default_for_command(cls) -> DatabaseConfig:
        """What the ``pis-data`` command uses when nothing is configured: ``./pis-data/pis.db``."""
        return cls(kind=DatabaseKind.SQLITE, path=EMBEDDED_PATH)


def _made(values: dict[str, Any], where: str) -> DatabaseConfig:
    try:
        return DatabaseConfig(**values)
    except ConfigurationError as error:
        raise ConfigurationError(f"{where}: {str(error).removeprefix('DatabaseConfig: ')}") from None
