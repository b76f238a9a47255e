"""docs/configuration.md has every variable, as `pis_data.config` declares it, and no other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pis_data.config.environment import known_names
from pis_data.config.variables import (
    DATABASE_VARIABLES,
    FALLBACK_PREFIX,
    PIS_ENV_FILE,
    STORAGE_VARIABLES,
    Variable,
)

PAGE = (Path(__file__).parents[2] / "docs" / "configuration.md").read_text()


def row(variable: Variable) -> str:
    """A variable's row in the page's tables."""
    older = ", ".join(f"`{name}`" for name in variable.aliases) or "–"
    name = f"`{variable.name}`" + (" *" if variable.secret else "")
    return f"| {name} | {older} | {variable.about} | {variable.default or '–'} |"


@pytest.mark.parametrize("variable", [*DATABASE_VARIABLES, *STORAGE_VARIABLES], ids=lambda it: it.name)
def test_every_variable_has_its_row(variable: Variable) -> None:
    assert row(variable) in PAGE.splitlines()


def test_no_other_variable_is_named() -> None:
    named = set(re.findall(r"\b(?:DATABASE|POSTGRES|STORAGE|MINIO|SUPABASE|PIS|NEXT)_[A-Z_]*[A-Z]\b", PAGE))
    unknown = {name for name in named if name.removeprefix(FALLBACK_PREFIX) not in known_names()}
    assert unknown <= {"STORAGE_FALLBACK"}
    assert PIS_ENV_FILE.name in named
