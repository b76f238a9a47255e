"""Imports: what they do, what they pass over, and that one cut short at any point can be finished."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from pis_data import DatabaseAdapter, StorageAdapter, create_database_adapter, create_storage_adapter
from pis_data.errors import (
    ConfigurationError,
    InvalidValueError,
    NotFoundError,
    SchemaMismatchError,
    StorageUnavailableError,
)
from pis_data.services import importer
from pis_data.services.importer import ImportReport, import_folder, make_photo_id

from ..databases import Database
from .pictures import corners, encode, photo


@pytest.fixture
def db(database: Database) -> Iterator[DatabaseAdapter]:
    with create_database_adapter(database.url) as adapter:
        yield adapter


@pytest.fixture
def storage(tmp_path: Path) -> Iterator[StorageAdapter]:
    with create_storage_adapter(f"file://{tmp_path}/store") as adapter:
        yield adapter


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three photos, one of them on its side, and a text."""
    folder = tmp_path / "photos"
    (folder / "more").mkdir(parents=True)
    (folder / "one.jpg").write_bytes(photo(seed=1, taken="2026:06:21 05:00:00", gps=True, make="C\x00am"))
    (folder / "two.png").write_bytes(photo("PNG", seed=2))
    (folder / "more" / "three.JPEG").write_bytes(photo(seed=3, size=(600, 400), orientation=6))
    (folder / "notes.txt").write_text("no photo")
    return folder


def live(db: DatabaseAdapter, album_id: uuid.UUID) -> list[dict[str, Any]]:
    return db.find_many("photos", {"album_id": album_id, "deleted_at": None}, order_by=[("filename", "asc")])


def keys_of(rows: list[dict[str, Any]]) -> set[str]:
    names = ("original_key", "thumb_key", "preview_key")
    return {row[name] for row in rows for name in names if row[name] is not None}


def assert_whole(db: DatabaseAdapter, storage: StorageAdapter, album_id: uuid.UUID, photos: int) -> None:
    """Each photo once, every object there, no object too many, the counter true."""
    rows = db.find_many("photos", {"album_id": album_id})
    hashes = [row["hash"] for row in rows if row["deleted_at"] is None]
    assert len(hashes) == len(set(hashes)) == photos
    assert {info.key for info in storage.list("")} == keys_of(rows)
    for row in rows:
        assert storage.stat(row["original_key"]).size == row["file_size"]
    album = db.find_one("albums", {"id": album_id})
    assert album is not None
    assert album["photo_count"] == sum(
        row["status"] == "completed" and row["deleted_at"] is None for row in rows
    )


# -- the job -------------------------------------------------------------------------------------------


def test_a_folder_becomes_an_album(db: DatabaseAdapter, storage: StorageAdapter, folder: Path) -> None:
    report = import_folder(db, storage, folder, album="summer", title="Summer")
    assert report.as_json() == {
        "album_id": str(report.album_id),
        "found": 4,
        "imported": 3,
        "duplicates": 0,
        "skipped": [
            {
                "path": str(folder / "notes.txt"),
                "reason": "it is not a photo (JPEG, PNG, WebP, HEIC, TIFF or GIF)",
            }
        ],
        "bytes": sum(
            path.stat().st_size for path in folder.rglob("*") if path.suffix in {".jpg", ".png", ".JPEG"}
        ),
        "seconds": report.as_json()["seconds"],
    }
    album = db.find_one("albums", {"slug": "summer"})
    assert album is not None
    assert (album["id"], album["title"], album["photo_count"]) == (report.album_id, "Summer", 3)
    one, three, two = live(db, report.album_id)
    assert [row["filename"] for row in (one, three, two)] == ["one.jpg", "three.JPEG", "two.png"]
    assert (three["width"], three["height"]) == (400, 600)
    assert (two["mime_type"], two["status"]) == ("image/png", "completed")
    assert one["original_key"] == f"raw/{album['id']}/{one['id']}.jpg"
    assert two["original_key"] == f"raw/{album['id']}/{two['id']}.png"
    assert one["thumb_key"] == f"processed/thumbs/{album['id']}/{one['id']}.jpg"
    assert one["preview_key"] == f"processed/previews/{album['id']}/{one['id']}.jpg"
    assert one["captured_at"] == dt.datetime(2026, 6, 21, 5, 0, tzinfo=dt.UTC)
    assert one["exif"] == {
        "Image": {"Make": "Cam"},
        "Photo": {"DateTimeOriginal": "2026-06-21T05:00:00.000Z"},
    }
    assert abs(two["captured_at"] - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=5)
    assert len(one["blur_data"]) == 36
    assert storage.download(one["original_key"]) == (folder / "one.jpg").read_bytes()
    assert storage.stat(two["original_key"]).content_type == "image/png"
    assert storage.stat(two["thumb_key"]).content_type == "image/jpeg"
    assert_whole(db, storage, report.album_id, 3)


