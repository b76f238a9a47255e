"""Listing a folder in the order of keys, which is not the order of a walk through directories."""

from __future__ import annotations

import os
import tempfile
import tracemalloc
from itertools import islice
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pis_data.storage import local as module
from pis_data.storage import local_record
from pis_data.storage.keys import is_legal
from pis_data.storage.local import LocalStorage

from .test_names import KEY

NEAR = st.text("ab/.-~0A照", min_size=1, max_size=7).filter(is_legal)
KEYS = st.sets(st.one_of(NEAR, NEAR.map(lambda key: key.replace("b", "b" * 150)), KEY), max_size=12).map(
    lambda keys: {key for key in keys if is_legal(key)}
)
ANY = st.one_of(st.just(""), st.text("ab/.-~0A照", max_size=5), KEY)


@settings(max_examples=150, deadline=None)
@given(KEYS, ANY, ANY, st.data())
def test_a_listing_is_what_sorting_would_give(
    keys: set[str], prefix: str, after: str, data: st.DataObject
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        storage = LocalStorage(folder)
        storage.ensure_bucket()
        for key in keys:
            storage.upload(key, b"")
        if keys:
            one = data.draw(st.sampled_from(sorted(keys)))
            prefix = data.draw(st.sampled_from([prefix, one[: len(one) // 2], one]))
            after = data.draw(st.sampled_from([after, one, one[:-1]]))
        wanted = sorted(
            (key for key in keys if key.startswith(prefix) and key.encode() > after.encode()), key=str.encode
        )
        assert [info.key for info in storage.list(prefix, after)] == wanted
        shown = sorted({key.partition("/")[0] + "/" for key in keys if "/" in key})
        shown += sorted(key for key in keys if "/" not in key)
        children = [child if isinstance(child, str) else child.key for child in storage._children("")]
        assert sorted(children) == sorted(shown)


def test_a_folder_of_many_objects_is_listed_in_little_memory(
    local: LocalStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    local.upload("raw/album/00000.jpg", b"x")
    folder = local.path / "objects" / "raw" / "album"
    count = 20_000  # names of one file: ext4 takes 65,000
    for number in range(1, count):
        os.link(folder / "@00000.jpg", folder / f"@{number:05d}.jpg")
    looked_at = 0

    def read_record(*arguments: Any) -> Any:
        nonlocal looked_at
        looked_at += 1
        return local_record.read_record(*arguments)

    monkeypatch.setattr(module, "read_record", read_record)
    tracemalloc.start()
    try:
        listing = local.list("raw/")
        assert [info.key for info in islice(listing, 3)] == [f"raw/album/0000{n}.jpg" for n in range(3)]
        assert looked_at < count / 10  # what is not asked for is not read
        rest = sum(1 for _ in listing)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert rest == count - 3
    assert peak < 400 * count  # names only: an ObjectInfo alone would be more
    assert [info.key for info in local.list("raw/", "raw/album/19998.jpg")] == ["raw/album/19999.jpg"]


def test_files_that_we_did_not_write_are_passed_over(local: LocalStorage) -> None:
    local.upload("a/b.jpg", b"")
    objects = local.path / "objects"
    for name in (".DS_Store", "Thumbs.db", "plain.jpg", "@Upper.jpg", "@.hidden", "@%41", "@con~x", "@"):
        (objects / "a" / name).write_bytes(b"foreign")
    (objects / "a" / "@folder.jpg").mkdir()
    (objects / "Folder").mkdir()
    (objects / "Folder" / "@x.jpg").write_bytes(b"foreign")
    os.mkfifo(objects / "a" / "@pipe")
    (objects / "a" / "@link").symlink_to(objects / "a" / "@b.jpg")
    (objects / os.fsdecode(b"\xff\xfe")).symlink_to("/etc")
    assert [info.key for info in local.list()] == ["a/b.jpg"]
