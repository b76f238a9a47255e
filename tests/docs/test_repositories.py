"""Each repository has a page in docs/repositories: an example, which test_snippets runs, and its docstrings.

mkdocstrings puts the docstrings where the page says ``::: pis_data.repositories.<Class>``. What we write here
is only that the pages are there and leave nothing out.
"""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

import pis_data.repositories
from tests.repositories.aggregates import REPOSITORIES

from .run_page import ROOT, snippets

FOLDER = ROOT / "docs" / "repositories"

PAGES = sorted(FOLDER.glob("*.md"))


def directives(page: Path) -> set[str]:
    """The names that a page has the docstrings of."""
    return set(re.findall(r"^::: pis_data\.repositories\.(\w+)$", page.read_text(), re.MULTILINE))


@pytest.mark.parametrize("name", REPOSITORIES)
def test_each_repository_has_a_page(name):
    page = FOLDER / f"{name}.md"
    assert REPOSITORIES[name].__name__ in directives(page)
    assert any(f"r.{name}." in block for _, language, block in snippets(page) if language == "python")
    assert f"      - repositories/{name}.md\n" in (ROOT / "mkdocs.yml").read_text()
    assert f"[{name}](repositories/{name}.md)" in (ROOT / "docs" / "repositories.md").read_text()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_what_a_page_shows_can_be_imported_and_is_described(page):
    assert page.stem in REPOSITORIES
    for name in directives(page):
        assert name in pis_data.repositories.__all__
        shown = getattr(pis_data.repositories, name)
        assert inspect.getdoc(shown)
        for method, function in inspect.getmembers(shown, inspect.isfunction):
            assert method.startswith("_") or inspect.getdoc(function), f"{name}.{method} is not described"


def test_each_record_is_on_a_page():
    records = {
        name
        for name in pis_data.repositories.__all__
        if hasattr(getattr(pis_data.repositories, name), "__dataclass_fields__")
    }
    shown = set().union(*map(directives, [*PAGES, ROOT / "docs" / "repositories.md"]))
    assert records <= shown