def test_a_rerun_adds_only_what_is_new(db: DatabaseAdapter, storage: StorageAdapter, folder: Path) -> None:
    first = import_folder(db, storage, folder, album="summer")
    (folder / "four.jpg").write_bytes(photo(seed=4))
    (folder / "copy of one.jpg").write_bytes((folder / "one.jpg").read_bytes())
    second = import_folder(db, storage, folder, album="summer", title="Ignored")
    assert (second.album_id, second.found, second.imported, second.duplicates) == (first.album_id, 6, 1, 4)
    assert_whole(db, storage, first.album_id, 4)


def test_the_same_bytes_twice_in_a_folder_are_one_photo(
    db: DatabaseAdapter, storage: StorageAdapter, tmp_path: Path
) -> None:
    folder = tmp_path / "same"
    folder.mkdir()
    for number in range(8):
        (folder / f"{number}.jpg").write_bytes(photo(seed=1))
        (folder / f"{number}.txt").write_text("the same text")
        (folder / f"{number}.jpeg").write_bytes(photo(size=(300, 200))[:400])
    report = import_folder(db, storage, folder, album="same", workers=4)
    assert (report.imported, report.duplicates, len(report.skipped)) == (1, 7, 16)
    assert_whole(db, storage, report.album_id, 1)


def test_the_same_photo_in_two_albums_is_two_photos(
    db: DatabaseAdapter, storage: StorageAdapter, folder: Path
) -> None:
    one = import_folder(db, storage, folder, album="one")
    two = import_folder(db, storage, folder, album="two")
    assert (one.imported, two.imported) == (3, 3)
    assert not keys_of(live(db, one.album_id)) & keys_of(live(db, two.album_id))


def test_pending_stores_the_originals_only(
    db: DatabaseAdapter, storage: StorageAdapter, folder: Path
) -> None:
    report = import_folder(db, storage, folder, album="later", pending=True)
    assert (report.imported, len(report.skipped)) == (3, 1)
    for row in live(db, report.album_id):
        assert (row["status"], row["thumb_key"], row["width"]) == ("pending", None, None)
        assert row["hash"]
    assert_whole(db, storage, report.album_id, 3)
    assert import_folder(db, storage, folder, album="later").duplicates == 3


