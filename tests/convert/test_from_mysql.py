"""MySQL's and MariaDB's scripts, as their own tools write them, to PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pis_data.convert import convert
from pis_data.convert.diff import diff
from pis_data.errors import InvalidValueError

from ..databases import Database
from .catalog import all_rows

ROOT = Path(__file__).parents[2]
SCRIPT = r"""
-- MySQL dump 10.13
/*!40101 SET NAMES utf8mb4 */;
DROP TABLE IF EXISTS `people`;
CREATE TABLE `people` (
  `id` int unsigned NOT NULL AUTO_INCREMENT,
  `name` varchar(40) COLLATE utf8mb4_bin NOT NULL DEFAULT 'it''s' COMMENT 'who',
  `kind` enum('a','b''c') DEFAULT 'a',
  `ok` tinyint(1) NOT NULL DEFAULT '1',
  `born` date DEFAULT NULL,
  `doc` json DEFAULT (_utf8mb4'{}'),
  `raw` varbinary(20) DEFAULT NULL,
  `at` datetime(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  `twice` int GENERATED ALWAYS AS ((`id` * 2)) VIRTUAL,
  `set_at` timestamp NULL DEFAULT NULL ON UPDATE CURRENT_TIMESTAMP,
  PRIMARY KEY (`id`), UNIQUE KEY `named` (`name`), KEY `by_born` (`born` DESC),
  CONSTRAINT `long_enough` CHECK ((char_length(`name`) > 1)),
  CONSTRAINT `hard` CHECK (regexp_like(`name`,_utf8mb4'^a'))
) ENGINE=InnoDB AUTO_INCREMENT=7 DEFAULT CHARSET=utf8mb4 COMMENT='the people';
CREATE TABLE `cards` (`id` binary(16) NOT NULL, `person` int unsigned, KEY (`person`), PRIMARY KEY (`id`),
  CONSTRAINT `whose` FOREIGN KEY (`person`) REFERENCES `people` (`id`) ON DELETE CASCADE) ENGINE=InnoDB;
INSERT INTO `people` (`id`, `name`, `kind`, `ok`, `born`, `doc`, `raw`, `at`) VALUES
 (1,'O\'Neil \\ \n','a',0,'2024-02-29',_utf8mb4'{\"a\": 1}',_binary '\x',X'2024','2024-01-01 00:00:00');
INSERT INTO `cards` VALUES (X'00000000000040008000000000000001', NULL);
DELIMITER ;;
CREATE TRIGGER `t` BEFORE INSERT ON `cards` FOR EACH ROW BEGIN SET NEW.person = 1; END ;;
DELIMITER ;
"""


@pytest.mark.kinds("mysql", "mariadb")
def test_the_files_there_and_back_mean_the_same(
    database_kind: str, new_database: Callable[..., Database]
) -> None:
    source = (ROOT / "database" / f"full_schema.{database_kind}.sql").read_text()
    found = convert(source, "postgresql", read_as="mysql")
    assert found.report["counts"]["manual"] == 0
    assert not found.errors
    there, first = new_database("postgresql"), new_database("postgresql")
    there.load(found.sql)
    first.load((ROOT / "database" / "full_schema.sql").read_text())
    assert all_rows(there, ["permissions", "system_settings"]) == all_rows(
        first, ["permissions", "system_settings"]
    )
    assert [str(each) for each in diff("models", there.url)] == []


def test_each_statement_has_a_verdict() -> None:
    script = SCRIPT.replace("_binary '\\x',X'2024'", "X'2024'")
    report = convert(script, "postgresql", read_as="mysql").report
    verdicts = [(entry["kind"], entry["verdict"]) for entry in report["statements"]]
    assert verdicts == [
        ("SET NAMES", "dropped"),
        ("DROP TABLE", "dropped"),
        ("CREATE TABLE", "manual"),
        ("CREATE TABLE", "adapted"),
        ("INSERT", "converted"),
        ("INSERT", "converted"),
        ("CREATE TRIGGER", "manual"),
    ]
    people = report["statements"][2]["why"]
    assert "CHECK hard was not converted" in people
    assert "ON UPDATE: make a BEFORE UPDATE trigger" in people


@pytest.mark.kinds("postgresql")
def test_what_is_converted_loads(empty_database: Database) -> None:
    script = SCRIPT.replace("_binary '\\x',X'2024'", "X'2024'")
    empty_database.load(convert(script, "postgresql", read_as="mysql").sql)
    with empty_database.connect() as connection:
        row = connection.execute("SELECT name, ok, doc, raw, twice FROM people").fetchone()
        assert row == ("O'Neil \\ \n", False, {"a": 1}, b"\x20\x24", 2)
        assert connection.execute("SELECT id::text FROM cards").fetchone() == (
            "00000000-0000-4000-8000-000000000001",
        )


def test_one_way_or_the_other() -> None:
    with pytest.raises(InvalidValueError, match="not from 'mysql' to 'mariadb'"):
        convert("", "mariadb", read_as="mysql")
    with pytest.raises(InvalidValueError, match="not from 'postgresql' to 'postgresql'"):
        convert("", "postgresql")


@pytest.mark.newer
@pytest.mark.kinds("mysql", "mariadb")
def test_what_the_servers_themselves_write(database: Database, new_database: Callable[..., Database]) -> None:
    with database.connect() as connection, connection.cursor() as cursor:
        cursor.execute("SHOW FULL TABLES WHERE Table_type = 'BASE TABLE'")
        tables = [row[0] for row in cursor.fetchall()]
        written = []
        for table in tables:
            cursor.execute(f"SHOW CREATE TABLE `{table}`")
            written.append(cursor.fetchone()[1])
    found = convert(";\n".join(written) + ";\n", "postgresql", read_as="mysql")
    assert not found.errors
    assert found.report["counts"]["manual"] == 0, [
        entry["why"] for entry in found.report["statements"] if entry["verdict"] == "manual"
    ]
    there = new_database("postgresql")
    there.load(found.sql)
    kinds = {each.kind for each in diff("models", there.url)}
    assert kinds <= {"trigger", "index"}, diff("models", there.url)
