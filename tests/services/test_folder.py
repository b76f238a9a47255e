"""What of a folder is imported, and under which names."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pis_data.services.folder import Found, clean_filename, shown, walk


def found(root: Path) -> dict[str, str | None]:
    return {str(item.path.relative_to(root)): item.problem for item in walk(root)}


def test_files_come_in_the_order_of_their_names_folder_by_folder(tmp_path: Path) -> None:
    for name in ("b.jpg", "a/2.jpg", "a/1.jpg", "a/deep/er/x.png", "c"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert list(found(tmp_path)) == ["a/1.jpg", "a/2.jpg", "a/deep/er/x.png", "b.jpg", "c"]


def test_what_nobody_means_to_import_is_left_out(tmp_path: Path) -> None:
    for name in (".DS_Store", ".hidden/x.jpg", "__MACOSX/._x.jpg", "Thumbs.db", "@eaDir/x.jpg", "real.jpg"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert found(tmp_path) == {"real.jpg": None}


def test_links_pipes_and_loops_are_not_followed_into(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "photo.jpg").touch()
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    (tmp_path / "dead").symlink_to("nowhere")
    (tmp_path / "itself").symlink_to("itself")
    (tmp_path / "good").symlink_to("a/photo.jpg")
    os.mkfifo(tmp_path / "pipe")
    assert found(tmp_path) == {
        "a/loop": "it is a link to a folder",
        "a/photo.jpg": None,
        "dead": "it is a link to nothing",
        "good": None,
        "itself": "it is a link to nothing",
        "pipe": "it is not a regular file",
    }


def test_the_root_may_be_one_file_or_a_link(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    photo = tmp_path / "photos" / "x.jpg"
    photo.touch()
    (tmp_path / "link").symlink_to("photos")
    assert list(walk(photo)) == [Found(photo)]
    assert [item.path.name for item in walk(tmp_path / "link")] == ["x.jpg"]


def test_a_folder_that_can_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "closed").mkdir()
    (tmp_path / "x.jpg").touch()
    scandir = os.scandir

    def refuse(path: Path) -> object:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    closed, photo = walk(tmp_path)
    assert closed == Found(
        tmp_path / "closed", "the folder can't be read: Permission denied", unreadable=True
    )
    assert photo.problem is None


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("photo.jpg", "photo.jpg"),
        ("été 相.JPG", "été 相.JPG"),
        ("e\u0301te\u0301.jpg", "été.jpg"),
        ("a\nb\tc\x7f\x85.jpg", "abc.jpg"),
        ("safe\u202egpj.exe", "safegpj.exe"),
        (os.fsdecode(b"bad\xff.jpg"), "bad\ufffd.jpg"),
        ("x" * 300 + ".jpeg", "x" * 250 + ".jpeg"),
        ("x" * 300, "x" * 255),
        ("." * 300, "." * 255),
        ("\x01", "photo"),
        ("😀" * 300 + ".jpg", "😀" * 251 + ".jpg"),
    ],
)
def test_clean_filename(name: str, wanted: str) -> None:
    assert clean_filename(name) == wanted


@given(st.binary(min_size=1, max_size=400).filter(lambda name: b"\0" not in name and b"/" not in name))
def test_any_name_that_a_disk_can_hold_becomes_one_that_a_database_can(raw: bytes) -> None:
    name = clean_filename(os.fsdecode(raw))
    name.encode()
    assert 1 <= len(name) <= 255
    assert name.isprintable() or any(not char.isprintable() and ord(char) > 0x9F for char in name)
    shown(Path(os.fsdecode(raw))).encode()