@pytest.mark.kinds("sqlite")
def test_previews_without_the_albums_watermark_are_warned_of(
    db: DatabaseAdapter, storage: StorageAdapter, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    db.insert("albums", {"slug": "marked", "title": "Marked", "watermark_enabled": True})
    import_folder(db, storage, folder / "one.jpg", album="marked", pending=True)
    assert not caplog.records
    import_folder(db, storage, folder / "two.png", album="marked")
    assert "these previews have none" in caplog.text


def test_one_photo_may_be_given_instead_of_a_folder(
    db: DatabaseAdapter, storage: StorageAdapter, folder: Path
) -> None:
    report = import_folder(db, storage, folder / "one.jpg", album="single")
    assert (report.found, report.imported) == (1, 1)


def test_every_format_and_odd_names(db: DatabaseAdapter, storage: StorageAdapter, tmp_path: Path) -> None:
    folder = tmp_path / "odd"
    folder.mkdir()
    names: dict[str, bytes] = {
        "a.heic": encode(corners(), "HEIF"),
        "b.webp": encode(corners(), "WEBP"),
        "c.tif": encode(corners(), "TIFF"),
        "d.gif": encode(corners(), "GIF"),
        "really a png.jpg": encode(corners(), "PNG"),
        os.fsdecode(b"latin-\xe9.jpg"): photo(seed=1),
        "相册 😀.jpg": photo(seed=2),
        "line\nbreak.jpg": photo(seed=3),
        "x" * 200 + ".jpg": photo(seed=4),
    }
    for name, data in names.items():
        (folder / name).write_bytes(data)
    report = import_folder(db, storage, folder, album="odd")
    assert (report.imported, report.skipped) == (len(names), ())
    rows = {row["filename"]: row for row in live(db, report.album_id)}
    assert rows["really a png.jpg"]["original_key"].endswith(".png")
    assert rows["a.heic"]["mime_type"] == "image/heic"
    assert {"latin-\ufffd.jpg", "相册 😀.jpg", "linebreak.jpg"} <= set(rows)


def test_progress_is_told_after_each_file(db: DatabaseAdapter, storage: StorageAdapter, folder: Path) -> None:
    told: list[importer.Progress] = []
    import_folder(db, storage, folder, album="told", on_progress=told.append)
    assert [(at.done, at.total) for at in told] == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert told[-1].imported == 3
    assert {Path(at.path).name for at in told} == {"one.jpg", "two.png", "three.JPEG", "notes.txt"}


# -- the trash -------------------------------------------------------------------------------------------


def test_a_photo_in_the_trash_is_imported_anew_and_its_objects_stay(
    db: DatabaseAdapter, storage: StorageAdapter, folder: Path
) -> None:
    report = import_folder(db, storage, folder, album="trash")
    now = dt.datetime.now(dt.UTC)
    (gone,) = db.update("photos", {"album_id": report.album_id, "filename": "one.jpg"}, {"deleted_at": now})
    before = {key: storage.stat(key) for key in keys_of([gone])}
    again = import_folder(db, storage, folder, album="trash")
    assert (again.imported, again.duplicates) == (1, 2)
    assert {key: storage.stat(key) for key in before} == before
    assert_whole(db, storage, report.album_id, 3)
    assert import_folder(db, storage, folder, album="trash").duplicates == 3

    db.update("photos", {"album_id": report.album_id}, {"deleted_at": now})
    assert import_folder(db, storage, folder, album="trash").imported == 3
    assert len(db.find_many("photos", {"album_id": report.album_id})) == 7


def test_a_photo_whose_content_was_replaced_by_a_retouched_one_is_not_imported_again(
    db: DatabaseAdapter, storage: StorageAdapter, folder: Path
) -> None:
    report = import_folder(db, storage, folder, album="retouched")
    db.update("photos", {"album_id": report.album_id, "filename": "one.jpg"}, {"hash": "0" * 64})
    assert import_folder(db, storage, folder, album="retouched").duplicates == 3


def test_a_photo_that_was_moved_to_another_album_can_be_imported_again(
    db: DatabaseAdapter, storage: StorageAdapter, folder: Path
) -> None:
    report = import_folder(db, storage, folder, album="here")
    other = db.insert("albums", {"slug": "there", "title": "There"})[0]["id"]
    db.update("photos", {"album_id": report.album_id, "filename": "one.jpg"}, {"album_id": other})
    assert import_folder(db, storage, folder, album="here").imported == 1


def test_an_album_in_the_trash_is_not_filled(
    db: DatabaseAdapter, storage: StorageAdapter, folder: Path
) -> None:
    db.insert("albums", {"slug": "old", "title": "Old", "deleted_at": dt.datetime.now(dt.UTC)})
    with pytest.raises(NotFoundError, match="in the trash"):
        import_folder(db, storage, folder, album="old")
    assert list(storage.list("")) == []


# -- cut short ---------------------------------------------------------------------------------------------


class Killed(BaseException):
    """Stands for SIGKILL: nothing catches it, nothing cleans up."""


class _Dying:
    """Hands every call on, and dies before or after the n-th one that writes."""

    def __init__(self, real: Any, deaths: dict[str, int]) -> None:
        self._real = real
        self._deaths = deaths

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._real, name)
        if name not in {"upload", "insert"}:
            return method

        def call(*arguments: Any, **options: Any) -> Any:
            self._step()
            result = method(*arguments, **options)
            self._step()
            return result

        return call

    def _step(self) -> None:
        self._deaths["left"] -= 1
        if self._deaths["left"] < 0:
            raise Killed


@pytest.mark.parametrize("steps", range(27))
@pytest.mark.kinds("sqlite")
def test_killed_between_any_two_steps_a_rerun_finishes_the_job(
    db: DatabaseAdapter, storage: StorageAdapter, folder: Path, steps: int
) -> None:
    deaths = {"left": steps}
    try:
        import_folder(_Dying(db, deaths), _Dying(storage, deaths), folder, album="cut", workers=1)
    except Killed:
        pass
    else:
        assert steps == 26, "the album and 3 photos of 4 writes each are 26 steps"
    report = import_folder(db, storage, folder, album="cut")
    assert report.imported + report.duplicates == 3
    assert_whole(db, storage, report.album_id, 3)


