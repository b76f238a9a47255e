"""The command line: commands parse, call one function, and print.

What a command needs is imported when it runs: ``pis-data --help`` loads no database, no driver and no SDK.
"""

from __future__ import annotations

from typing import Annotated

import typer

from . import db, doctor, photos, schema, storage
from .common import Commands, set_up_logging

app = typer.Typer(
    name="pis-data",
    cls=Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Settings come from the environment and from a .env file here; without any, an embedded SQLite "
    "database and a local folder are used, in ./pis-data. Exit codes: 0 done; 1 it ran and found or left "
    "a problem; 2 wrong usage or configuration.",
)


def _version(wanted: bool) -> None:
    if wanted:
        from pis_data import __version__

        typer.echo(f"pis-data {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Log what is done, on stderr.")] = False,
    debug: Annotated[
        bool,
        typer.Option("--debug", envvar="PIS_DEBUG", help="Log everything, and show a traceback on an error."),
    ] = False,
) -> None:
    """The data of PIS: import photos, look at objects, bring the database up to date, check it all."""
    set_up_logging(verbose=verbose, debug=debug)


app.command("demo")(photos.demo)
app.command("doctor")(doctor.doctor)
app.command("import")(photos.import_photos)
app.add_typer(db.app, name="db")
app.add_typer(schema.app, name="schema")
app.add_typer(storage.app, name="storage")


def main() -> None:
    """Run ``pis-data`` with this process's arguments."""
    app(prog_name="pis-data")
