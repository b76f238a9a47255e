"""docs/from-pis.md names calls and tests that there are, and every public method of every repository."""

from __future__ import annotations

import ast
import re

import pytest

from tests.repositories.aggregates import REPOSITORIES, methods

from .run_page import ROOT

PAGE = (ROOT / "docs" / "from-pis.md").read_text()
CALLS = set(re.findall(r"`([a-z_]+)\.([a-z_]+)`", PAGE))
TESTS = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)))
DEFECTS = [line for line in PAGE.split("## What is broken there")[1].splitlines() if line.startswith("| ")]


@pytest.mark.parametrize("name", REPOSITORIES)
def test_every_call_of_a_repository_is_on_the_page(name):
    assert {method for aggregate, method in CALLS if aggregate == name} == methods(REPOSITORIES[name])


def test_no_other_call_is_named():
    assert {aggregate for aggregate, _ in CALLS} <= set(REPOSITORIES)


@pytest.mark.parametrize("file", sorted({file for file, _ in TESTS}))
def test_every_test_that_is_named_is_there(file):
    tree = ast.parse((ROOT / file).read_text())
    there = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    assert {name for named, name in TESTS if named == file} <= there


def test_every_defect_has_a_test_or_a_reason():
    rows = [line.strip("| ").split(" | ") for line in DEFECTS]
    entries = [row for row in rows if row[0] != "in PIS" and not row[0].startswith("---")]
    assert len(entries) == 10 + 18 + 11  # ways to lose data, things that never work, and that came back
    for name, proof in entries:
        assert "::" in proof or proof.endswith("."), name