@pytest.mark.kinds("sqlite")
def test_a_process_killed_again_and_again_gets_there(
    database: Database, db: DatabaseAdapter, storage: StorageAdapter, tmp_path: Path
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(40):
        (folder / f"{number}.jpg").write_bytes(photo(seed=number, size=(900, 600)))
    command = [sys.executable, "-m", "pis_data", "import", str(folder), "--album", "killed"]
    environ = os.environ | {
        "DATABASE_URL": database.url,
        "STORAGE_TYPE": "local",
        "STORAGE_PATH": str(tmp_path / "store"),
        "PIS_ENV_FILE": "none",
    }
    deaths = 0
    for attempt in range(40):
        process = subprocess.Popen(command, env=environ, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        before = db.count("photos")
        while process.poll() is None and db.count("photos") < before + 4:
            time.sleep(0.001)
        time.sleep(0.002 * (attempt % 7))
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
            deaths += 1
        if process.wait() == 0:
            break
    assert deaths >= 2
    assert db.count("photos") > 0, "an import that was killed had done something"
    report = import_folder(db, storage, folder, album="killed")
    assert_whole(db, storage, report.album_id, 40)


def test_two_imports_of_one_folder_at_once(
    db: DatabaseAdapter, storage: StorageAdapter, folder: Path
) -> None:
    for number in range(10, 30):
        (folder / f"{number}.jpg").write_bytes(photo(seed=number))
    start = threading.Barrier(2)

    def job() -> ImportReport:
        start.wait()
        return import_folder(db, storage, folder, album="twice", workers=2)

    with ThreadPoolExecutor(2) as pool:
        one, two = [future.result() for future in [pool.submit(job), pool.submit(job)]]
    assert one.album_id == two.album_id
    assert one.imported + two.imported == 23
    assert one.duplicates + two.duplicates == 23
    assert_whole(db, storage, one.album_id, 23)


@pytest.mark.kinds("sqlite")
def test_a_store_that_fails_ends_the_import_and_a_rerun_finishes_it(
    db: DatabaseAdapter, storage: StorageAdapter, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = storage.upload
    calls = iter(range(1000))

    def failing(*arguments: Any, **options: Any) -> Any:
        if next(calls) == 4:
            raise StorageUnavailableError("the store is down")
        return upload(*arguments, **options)

    monkeypatch.setattr(storage, "upload", failing)
    with pytest.raises(StorageUnavailableError, match="the store is down"):
        import_folder(db, storage, folder, album="down", workers=2)
    monkeypatch.undo()
    report = import_folder(db, storage, folder, album="down")
    assert_whole(db, storage, report.album_id, 3)


@pytest.mark.kinds("sqlite")
def test_an_interrupted_import_stops_soon_and_starts_nothing_new(
    db: DatabaseAdapter, storage: StorageAdapter, tmp_path: Path
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(60):
        (folder / f"{number:02}.jpg").write_bytes(photo(seed=number))

    def interrupt(at: importer.Progress) -> None:
        if at.done == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_folder(db, storage, folder, album="stopped", workers=2, on_progress=interrupt)
    album = db.find_one("albums", {"slug": "stopped"})
    assert album is not None
    assert 5 <= album["photo_count"] <= 15
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("import")]
    report = import_folder(db, storage, folder, album="stopped")
    assert_whole(db, storage, report.album_id, 60)


@pytest.mark.kinds("sqlite")
def test_a_file_that_changes_while_it_is_read_is_stored_as_it_was_hashed(
    db: DatabaseAdapter, storage: StorageAdapter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "moving"
    folder.mkdir()
    path = folder / "x.jpg"
    path.write_bytes(photo(seed=1))
    render = importer.images.render

    def change_then_render(file: Any) -> Any:
        path.write_bytes(photo(seed=2))
        return render(file)

    monkeypatch.setattr(importer.images, "render", change_then_render)
    report = import_folder(db, storage, folder, album="moving")
    (row,) = live(db, report.album_id)
    assert storage.download(row["original_key"]) == photo(seed=1)


# -- what is refused -----------------------------------------------------------------------------------------


@pytest.mark.kinds("sqlite")
@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"album": ""}, InvalidValueError),
        ({"album": "Upper"}, InvalidValueError),
        ({"album": "a/b"}, InvalidValueError),
        ({"album": "x" * 201}, InvalidValueError),
        ({"album": "x'; DROP TABLE photos; --"}, InvalidValueError),
        ({"workers": 0}, InvalidValueError),
        ({"workers": 65}, InvalidValueError),
        ({"path": "/no/such/folder"}, ConfigurationError),
    ],
)
def test_wrong_arguments_are_refused_before_anything_is_made(
    db: DatabaseAdapter,
    storage: StorageAdapter,
    folder: Path,
    options: dict[str, Any],
    error: type[Exception],
) -> None:
    arguments: dict[str, Any] = {"path": folder, "album": "x", **options}
    with pytest.raises(error):
        import_folder(db, storage, arguments.pop("path"), **arguments)
    assert db.count("albums") == 0


def test_a_database_without_tables_says_what_to_do(
    empty_database: Database, storage: StorageAdapter, folder: Path
) -> None:
    with (
        create_database_adapter(empty_database.url) as db,
        pytest.raises(SchemaMismatchError, match="pis-data db upgrade"),
    ):
        import_folder(db, storage, folder, album="x")


def test_ids_depend_on_album_content_and_number() -> None:
    album = uuid.UUID(int=1)
    ids: list[Callable[[], uuid.UUID]] = [
        lambda: make_photo_id(album, "a"),
        lambda: make_photo_id(album, "a", 1),
        lambda: make_photo_id(album, "b"),
        lambda: make_photo_id(uuid.UUID(int=2), "a"),
    ]
    assert len({make() for make in ids}) == 4
    assert make_photo_id(album, "a") == make_photo_id(album, "a", 0)
