"""docs/cli.md has every command, argument and option, in the words of its help, and no other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from pis_data.cli import app

PAGE = (Path(__file__).parents[2] / "docs" / "cli.md").read_text()


def commands(group: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Every command that does something, with its full name."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, f"{path} {name}")
        else:
            yield f"{path} {name}", command


def rows(command: Any) -> list[str]:
    """The rows of a command's table, as its help has them."""
    found = []
    for parameter in command.params:
        if not parameter.name or parameter.name == "help":
            continue
        if parameter.param_type_name == "argument":
            name = parameter.metavar or parameter.name.upper()
        else:
            value = "" if parameter.is_flag else f" {parameter.metavar or parameter.name.upper()}"
            name = ", ".join(parameter.opts) + value
        found.append(f"| `{name}` | {parameter.help} |")
    return found


def sections() -> dict[str, str]:
    """The page's text by command."""
    parts = re.split(
        r"^### `(pis-data[^`]*)`$", re.split(r"^## ", PAGE, flags=re.MULTILINE)[1], flags=re.MULTILINE
    )
    return dict(zip(parts[1::2], parts[2::2], strict=True))


COMMANDS = dict(commands(typer.main.get_command(app), "pis-data"))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_there_with_all_its_options(name: str) -> None:
    section = sections()[name]
    table = [line for line in section.splitlines() if line.startswith("| `")]
    assert table == rows(COMMANDS[name])
    assert all(row.count("|") == 3 for row in table), "a bar ends a cell on GitHub, in code too"
    assert COMMANDS[name].help.split("\n\n")[0].replace("\n", " ") in section.replace("\n", " ")


def test_no_other_command_is_there() -> None:
    assert set(sections()) == set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_help_has_an_example(name: str) -> None:
    assert f"Example: {name}" in COMMANDS[name].help or " pis-data " in COMMANDS[name].help
