"""``pis-data schema convert`` and ``dump``: files, reports, exit codes."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from pis_data.cli import app

CORPUS = Path(__file__).parent / "corpus"


def run(*arguments: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, ["schema", *arguments])
    return done.exit_code, done.stdout, done.stderr


def test_a_script_and_its_report(tmp_path: Path) -> None:
    output, report = tmp_path / "out.sql", tmp_path / "report.json"
    source = CORPUS / "supabase_export.sql"
    code, _, told = run("convert", str(source), "--to", "mysql", "-o", str(output), "--report", str(report))
    assert code == 0
    assert "CREATE TABLE auth_users" in output.read_text()
    written = json.loads(report.read_text())
    assert set(written) == {"source", "target", "counts", "statements"}
    assert written["source"] == str(source)
    assert "by hand" in told
    assert f"{len(written['statements'])} statements: " in told


def test_strict_exits_with_1_if_anything_is_left() -> None:
    assert run("convert", str(CORPUS / "supabase_export.sql"), "--to", "mysql", "--strict")[0] == 1
    assert run("convert", str(CORPUS / "django_school.sql"), "--to", "mariadb", "--strict")[0] == 0


def test_bad_sql_exits_with_1_and_says_where() -> None:
    code, script, told = run("convert", str(CORPUS / "broken.sql"), "--to", "mysql")
    assert code == 1
    assert "broken.sql: line 4, column 1: no statement begins with 'CREATE'" in told
    assert "CREATE TABLE also_good" in script


def test_one_json_document() -> None:
    code, out, _ = run("convert", str(CORPUS / "supabase_export.sql"), "--to", "mysql", "--json")
    assert code == 0
    assert len(json.loads(out)["policies"]) == 4


def test_wrong_usage(tmp_path: Path) -> None:
    source = str(CORPUS / "django_school.sql")
    assert run("convert", source, "--to", "oracle")[0] == 2
    assert run("convert", source, "--to", "mysql", "--target-version", "5.7")[0] == 2
    assert run("convert", source, "--to", "mysql", "--uuid", "text")[0] == 2
    latin = tmp_path / "latin.sql"
    latin.write_bytes(b"-- caf\xe9\n")
    assert run("convert", str(latin), "--to", "mysql")[0] == 2
    assert run("dump", "--dialect", "oracle")[0] == 2


def test_a_dump_is_written() -> None:
    code, out, _ = run("dump", "--dialect", "mariadb")
    assert code == 0
    assert "utf8mb4_nopad_bin" in out
