"""Listing: lazy, complete, in the order of the keys' bytes."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from pis_data.errors import InvalidKeyError
from pis_data.storage import StorageAdapter

from .storage_base import Contract, listed

NAMES = [
    "a",
    "a b",
    "a!b",
    "a-b",
    "a.b",
    "a/b",
    "a/b/c",
    "a/b-c",
    "a/b.c",
    "a0",
    "a0/b",
    "ab",
    "ab/c",
    "B",
    "a/B",
    "z/y/x/w",
    "z/y-x",
    "é",
    "照/片",
    "照-片",
    "😀",
    "\uffee",
    "l" * 137,
    "l" * 137 + "/c",
    "l" * 137 + "-c",
    "l" * 200 + "/c",
    "l" * 200,
    "l" * 200 + ".c",
]


class ListingContract(Contract):
    """What ``list`` yields."""

    def fill(self, storage: StorageAdapter, prefix: str) -> list[str]:
        for name in reversed(NAMES):
            storage.upload(prefix + name, b"")
        return sorted((prefix + name for name in NAMES), key=str.encode)

    def test_nothing(self, storage: StorageAdapter, prefix: str) -> None:
        assert listed(storage, prefix) == []
        assert listed(storage, prefix + "no/such/folder/") == []

    def test_keys_come_in_the_order_of_their_bytes(self, storage: StorageAdapter, prefix: str) -> None:
        keys = self.fill(storage, prefix)
        assert listed(storage, prefix) == keys

    def test_a_prefix_is_any_text_not_only_a_folder(self, storage: StorageAdapter, prefix: str) -> None:
        keys = self.fill(storage, prefix)
        for start in (
            "a",
            "a/",
            "a/b",
            "ab",
            "l",
            "l" * 137,
            "l" * 138,
            "照",
            "z/y",
            "z/y/",
            "none",
            "a//",
            "../",
        ):
            wanted = [key for key in keys if key.startswith(prefix + start)]
            assert listed(storage, prefix + start) == wanted, start

    def test_start_after_goes_on_behind_a_key(self, storage: StorageAdapter, prefix: str) -> None:
        keys = self.fill(storage, prefix)
        absent = [
            prefix + name for name in ("", "a/", "a/a", "a/b/", "a1", "l" * 150, "m", "z/z", "\uffff", "/")
        ]
        for after in [*keys, *absent, "", "zzz"]:
            wanted = [key for key in keys if key.encode() > after.encode()]
            assert listed(storage, prefix, after) == wanted, after
            narrower = [key for key in wanted if key.startswith(prefix + "a/")]
            assert listed(storage, prefix + "a/", after) == narrower, after

    def test_what_it_tells(self, storage: StorageAdapter, prefix: str) -> None:
        stored = storage.upload(prefix + "a.jpg", b"12345", metadata={"a": "b"})
        (info,) = storage.list(prefix)
        assert (info.key, info.size, info.etag) == (stored.key, 5, stored.etag)
        assert info.last_modified.tzinfo is not None
        assert info.content_type is None
        assert info.metadata == {}

    def test_more_than_one_page_lazily(self, storage: StorageAdapter, prefix: str) -> None:
        keys = [f"{prefix}{number // 100:02d}/{number:05d}.jpg" for number in range(1203)]
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda key: storage.upload(key, b"."), keys))
        found = storage.list(prefix)
        assert isinstance(found, Iterator)
        assert next(found).key == keys[0]
        assert [info.key for info in found] == keys[1:]
        assert listed(storage, prefix, keys[1100]) == keys[1101:]

    def test_objects_deleted_while_listing(self, storage: StorageAdapter, prefix: str) -> None:
        for number in range(10):
            storage.upload(f"{prefix}{number}/x", b"")
        seen = []
        for info in storage.list(prefix):
            storage.delete(info.key)
            seen.append(info.key)
        assert seen == [f"{prefix}{number}/x" for number in range(10)]
        assert listed(storage, prefix) == []

    def test_prefixes_that_no_key_has(self, storage: StorageAdapter, prefix: str) -> None:
        storage.upload(prefix + "a", b"")
        for none in ("/", "//", "../", "a/../", "\\", "\x00", "x" * 2000):
            assert listed(storage, none) == []
        for wrong in ("\ud800", None, b"a"):
            with pytest.raises(InvalidKeyError):
                storage.list(wrong)  # type: ignore[arg-type]
        with pytest.raises(InvalidKeyError):
            storage.list(prefix, "\ud800")
