"""Multipart uploads: an object only when they are completed, nothing left when they are aborted."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from pis_data.errors import InvalidValueError, MultipartError, ObjectNotFoundError
from pis_data.storage import StorageAdapter

from .storage_base import Contract, OneWay, listed

PART = 5 * 1024 * 1024
FIRST, SECOND, LAST = (
    hashlib.shake_128(bytes([n])).digest(size) for n, size in ((1, PART), (2, PART), (3, 10))
)


class MultipartContract(Contract):
    """From ``init_multipart_upload`` to ``complete`` or ``abort``."""

    def test_parts_become_an_object(self, storage: StorageAdapter, prefix: str) -> None:
        key = prefix + "视频 1.mp4"
        upload_id = storage.init_multipart_upload(key, metadata={"who": "张三"})
        last = storage.upload_part(key, upload_id, 7, LAST)
        first = storage.upload_part(key, upload_id, 2, OneWay(FIRST))
        second = storage.upload_part(key, upload_id, 3, SECOND)
        assert not storage.exists(key)
        info = storage.complete_multipart_upload(key, upload_id, [(2, first), (3, second), (7, last)])
        for found in (info, storage.stat(key)):
            assert (found.key, found.size) == (key, 2 * PART + 10)
            assert (found.content_type, found.metadata) == ("video/mp4", {"who": "张三"})
            assert found.etag
        assert storage.download(key) == FIRST + SECOND + LAST
        assert storage.list_multipart_uploads(prefix) == []

    def test_a_part_sent_again_replaces_the_first(self, storage: StorageAdapter, prefix: str) -> None:
        upload_id = storage.init_multipart_upload(prefix + "a", content_type="image/png")
        old = storage.upload_part(prefix + "a", upload_id, 1, b"old")
        new = storage.upload_part(prefix + "a", upload_id, 1, b"new")
        with pytest.raises(MultipartError):
            storage.complete_multipart_upload(prefix + "a", upload_id, [(1, old)])
        storage.complete_multipart_upload(prefix + "a", upload_id, [(1, f'"{new}"')])
        assert storage.download(prefix + "a") == b"new"
        assert storage.stat(prefix + "a").content_type == "image/png"

    def test_only_the_named_parts_count(self, storage: StorageAdapter, prefix: str) -> None:
        upload_id = storage.init_multipart_upload(prefix + "a")
        storage.upload_part(prefix + "a", upload_id, 1, b"not this")
        etag = storage.upload_part(prefix + "a", upload_id, 10_000, b"this")
        storage.complete_multipart_upload(prefix + "a", upload_id, [(10_000, etag)])
        assert storage.download(prefix + "a") == b"this"

    def test_an_object_stays_until_it_is_replaced(self, storage: StorageAdapter, prefix: str) -> None:
        storage.upload(prefix + "a", b"old", metadata={"is": "old"})
        upload_id = storage.init_multipart_upload(prefix + "a", metadata={"is": "new"})
        etag = storage.upload_part(prefix + "a", upload_id, 1, b"new")
        assert storage.download(prefix + "a") == b"old"
        storage.complete_multipart_upload(prefix + "a", upload_id, [(1, etag)])
        assert (storage.download(prefix + "a"), storage.stat(prefix + "a").metadata) == (
            b"new",
            {"is": "new"},
        )

    def test_what_can_not_be_completed(self, storage: StorageAdapter, prefix: str) -> None:
        key = prefix + "a"
        upload_id = storage.init_multipart_upload(key)
        one, two = (storage.upload_part(key, upload_id, n, data) for n, data in ((1, FIRST), (2, LAST)))
        three = storage.upload_part(key, upload_id, 3, LAST)
        wrong: list[list[tuple[int, str]]] = [
            [],
            [(2, two), (1, one)],
            [(1, one), (1, one)],
            [(1, one), (4, one)],
            [(1, two)],
            [(1, "0" * 32)],
            [(1, one), (2, two), (3, three)],  # the second is too small, and not the last
        ]
        for parts in wrong:
            with pytest.raises(MultipartError):
                storage.complete_multipart_upload(key, upload_id, parts)
        assert not storage.exists(key)
        storage.complete_multipart_upload(key, upload_id, [(1, one), (3, three)])
        assert storage.download(key) == FIRST + LAST

    def test_an_aborted_upload_leaves_nothing(self, storage: StorageAdapter, prefix: str) -> None:
        upload_id = storage.init_multipart_upload(prefix + "a")
        etag = storage.upload_part(prefix + "a", upload_id, 1, b"gone")
        storage.abort_multipart_upload(prefix + "a", upload_id)
        assert storage.list_multipart_uploads(prefix) == []
        assert listed(storage, prefix) == []
        with pytest.raises(ObjectNotFoundError):
            storage.stat(prefix + "a")
        with pytest.raises(MultipartError):
            storage.upload_part(prefix + "a", upload_id, 2, b"late")
        with pytest.raises(MultipartError):
            storage.complete_multipart_upload(prefix + "a", upload_id, [(1, etag)])
        storage.abort_multipart_upload(prefix + "a", upload_id)

    def test_uploads_that_are_not_there(self, storage: StorageAdapter, prefix: str) -> None:
        upload_id = storage.init_multipart_upload(prefix + "a")
        etag = storage.upload_part(prefix + "a", upload_id, 1, b"x")
        for key, wrong in ((prefix + "a", "0" * 32), (prefix + "a", "../x"), (prefix + "b", upload_id)):
            with pytest.raises(MultipartError):
                storage.upload_part(key, wrong, 1, b"x")
            with pytest.raises(MultipartError):
                storage.complete_multipart_upload(key, wrong, [(1, etag)])
        storage.abort_multipart_upload(prefix + "a", "0" * 32)
        assert [found.upload_id for found in storage.list_multipart_uploads(prefix)] == [upload_id]

    def test_who_finds_an_upload_listed_goes_on_with_it(self, storage: StorageAdapter, prefix: str) -> None:
        first = storage.upload_part(prefix + "a", storage.init_multipart_upload(prefix + "a"), 1, FIRST)
        (found,) = storage.list_multipart_uploads(prefix)
        last = storage.upload_part(found.key, found.upload_id, 2, LAST)
        storage.complete_multipart_upload(found.key, found.upload_id, [(1, first), (2, last)])
        assert storage.download(prefix + "a") == FIRST + LAST

    def test_listing_uploads(self, storage: StorageAdapter, prefix: str) -> None:
        names = ["b", "a/x", "a/y", "a/x"]
        ids = [storage.init_multipart_upload(prefix + name) for name in names]
        found = storage.list_multipart_uploads(prefix)
        assert [upload.key for upload in found] == sorted(prefix + name for name in names)
        assert {(upload.key, upload.upload_id) for upload in found} == {
            (prefix + name, upload_id) for name, upload_id in zip(names, ids, strict=True)
        }
        assert all(upload.initiated.utcoffset() is not None for upload in found)
        assert len(storage.list_multipart_uploads(prefix + "a/x")) == 2
        assert listed(storage, prefix) == []

    def test_an_interrupted_part_leaves_the_earlier_one(self, storage: StorageAdapter, prefix: str) -> None:
        upload_id = storage.init_multipart_upload(prefix + "a")
        etag = storage.upload_part(prefix + "a", upload_id, 1, b"whole")
        with pytest.raises(RuntimeError, match="went away"):
            storage.upload_part(prefix + "a", upload_id, 1, OneWay(FIRST, 100_000))
        storage.complete_multipart_upload(prefix + "a", upload_id, [(1, etag)])
        assert storage.download(prefix + "a") == b"whole"

    def test_parts_sent_at_once(self, storage: StorageAdapter, prefix: str) -> None:
        upload_id = storage.init_multipart_upload(prefix + "a")

        def send(number: int) -> tuple[int, str]:
            data = bytes([number]) * (PART if number < 4 else 1)
            return number, storage.upload_part(prefix + "a", upload_id, number, data)

        with ThreadPoolExecutor(4) as pool:
            parts = list(pool.map(send, range(1, 5)))
        assert storage.complete_multipart_upload(prefix + "a", upload_id, parts).size == 3 * PART + 1
        content = storage.download(prefix + "a")
        assert [content[at] for at in (0, PART, 2 * PART, 3 * PART)] == [1, 2, 3, 4]

    @pytest.mark.parametrize("number", [0, -1, 10_001, 1.0, "1", True, None])
    def test_part_numbers(self, storage: StorageAdapter, prefix: str, number: Any) -> None:
        calls: list[Callable[[], object]] = [
            lambda: storage.upload_part(prefix + "a", "id", number, b""),
            lambda: storage.get_presigned_part_url(prefix + "a", "id", number),
            lambda: storage.complete_multipart_upload(prefix + "a", "id", [(number, "x")]),
        ]
        for call in calls:
            with pytest.raises(InvalidValueError):
                call()

    def test_parts_that_are_no_parts(self, storage: StorageAdapter, prefix: str) -> None:
        for wrong in ([1], [(1, 2, 3)], [(1, None)], [None]):
            with pytest.raises(InvalidValueError):
                storage.complete_multipart_upload(prefix + "a", "id", wrong)  # type: ignore[arg-type]
        for bad_id in ("", None, 7):
            with pytest.raises(InvalidValueError):
                storage.upload_part(prefix + "a", bad_id, 1, b"")  # type: ignore[arg-type]
