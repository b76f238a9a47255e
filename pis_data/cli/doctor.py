"""``pis-data doctor``."""

from __future__ import annotations

import typer

from .common import PROBLEM, JsonOption, print_json


def doctor(as_json: JsonOption = False) -> None:
    """Say what is configured, whether each part answers, and what to fix.

    Exits with 1 if something is to be fixed. No output holds a secret.

    Example: DATABASE_URL=postgresql://pis@db/pis pis-data doctor
    """
    from pis_data.services.doctor import run

    checks = run()
    well = all(check.ok for check in checks)
    if as_json:
        print_json({"ok": well, "checks": [check.as_json() for check in checks]})
    else:
        for check in checks:
            typer.echo(f"{'ok  ' if check.ok else 'FAIL'} {check.name}: {check.detail}")
            if check.fix and not check.ok:
                typer.echo(f"     fix: {check.fix}")
    if not well:
        raise typer.Exit(PROBLEM)
