"""What all commands share: errors in words, one JSON document, logs on stderr, the configured backends."""

from __future__ import annotations

import contextlib
import io
import json
import logging
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from pis_data.errors import ConfigurationError, InvalidValueError, MissingDependencyError, PisDataError

if TYPE_CHECKING:
    from pis_data import DatabaseAdapter, StorageAdapter
    from pis_data.config import DatabaseConfig, StorageConfig

PROBLEM = 1
"""It ran, and found or left a problem."""
WRONG_USAGE = 2
INTERRUPTED = 130
READER_GONE = 141

JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON document on standard output.")]

_log = logging.getLogger("pis_data")


class Commands(TyperGroup):
    """A group whose commands end in words and an exit code, whatever they raise."""

    def make_context(self, *args: Any, **kwargs: Any) -> Any:
        """Parse the arguments; ``--help`` and ``--version`` print already here."""
        _prepare_output()
        with _ending_in_words():
            return super().make_context(*args, **kwargs)

    def invoke(self, ctx: Any) -> Any:
        """Run the command."""
        with _ending_in_words():
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result


@contextlib.contextmanager
def _ending_in_words() -> Iterator[None]:
    try:
        yield
    except (typer.Exit, typer.Abort, typer.TyperException):
        raise
    except KeyboardInterrupt:
        say("pis-data: interrupted; the same command goes on from here")
        raise typer.Exit(INTERRUPTED) from None
    except BrokenPipeError:
        _drop_output()
        raise typer.Exit(READER_GONE) from None
    except Exception as error:
        if _log.isEnabledFor(logging.DEBUG):
            raise
        say(f"pis-data: {_in_words(error)}")
        if isinstance(error, OSError):
            _drop_output()
        raise typer.Exit(exit_code(error)) from None


def exit_code(error: Exception) -> int:
    """2 for what the caller has to change in the command or the settings, 1 for everything else."""
    wrong_usage = isinstance(error, ConfigurationError | MissingDependencyError | InvalidValueError)
    return WRONG_USAGE if wrong_usage else PROBLEM


def _in_words(error: Exception) -> str:
    if isinstance(error, PisDataError):
        return str(error)
    if isinstance(error, OSError):
        return ": ".join(str(part) for part in (error.filename, error.strerror or error) if part)
    return f"internal error, {type(error).__name__}: {error} (--debug shows where)"


def _drop_output() -> None:
    """Send what may still be in stdout's buffer nowhere: a second failure at exit would be a traceback."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _prepare_output() -> None:
    if sys.stdout is None:  # closed by the caller: `>&-`
        sys.stdout = Path(os.devnull).open("w")  # noqa: SIM115
    elif isinstance(getattr(sys.stdout, "buffer", None), io.RawIOBase):
        # PYTHONUNBUFFERED, as in most container images: a raw file takes what a full disk has room for, and
        # nobody hears of the rest.
        sys.stdout = io.TextIOWrapper(
            io.BufferedWriter(io.FileIO(sys.stdout.fileno(), "w", closefd=False)), sys.stdout.encoding
        )
    for stream in (sys.stdout, sys.stderr):
        if hasattr(
            stream, "reconfigure"
        ):  # what a terminal can't show is escaped: no file name ends a command
            stream.reconfigure(errors="backslashreplace")


def set_up_logging(*, verbose: bool, debug: bool) -> None:
    """Send the log to stderr: our warnings, with ``verbose`` what is done, with ``debug`` everything."""
    theirs = logging.DEBUG if debug else logging.WARNING if verbose else logging.ERROR
    logging.basicConfig(stream=sys.stderr, format="%(levelname)s %(name)s: %(message)s", level=theirs)
    _log.setLevel(logging.DEBUG if debug else logging.INFO if verbose else logging.WARNING)
    if not debug and not sys.warnoptions:
        import warnings

        warnings.simplefilter("ignore")  # they speak to programmers


def say(line: str) -> None:
    """Print a line for a person, on stderr: stdout is for results."""
    typer.echo(line, err=True)


def print_json(document: Any) -> None:
    """Print the command's one JSON document on stdout."""
    wide = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    typer.echo(json.dumps(document, ensure_ascii=not wide, indent=2, default=str))


def write_file(path: Path, text: str) -> None:
    """Write a file that appears whole or not at all; a device or a pipe is written to as it stands."""
    if path.exists() and not path.is_file():
        path.write_text(text, encoding="utf-8")
        return
    from pis_data.storage.files import atomic_write

    with atomic_write(path) as file:
        file.write(text.encode())


# -- what is configured ------------------------------------------------------------------------------


def database_config() -> DatabaseConfig:
    """The database that the environment describes, else the embedded one, which is said."""
    from pis_data.config import DatabaseConfig

    default = DatabaseConfig.default_for_command()
    config = DatabaseConfig.from_env(default=default)
    if config is default:
        say(f"No database is configured: using the embedded one, ./{config.path} (DATABASE_TYPE=sqlite).")
    return config


def storage_config() -> StorageConfig:
    """The store that the environment describes, else a local folder, which is said."""
    from pis_data.config import StorageConfig

    try:
        return StorageConfig.from_env()
    except ConfigurationError:  # nothing is configured; or something is wrong, and this raises it again
        config = StorageConfig.from_env(default=StorageConfig.default_for_command())
    say(f"No storage is configured: using the folder ./{config.path} (STORAGE_TYPE=local).")
    return config


@contextlib.contextmanager
def opened_database() -> Iterator[DatabaseAdapter]:
    """The configured database, closed at the end of the block."""
    from pis_data import create_database_adapter

    database = create_database_adapter(database_config())
    try:
        yield database
    finally:
        database.close()


@contextlib.contextmanager
def opened_storage() -> Iterator[StorageAdapter]:
    """The configured store, closed at the end of the block."""
    from pis_data import create_storage_adapter

    storage = create_storage_adapter(storage_config())
    try:
        yield storage
    finally:
        storage.close()
