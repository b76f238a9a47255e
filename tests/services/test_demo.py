"""The demo: what a newcomer runs first has to work, and to say when it doesn't."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from pis_data.config import DatabaseConfig
from pis_data.errors import ConfigurationError, IntegrityError, MissingDependencyError
from pis_data.services import demo, images
from pis_data.services.demo_photos import NOT_A_PHOTO, make_photos
from pis_data.sync import create_database_adapter


def test_the_main_job_from_end_to_end(tmp_path: Path) -> None:
    told: list[demo.Step] = []
    result = demo.run(tmp_path / "kept", on_step=told.append)
    assert [step.name for step in told] == [
        "photographs",
        "migrate",
        "import",
        "import again",
        "list a page",
        "presign, download",
        "verify",
    ]
    details = {step.name: step.detail for step in told}
    assert details["import"] == "12 imported, 0 already there, 1 skipped, of 13 files"
    assert details["import again"] == "0 imported, 12 already there, 1 skipped, of 13 files"
    assert details["verify"] == "every byte is as it was; a forged URL is refused (403)"
    assert result.steps == tuple(told)
    with create_database_adapter(DatabaseConfig(kind="sqlite", path=tmp_path / "kept" / "pis.db")) as db:
        (album,) = db.find_many("albums")
        assert (album["title"], album["photo_count"]) == ("A day in the mountains", 12)
        rows = db.find_many("photos", order_by=[("filename", "asc")])
    assert all("GPS" not in json.dumps(row["exif"]) for row in rows)
    assert {row["mime_type"] for row in rows} == {"image/jpeg", "image/png", "image/webp", "image/heic"}
    assert sum(row["height"] > row["width"] for row in rows) == 2


def test_without_keep_nothing_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert demo.run().folder is None
    assert list(tmp_path.iterdir()) == []


def test_the_command(tmp_path: Path) -> None:
    environ = os.environ | {"DATABASE_URL": "postgresql://not.used.example/x", "STORAGE_TYPE": "s3"}
    done = subprocess.run(
        [sys.executable, "-m", "pis_data", "demo", "--keep", "kept", "--json"],
        cwd=tmp_path,
        env=environ,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert (document["ok"], document["folder"], len(document["steps"])) == (True, "kept", 7)
    assert len(done.stderr.splitlines()) == 7
    look = subprocess.run(
        document["look_with"].replace("pis-data", f"{sys.executable} -m pis_data"),
        shell=True,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert look.returncode == 0, look.stdout + look.stderr


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("precious")
    with pytest.raises(ConfigurationError, match="expected a new or empty folder"):
        demo.run(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_bytes_that_come_back_changed_are_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = demo._Demo._download
    monkeypatch.setattr(demo._Demo, "_download", lambda self, storage, key: real(self, storage, key) + b"x")
    with pytest.raises(IntegrityError, match="came back changed"):
        demo.run(tmp_path / "kept")


def test_a_forged_url_that_is_served_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo._Demo, "_fetch_forged", lambda self, url: None)
    with pytest.raises(IntegrityError, match="a forged URL was served"):
        demo.run(tmp_path / "kept")


@pytest.mark.parametrize("module", ["PIL", "uvicorn"])
def test_a_missing_package_names_the_extras_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingDependencyError, match=r"pis-data\[photos,serve\]"):
        demo.run(tmp_path / "kept")
    assert not (tmp_path / "kept").exists()


def test_the_server_is_on_this_machine_only_and_stops(tmp_path: Path) -> None:
    with demo._served(tmp_path / "store") as storage:
        storage.ensure_bucket()
        storage.upload("a.txt", b"hello")
        url = storage.get_presigned_get_url("a.txt")
        assert url.startswith("http://127.0.0.1:")
        with urllib.request.urlopen(url, timeout=10) as answer:
            assert answer.read() == b"hello"
    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen(url, timeout=10)


@pytest.fixture(scope="module")
def photographs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Path]]:
    folder = tmp_path_factory.mktemp("photographs")
    yield make_photos(folder)
    assert (folder / NOT_A_PHOTO).exists()


def test_the_photographs_are_photographs(photographs: list[Path]) -> None:
    for path in photographs:
        with path.open("rb") as file:
            found = images.read_photo(file)
        assert found.captured_at is not None
        assert found.exif["Image"]["Model"] == "Imaginary 1"
        with Image.open(path) as image:
            assert image.getexif().get_ifd(0x8825), "there is a place, for the import to drop"
    assert len({path.read_bytes() for path in photographs}) == len(photographs)
