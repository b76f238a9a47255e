"""Reads a database's settings from a URL or from variables, as the fields of ``DatabaseConfig``."""

from __future__ import annotations

import difflib
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from ..errors import ConfigurationError
from . import variables as v
from .environment import Environment, Setting
from .kinds import registered_kinds
from .network import SslMode, is_loopback
from .urls import Url, is_host, parse_url

EMBEDDED_PATH: Final = Path("pis-data/pis.db")


class DatabaseKind(StrEnum):
    """The kinds of database that pis_data knows by itself."""

    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"
    MYSQL = "mysql"
    MARIADB = "mariadb"
    SUPABASE = "supabase"


# What speaks the same protocol: a URL's scheme only tells these apart, since the server's own version
# decides between mysql and mariadb, and Supabase's connections are PostgreSQL's.
FAMILY: Final[dict[str, str]] = {
    "sqlite": "sqlite",
    "postgresql": "postgresql",
    "postgres": "postgresql",
    "supabase": "postgresql",
    "mysql": "mysql",
    "mariadb": "mysql",
}
PORTS: Final = {"postgresql": 5432, "mysql": 3306}
SOCKET_OPTIONS: Final = {"postgresql": "host", "mysql": "unix_socket"}
_PASSED_ON: Final = {
    "postgresql": frozenset({"application_name", "connect_timeout", "options", "sslcert", "sslkey"}),
    "mysql": frozenset({"charset", "connect_timeout", "ssl_cert", "ssl_key"}),
}
_TLS_OPTIONS: Final = {"postgresql": {"sslmode", "sslrootcert"}, "mysql": {"ssl_mode", "ssl_ca"}}
_MYSQL_MODES: Final = {  # MySQL's own words beside libpq's
    "disabled": "disable",
    "preferred": "prefer",
    "required": "require",
    "verify_ca": "verify-ca",
    "verify_identity": "verify-full",
}
_PLAIN: Final = frozenset({SslMode.DISABLE, SslMode.ALLOW})
_URL_FORMS: Final = "postgresql://, mysql://, mariadb:// or sqlite:///"


# -- from a URL ------------------------------------------------------------------------------------------


def values_from_url(text: str, where: str) -> dict[str, Any]:
    """The fields that a URL gives; ``where`` names it in errors."""
    return _from_parsed(parse_url(text, where), where)


def _from_parsed(url: Url, where: str) -> dict[str, Any]:
    family = FAMILY.get(url.scheme)
    if family == "sqlite":
        return {"kind": "sqlite", "path": _sqlite_path(url, where)}
    if family is None and url.scheme not in registered_kinds("database"):
        near = difflib.get_close_matches(url.scheme, FAMILY, n=1)
        hint = f" (did you mean {near[0]}://?)" if near else ""
        raise ConfigurationError(f"{where} begins with {url.scheme}://{hint}; expected {_URL_FORMS}")
    values: dict[str, Any] = {
        "kind": "postgresql" if url.scheme == "postgres" else url.scheme,
        "port": url.port,
        "name": url.path or None,
        "user": url.user,
        "password": url.password,
        **_host_or_socket(url.host, where),
    }
    if url.path and "/" in url.path:
        raise ConfigurationError(f"{where} has a second / in its path; expected …host:port/database")
    return {**values, **_from_query(dict(url.query), family, where, values)}


def _sqlite_path(url: Url, where: str) -> Path | None:
    if url.host or url.user:
        raise ConfigurationError(
            f"{where} has two slashes and a name; expected sqlite:///relative.db or sqlite:////absolute.db"
        )
    if url.query:
        raise ConfigurationError(f"{where} has the option {next(iter(url.query))}; expected none for sqlite")
    if not url.path or url.path == ":memory:":
        return None
    return Path(url.path)


def _host_or_socket(host: str | None, where: str) -> dict[str, str]:
    if not host:
        return {}
    if host.startswith("/"):
        return {"socket": host}
    if not is_host(host):
        raise ConfigurationError(f"{where} has a host that is no host name or address; expected one host")
    return {"host": host}


