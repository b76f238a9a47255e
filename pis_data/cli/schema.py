"""``pis-data schema``: the tables as SQL."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from .common import PROBLEM, JsonOption, print_json, say, write_file

app = typer.Typer(
    no_args_is_help=True, help="The schema as SQL: write it out, convert it, compare it, draw it."
)

_OutputOption = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="OUT", help="Write here; else to standard output.")
]


@app.command()
def dump(
    dialect: Annotated[
        str, typer.Option("--dialect", metavar="D", help="postgresql, mysql, mariadb or sqlite.")
    ] = "postgresql",
    output: _OutputOption = None,
) -> None:
    """Write the whole schema as one script for a database's own client.

    Tables, constraints, indexes, triggers, the rows that a new database starts with, and the revision.

    Example: pis-data schema dump --dialect postgresql -o full_schema.sql
    """
    from pis_data.convert.dump import dump as dump_schema
    from pis_data.services import migrate

    _write(dump_schema(dialect, revision=migrate.head()), output)


def _write(text: str, output: Path | None) -> None:
    if output is None:
        typer.echo(text, nl=False)
    else:
        write_file(output, text)


@app.command()
def convert(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A script of PostgreSQL's; pg_dump's too.")],
    to: Annotated[
        str, typer.Option("--to", metavar="TARGET", help="mysql or mariadb; postgresql with --from mysql.")
    ],
    read_as: Annotated[
        str, typer.Option("--from", metavar="SOURCE", help="Whose script it is: postgresql or mysql.")
    ] = "postgresql",
    output: _OutputOption = None,
    report: Annotated[
        Path | None,
        typer.Option("--report", metavar="FILE", help="Write the verdict on each statement, as JSON."),
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 1 if anything is left to be done by hand.")
    ] = False,
    uuid: Annotated[
        str,
        typer.Option("--uuid", metavar="FORM", help="How UUIDs are kept: binary (16 bytes) or char (36)."),
    ] = "binary",
    target_version: Annotated[
        str | None,
        typer.Option(
            "--target-version", metavar="V", help="The oldest version that the result has to load on."
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Convert a PostgreSQL schema for MySQL or MariaDB, and account for every statement.

    Each ends as converted, adapted (what changed and why), dropped (why that loses nothing) or
    manual (what to do by hand).
    Exits with 1 if a statement could not be read; the rest is converted all the same.

    Example: pis-data schema convert full_schema.sql --to mysql -o full_schema.mysql.sql --report report.json
    """
    from pis_data.convert import convert as convert_schema
    from pis_data.convert.files import read_script
    from pis_data.convert.mysql_split import is_mysqls

    script = read_script(file)
    found = convert_schema(script, to, version=target_version, uuid=uuid, source=str(file), read_as=read_as)
    if report is not None:
        _write_json(report, found.report)
    if output is not None or not as_json:
        _write(found.sql, output)
    if as_json:
        print_json({**found.report, "policies": list(found.policies)})
    else:
        _print_report(found.report)
    for error in found.errors:
        say(f"{file}: {error}")
    if found.errors and read_as == "postgresql" and is_mysqls(script):
        say(f"{file} looks like a script of MySQL's: for that there is --from mysql --to postgresql.")
    if found.errors or (strict and found.manual):
        raise typer.Exit(PROBLEM)


def _write_json(path: Path, document: Mapping[str, Any]) -> None:
    import json

    write_file(path, json.dumps(document, ensure_ascii=False, indent=2) + "\n")


def _together(why: str) -> str:
    """What is said of each column, said once for all of them: `a, b: UUID is BINARY(16)`."""
    columns: dict[str, list[str]] = {}
    for part in why.split("; "):
        column, colon, change = part.partition(": ")
        if not colon or not column.isidentifier():
            return why
        columns.setdefault(change, []).append(column)
    return "; ".join(f"{', '.join(names)}: {change}" for change, names in columns.items())


def _print_report(report: Mapping[str, Any]) -> None:
    """What was changed and what is left to do, as a table on stderr: stdout may hold the script."""
    from rich.console import Console
    from rich.table import Column, Table

    console = Console(stderr=True)
    table = Table(
        "line", "statement", Column("name", overflow="fold"), "verdict", Column("why", overflow="fold")
    )
    for verdict in ("adapted", "manual"):  # what is left to do stands last, where the eye is
        for entry in report["statements"]:
            if entry["verdict"] != verdict:
                continue
            cells = (entry["kind"], entry["name"], entry["verdict"], _together(entry["why"]))
            table.add_row(str(entry["line"]), *(cell.replace("[", "\\[") for cell in cells))
    if table.row_count:
        console.print(table)
    counts = report["counts"]
    total = sum(counts.values())
    console.print(
        f"{total} statements: " + ", ".join(f"{count} {verdict}" for verdict, count in counts.items())
    )


@app.command()
def diff(
    left: Annotated[
        str,
        typer.Argument(
            metavar="A",
            help="A database's URL or env:PREFIX, a .sql file (PostgreSQL's or MySQL's), or models.",
        ),
    ],
    right: Annotated[str, typer.Argument(metavar="B", help="The same.")],
    as_json: JsonOption = False,
) -> None:
    """Say in words what differs between two schemas. Exits with 1 if anything does.

    Example: pis-data schema diff models env:OLD_
    """
    from pis_data.convert.diff import diff as differences_of

    found = differences_of(left, right)
    if as_json:
        rows = [{"kind": d.kind, "table": d.table, "name": d.name, "detail": d.detail} for d in found]
        print_json({"equal": not found, "differences": rows})
    else:
        for difference in found:
            typer.echo(str(difference))
        typer.echo(f"Differences: {len(found)}" if found else "No difference.")
    if found:
        raise typer.Exit(PROBLEM)


@app.command()
def diagram(
    format_: Annotated[str, typer.Option("--format", metavar="F", help="mermaid or svg.")] = "mermaid",
    output: _OutputOption = None,
) -> None:
    """Draw the tables and their relations.

    Example: pis-data schema diagram --format svg -o schema.svg
    """
    from pis_data.convert.diagram import diagram as draw

    _write(draw(format_), output)
