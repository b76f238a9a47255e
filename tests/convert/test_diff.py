"""``schema diff`` finds what differs and nothing else; ``schema diagram`` shows all tables and references."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pis_data.cli import app
from pis_data.convert.diagram import diagram
from pis_data.convert.diff import diff
from pis_data.errors import ConfigurationError, ConversionError, InvalidValueError
from pis_data.schema import TABLES

from ..databases import Database

ROOT = Path(__file__).parents[2]
FULL = str(ROOT / "database" / "full_schema.sql")


def said(left: str, right: str) -> list[str]:
    return [str(difference) for difference in diff(left, right)]


def test_a_migrated_database_is_as_the_models_and_the_file_say(database: Database) -> None:
    assert said("models", database.url) == []
    if database.kind != "sqlite":
        assert said(FULL, database.url) == []


def test_the_file_is_as_the_models_say() -> None:
    assert said("models", FULL) == []


def test_what_was_changed_is_said(tmp_path: Path) -> None:
    one, two = tmp_path / "one.sql", tmp_path / "two.sql"
    one.write_text(
        "CREATE TABLE a (id INT PRIMARY KEY, b TEXT NOT NULL, c INT DEFAULT 1 CHECK (c > 0), d UUID "
        "REFERENCES e);"
        "CREATE TABLE e (id UUID PRIMARY KEY); CREATE INDEX a_b ON a (b);"
    )
    two.write_text(
        "CREATE TABLE a (id BIGINT PRIMARY KEY, b TEXT, c INT DEFAULT 2, d UUID, f INT);"
        "CREATE TABLE e (id UUID PRIMARY KEY, UNIQUE (id)); CREATE TABLE g (id INT PRIMARY KEY);"
    )
    assert said(str(one), str(two)) == [
        f"column a.b: nullability NOT NULL in {one}, NULL allowed in {two}",
        f"column a.c: default 1 in {one}, 2 in {two}",
        f"column a.f: only in {two}",
        f"column a.id: type integer in {one}, bigint in {two}",
        f"foreign key a.(d) to e(id) on delete no action: only in {one}",
        f"check a.a_c_check: only in {one}",
        f"index a.a_b (b): only in {one}",
        f"key e.unique (id): only in {two}",
        f"table g: only in {two}",
    ]


@pytest.mark.kinds("postgresql", "mysql")
def test_a_database_that_was_changed(new_database: object) -> None:
    changed: Database = new_database(migrated=True)  # type: ignore[operator]
    with changed.connect() as connection, connection.cursor() as cursor:
        cursor.execute("DROP INDEX idx_photos_trash" + (" ON photos" if changed.kind == "mysql" else ""))
        cursor.execute("ALTER TABLE photos ADD COLUMN extra INT")
    found = said("models", changed.url)
    assert [re.sub(r" in \S+$", "", line) for line in found] == [
        "column photos.extra: only",
        "index photos.idx_photos_trash (deleted_at, id): only",
    ]
    assert "pis-test-secret" not in "".join(found)


def test_a_side_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="there is no database"):
        diff("models", f"sqlite:///{tmp_path}/none.db")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(ConfigurationError, match="'foo' is no database's URL"):
        diff("models", "foo")


def test_scripts_that_can_t_be_compared(tmp_path: Path) -> None:
    script = tmp_path / "x.sql"
    script.write_text("CREATE TABLE a (id INT")
    with pytest.raises(ConversionError, match="line 1, column"):
        diff(str(script), "models")


@pytest.mark.parametrize("other", ["models", FULL, str(ROOT / "database" / "full_schema.mariadb.sql")])
def test_a_script_of_mysqls_is_read_too(other: str, tmp_path: Path) -> None:
    mysqls = ROOT / "database" / "full_schema.mysql.sql"
    assert said(str(mysqls), other) == []
    changed = tmp_path / "changed.sql"
    changed.write_text(mysqls.read_text().replace("filename VARCHAR(255)", "filename VARCHAR(200)"))
    assert [line.partition(" in ")[0] for line in said(str(changed), other)] == [
        "column photos.filename: type varchar(200)"
    ]


def test_the_command_exits_with_1_if_anything_differs(tmp_path: Path) -> None:
    runner = CliRunner()
    assert runner.invoke(app, ["schema", "diff", "models", FULL]).exit_code == 0
    script = tmp_path / "x.sql"
    script.write_text("CREATE TABLE a (id INT PRIMARY KEY);")
    done = runner.invoke(app, ["schema", "diff", "models", str(script), "--json"])
    assert done.exit_code == 1
    assert '"equal": false' in done.stdout


def test_the_diagram_shows_every_table_and_reference() -> None:
    mermaid, svg = diagram("mermaid"), diagram("svg")
    tree = ET.fromstring(svg)
    texts = {element.text for element in tree.iter("{http://www.w3.org/2000/svg}text")}
    keys = [key for table in TABLES.values() for key in table.foreign_keys]
    assert texts >= set(TABLES)
    assert len(list(tree.iter("{http://www.w3.org/2000/svg}path"))) == len(keys)
    assert mermaid.count(" ||--") == len(keys)
    assert "albums ||--|{ photos : album_id" in mermaid
    with pytest.raises(InvalidValueError, match="no format 'png'"):
        diagram("png")


def test_boxes_don_t_overlap() -> None:
    from pis_data.convert.diagram import _WIDTH, _placed, _tables

    boxes = list(_placed(_tables()).values())
    for index, one in enumerate(boxes):
        for other in boxes[index + 1 :]:
            apart_x = one.x + _WIDTH <= other.x or other.x + _WIDTH <= one.x
            assert apart_x or one.y + one.height <= other.y or other.y + other.height <= one.y


def test_the_docs_show_the_present_diagram() -> None:
    assert (ROOT / "docs" / "schema-diagram.svg").read_text() == diagram("svg"), (
        "stale: pis-data schema diagram --format svg -o docs/schema-diagram.svg"
    )
    assert diagram("mermaid") in (ROOT / "docs" / "schema-diagram.md").read_text(), (
        "stale: the Mermaid block of docs/schema-diagram.md is what pis-data schema diagram prints"
    )
