"""Which object store, how to reach it, and what it is called from outside."""

from __future__ import annotations

import difflib
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from pydantic import Field, SecretStr, field_validator, model_validator

from ..errors import ConfigurationError
from . import variables as v
from .base import FrozenConfig
from .environment import Environment, Setting, known_names
from .kinds import registered_kinds
from .network import near
from .urls import Url, build_url, is_host, parse_url

LOCAL_PATH: Final = Path("pis-data/storage")
DEFAULT_BUCKET: Final = "pis-photos"
MINIO_PORT: Final = 9000


class StorageKind(StrEnum):
    """The kinds of store that pis_data knows by itself."""

    LOCAL = "local"
    MINIO = "minio"
    S3 = "s3"
    OSS = "oss"
    COS = "cos"


_URL_FORMS: Final = "file:///folder or minio://KEY:SECRET@host:port/bucket (likewise s3, oss, cos)"
_MINIO_NAMES: Final = (
    v.STORAGE_PORT,
    v.STORAGE_USE_SSL,
    v.STORAGE_ACCESS_KEY,
    v.STORAGE_SECRET_KEY,
    v.STORAGE_BUCKET,
    v.STORAGE_PUBLIC_URL,
)


class StorageConfig(FrozenConfig):
    """Which object store, and how to reach it. Made by ``from_env`` or ``from_url``."""

    kind: StorageKind | str = Field(union_mode="left_to_right")
    path: Path | None = None
    """local: the folder."""
    signing_key: SecretStr | None = None
    """local: what signs URLs; None means a key kept in the folder."""
    endpoint: str | None = None
    """The store's host, without scheme and port; None is the vendor's own."""
    port: int | None = Field(default=None, ge=1, le=65535)
    use_ssl: bool = True
    access_key: SecretStr | None = None
    secret_key: SecretStr | None = None
    session_token: SecretStr | None = None
    bucket: str = Field(default=DEFAULT_BUCKET, min_length=1, max_length=255)
    region: str | None = None
    prefix: str = ""
    """Put before every key, without slashes at its ends; empty for none."""
    presign_url: str | None = None
    public_url: str | None = None
    fast: bool | None = None
    """s3 and minio: whether obstore sends what it can; None: where it is installed."""
    fallback: StorageConfig | None = None
    """The store that is read through to during a move."""

    @model_validator(mode="before")
    @classmethod
    def _fill_in(cls, values: dict[str, Any]) -> dict[str, Any]:
        filled = {name: value for name, value in values.items() if value is not None}
        if filled.get("kind") == "local":
            filled.setdefault("path", LOCAL_PATH)
            return filled
        if filled.get("kind") == "minio":
            filled.setdefault("endpoint", "localhost")
            if "port" not in filled and not filled.get("use_ssl"):
                filled["port"] = MINIO_PORT
        endpoint = filled.get("endpoint")
        if endpoint is not None:
            filled.setdefault("use_ssl", near(str(endpoint)) is None)
            filled.setdefault("port", 443 if filled["use_ssl"] else 80)
        return filled

    @field_validator("bucket")
    @classmethod
    def _bucket_name(cls, bucket: str) -> str:
        if "/" in bucket or any(not char.isprintable() or char.isspace() for char in bucket):
            raise ValueError("expected a bucket's name, without slashes and spaces")
        return bucket

    @field_validator("prefix")
    @classmethod
    def _legal_prefix(cls, prefix: str) -> str:
        prefix = prefix.strip("/")
        if prefix and any(part in {"", ".", ".."} for part in prefix.split("/")):
            raise ValueError("expected folders without empty, . or .. segments")
        if "\\" in prefix or not prefix.isprintable():
            raise ValueError("expected no backslash and no control character")
        return prefix

    @model_validator(mode="after")
    def _agree(self) -> StorageConfig:
        if (self.access_key is None) != (self.secret_key is None):
            raise ValueError("access key and secret key go together, and only one is given")
        if self.kind in {StorageKind.MINIO, StorageKind.OSS, StorageKind.COS} and self.access_key is None:
            raise ValueError(f"{self.kind} needs an access key and a secret key")
        if self.endpoint is not None and not is_host(self.endpoint):
            raise ValueError("endpoint: expected one host name or IP address")
        if self.port is not None and self.endpoint is None:
            raise ValueError("a port without an endpoint")
        return self

    # -- what follows from the fields ----------------------------------------------------------------

    @property
    def endpoint_url(self) -> str | None:
        """The endpoint with scheme, and with its port unless that is the scheme's own; None: the vendor's."""
        if self.endpoint is None:
            return None
        scheme = "https" if self.use_ssl else "http"
        usual = 443 if self.use_ssl else 80
        return build_url(scheme, host=self.endpoint, port=None if self.port == usual else self.port)

    def url(self, *, masked: bool = True) -> str:
        """The store as a URL that ``from_url`` understands; secrets as ``***`` unless asked otherwise."""

        def secret(value: SecretStr | None) -> str | None:
            return None if value is None else "***" if masked else value.get_secret_value()

        query = {"prefix": self.prefix or None, "public_url": self.public_url}
        if self.kind == StorageKind.LOCAL:
            path = str(self.path.absolute()).removeprefix("/") if self.path else ""
            return build_url("file", path=path, query={**query, "signing_key": secret(self.signing_key)})
        if self.endpoint is not None:
            query["ssl"] = str(self.use_ssl).lower()
        query |= {"region": self.region, "presign_url": self.presign_url}
        query["fast"] = None if self.fast is None else str(self.fast).lower()
        return build_url(
            str(self.kind),
            user=secret(self.access_key),
            password=None if self.secret_key is None else self.secret_key.get_secret_value(),
            host=self.endpoint,
            port=self.port,
            path=self.bucket,
            query={**query, "session_token": secret(self.session_token)},
            mask=masked,
        )

    def __str__(self) -> str:
        return self.url()

    # -- where configurations come from ----------------------------------------------------------------

    @classmethod
    def from_url(cls, url: str) -> StorageConfig:
        """The configuration that a URL describes; the environment is not looked at."""
        where = "the storage URL"
        return _made(_from_parsed(parse_url(url, where), where), where)

    @classmethod
    def from_env(
        cls,
        prefix: str = "",
        *,
        env_file: str | Path | None = Environment.DEFAULT,
        default: StorageConfig | None = None,
    ) -> StorageConfig:
        """The configuration that the variables behind ``prefix`` describe.

        ``default`` is used if none of them says which kind of store to use; ``STORAGE_PATH``,
        ``STORAGE_SIGNING_KEY`` and ``STORAGE_PUBLIC_URL`` still apply to it if it is local. Without one,
        that is a ``ConfigurationError``. ``env_file``: see ``Environment``; None reads no ``.env``.
        """
        env = Environment(prefix, env_file)
        config = _read(env, default)
        if not env.names_starting(v.FALLBACK_PREFIX):
            return config
        return _made({**_fields(config), "fallback": _read_fallback(env, env_file)}, env.prefix)

    @classmethod
    def default_for_command(cls) -> StorageConfig:
        """What the ``pis-data`` command uses when nothing is configured: ``./pis-data/storage``."""
        return cls(kind=StorageKind.LOCAL, path=LOCAL_PATH)


