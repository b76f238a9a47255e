"""Alembic's own ways in: pytest-alembic's tests, and the `alembic` command of a checkout."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_alembic.tests import (  # noqa: F401 - they are tests
    test_model_definitions_match_ddl,
    test_single_head_revision,
    test_up_down_consistency,
    test_upgrade,
)
from sqlalchemy import create_engine

from pis_data.config import DatabaseConfig
from pis_data.dialects import dialect_for
from pis_data.services.migrate import current, head

ROOT = Path(__file__).parents[2]


@pytest.fixture
def alembic_config():
    return {"file": str(ROOT / "alembic.ini")}


@pytest.fixture
def alembic_engine(empty_database):
    config = DatabaseConfig.from_url(empty_database.url)
    dialect = dialect_for(config.kind)
    engine = create_engine(dialect.url(config, "sync"), connect_args=dialect.connect_args(config, "sync"))
    yield engine
    engine.dispose()


def alembic(*arguments, **variables):
    return subprocess.run(
        [sys.executable, "-m", "alembic", *arguments],
        cwd=ROOT,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
    )


def test_the_command_takes_the_database_from_the_environment(empty_database):
    variables = {"DATABASE_URL": empty_database.url}
    for arguments in (("upgrade", "head"), ("check",), ("current",), ("downgrade", "base")):
        done = alembic(*arguments, **variables)
        assert done.returncode == 0, done.stderr
        if arguments == ("current",):
            assert done.stdout.startswith(head())
    assert current(empty_database.url) is None


def test_the_command_takes_a_url(tmp_path):
    url = f"sqlite:///{tmp_path / 'x.db'}"
    assert alembic("-x", f"url={url}", "upgrade", "head").returncode == 0
    assert current(url) == head()


def test_the_command_shows_an_error_on_one_line(tmp_path):
    done = alembic("-x", "url=postgresql://someone:sesame@127.0.0.1:1/pis", "upgrade", "head")
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert "sesame" not in done.stderr
    assert "FAILED" in done.stdout + done.stderr


def test_the_command_drafts_revisions(tmp_path):
    """A model that has what the database has not: a rule is drafted as an operation of ours."""
    url = f"sqlite:///{tmp_path / 'x.db'}"
    alembic("-x", f"url={url}", "upgrade", "head")
    with create_engine(url).begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER albums_updated_at")
    drafts = tmp_path / "drafts"
    drafts.mkdir()
    ini = (ROOT / "alembic.ini").read_text().replace("%(here)s", str(ROOT))
    places = f"version_locations = {ROOT / 'migrations' / 'versions'}{os.pathsep}{drafts}"
    (tmp_path / "alembic.ini").write_text(
        ini.replace("path_separator = os", f"path_separator = os\n{places}")
    )
    done = alembic(
        *("-c", str(tmp_path / "alembic.ini"), "-x", f"url={url}", "revision", "--autogenerate"),
        *("-m", "draft", "--version-path", str(drafts)),
    )
    assert done.returncode == 0, done.stderr
    (draft,) = drafts.glob("*.py")
    assert "from pis_data.schema.triggers import updated_at_of_albums" in draft.read_text()
    assert "op.create_rule(updated_at_of_albums())" in draft.read_text()
    compile(draft.read_text(), draft.name, "exec")
