"""``pis-data import`` and ``pis-data demo``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .common import PROBLEM, JsonOption, opened_database, opened_storage, print_json, say
from .progress import progress

if TYPE_CHECKING:
    from pis_data.services.demo import Step
    from pis_data.services.importer import ImportReport


def import_photos(
    path: Annotated[
        Path,
        typer.Argument(metavar="PATH", help="A folder of photos (folders inside it included), or a photo."),
    ],
    album: Annotated[
        str, typer.Option(metavar="SLUG", help="The album's public address; it is made if it is missing.")
    ],
    title: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help="The title of an album that is made; SLUG by default."),
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(
            min=1, max=64, metavar="N", help="Photos in work at once; by default one for each processor."
        ),
    ] = None,
    pending: Annotated[
        bool, typer.Option("--pending", help="Store the originals only, and leave the rest to PIS's worker.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Import a folder of photos into storage and database.

    JPEG, PNG, WebP, HEIC, TIFF and GIF. A photo that the album already has (by SHA-256, among its live
    photos) is passed over; a file that is not a photo is reported and passed over. Interrupted at any
    moment, the same command finishes the job.

    Example: pis-data import ~/wedding --album smiths-2026 --title "The Smiths"
    """
    from pis_data.services.importer import import_folder

    with opened_database() as database, opened_storage() as storage, progress("photos") as advance:
        report = import_folder(
            database,
            storage,
            path,
            album=album,
            title=title,
            workers=workers,
            pending=pending,
            on_progress=lambda at: advance(at.done, at.total, at.path),
        )
    if as_json:
        print_json(report.as_json())
    else:
        _print_report(report, album)
    if report.unreadable:
        raise typer.Exit(PROBLEM)


def _print_report(report: ImportReport, album: str) -> None:
    for skipped in report.skipped:
        say(f"skipped {skipped.path}: {skipped.reason}")
    rate = report.imported / report.seconds if report.seconds else 0
    typer.echo(
        f"{report.imported} imported into {album} ({report.bytes / 1e6:.1f} MB, {rate:.1f} photos/s), "
        f"{report.duplicates} already there, {len(report.skipped)} skipped, of {report.found} found"
    )


def demo(
    keep: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Leave everything in this folder, which is made.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Do the main job on embedded SQLite and a local folder, in seconds: the configuration is not used.

    Makes photographs, migrates a database, imports the photos, lists a page, presigns a URL, downloads
    through it, and verifies every byte.

    Example: pis-data demo --keep /tmp/pis-demo
    """
    from pis_data.services.demo import run

    def tell(step: Step) -> None:
        say(f"{step.seconds:6.2f} s  {step.name}: {step.detail}")

    result = run(keep, on_step=tell)
    if as_json:
        print_json(result.as_json())
    else:
        typer.echo(f"Done in {result.seconds:.1f} s.")
        if keep is not None:
            typer.echo(f"Everything is in {keep}; look at it with:\n  {result.look_with}")