def _fields(config: StorageConfig) -> dict[str, Any]:
    return {name: getattr(config, name) for name in config.model_fields_set}


def _made(values: dict[str, Any], where: str) -> StorageConfig:
    try:
        return StorageConfig(**values)
    except ConfigurationError as error:
        raise ConfigurationError(f"{where}: {str(error).removeprefix('StorageConfig: ')}") from None


# -- from a URL ------------------------------------------------------------------------------------------


def _from_parsed(url: Url, where: str) -> dict[str, Any]:
    if url.scheme in {"file", "local"}:
        return _local_from_url(url, where)
    known = [*StorageKind, *registered_kinds("storage")]
    if url.scheme not in known:
        close = difflib.get_close_matches(url.scheme, [*known, "file"], n=1)
        hint = f" (did you mean {close[0]}://?)" if close else ""
        raise ConfigurationError(f"{where} begins with {url.scheme}://{hint}; expected {_URL_FORMS}")
    bucket = (url.path or "").strip("/")
    if "/" in bucket:
        raise ConfigurationError(f"{where} has folders behind its bucket; expected …/bucket?prefix=folder")
    if not bucket and url.host and not url.user:
        raise ConfigurationError(
            f"{where} has a host and no bucket; expected {url.scheme}:///bucket, or {_URL_FORMS}"
        )
    if url.host and not is_host(url.host):
        raise ConfigurationError(f"{where} has a host that is no host name or address")
    query = dict(url.query)
    values: dict[str, Any] = {
        "kind": url.scheme,
        "endpoint": url.host,
        "port": url.port,
        "access_key": url.user,
        "secret_key": url.password,
        "bucket": bucket or None,
        "region": query.pop("region", None),
        "session_token": query.pop("session_token", None),
        "prefix": query.pop("prefix", None),
    }
    if "ssl" in query:
        values["use_ssl"] = Setting(f"{where}: ssl", query.pop("ssl")).boolean()
    if "fast" in query:
        values["fast"] = Setting(f"{where}: fast", query.pop("fast")).boolean()
    for name in ("public_url", "presign_url"):
        if name in query:
            values[name] = _web_url(
                Setting(f"{where}: {name}", query.pop(name)), host_only=name == "presign_url"
            )
    _no_more(query, where, "ssl, region, prefix, session_token, public_url, presign_url, fast")
    return values


