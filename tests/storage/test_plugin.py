"""The pytest plugin as a service and an adapter's author meet it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


def run(folder: Path, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run pytest in a folder of its own, as another project would."""
    (folder / "pytest.ini").touch()
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("STORAGE_", "PYTEST_"))
    }
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:xdist", "-q", *options],
        cwd=folder,
        env={**clean, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("given", ["local", "env:OLD_", "file://{folder}/store"])
def test_the_suite_runs_on_a_store_that_is_named(tmp_path: Path, given: str) -> None:
    result = run(
        tmp_path,
        *("--pyargs", "pis_data.testing", f"--pis-storage={given.format(folder=tmp_path)}"),
        *("-k", "create_only or threads or put_url or health"),
        OLD_STORAGE_TYPE="local",
        OLD_STORAGE_PATH=str(tmp_path / "old"),
    )
    assert result.returncode == 0, result.stdout + result.stderr
    assert " passed" in result.stdout
    assert not (tmp_path / "pis-data").exists()


def test_without_an_option_nothing_is_collected(tmp_path: Path) -> None:
    result = run(tmp_path, "--pyargs", "pis_data.testing")
    assert result.returncode == pytest.ExitCode.NO_TESTS_COLLECTED
    assert "say --pis-storage=NAME_OR_URL or --pis-database=URL" in result.stdout


def test_a_store_that_can_not_be_configured_says_so(tmp_path: Path) -> None:
    result = run(tmp_path, "--pyargs", "pis_data.testing", "--pis-storage=nonesuch")
    assert result.returncode == pytest.ExitCode.USAGE_ERROR
    assert result.stdout.count("STORAGE_TYPE is 'nonesuch'") == 1, "and not once for each test"


ADAPTER = """
import pytest
from pis_data.errors import CapabilityError
from pis_data.storage.local import LocalStorage
from pis_data.testing.storage import StorageContract

class NoUrls(LocalStorage):
    def _presign(self, request):
        raise CapabilityError("this store signs nothing")

class Forgetful(NoUrls):
    def _put(self, key, source, content_type, metadata, create_only):
        return super()._put(key, source, content_type, {}, create_only)

class Suite(StorageContract):
    adapter = NoUrls
    @pytest.fixture
    def storage(self, tmp_path):
        storage = self.adapter(tmp_path / "store")
        storage.ensure_bucket()
        return storage

class TestHonest(Suite): pass

class TestForgetful(Suite):
    adapter = Forgetful
"""


def test_what_an_adapter_declares_impossible_is_skipped_and_a_defect_is_found(tmp_path: Path) -> None:
    (tmp_path / "test_adapter.py").write_text(ADAPTER)
    honest = run(tmp_path, "-k", "Honest and (url or metadata_is_kept)", "-rs")
    assert honest.returncode == 0, honest.stdout
    assert "this store signs nothing" in honest.stdout
    assert "passed" in honest.stdout
    forgetful = run(tmp_path, "-k", "Forgetful and metadata_is_kept")
    assert forgetful.returncode == pytest.ExitCode.TESTS_FAILED
    assert "photographer" in forgetful.stdout  # asserts are rewritten: the difference is shown


def test_a_service_gets_a_store_for_its_tests(tmp_path: Path) -> None:
    (tmp_path / "test_service.py").write_text(
        "from pis_data.errors import CapabilityError\n"
        "def test_upload(pis_storage):\n"
        "    pis_storage.upload('raw/a.jpg', b'x')\n"
        "    assert [info.key for info in pis_storage.list()] == ['raw/a.jpg']\n"
        "def test_empty_again(pis_storage):\n"
        "    assert list(pis_storage.list()) == []\n"
        "def test_its_own_errors_fail():\n"
        "    raise CapabilityError('not for us to skip')\n"
    )
    result = run(tmp_path)
    assert "2 passed" in result.stdout
    assert "1 failed" in result.stdout


def test_the_plugin_loads_nothing_heavy(tmp_path: Path) -> None:
    (tmp_path / "test_light.py").write_text(
        "import sys\n"
        "def test_light():\n"
        "    heavy = ('sqlalchemy', 'pydantic', 'fsspec', 'starlette', 'pis_data.storage')\n"
        "    assert not [name for name in heavy if name in sys.modules]\n"
    )
    # Without other plugins, which may well load SQLAlchemy.
    result = run(tmp_path, "-p", "pis_data.testing.plugin", PYTEST_DISABLE_PLUGIN_AUTOLOAD="1")
    assert result.returncode == 0, result.stdout
