"""Objects: stored whole or not at all, with their content type and metadata, and read back as they were."""

from __future__ import annotations

import hashlib
import io
import zipfile
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from pis_data.errors import (
    InvalidKeyError,
    InvalidValueError,
    ObjectNotFoundError,
    PreconditionFailedError,
    StorageError,
)
from pis_data.storage import StorageAdapter

from .storage_base import Contract, OneWay, listed

MIB = 1024 * 1024
BIG = hashlib.shake_128(b"pis").digest(3 * MIB) * 4


class UploadContract(Contract):
    """What ``upload`` takes, keeps and refuses."""

    def test_what_is_stored_is_told(self, storage: StorageAdapter, prefix: str) -> None:
        info = storage.upload(prefix + "a.jpg", b"12345", metadata={"camera": "X100"})
        assert (info.key, info.size, info.content_type) == (prefix + "a.jpg", 5, "image/jpeg")
        assert info.metadata == {"camera": "X100"}
        assert info.etag.strip('"') == info.etag != ""
        assert info.last_modified.utcoffset() == timedelta(0)
        assert abs(datetime.now(UTC) - info.last_modified) < timedelta(minutes=10)
        found = storage.stat(prefix + "a.jpg")
        assert (found.key, found.size, found.etag) == (info.key, info.size, info.etag)
        assert (found.content_type, found.metadata) == (info.content_type, info.metadata)

    @pytest.mark.parametrize("data", [b"", b"x", bytearray(b"ab"), memoryview(b"abcdef")[::2], BIG], ids=len)
    def test_bytes(self, storage: StorageAdapter, prefix: str, data: bytes) -> None:
        assert storage.upload(prefix + "a", data).size == len(bytes(data))
        assert storage.download(prefix + "a") == bytes(data)

    def test_a_file_from_where_it_stands(self, storage: StorageAdapter, prefix: str, tmp_path: Path) -> None:
        (tmp_path / "f").write_bytes(BIG)
        with (tmp_path / "f").open("rb") as file:
            file.seek(1000)
            storage.upload(prefix + "a", file)
        assert storage.download(prefix + "a") == BIG[1000:]

    def test_a_path(self, storage: StorageAdapter, prefix: str, tmp_path: Path) -> None:
        (tmp_path / "f").write_bytes(BIG)
        storage.upload(prefix + "a", tmp_path / "f")
        assert storage.download(prefix + "a") == BIG

    @pytest.mark.parametrize("size", [0, 100, len(BIG)])
    def test_a_stream_of_unknown_length(self, storage: StorageAdapter, prefix: str, size: int) -> None:
        assert storage.upload(prefix + "a", OneWay(BIG[:size])).size == size
        assert storage.download(prefix + "a") == BIG[:size]

    @pytest.mark.parametrize(
        "data", ["text", io.StringIO("text"), io.StringIO(), None, 7, ["a"], Path("/no/file")]
    )
    def test_what_is_no_data_is_refused(self, storage: StorageAdapter, prefix: str, data: Any) -> None:
        with pytest.raises(InvalidValueError):
            storage.upload(prefix + "a", data)
        assert not storage.exists(prefix + "a")

    @pytest.mark.parametrize("fail_at", [0, 10_000, 8 * MIB])
    def test_an_interrupted_upload_leaves_what_was_there(
        self, storage: StorageAdapter, prefix: str, fail_at: int
    ) -> None:
        storage.upload(prefix + "old", b"old", metadata={"is": "old"})
        for name in ("old", "new"):
            with pytest.raises(RuntimeError, match="went away"):
                storage.upload(prefix + name, OneWay(BIG, fail_at), metadata={"is": "new"})
        assert storage.download(prefix + "old") == b"old"
        assert storage.stat(prefix + "old").metadata == {"is": "old"}
        assert listed(storage, prefix) == [prefix + "old"]
        assert storage.list_multipart_uploads(prefix) == []

    @pytest.mark.parametrize(
        ("name", "content_type"),
        [
            ("a.jpg", "image/jpeg"),
            ("a.JPEG", "image/jpeg"),
            ("a.png", "image/png"),
            ("a.webp", "image/webp"),
            ("a.heic", "image/heic"),
            ("a.zip", "application/zip"),
            ("a.tar.gz", "application/gzip"),
            ("a.html", "text/html"),
            ("a.nonesuch", "application/octet-stream"),
            ("jpg", "application/octet-stream"),
            ("data:text,a.png", "image/png"),
        ],
    )
    def test_the_extension_tells_the_content_type(
        self, storage: StorageAdapter, prefix: str, name: str, content_type: str
    ) -> None:
        assert storage.upload(prefix + name, b"").content_type == content_type
        assert storage.stat(prefix + name).content_type == content_type

    def test_a_content_type_is_kept(self, storage: StorageAdapter, prefix: str) -> None:
        for given in ("image/x-canon-cr2", "text/plain; charset=utf-8"):
            storage.upload(prefix + "a.jpg", b"", content_type=given)
            assert storage.stat(prefix + "a.jpg").content_type == given

    @pytest.mark.parametrize("wrong", ["", "image", "image/jpeg\r\nX: y", "图/片", "a/b" * 100, 7])
    def test_a_content_type_that_is_no_header(self, storage: StorageAdapter, prefix: str, wrong: Any) -> None:
        with pytest.raises(InvalidValueError):
            storage.upload(prefix + "a", b"", content_type=wrong)
        with pytest.raises(InvalidValueError):
            storage.get_presigned_put_url(prefix + "a", content_type=wrong)

    @pytest.mark.parametrize(
        "metadata",
        [
            {"photographer": "张三 & Ünïcödé 😀"},
            {
                "empty": "",
                "spaces": "  a  b ",
                "percent": "100% %41",
                "quote": '"a\\b"',
                "equals": "=?utf-8?q?a?=",
            },
            {"with-hyphen": "1", "with_underscore": "2", "with.dot": "3", "0": "4"},
            {"x" * 48: "y" * 2000},
            {"n": "照" * 227},
            {},
        ],
    )
    def test_metadata_is_kept(self, storage: StorageAdapter, prefix: str, metadata: dict[str, str]) -> None:
        assert storage.upload(prefix + "a", b"x", metadata=metadata).metadata == metadata
        assert storage.stat(prefix + "a").metadata == metadata

    def test_names_of_metadata_are_lower_case(self, storage: StorageAdapter, prefix: str) -> None:
        storage.upload(prefix + "a", b"", metadata={"CameraModel": "X"})
        assert storage.stat(prefix + "a").metadata == {"cameramodel": "X"}

    @pytest.mark.parametrize(
        "wrong",
        [
            {"a": 1},
            {1: "a"},
            {"a": None},
            {"": "a"},
            {"a b": "c"},
            {"a:b": "c"},
            {"é": "c"},
            {"a": "line\nfeed"},
            {"a": "nul\x00"},
            {"a": "\ud800"},
            {"a": "x", "A": "y"},
            {"a": "y" * 2048},
            {"a": "照" * 228},
            ["a"],
            "a=b",
        ],
    )
    def test_metadata_that_no_store_keeps(self, storage: StorageAdapter, prefix: str, wrong: Any) -> None:
        with pytest.raises(InvalidValueError):
            storage.upload(prefix + "a", b"", metadata=wrong)
        with pytest.raises(InvalidValueError):
            storage.init_multipart_upload(prefix + "a", metadata=wrong)
        assert listed(storage, prefix) == []

    def test_a_second_upload_replaces_everything(self, storage: StorageAdapter, prefix: str) -> None:
        first = storage.upload(prefix + "a.jpg", b"first", metadata={"one": "1"})
        second = storage.upload(prefix + "a.jpg", b"2", content_type="image/png", metadata={"two": "2"})
        assert second.etag != first.etag
        found = storage.stat(prefix + "a.jpg")
        assert (found.size, found.content_type, found.metadata) == (1, "image/png", {"two": "2"})
        assert storage.download(prefix + "a.jpg") == b"2"

    def test_create_only(self, storage: StorageAdapter, prefix: str) -> None:
        storage.upload(prefix + "a", b"first", if_none_match=True)
        with pytest.raises(PreconditionFailedError):
            storage.upload(prefix + "a", b"second", if_none_match=True)
        assert storage.download(prefix + "a") == b"first"
        storage.delete(prefix + "a")
        storage.upload(prefix + "a", b"third", if_none_match=True)
        assert storage.download(prefix + "a") == b"third"

    def test_of_many_creators_at_once_one_wins(self, storage: StorageAdapter, prefix: str) -> None:
        def create(number: int) -> int | None:
            try:
                storage.upload(prefix + "a", b"%d" % number * 1000, if_none_match=True)
            except PreconditionFailedError:
                return None
            return number

        with ThreadPoolExecutor(8) as pool:
            winners = [number for number in pool.map(create, range(10, 26)) if number is not None]
        assert len(winners) == 1
        assert storage.download(prefix + "a") == b"%d" % winners[0] * 1000

    def test_of_many_writers_at_once_one_stays_whole(self, storage: StorageAdapter, prefix: str) -> None:
        def write(number: int) -> None:
            storage.upload(prefix + "a", b"%d" % number * 50_000, metadata={"number": str(number)})

        with ThreadPoolExecutor(8) as pool:
            list(pool.map(write, range(10, 34)))
        info = storage.stat(prefix + "a")
        assert storage.download(prefix + "a") == info.metadata["number"].encode() * 50_000


