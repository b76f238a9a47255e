"""What a user installs: the wheel, in an environment of its own, used from an empty folder."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.databases import Database

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    target = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w"]
    subprocess.run([*build, str(target), str(ROOT)], check=True, capture_output=True)
    (found,) = target.glob("*.whl")
    return found


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel's contents, as ``site-packages`` would hold them."""
    target = tmp_path_factory.mktemp("site")
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target"]
    subprocess.run([*install, str(target), str(wheel)], check=True, capture_output=True)
    return target


def run(installed: Path, folder: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """``pis-data …`` of the installed package, in a folder without anything of the checkout."""
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    environment |= {"PYTHONPATH": str(installed), "PYTHONSAFEPATH": "1", **variables}
    return subprocess.run(
        [sys.executable, "-m", "pis_data", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )


def test_the_wheel_brings_the_revisions_and_its_types(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "pis_data/py.typed" in names
    assert "pis_data/migrations/env.py" in names
    assert any(name.startswith("pis_data/migrations/versions/0001") for name in names)
    assert not any(name.startswith(("tests/", "benchmarks/", "tools/")) for name in names)


def test_an_installed_package_migrates_a_database_from_an_empty_folder(
    installed: Path, empty_database: Database, tmp_path: Path
) -> None:
    where = {"DATABASE_URL": empty_database.url}
    upgraded = run(installed, tmp_path, "db", "upgrade", **where)
    assert upgraded.returncode == 0, upgraded.stderr
    checked = run(installed, tmp_path, "db", "check", **where)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    back = run(installed, tmp_path, "db", "downgrade", "base", **where)
    assert back.returncode == 0, back.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_installed_demo_does_the_main_job(installed: Path, tmp_path: Path) -> None:
    done = run(installed, tmp_path, "demo")
    assert done.returncode == 0, done.stdout + done.stderr
    assert list(tmp_path.iterdir()) == [], "the demo leaves nothing behind unless told to keep it"
