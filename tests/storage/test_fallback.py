"""Reading through: what the new store lacks comes from the old one; what is written goes to the new one."""

from __future__ import annotations

from pathlib import Path

import pytest

from pis_data.config import StorageConfig
from pis_data.errors import BucketNotFoundError, ObjectNotFoundError, PreconditionFailedError
from pis_data.storage import create_storage_adapter
from pis_data.storage.fallback import FallbackStorage
from pis_data.storage.local import LocalStorage


@pytest.fixture
def new(tmp_path: Path) -> LocalStorage:
    storage = LocalStorage(tmp_path / "new", public_url="http://new.test")
    storage.ensure_bucket()
    storage.upload("both.jpg", b"new", metadata={"from": "new"})
    storage.upload("new.jpg", b"new")
    return storage


@pytest.fixture
def old(tmp_path: Path) -> LocalStorage:
    storage = LocalStorage(tmp_path / "old", public_url="http://old.test")
    storage.ensure_bucket()
    storage.upload("both.jpg", b"older")
    storage.upload("old.jpg", b"older", content_type="image/x-odd", metadata={"from": "old"})
    return storage


@pytest.fixture
def storage(new: LocalStorage, old: LocalStorage) -> FallbackStorage:
    return FallbackStorage(new, old)


def test_reads_fall_through(storage: FallbackStorage) -> None:
    assert [storage.download(key) for key in ("both.jpg", "new.jpg", "old.jpg")] == [b"new", b"new", b"older"]
    assert storage.stat("old.jpg").metadata == {"from": "old"}
    assert storage.stat("both.jpg").metadata == {"from": "new"}
    with storage.open("old.jpg") as file:
        assert file.read() == b"older"
    assert all(storage.exists(key) for key in ("both.jpg", "new.jpg", "old.jpg"))
    assert not storage.exists("none.jpg")
    with pytest.raises(ObjectNotFoundError):
        storage.download("none.jpg")


def test_the_url_is_of_the_store_that_has_it(storage: FallbackStorage) -> None:
    for key, host in (("both.jpg", "new"), ("old.jpg", "old"), ("none.jpg", "new")):
        assert storage.get_presigned_get_url(key).startswith(f"http://{host}.test/{key}?")
    assert storage.get_presigned_put_url("old.jpg").startswith("http://new.test/")
    assert storage.public_url("old.jpg") == "http://new.test/old.jpg"


def test_a_listing_joins_both_in_order(storage: FallbackStorage) -> None:
    assert [(info.key, info.size) for info in storage.list()] == [
        ("both.jpg", 3),
        ("new.jpg", 3),
        ("old.jpg", 5),
    ]
    assert [info.key for info in storage.list(start_after="new.jpg")] == ["old.jpg"]


def test_copy_and_move_bring_the_object_over(
    storage: FallbackStorage, new: LocalStorage, old: LocalStorage
) -> None:
    storage.copy("old.jpg", "copied")
    found = new.stat("copied")
    assert (found.size, found.content_type, found.metadata) == (5, "image/x-odd", {"from": "old"})
    storage.move("old.jpg", "moved")
    storage.move("both.jpg", "moved-too")
    assert new.download("moved") == b"older"
    assert new.download("moved-too") == b"new"
    assert [info.key for info in old.list()] == []
    assert not storage.exists("both.jpg")


def test_writes_go_to_the_new_one(storage: FallbackStorage, new: LocalStorage, old: LocalStorage) -> None:
    storage.upload("old.jpg", b"written")
    assert (new.download("old.jpg"), old.download("old.jpg")) == (b"written", b"older")
    for key in ("new.jpg", "both.jpg", "old.jpg"):
        with pytest.raises(PreconditionFailedError):
            storage.upload(key, b"", if_none_match=True)
    storage.upload("fresh", b"", if_none_match=True)


def test_create_only_sees_what_only_the_old_one_has(storage: FallbackStorage, new: LocalStorage) -> None:
    with pytest.raises(PreconditionFailedError, match="fallback"):
        storage.upload("old.jpg", b"", if_none_match=True)
    assert not new.exists("old.jpg")


def test_what_is_deleted_does_not_come_back(storage: FallbackStorage) -> None:
    storage.delete("old.jpg")
    assert storage.delete_many(["both.jpg", "new.jpg"]) == []
    assert list(storage.list()) == []


def test_what_the_old_one_will_not_delete_stays_in_both(
    storage: FallbackStorage, old: LocalStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(old, "_delete_many", lambda keys: [("both.jpg", "read-only")])
    assert storage.delete_many(["both.jpg", "new.jpg"]) == [("both.jpg", "read-only")]
    assert storage.download("both.jpg") == b"new"
    assert not storage.exists("new.jpg")


def test_an_error_of_the_new_one_is_not_absence(storage: FallbackStorage, new: LocalStorage) -> None:
    new.path.rename(new.path.with_name("gone"))
    for ask in (storage.download, storage.exists, storage.stat, storage.get_presigned_get_url):
        with pytest.raises(BucketNotFoundError):
            ask("old.jpg")


def test_it_is_configured_with_one_more_set_of_variables(
    new: LocalStorage, old: LocalStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STORAGE_TYPE", "local")
    monkeypatch.setenv("STORAGE_PATH", str(new.path))
    monkeypatch.setenv("STORAGE_FALLBACK_STORAGE_TYPE", "local")
    monkeypatch.setenv("STORAGE_FALLBACK_STORAGE_PATH", str(old.path))
    assert StorageConfig.from_env().fallback is not None
    with create_storage_adapter() as storage:
        assert storage.download("old.jpg") == b"older"
        assert storage.health()["fallback"]["location"] == str(old.path)