class ReadContract(Contract):
    """Downloading, opening, and asking."""

    def test_what_is_not_there(self, storage: StorageAdapter, prefix: str, folder: Path) -> None:
        storage.upload(prefix + "folder/a", b"")
        (folder / "kept").write_bytes(b"kept")
        for key in (prefix + "b", prefix + "folder", prefix + "folder/a/b"):
            assert not storage.exists(key)
            for ask in (storage.download, storage.stat, storage.open):
                with pytest.raises(ObjectNotFoundError):
                    ask(key)
            with pytest.raises(ObjectNotFoundError):
                storage.download_to(key, folder / "kept")
            with pytest.raises(ObjectNotFoundError):
                storage.copy(key, prefix + "c")
            with pytest.raises(ObjectNotFoundError):
                storage.copy(key, key)
            with pytest.raises(ObjectNotFoundError):
                storage.move(key, prefix + "c")
        assert [path.name for path in folder.iterdir()] == ["kept"]
        assert (folder / "kept").read_bytes() == b"kept"
        assert listed(storage, prefix) == [prefix + "folder/a"]

    def test_download_to_a_file(self, storage: StorageAdapter, prefix: str, folder: Path) -> None:
        storage.upload(prefix + "a", BIG)
        (folder / "f").write_bytes(b"old")
        assert storage.download_to(prefix + "a", folder / "f").size == len(BIG)
        assert (folder / "f").read_bytes() == BIG
        storage.download_to(prefix + "a", str(folder / "g"))
        assert sorted(path.name for path in folder.iterdir()) == ["f", "g"]

    def test_download_to_where_nothing_can_be(
        self, storage: StorageAdapter, prefix: str, folder: Path
    ) -> None:
        storage.upload(prefix + "a", b"x")
        (folder / "taken").mkdir()
        for place in (folder / "no" / "folder", folder / "taken"):
            with pytest.raises(StorageError, match="can't write"):
                storage.download_to(prefix + "a", place)
        assert [path.name for path in folder.iterdir()] == ["taken"]

    def test_open_reads_ranges(self, storage: StorageAdapter, prefix: str) -> None:
        storage.upload(prefix + "a", BIG)
        with storage.open(prefix + "a") as file:
            assert file.readable()
            assert file.seekable()
            assert not file.writable()
            assert file.read(10) == BIG[:10]
            assert file.seek(5 * MIB) == 5 * MIB
            assert file.read(100) == BIG[5 * MIB : 5 * MIB + 100]
            assert file.tell() == 5 * MIB + 100
            file.seek(-7, io.SEEK_END)
            assert file.read() == BIG[-7:]
            assert file.read() == b""
            assert file.seek(len(BIG) + 1000) == len(BIG) + 1000
            assert file.read(1) == b""
            file.seek(3)
            buffer = bytearray(2 * MIB)
            assert file.readinto(buffer) == 2 * MIB
            assert buffer == BIG[3 : 2 * MIB + 3]
            with pytest.raises((ValueError, OSError)):
                file.seek(-1)
        assert file.closed
        with pytest.raises(ValueError, match="closed"):
            file.read()

    def test_open_serves_libraries_that_want_a_file(self, storage: StorageAdapter, prefix: str) -> None:
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w") as zipped:
            zipped.writestr("a.txt", "first\nsecond\n")
            zipped.writestr("b.bin", BIG)
        storage.upload(prefix + "a.zip", archive.getvalue())
        with storage.open(prefix + "a.zip") as file, zipfile.ZipFile(file) as zipped:
            assert zipped.read("b.bin") == BIG
            with zipped.open("a.txt") as text:
                assert io.TextIOWrapper(text).read() == "first\nsecond\n"

    def test_a_reader_never_mixes_two_versions(self, storage: StorageAdapter, prefix: str) -> None:
        storage.upload(prefix + "a", b"1" * (4 * MIB))
        with storage.open(prefix + "a") as file:
            first = file.read(10)
            storage.upload(prefix + "a", b"2" * (4 * MIB))
            try:
                rest = file.read()
            except StorageError:
                return  # a store may say that it is gone
        assert set(first + rest) == {ord("1")}

    def test_exists(self, storage: StorageAdapter, prefix: str) -> None:
        storage.upload(prefix + "a", b"")
        assert storage.exists(prefix + "a")
        assert not storage.exists(prefix + "A")


