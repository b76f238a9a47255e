"""Says what is configured, whether each part answers, and what to do where it doesn't."""

from __future__ import annotations

import dataclasses
import os
import shutil
import sys
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import SecretStr

from ..config import DatabaseConfig, Environment, StorageConfig
from ..errors import ConfigurationError, MissingDependencyError, PisDataError
from . import doctor_clouds, doctor_servers, doctor_stores

if TYPE_CHECKING:
    from ..storage import StorageAdapter
    from ..sync import DatabaseAdapter

LITTLE_SPACE = 1024**3
"""Bytes free on a local storage's disk, below which the doctor says so."""

_EXTRAS = {
    "postgresql": ("psycopg",),
    "mysql": ("PyMySQL", "asyncmy"),
    "photos": ("pillow", "pillow-heif"),
    "serve": ("starlette", "uvicorn"),
    "s3": ("s3fs",),
    "fast": ("obstore",),
    "oss": ("alibabacloud-oss-v2", "fastcrc"),
    "cos": ("cos-python-sdk-v5", "fastcrc"),
    "auth": ("pwdlib", "PyJWT"),
    "dask": ("distributed",),
    "convert": ("sqlglot",),
}


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at; ``fix`` says what to do if it is not ``ok``."""

    name: str
    ok: bool
    detail: str
    fix: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The check as ``pis-data doctor --json`` shows it."""
        return dataclasses.asdict(self)


def run() -> list[Check]:
    """Look at everything that the environment configures (else at the command's defaults)."""
    checks = [_versions(), _extras(), *_variables()]
    checks += _configured("database", _database_config, examine_database)
    checks += _configured("storage", _storage_config, examine_storage)
    return checks


def _database_config() -> tuple[DatabaseConfig, bool]:
    default = DatabaseConfig.default_for_command()
    config = DatabaseConfig.from_env(default=default)
    return config, config is default


def _storage_config() -> tuple[StorageConfig, bool]:
    try:
        return StorageConfig.from_env(), False
    except ConfigurationError:  # nothing is configured; or something is wrong, and this raises it again
        return StorageConfig.from_env(default=StorageConfig.default_for_command()), True


def _configured(
    what: str, read: Callable[[], tuple[Any, bool]], examine: Callable[[Any], Iterator[Check]]
) -> list[Check]:
    name = f"{what}: configuration"
    try:
        config, is_default = read()
    except ConfigurationError as error:
        return [
            Check(name, False, str(error), "set the variable as the message says (docs/configuration.md)")
        ]
    said = " (nothing is configured: the command's default)" if is_default else ""
    checks = [Check(name, True, f"{config}{said}"), *examine(config)]
    return [_without_secrets(check, config) for check in checks]


def _without_secrets(check: Check, config: DatabaseConfig | StorageConfig) -> Check:
    """The check, should a server's or a driver's words repeat a secret, without it."""
    secrets = [value.get_secret_value() for _, value in config if isinstance(value, SecretStr)]
    detail = check.detail
    for secret in filter(lambda text: len(text) > 3, secrets):
        detail = detail.replace(secret, "***")
    return dataclasses.replace(check, detail=detail)


# -- this machine --------------------------------------------------------------------------------------


def _versions() -> Check:
    from .. import __version__

    packages = ", ".join(f"{name} {_version(name)}" for name in ("SQLAlchemy", "alembic", "fsspec"))
    python = ".".join(str(part) for part in sys.version_info[:3])
    return Check("versions", True, f"pis-data {__version__}, Python {python}, {packages}")


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _extras() -> Check:
    """Which optional packages are there; whether one is needed, the parts that need it say."""
    there, missing = [], []
    for extra, packages in _EXTRAS.items():
        found = [f"{package} {number}" for package in packages if (number := _version(package))]
        if len(found) == len(packages):
            there.append(f"{extra} ({', '.join(found)})")
        else:
            missing.append(extra)
    lacking = f"; not installed: {', '.join(missing)}" if missing else ""
    return Check("extras", True, (", ".join(there) or "none") + lacking)


def _variables() -> Iterator[Check]:
    """Variables that look like ours and are not read: mostly typing errors."""
    try:
        misspelt = Environment().misspelt()
    except ConfigurationError as error:
        yield Check("variables", False, str(error), "mend or remove the file, or set PIS_ENV_FILE=none")
        return
    for name, meant in misspelt.items():
        yield Check(
            "variables", False, f"{name} is set, but no such variable is read", f"rename it to {meant}"
        )


# -- database --------------------------------------------------------------------------------------------


def examine_database(config: DatabaseConfig) -> Iterator[Check]:
    """Whether the database answers, is up to date, and is set up as this library needs it."""
    if config.family == "sqlite" and config.path is not None:
        found = _sqlite_file(config.path)
        yield found
        if not found.ok:
            return
    from ..sync import create_database_adapter

    try:
        database = create_database_adapter(config)
    except MissingDependencyError as error:
        yield Check("database: driver", False, str(error), "install the extra that the message names")
        return
    with database:
        try:
            health = database.health()
        except PisDataError as error:
            yield Check("database: connection", False, str(error), _connection_fix(config))
            return
        yield Check(
            "database: connection",
            True,
            f"{health['server']} {health['version']} answers in {health['latency_ms']:.1f} ms",
        )
        yield _schema(database, health["revision"])
        for name, ok, detail, fix in doctor_servers.facts(database, config):
            yield Check(f"database: {name}", ok, detail, fix)


