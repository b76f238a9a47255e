"""Keys: every legal one is kept as it is, every other one is refused before the store is asked."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pis_data.errors import InvalidKeyError
from pis_data.storage import StorageAdapter

from .storage_base import Contract, listed

ODD_NAMES = [
    "plain.jpg",
    "with space.jpg",
    " leading and trailing ",
    "trailing.dot.",
    ".hidden",
    "...",
    "100%.jpg",
    "%41",
    "%2F",
    "a+b&c=d?e#f",
    "semi;colon,comma:colon",
    "quote'double\"back`tick",
    "<tag>|pipe*star",
    "~tilde!bang@at$dollar^caret",
    "(round)[square]{curly}",
    "照片/婚礼 张三&李四.jpg",
    "emoji 😀👩‍👩‍👧.jpg",
    "e\u0301 and \u00e9",
    "ﬁ ligature K kelvin",
    "\u2028line separator",
    "\ufeffbom",
    "\U0010ffff",
    "CON",
    "nul.txt",
    "com1/lpt9.jpg",
    "Upper/CASE.JPG",
    "a" * 300,
    "照" * 100,
    "x" * 137,
    "x" * 138,
    "/".join(["d"] * 200),
]

BAD_KEYS = [
    "",
    "/",
    "/leading",
    "trailing/",
    "double//slash",
    ".",
    "..",
    "./a",
    "../a",
    "a/..",
    "a/./b",
    "a/../../etc/passwd",
    "back\\slash",
    "..\\a",
    "nul\x00",
    "line\nfeed",
    "del\x7f",
    "c1\x85",
    "\udc80",
    "a" * 1025,
    "照" * 342,
    None,
    b"bytes",
    7,
]


class KeysContract(Contract):
    """Which keys are legal, and that they stay apart."""

    @pytest.mark.parametrize("name", ODD_NAMES, ids=ascii)
    def test_a_legal_key_is_kept_as_it_is(self, storage: StorageAdapter, prefix: str, name: str) -> None:
        key = prefix + name
        assert (
            storage.upload(key, name.encode(), metadata={"name": name if name.isprintable() else "-"}).key
            == key
        )
        assert storage.download(key) == name.encode()
        assert storage.stat(key).key == key
        assert listed(storage, prefix) == [key]
        assert listed(storage, key) == [key]
        storage.delete(key)
        assert not storage.exists(key)
        assert listed(storage, prefix) == []

    @pytest.mark.parametrize("fill", ["k", "K", "照", "😀", "%", "k/"], ids=ascii)
    def test_a_key_of_1024_bytes(self, storage: StorageAdapter, prefix: str, fill: str) -> None:
        room = 1024 - len(prefix)
        count, rest = divmod(room - 1, len(fill.encode()))
        key = prefix + fill * count + "e" * (rest + 1)
        assert len(key.encode()) == 1024
        storage.upload(key, b"long")
        assert storage.download(key) == b"long"
        assert listed(storage, prefix) == [key]
        assert storage.move(key, prefix + "short").size == 4
        assert listed(storage, prefix) == [prefix + "short"]

    def test_keys_that_look_alike_stay_apart(self, storage: StorageAdapter, prefix: str) -> None:
        names = [
            "a",
            "A",
            "a.",
            "a ",
            "a%",
            "%61",
            "é",
            "e\u0301",
            "ß",
            "ss",
            "ｆ",
            "f",
            "@a",
            "!a",
            "a~",
            "~a",
        ]
        for name in names:
            storage.upload(prefix + name, name.encode())
        assert listed(storage, prefix) == sorted(prefix + name for name in names)
        for name in names:
            assert storage.download(prefix + name) == name.encode()

    def test_an_object_beside_a_folder_of_its_name(self, storage: StorageAdapter, prefix: str) -> None:
        for name in ("a/b/c", "a", "a/b"):
            storage.upload(prefix + name, name.encode())
        assert [storage.download(prefix + name) for name in ("a", "a/b", "a/b/c")] == [b"a", b"a/b", b"a/b/c"]
        storage.delete(prefix + "a")
        storage.delete(prefix + "a/b")
        assert listed(storage, prefix) == [prefix + "a/b/c"]
        assert not storage.exists(prefix + "a/b")

    @pytest.mark.parametrize("key", BAD_KEYS, ids=lambda key: ascii(key)[:30])
    def test_an_illegal_key_is_refused_everywhere(
        self, storage: StorageAdapter, prefix: str, key: str
    ) -> None:
        calls: list[Callable[[], object]] = [
            lambda: storage.upload(key, b"x"),
            lambda: storage.download(key),
            lambda: storage.download_to(key, "never-written"),
            lambda: storage.open(key),
            lambda: storage.stat(key),
            lambda: storage.exists(key),
            lambda: storage.copy(key, prefix + "a"),
            lambda: storage.copy(prefix + "a", key),
            lambda: storage.move(key, prefix + "a"),
            lambda: storage.move(prefix + "a", key),
            lambda: storage.delete(key),
            lambda: storage.delete_many([prefix + "a", key]),
            lambda: storage.get_presigned_get_url(key),
            lambda: storage.get_presigned_put_url(key),
            lambda: storage.get_presigned_part_url(key, "id", 1),
            lambda: storage.public_url(key),
            lambda: storage.init_multipart_upload(key),
            lambda: storage.upload_part(key, "id", 1, b"x"),
            lambda: storage.complete_multipart_upload(key, "id", [(1, "x")]),
            lambda: storage.abort_multipart_upload(key, "id"),
        ]
        storage.upload(prefix + "a", b"kept")
        for call in calls:
            with pytest.raises(InvalidKeyError):
                call()
        assert storage.download(prefix + "a") == b"kept"