class ChangeContract(Contract):
    """Copying, moving, deleting."""

    def test_copy(self, storage: StorageAdapter, prefix: str) -> None:
        storage.upload(prefix + "a.jpg", BIG, content_type="image/x-odd", metadata={"who": "张三"})
        storage.upload(prefix + "deep/b", b"old", metadata={"old": "yes"})
        info = storage.copy(prefix + "a.jpg", prefix + "deep/b")
        for found in (info, storage.stat(prefix + "deep/b")):
            assert (found.key, found.size) == (prefix + "deep/b", len(BIG))
            assert (found.content_type, found.metadata) == ("image/x-odd", {"who": "张三"})
        assert storage.download(prefix + "deep/b") == BIG == storage.download(prefix + "a.jpg")

    def test_move(self, storage: StorageAdapter, prefix: str) -> None:
        storage.upload(prefix + "deep/down/a.jpg", BIG, metadata={"who": "张三"})
        storage.upload(prefix + "b", b"old")
        info = storage.move(prefix + "deep/down/a.jpg", prefix + "b")
        assert (info.key, info.size, info.metadata) == (prefix + "b", len(BIG), {"who": "张三"})
        assert storage.stat(prefix + "b").content_type == "image/jpeg"
        assert storage.download(prefix + "b") == BIG
        assert listed(storage, prefix) == [prefix + "b"]

    def test_onto_itself(self, storage: StorageAdapter, prefix: str) -> None:
        storage.upload(prefix + "a", b"kept", metadata={"m": "1"})
        for change in (storage.copy, storage.move):
            info = change(prefix + "a", prefix + "a")
            assert (info.size, info.metadata) == (4, {"m": "1"})
            assert storage.download(prefix + "a") == b"kept"

    def test_delete(self, storage: StorageAdapter, prefix: str) -> None:
        storage.upload(prefix + "a", b"")
        storage.delete(prefix + "a")
        storage.delete(prefix + "a")
        storage.delete(prefix + "never/there")
        assert not storage.exists(prefix + "a")

    def test_delete_many(self, storage: StorageAdapter, prefix: str) -> None:
        names = ["a", "b/c", "100% 照 & <b>"]
        for name in [*names, "kept"]:
            storage.upload(prefix + name, b"")
        keys = [prefix + name for name in names]
        assert storage.delete_many([*keys, prefix + "absent", keys[0]]) == []
        assert listed(storage, prefix) == [prefix + "kept"]
        assert storage.delete_many(iter(())) == []

    def test_delete_many_looks_at_all_keys_first(self, storage: StorageAdapter, prefix: str) -> None:
        storage.upload(prefix + "a", b"")
        with pytest.raises(InvalidKeyError):
            storage.delete_many([prefix + "a", "../a"])
        for wrong in (prefix + "a", b"a"):
            with pytest.raises(InvalidValueError):
                storage.delete_many(wrong)  # type: ignore[arg-type]
        assert storage.exists(prefix + "a")

    def test_threads_do_everything_at_once(self, storage: StorageAdapter, prefix: str) -> None:
        def work(number: int) -> None:
            for turn in range(5):
                key = f"{prefix}{number}/{turn}/x"
                storage.upload(key, b"%d" % number, metadata={"n": str(number)})
                moved = storage.move(key, f"{prefix}shared/{number}-{turn}")
                assert storage.download(moved.key) == b"%d" % number
                list(storage.list(prefix))
                storage.copy(moved.key, key)
                assert storage.delete_many([moved.key, key]) == []

        with ThreadPoolExecutor(8) as pool:
            list(pool.map(work, range(16)))
        assert listed(storage, prefix) == []


