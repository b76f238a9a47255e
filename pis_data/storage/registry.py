"""Which adapter a configuration asks for, and the one that a process shares."""

from __future__ import annotations

import threading
from collections.abc import Callable
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from pis_data.errors import ConfigurationError, MissingDependencyError

from .base import StorageAdapter

if TYPE_CHECKING:
    from pis_data.config import StorageConfig

StorageFactory: TypeAlias = "Callable[[StorageConfig], StorageAdapter]"
"""Makes an adapter from its configuration; the prefix and the fallback are seen to by the caller."""

_GROUP = "pis_data.storage"

_factories: dict[str, StorageFactory] = {}
_shared: StorageAdapter | None = None
_lock = threading.Lock()


def register_storage_adapter(name: str, factory: StorageFactory) -> None:
    """Let ``STORAGE_TYPE=name`` (and URLs ``name://…``) mean what ``factory(config)`` makes.

    A name of ours (``local``, ``s3`` …) may be given anew too. Packages that are installed can declare
    an entry point in the group ``pis_data.storage`` instead.
    """
    from pis_data.config import add_kind

    if not name or not name.replace("-", "").replace("_", "").isalnum():
        raise ConfigurationError(
            f"the name of a storage adapter is letters, digits, '-' and '_', not {name!r}"
        )
    _factories[name] = factory
    add_kind("storage", name)


def create_storage_adapter(config_or_url: StorageConfig | str | Path | None = None) -> StorageAdapter:
    """Make an adapter from a `StorageConfig`, a URL, ``env:PREFIX``, a folder's `Path`, or the environment.

    Raises `ConfigurationError` for what can't be understood, `MissingDependencyError` (which names the
    extra) if the store's SDK is not installed.
    """
    return _build(_as_config(config_or_url))


def get_storage_adapter() -> StorageAdapter:
    """Return the process's one adapter, made from the environment when first asked for.

    Raises `ConfigurationError` if no storage is configured: nothing is guessed, since a mistyped variable
    must not fill a container's disk.
    """
    global _shared
    with _lock:
        if _shared is None:
            _shared = create_storage_adapter()
        return _shared


def reset_adapters() -> None:
    """Close and forget the shared adapter: the next `get_storage_adapter` reads the environment anew."""
    global _shared
    with _lock:
        closing, _shared = _shared, None
    if closing is not None:
        closing.close()


def _as_config(given: StorageConfig | str | Path | None) -> StorageConfig:
    from pis_data.config import StorageConfig, resolve_storage

    if given is None:
        return StorageConfig.from_env()
    if isinstance(given, StorageConfig):
        return given
    if isinstance(given, Path):
        return StorageConfig(kind="local", path=given)
    if isinstance(given, str):
        return resolve_storage(given)
    raise ConfigurationError(f"expected a StorageConfig, a URL or a Path, not {type(given).__name__}")


def _build(config: StorageConfig) -> StorageAdapter:
    storage = _factory(str(config.kind))(config)
    if config.prefix:
        from .prefixed import PrefixedStorage

        storage = PrefixedStorage(storage, config.prefix)
    if config.fallback is not None:
        from .fallback import FallbackStorage

        storage = FallbackStorage(storage, _build(config.fallback))
    return storage


def _factory(kind: str) -> StorageFactory:
    if kind in _factories:
        return _factories[kind]
    for point in entry_points(group=_GROUP, name=kind):
        factory: StorageFactory = point.load()
        return factory
    if kind in _OWN:
        return _OWN[kind]
    raise ConfigurationError(f"no storage adapter is registered under the name {kind!r}")


def _local(config: StorageConfig) -> StorageAdapter:
    from .local import LocalStorage

    return LocalStorage.from_config(config)


def _s3(config: StorageConfig) -> StorageAdapter:
    try:
        from .s3 import S3Storage
    except ModuleNotFoundError as error:
        raise _missing(config, error, "s3") from error
    if config.fast is False:
        return S3Storage(config)
    from .s3_fast import FastS3Storage, is_installed

    if is_installed():
        return FastS3Storage(config)
    if config.fast:
        raise MissingDependencyError(
            "STORAGE_FAST=true needs the package obstore: pip install 'pis-data[fast]'"
        )
    return S3Storage(config)


def _oss(config: StorageConfig) -> StorageAdapter:
    try:
        from .oss import OssStorage
    except ModuleNotFoundError as error:
        raise _missing(config, error, "oss") from error
    return OssStorage.from_config(config)


def _cos(config: StorageConfig) -> StorageAdapter:
    try:
        from .cos import CosStorage
    except ModuleNotFoundError as error:
        raise _missing(config, error, "cos") from error
    return CosStorage.from_config(config)


def _missing(config: StorageConfig, error: ModuleNotFoundError, extra: str) -> MissingDependencyError:
    return MissingDependencyError(
        f"STORAGE_TYPE={config.kind} needs the package {error.name}: pip install 'pis-data[{extra}]'"
    )


_OWN: dict[str, StorageFactory] = {"local": _local, "minio": _s3, "s3": _s3, "oss": _oss, "cos": _cos}