def _local_from_url(url: Url, where: str) -> dict[str, Any]:
    if url.host or url.user or not url.path:
        raise ConfigurationError(f"{where} names no folder; expected file:///absolute/folder")
    query = dict(url.query)
    values: dict[str, Any] = {
        "kind": StorageKind.LOCAL,
        "path": Path("/" + url.path),
        "signing_key": query.pop("signing_key", None),
        "prefix": query.pop("prefix", None),
    }
    if "public_url" in query:
        values["public_url"] = _web_url(Setting(f"{where}: public_url", query.pop("public_url")))
    _no_more(query, where, "prefix, signing_key, public_url")
    return values


def _no_more(query: dict[str, str], where: str, expected: str) -> None:
    if query:
        raise ConfigurationError(f"{where} has the unknown option {min(query)}; expected some of {expected}")


# -- from the environment ------------------------------------------------------------------------------


def _read(env: Environment, default: StorageConfig | None) -> StorageConfig:
    kind = _kind(env)
    if kind is None and default is None:
        raise _nothing_configured(env)
    values: dict[str, Any] = {"kind": kind} if kind is not None or default is None else _fields(default)
    if values["kind"] == StorageKind.LOCAL:
        _add_local(env, values)
    else:
        _add_remote(env, values)
        _check_keys(env, values)
    for field, variable in (("public_url", v.STORAGE_PUBLIC_URL), ("presign_url", v.STORAGE_PRESIGN_URL)):
        if setting := env.get(variable):
            values[field] = _web_url(setting, host_only=field == "presign_url")
    return _made(values, f"the variables {env.prefix}STORAGE_…")


def _kind(env: Environment) -> str | None:
    given = env.get(v.STORAGE_TYPE)
    if given is not None:
        return given.choice([*StorageKind, *registered_kinds("storage")])
    minio = any(
        (setting := env.get(variable)) and setting.name.removeprefix(env.prefix).startswith("MINIO_")
        for variable in _MINIO_NAMES
    )
    return StorageKind.MINIO if minio or env.get(v.STORAGE_ENDPOINT) else None


def _nothing_configured(env: Environment) -> ConfigurationError:
    near_misses = "".join(f" {name} is set: did you mean {meant}?" for name, meant in env.misspelt().items())
    return ConfigurationError(
        f"no storage is configured: set {env.prefix}STORAGE_TYPE (local, minio, s3, oss or cos); for a local "
        f"folder (./{LOCAL_PATH}) set {env.prefix}STORAGE_TYPE=local.{near_misses}"
    )


def _add_local(env: Environment, values: dict[str, Any]) -> None:
    if setting := env.get(v.STORAGE_PATH):
        values["path"] = setting.path()
    if setting := env.get(v.STORAGE_SIGNING_KEY):
        values["signing_key"] = setting.value