class StoreContract(Contract):
    """The store itself, and the filesystem over it."""

    def test_the_bucket_is_made_once(self, storage: StorageAdapter, prefix: str) -> None:
        storage.upload(prefix + "a", b"")
        storage.ensure_bucket()
        assert storage.exists(prefix + "a")

    def test_health(self, storage: StorageAdapter) -> None:
        health = storage.health()
        assert health["kind"] == storage.kind
        assert health["location"]
        assert health["latency_ms"] >= 0

    def test_the_filesystem_underneath(self, storage: StorageAdapter, prefix: str) -> None:
        storage.upload(prefix + "a.txt", b"hello")
        files = storage.filesystem
        assert files.cat_file(prefix + "a.txt") == b"hello"
        assert files.info(prefix + "a.txt")["size"] == 5
        with files.open(prefix + "b/c.txt", "wb") as file:
            file.write(b"from fsspec")
        assert storage.download(prefix + "b/c.txt") == b"from fsspec"
        assert files.ls(prefix, detail=False) == [prefix + "a.txt", prefix + "b"]
        assert files.find(prefix) == [prefix + "a.txt", prefix + "b/c.txt"]
        files.cp(prefix + "a.txt", prefix + "copy.txt")
        assert storage.download(prefix + "copy.txt") == b"hello"
        files.rm(prefix + "copy.txt")
        assert not storage.exists(prefix + "copy.txt")
