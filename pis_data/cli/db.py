"""``pis-data db``: migrations, under a lock."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from .common import PROBLEM, JsonOption, database_config, print_json, say

app = typer.Typer(no_args_is_help=True, help="Bring the database's tables up to date, or back.")


@app.command()
def upgrade(
    revision: Annotated[str, typer.Argument(metavar="REV", help="Where to go.")] = "head",
    sql: Annotated[
        bool, typer.Option("--sql", help="Print the statements for the server's own client; send nothing.")
    ] = False,
) -> None:
    """Bring the database to the newest revision, or to REV.

    Two upgrades at once wait for each other. One that was cut in half goes on when it is run again.

    Example: pis-data db upgrade

    Example: DATABASE_URL=mysql://db/pis pis-data db upgrade --sql > schema.sql
    """
    config = database_config()

    from pis_data.errors import ConfigurationError
    from pis_data.services import migrate

    if config.family == "sqlite" and config.path is None and not sql:
        raise ConfigurationError("sqlite:// is in memory, and gone when this command ends: name a file")
    reached = migrate.upgrade(config, revision, sql=sql)
    if sql:
        typer.echo(reached, nl=False)
    else:
        say(f"{config} is at revision {reached}.")


@app.command(context_settings={"ignore_unknown_options": True})  # -1 is a revision
def downgrade(
    revision: Annotated[str, typer.Argument(metavar="REV", help="Where to go: a revision, -1, or base.")],
    sql: Annotated[
        bool, typer.Option("--sql", help="Print the statements; send nothing. REV is then FROM:TO.")
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Do not ask; only a terminal is asked anyway.")
    ] = False,
) -> None:
    """Take the database back to REV. What later revisions added goes, with the data in it.

    Example: pis-data db downgrade -1
    """
    config = database_config()
    if not yes and not sql and sys.stdin.isatty():
        typer.confirm(f"Take {config} back to {revision}, and lose what later revisions hold?", abort=True)

    from pis_data.services import migrate

    reached = migrate.downgrade(config, revision, sql=sql)
    if sql:
        typer.echo(reached, nl=False)
    else:
        say(f"{config} is at revision {reached or 'base'}.")


@app.command()
def current(as_json: JsonOption = False) -> None:
    """Show the database's revision, and the newest there is.

    Example: pis-data db current --json
    """
    config = database_config()

    from pis_data.services import migrate

    found, head = migrate.current(config), migrate.head()
    if as_json:
        print_json({"revision": found, "head": head, "is_head": found == head})
    else:
        typer.echo(f"{found or 'no revision'}{' (head)' if found == head else f', the newest is {head}'}")


@app.command()
def check(as_json: JsonOption = False) -> None:
    """Compare the database's tables with what this version of pis_data expects.

    Exits with 1 if anything differs.

    Example: pis-data db check
    """
    config = database_config()

    from pis_data.services import migrate

    differences = migrate.check(config)
    if as_json:
        print_json({"ok": not differences, "differences": differences})
    else:
        for difference in differences:
            typer.echo(difference)
        typer.echo(f"Differences: {len(differences)}" if differences else "No difference.")
    if differences:
        raise typer.Exit(PROBLEM)