def _sqlite_file(path: Path) -> Check:
    name = "database: file"
    if not _may_look_into(path.parent):
        return Check(
            name, False, f"{path.parent} can't be read", f"let this user read and write {path.parent}"
        )
    if not path.exists():
        return Check(name, False, f"{path} does not exist yet", "pis-data db upgrade")
    if not path.is_file():
        return Check(
            name, False, f"{path} is not a file", "set DATABASE_URL to a file: sqlite:////folder/pis.db"
        )
    if not (os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK)):
        fix = f"give this user the right to write {path} and the folder it is in"
        return Check(name, False, f"{path}, or its folder, is not writable", fix)
    return Check(name, True, f"{path}, {path.stat().st_size:,} bytes, writable")


def _may_look_into(folder: Path) -> bool:
    """Whether the files in it can be asked for; True if it is not there."""
    try:
        return not folder.exists() or os.access(folder, os.X_OK)
    except PermissionError:  # nor into the one that it is in
        return False


def _connection_fix(config: DatabaseConfig) -> str:
    if config.path is not None:
        return f"check that {config.path} is a SQLite database, or set DATABASE_URL to another file"
    where = config.socket or f"{config.host}:{config.port}"
    return (
        f"check that the server runs at {where} and has the database {config.name!r}, and the user and "
        "password that are configured"
    )


def _schema(database: DatabaseAdapter, revision: str | None) -> Check:
    import sqlalchemy as sa

    from ..schema import TABLES
    from . import migrate

    head, name = migrate.head(), "database: schema"
    if revision == head:
        return Check(name, True, f"revision {revision}, the newest")
    if revision is None:
        if TABLES.keys() & set(sa.inspect(database.engine).get_table_names()):
            return Check(name, False, "tables of PIS's that pis_data did not make", "use an empty database")
        return Check(name, False, f"no tables of ours; the newest is {head}", "pis-data db upgrade")
    newer = revision > head
    fix = "install the newer version of pis_data that upgraded it" if newer else "pis-data db upgrade"
    return Check(name, False, f"revision {revision}; the newest that is known is {head}", fix)


# -- storage ---------------------------------------------------------------------------------------------


def examine_storage(config: StorageConfig) -> Iterator[Check]:
    """Whether the store answers, keeps what it is given, and has room."""
    from ..storage import create_storage_adapter

    for asking in (doctor_stores, doctor_clouds):
        if config.kind in asking.KINDS:
            for name, ok, detail, fix in asking.facts(config):
                yield Check(f"storage: {name}", ok, detail, fix)
            return
    if config.path is not None and not _may_look_into(config.path.parent):
        where = config.path.parent
        yield Check(
            "storage: folder", False, f"{where} can't be read", f"let this user read and write {where}"
        )
        return
    if config.path is not None and not config.path.exists():
        yield _folder_to_make(config.path)
        return
    try:
        storage = create_storage_adapter(config)
    except PisDataError as error:
        yield Check("storage: adapter", False, str(error), "install what is missing, or change STORAGE_TYPE")
        return
    with storage:
        try:
            health = storage.health()
        except PisDataError as error:
            yield Check("storage: connection", False, str(error), _storage_fix(config))
            return
        yield Check("storage: connection", True, f"{health['kind']} answers in {health['latency_ms']:.1f} ms")
        yield _round_trip(storage)
    if config.path is not None:
        yield _space(config.path)


def _folder_to_make(path: Path) -> Check:
    there = next(folder for folder in path.absolute().parents if folder.exists())
    if os.access(there, os.W_OK):
        return Check("storage: folder", True, f"{path} is not there yet: the first import makes it")
    fix = f"give this user the right to write {there}, or set STORAGE_PATH to another folder"
    return Check("storage: folder", False, f"{path} is not there, and can't be made in {there}", fix)


def _storage_fix(config: StorageConfig) -> str:
    if config.path is not None:
        return f"give this user the right to write {config.path}, or set STORAGE_PATH to another folder"
    return "check the endpoint, the keys and the bucket that are configured"


def _round_trip(storage: StorageAdapter) -> Check:
    key = f"doctor/{uuid.uuid4()}"
    content = key.encode()
    try:
        storage.upload(key, content, content_type="text/plain")
        found = storage.download(key)
        storage.delete(key)
    except PisDataError as error:
        fix = "give these keys (or this user) the right to write, read and delete objects"
        return Check("storage: round trip", False, str(error), fix)
    if found != content:
        return Check(
            "storage: round trip", False, "what came back is not what was stored", "look at the store"
        )
    return Check("storage: round trip", True, "an object was written, read back and deleted")


def _space(path: Path) -> Check:
    free = shutil.disk_usage(path).free
    detail = f"{free / 1024**3:.1f} GiB free"
    if free < LITTLE_SPACE:
        return Check("storage: space", False, detail, f"make room on the disk of {path}, or set STORAGE_PATH")
    return Check("storage: space", True, detail)