def _add_remote(env: Environment, values: dict[str, Any]) -> None:
    endpoint = env.get(v.STORAGE_ENDPOINT)
    if endpoint is not None:
        values.update(_endpoint(endpoint))
    if setting := env.get(v.STORAGE_PORT):
        if endpoint is None and values["kind"] != StorageKind.MINIO:
            raise setting.wrong(
                f"none without {env.prefix}STORAGE_ENDPOINT: the vendor's own endpoint has its port"
            )
        _agreeing(values, "port", setting.integer(1, 65535), setting)
    if setting := env.get(v.STORAGE_USE_SSL):
        _agreeing(values, "use_ssl", setting.boolean(), setting)
    if setting := env.get(v.STORAGE_FAST):
        values["fast"] = setting.boolean()
    for field, variable in (
        ("access_key", v.STORAGE_ACCESS_KEY),
        ("secret_key", v.STORAGE_SECRET_KEY),
        ("session_token", v.STORAGE_SESSION_TOKEN),
        ("bucket", v.STORAGE_BUCKET),
        ("region", v.STORAGE_REGION),
    ):
        if setting := env.get(variable):
            values[field] = setting.value


def _endpoint(setting: Setting) -> dict[str, Any]:
    """Host, port and TLS of an endpoint, which may be a bare host, host:port, or a URL."""
    expected = "a host, host:port, or http(s)://host:port without a path"
    text = setting.value.strip()
    if "://" not in text:
        text = "none://" + (f"[{text}]" if text.count(":") > 1 and not text.startswith("[") else text)
    try:
        url = parse_url(text, setting.name)
    except ConfigurationError:
        raise setting.wrong(expected) from None
    if url.scheme not in {"none", "http", "https"} or (url.path or url.query or url.user) or not url.host:
        raise setting.wrong(expected)
    if not is_host(url.host):
        raise setting.wrong(expected)
    values: dict[str, Any] = {"endpoint": url.host}
    if url.scheme != "none":
        values["use_ssl"] = url.scheme == "https"
        values["port"] = url.port or (443 if values["use_ssl"] else 80)
    elif url.port:
        values["port"] = url.port
    return values


def _agreeing(values: dict[str, Any], field: str, value: int | bool, setting: Setting) -> None:
    if values.setdefault(field, value) != value:
        raise setting.wrong("the same as STORAGE_ENDPOINT says, or nothing")


def _check_keys(env: Environment, values: dict[str, Any]) -> None:
    """Name the variable that is missing, where the model could only say that a key is."""
    access, secret = env.get(v.STORAGE_ACCESS_KEY), env.get(v.STORAGE_SECRET_KEY)
    wanted = values["kind"] in {StorageKind.MINIO, StorageKind.OSS, StorageKind.COS} or access or secret
    for setting, variable in ((access, v.STORAGE_ACCESS_KEY), (secret, v.STORAGE_SECRET_KEY)):
        if wanted and setting is None:
            raise ConfigurationError(
                f"{env.prefix}{variable.name} is not set; expected the {variable.about} of {values['kind']}"
            )


def _read_fallback(env: Environment, env_file: str | Path | None) -> StorageConfig:
    known = {v.FALLBACK_PREFIX + name for name in known_names()}
    for name in env.names_starting(v.FALLBACK_PREFIX):
        if name not in known:
            near_name = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
            hint = f" (did you mean {env.prefix}{near_name[0]}?)" if near_name else ""
            raise ConfigurationError(f"{env.prefix}{name} is no variable{hint}")
    return _read(Environment(env.prefix + v.FALLBACK_PREFIX, env_file), None)


def _web_url(setting: Setting, *, host_only: bool = False) -> str:
    expected = "http(s)://host" + ("" if host_only else ", maybe with a path")
    try:
        url = parse_url(setting.value.strip(), setting.name)
    except ConfigurationError:
        raise setting.wrong(expected) from None
    if url.scheme not in {"http", "https"} or not url.host or not is_host(url.host) or url.user or url.query:
        raise setting.wrong(expected)
    if host_only and url.path:
        raise setting.wrong(f"{expected}: a path would break the signature")
    return setting.value.strip().rstrip("/")