def _from_query(
    query: dict[str, str], family: str | None, where: str, values: dict[str, Any]
) -> dict[str, Any]:
    if family is None:  # a registered kind knows its options itself
        return {"options": query}
    found: dict[str, Any] = {}
    socket = query.pop(SOCKET_OPTIONS[family], None)
    if socket is not None:
        found.update(_socket(socket, f"{where}: {SOCKET_OPTIONS[family]}", values))
    found.update(_tls_from_query(query, where))
    found["pgbouncer"] = _flag(query, "pgbouncer", where) or False
    unknown = sorted(query.keys() - _PASSED_ON[family])
    if unknown:
        raise ConfigurationError(
            f"{where} has the unknown option {unknown[0]}; expected some of "
            f"{', '.join(sorted(_PASSED_ON[family] | _TLS_OPTIONS[family] | {SOCKET_OPTIONS[family]}))}"
        )
    if query.get("charset", "utf8mb4").lower() != "utf8mb4":
        raise ConfigurationError(f"{where}: charset is {query['charset']!r}; expected utf8mb4")
    if "connect_timeout" in query:
        Setting(f"{where}: connect_timeout", query["connect_timeout"]).integer(1, 3600)
    found["options"] = query
    return found


def _socket(path: str, where: str, values: dict[str, Any]) -> dict[str, Any]:
    # mysql://user@localhost/pis?unix_socket=… is the usual form: a loopback host stands for "none"
    host = values.get("host")
    if not path.startswith("/") or "socket" in values or (host and not is_loopback(host)):
        raise ConfigurationError(f"{where} takes the absolute path of a Unix socket, in place of a host")
    return {"socket": path, "host": None}


