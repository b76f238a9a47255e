"""The example adapter of `examples/`: installed by pip, found by its entry point, put to the suite."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "memory-storage"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which pip installed the example; pis_data itself is here already."""
    target = tmp_path_factory.mktemp("installed")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps"]
    command += ["--no-build-isolation", "--target", str(target), str(EXAMPLE)]
    subprocess.run(command, check=True, capture_output=True)
    return target


def run(installed: Path, folder: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("STORAGE_", "PYTEST_"))
    }
    return subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env={**clean, "PYTHONPATH": str(installed), "PIS_ENV_FILE": "none", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_passes_the_suite(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "pytest.ini").touch()
    options = ("-q", "-rs", "-p", "no:cacheprovider", "-p", "no:xdist")
    done = run(
        installed, tmp_path, "-m", "pytest", *options, "--pyargs", "pis_data.testing", "--pis-storage=memory"
    )
    assert done.returncode == 0, done.stdout + done.stderr
    passed = re.search(r"(\d+) passed", done.stdout)
    assert passed is not None
    assert int(passed[1]) > 150
    reasons = {line.partition(": ")[2] for line in done.stdout.splitlines() if line.startswith("SKIPPED")}
    assert reasons == {
        "declared impossible: a store in memory has no URLs, and takes objects as a whole only"
    }


def test_a_service_gets_it_by_a_setting(installed: Path, tmp_path: Path) -> None:
    code = (
        "from pis_data import get_storage_adapter\n"
        "storage = get_storage_adapter()\n"
        "storage.upload('raw/a.jpg', b'x')\n"
        "print(type(storage).__name__, storage.health()['location'], storage.public_url('raw/a.jpg'))\n"
    )
    given = {"STORAGE_TYPE": "memory", "STORAGE_BUCKET": "mine", "STORAGE_PUBLIC_URL": "https://cdn.test"}
    done = run(installed, tmp_path, "-c", code, **given)
    assert done.stdout.split() == ["MemoryStorage", "memory:/mine", "https://cdn.test/raw/a.jpg"], done.stderr


def test_it_is_small_and_shown_whole_in_the_guide() -> None:
    source = (EXAMPLE / "pis_memory.py").read_text()
    assert len(source.splitlines()) < 80
    assert f"```python\n{source}```" in (ROOT / "docs" / "extending.md").read_text()
