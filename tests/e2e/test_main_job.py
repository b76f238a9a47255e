"""The main job, end to end, by the command line, on each database: migrate, import, look, fetch."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from pis_data.sync import create_database_adapter
from tests.databases import Database


class Operator:
    """Somebody at a shell, with one database and one folder configured."""

    def __init__(self, database: Database, home: Path) -> None:
        self.home = home
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        self.environment = {
            **kept,
            "DATABASE_URL": database.url,
            "STORAGE_TYPE": "local",
            "STORAGE_PATH": str(home / "objects"),
        }

    def run(self, *arguments: str, code: int = 0) -> str:
        """``pis-data …``: what it printed; fails if it did not exit with ``code``."""
        done = subprocess.run(
            [sys.executable, "-m", "pis_data", *arguments],
            cwd=self.home,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=240,
        )
        assert done.returncode == code, f"{done.stdout}\n{done.stderr}"
        assert "Traceback" not in done.stderr
        return done.stdout

    def json(self, *arguments: str, code: int = 0) -> Any:
        """The one JSON document that a command printed."""
        return json.loads(self.run(*arguments, "--json", code=code))


@pytest.fixture
def operator(empty_database: Database, tmp_path: Path) -> Operator:
    return Operator(empty_database, tmp_path)


@pytest.fixture
def photographs(tmp_path: Path) -> Path:
    """Twelve photographs in two folders, one of them twice, and a file that is none."""
    folder = tmp_path / "photographs"
    for number in range(12):
        path = folder / ("first" if number % 2 else "second") / f"IMG_{number:04}.jpg"
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (640, 480), (number * 20, 100, 200)).save(path, quality=90)
    (folder / "again.jpg").write_bytes((folder / "first" / "IMG_0001.jpg").read_bytes())
    (folder / "notes.txt").write_text("no photograph")
    return folder


def test_from_an_empty_database_to_a_downloaded_photo(
    operator: Operator, photographs: Path, empty_database: Database, tmp_path: Path
) -> None:
    operator.run("db", "upgrade")
    report = operator.json("import", str(photographs), "--album", "spring", "--title", "Spring")
    assert (report["found"], report["imported"], report["duplicates"]) == (14, 12, 1)  # files, the text too
    assert [Path(skipped["path"]).name for skipped in report["skipped"]] == ["notes.txt"]

    again = operator.json("import", str(photographs), "--album", "spring")
    assert (again["imported"], again["duplicates"]) == (0, 13)

    with create_database_adapter(empty_database.url) as db:
        album = db.find_one("albums", {"slug": "spring"})
        assert album is not None
        assert (str(album["id"]), album["title"], album["photo_count"]) == (report["album_id"], "Spring", 12)
        photo = db.find_one("photos", {"album_id": album["id"], "filename": "IMG_0004.jpg"})
        assert photo is not None
        assert (photo["width"], photo["height"], photo["status"]) == (640, 480, "completed")

    fetched = tmp_path / "fetched.jpg"
    operator.run("storage", "get", photo["original_key"], str(fetched))
    assert hashlib.sha256(fetched.read_bytes()).hexdigest() == photo["hash"]
    assert fetched.read_bytes() == (photographs / "second" / "IMG_0004.jpg").read_bytes()

    health = operator.json("doctor")
    assert health["ok"], [check for check in health["checks"] if not check["ok"]]


def test_importing_before_the_database_is_migrated_says_what_to_do(
    operator: Operator, photographs: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pis_data", "import", str(photographs), "--album", "spring"],
        cwd=operator.home,
        env=operator.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "db upgrade" in done.stderr
    assert "Traceback" not in done.stderr