def _tls_from_query(query: dict[str, str], where: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    flag = _flag(query, "ssl", where)
    word = _one_of(query, ("sslmode", "ssl_mode"), where)
    if word is not None:
        word = _MYSQL_MODES.get(word.lower(), word)
        word = Setting(f"{where}: sslmode", word).choice(SslMode)
    found["ssl_mode"] = _one_mode(flag, word, where)
    authority = _one_of(query, ("sslrootcert", "ssl_ca"), where)
    if authority == "system":  # libpq's word for the certificates of the operating system
        found["ssl_mode"] = found["ssl_mode"] or SslMode.VERIFY_FULL
    elif authority is not None:
        found["ssl_ca"] = _certificates(Setting(f"{where}: sslrootcert", authority))
    return found


def _flag(query: dict[str, str], name: str, where: str) -> bool | None:
    value = query.pop(name, None)
    return None if value is None else Setting(f"{where}: {name}", value).boolean()


def _one_of(query: dict[str, str], names: tuple[str, ...], where: str) -> str | None:
    given = [(name, query.pop(name)) for name in names if name in query]
    if len(given) > 1:
        raise ConfigurationError(
            f"{where} has {' and '.join(name for name, _ in given)}; expected one of them"
        )
    return given[0][1] if given else None


def _one_mode(flag: bool | None, word: str | None, where: str) -> SslMode | None:
    """The mode that a boolean and a word agree on; the word is the more exact of the two."""
    if word is None:
        return None if flag is None else SslMode.VERIFY_FULL if flag else SslMode.DISABLE
    mode = SslMode(word)
    if flag is not None and flag == (mode in _PLAIN):
        raise ConfigurationError(
            f"{where}: ssl is {str(flag).lower()}, but the mode is {mode}; expected one of them"
        )
    return mode


def _certificates(setting: Setting) -> Path:
    path = setting.path()
    if not path.is_file():
        raise setting.wrong("a file of certificates (PEM) that exists")
    return path


# -- from the environment ------------------------------------------------------------------------------


def values_from_env(env: Environment) -> dict[str, Any] | None:
    """The fields that the variables give, or None if none of them says which kind of database to use."""
    kind = _kind(env)
    if kind is None:
        return None
    values: dict[str, Any] = {"kind": kind, **_address(env, kind), **_supabase(env)}
    if kind != DatabaseKind.SQLITE:
        _add_tls(env, values)
        _add_replicas(env, values)
    _add_limits(env, values)
    return values


def database_variables_set(env: Environment) -> list[str]:
    """The names of the variables that are set and say something about a database."""
    given = (env.get(variable) for variable in v.DATABASE_VARIABLES)
    return [setting.name for setting in given if setting is not None]


def nothing_configured(env: Environment) -> ConfigurationError:
    """The error to raise where a database must be configured and none is."""
    near = "".join(f" {name} is set: did you mean {meant}?" for name, meant in env.misspelt().items())
    strays = database_variables_set(env)
    but = f"{', '.join(strays)} {'is' if len(strays) == 1 else 'are'} set, but " if strays else ""
    return ConfigurationError(
        f"{but}no database is configured: set {env.prefix}DATABASE_TYPE or {env.prefix}DATABASE_URL; for the "
        f"embedded database (./{EMBEDDED_PATH}) set {env.prefix}DATABASE_TYPE=sqlite.{near}"
    )


def _kind(env: Environment) -> str | None:
    given = env.get(v.DATABASE_TYPE)
    url = env.get(v.DATABASE_URL)
    if given is None and url is not None:
        return _kind_of_url(url)
    if given is None:
        if env.any_set((v.SUPABASE_URL, v.SUPABASE_DB_URL)):
            return DatabaseKind.SUPABASE
        return DatabaseKind.POSTGRESQL if env.get(v.DATABASE_HOST) else None
    kind = given.choice([*DatabaseKind, *registered_kinds("database")])
    if url is not None and not _is_project_url(url):
        scheme = parse_url(url.value, url.name).scheme
        if FAMILY.get(scheme, scheme) != FAMILY.get(kind, kind):
            raise ConfigurationError(
                f"{given.name} is {kind!r}, but {url.name} begins with {scheme}://; expected one"
            )
    return kind


def _kind_of_url(url: Setting) -> str:
    if _is_project_url(url):
        return DatabaseKind.SUPABASE
    return str(values_from_url(url.value, url.name)["kind"])


def _is_project_url(url: Setting) -> bool:
    """Whether the variable holds a Supabase project's address, as PIS's worker once allowed."""
    return url.value.startswith("https://")


def _address(env: Environment, kind: str) -> dict[str, Any]:
    url = env.get(v.DATABASE_URL)
    if url is not None and _is_project_url(url):
        if kind != DatabaseKind.SUPABASE:
            raise ConfigurationError(f"{url.name} begins with https://; expected {_URL_FORMS}")
        url = None
    if kind == DatabaseKind.SUPABASE:
        url = env.get(v.SUPABASE_DB_URL) or url
        if url is None:
            raise ConfigurationError(
                f"{env.prefix}SUPABASE_DB_URL is not set; expected the project's PostgreSQL connection "
                "(postgresql://…, direct or pooled; the project's page shows it under Connect). To use "
                f"DATABASE_HOST in its place, set {env.prefix}DATABASE_TYPE=postgresql"
            )
    if url is not None:
        return _address_from_url(env, kind, url)
    if kind == DatabaseKind.SQLITE:
        return {"path": _embedded_path(env)}
    return _address_from_parts(env)


def _address_from_url(env: Environment, kind: str, url: Setting) -> dict[str, Any]:
    values = values_from_url(url.value, url.name)
    if FAMILY.get(values["kind"]) != FAMILY.get(kind):
        raise ConfigurationError(f"{url.name} begins with {values['kind']}://; expected postgresql://")
    values["kind"] = kind
    password = env.get(v.DATABASE_PASSWORD)
    if kind != DatabaseKind.SQLITE and values["password"] is None and password is not None:
        values["password"] = password.value
    return values


def _embedded_path(env: Environment) -> Path:
    name = env.get(v.DATABASE_NAME)
    if name is not None and ("/" in name.value or name.value.endswith((".db", ".sqlite", ".sqlite3"))):
        raise ConfigurationError(
            f"{name.name} is {name.value!r}, but SQLite's file is not set by it; "
            f"expected {env.prefix}DATABASE_URL=sqlite:///relative.db or sqlite:////absolute.db"
        )
    return EMBEDDED_PATH


def _address_from_parts(env: Environment) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if host := env.get(v.DATABASE_HOST):
        bare = host.value.strip().removeprefix("[").removesuffix("]")
        if not bare.startswith("/") and not is_host(bare):
            raise host.wrong("one host name, an IP address, or the absolute path of a Unix socket")
        values.update(_host_or_socket(bare, host.name))
    if port := env.get(v.DATABASE_PORT):
        values["port"] = port.integer(1, 65535)
    for field, variable in (
        ("name", v.DATABASE_NAME),
        ("user", v.DATABASE_USER),
        ("password", v.DATABASE_PASSWORD),
    ):
        if setting := env.get(variable):
            values[field] = setting.value
    return values


def _add_tls(env: Environment, values: dict[str, Any]) -> None:
    flag, word = env.get(v.DATABASE_SSL), env.get(v.DATABASE_SSL_MODE)
    mode = _one_mode(
        flag.boolean() if flag else None,
        word.choice(SslMode) if word else None,
        f"{env.prefix}DATABASE_SSL and {env.prefix}DATABASE_SSL_MODE",
    )
    in_url = values.get("ssl_mode")
    if mode is not None and in_url is not None and mode != in_url:
        said = word or flag
        assert said is not None
        if word is not None or (mode == SslMode.DISABLE) != (in_url in _PLAIN):
            raise ConfigurationError(
                f"{said.name} is {said.value!r}, but the URL's sslmode is {in_url}; expected one"
            )
        mode = in_url  # DATABASE_SSL=true and a URL that says which kind of TLS
    if mode is not None:
        values["ssl_mode"] = mode
    if authority := env.get(v.DATABASE_SSL_CA):
        values["ssl_ca"] = _certificates(authority)


def _add_limits(env: Environment, values: dict[str, Any]) -> None:
    if setting := env.get(v.DATABASE_POOL_SIZE):
        values["pool_size"] = setting.integer(1, 10_000)
    if setting := env.get(v.DATABASE_MAX_OVERFLOW):
        values["max_overflow"] = setting.integer(0, 10_000)
    if setting := env.get(v.DATABASE_POOL_TIMEOUT):
        values["pool_timeout"] = setting.seconds(zero=False)
    if setting := env.get(v.DATABASE_STATEMENT_TIMEOUT):
        values["statement_timeout"] = setting.seconds(zero=True)
    if setting := env.get(v.PIS_VECTOR):
        values["vector"] = setting.choice(["portable", "pgvector"])


def _add_replicas(env: Environment, values: dict[str, Any]) -> None:
    setting = env.get(v.DATABASE_REPLICA_URLS)
    if setting is None:
        return
    urls = tuple(url.strip() for url in setting.value.split(",") if url.strip())
    for url in urls:
        kind = values_from_url(url, setting.name)["kind"]
        if FAMILY.get(kind) != FAMILY.get(values["kind"]):
            raise ConfigurationError(
                f"{setting.name} has a {kind} URL beside a {values['kind']} database; expected the same kind"
            )
    values["replica_urls"] = urls


def _supabase(env: Environment) -> dict[str, Any]:
    values: dict[str, Any] = {}
    project = env.get(v.SUPABASE_URL)
    url = env.get(v.DATABASE_URL)
    if project is None and url is not None and _is_project_url(url):
        project = url
    if project is not None:
        if not project.value.startswith(("https://", "http://")):
            raise project.wrong("the project's address, https://….supabase.co")
        values["supabase_url"] = project.value.rstrip("/")
    if key := env.get(v.SUPABASE_SERVICE_ROLE_KEY):
        values["supabase_key"] = key.value
    if secret := env.get(v.SUPABASE_JWT_SECRET):
        values["supabase_jwt_secret"] = secret.value
    return values
