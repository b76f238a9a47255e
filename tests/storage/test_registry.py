"""Which adapter a configuration makes, and the one that a process shares."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest

import pis_data
from pis_data.config import StorageConfig
from pis_data.errors import ConfigurationError, MissingDependencyError
from pis_data.storage import (
    create_storage_adapter,
    get_storage_adapter,
    register_storage_adapter,
    registry,
    reset_adapters,
)
from pis_data.storage.local import LocalStorage
from pis_data.storage.prefixed import PrefixedStorage


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)
    for name in ("STORAGE_TYPE", "STORAGE_PATH", "STORAGE_ENDPOINT", "MINIO_ENDPOINT_HOST"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(registry, "_factories", {})
    reset_adapters()
    yield
    reset_adapters()


def test_nothing_configured_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="STORAGE_TYPE=local"):
        get_storage_adapter()
    assert list(tmp_path.iterdir()) == []


def test_one_adapter_for_the_process(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("STORAGE_TYPE", "local")
    monkeypatch.setenv("STORAGE_PATH", str(tmp_path / "one"))
    made: list[threading.Event] = []
    real = LocalStorage.from_config

    def slowly(config: StorageConfig) -> LocalStorage:
        made.append(threading.Event())
        made[-1].wait(0.1)
        return real(config)

    monkeypatch.setattr(LocalStorage, "from_config", slowly)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: pis_data.get_storage_adapter(), range(8)))
    assert len(set(map(id, found))) == len(made) == 1
    monkeypatch.setenv("STORAGE_PATH", str(tmp_path / "other"))
    assert get_storage_adapter() is found[0]
    pis_data.reset_adapters()
    other = get_storage_adapter()
    assert isinstance(other, LocalStorage)
    assert other.path == tmp_path / "other"


def test_what_create_takes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("OLD_STORAGE_TYPE", "local")
    monkeypatch.setenv("OLD_STORAGE_PATH", str(tmp_path))
    config = StorageConfig(kind="local", path=tmp_path, signing_key="s3cret", public_url="https://p.test")  # type: ignore[arg-type]
    for given in (config, f"file://{tmp_path}", "env:OLD_", tmp_path):
        storage = create_storage_adapter(given)
        assert isinstance(storage, LocalStorage)
        assert storage.path == tmp_path
        assert "s3cret" not in repr(storage)
    assert create_storage_adapter(config).public_url("a") == "https://p.test/a"
    for wrong in ("nonsense", "ftp://host/bucket", 7):
        with pytest.raises(ConfigurationError):
            create_storage_adapter(wrong)  # type: ignore[arg-type]


def test_a_prefix_makes_a_part_of_a_store(tmp_path: Path) -> None:
    with create_storage_adapter(f"file://{tmp_path}?prefix=tenant/7") as part:
        assert isinstance(part, PrefixedStorage)
        part.ensure_bucket()
        part.upload("a", b"x")
    assert [info.key for info in LocalStorage(tmp_path).list()] == ["tenant/7/a"]


@pytest.mark.parametrize(("kind", "module"), [("oss", "alibabacloud_oss_v2"), ("cos", "qcloud_cos")])
def test_a_vendor_whose_sdk_is_not_installed(kind: str, module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    monkeypatch.delitem(sys.modules, f"pis_data.storage.{kind}", raising=False)
    with pytest.raises(MissingDependencyError, match=rf"pis-data\[{kind}\]") as raised:
        create_storage_adapter(f"{kind}://KEY:s3cret@store.test/bucket")
    assert "s3cret" not in str(raised.value)


def test_a_registered_adapter(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    seen: list[StorageConfig] = []

    def factory(config: StorageConfig) -> LocalStorage:
        seen.append(config)
        return LocalStorage(tmp_path)

    register_storage_adapter("my-store", factory)
    monkeypatch.setenv("STORAGE_TYPE", "my-store")
    monkeypatch.setenv("STORAGE_BUCKET", "photos-1")
    assert isinstance(get_storage_adapter(), LocalStorage)
    assert isinstance(create_storage_adapter("my-store://KEY:SECRET@host.test/photos-2"), LocalStorage)
    assert [(str(config.kind), config.bucket) for config in seen] == [
        ("my-store", "photos-1"),
        ("my-store", "photos-2"),
    ]
    register_storage_adapter("s3", factory)
    assert isinstance(create_storage_adapter("s3://KEY:SECRET@host.test/bucket"), LocalStorage)
    for wrong in ("", "a b", "a/b"):
        with pytest.raises(ConfigurationError):
            register_storage_adapter(wrong, factory)


def test_an_adapter_of_an_installed_package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    point = EntryPoint("theirs", "tests.storage.test_registry:their_factory", "pis_data.storage")

    def points(**wanted: Any) -> list[EntryPoint]:
        return [point] if wanted.get("name") in (None, "theirs") else []

    monkeypatch.setattr(registry, "entry_points", points)
    config = StorageConfig.model_construct(kind="theirs", path=tmp_path)
    storage = create_storage_adapter(config)
    assert isinstance(storage, LocalStorage)
    assert storage.path == tmp_path
    with pytest.raises(ConfigurationError, match="registered"):
        create_storage_adapter(StorageConfig.model_construct(kind="nobodys"))


def their_factory(config: StorageConfig) -> LocalStorage:
    assert config.path is not None
    return LocalStorage(config.path)


def test_importing_storage_is_light() -> None:
    heavy = ("pydantic", "fsspec", "starlette", "sqlalchemy")
    code = f"import sys, pis_data.storage; print([name for name in {heavy} if name in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.strip() == "[]"
