"""Alembic's entry: everything is in `pis_data.services.migrate.environment`."""

from __future__ import annotations

from alembic import context
from alembic.util import CommandError

from pis_data.errors import PisDataError
from pis_data.services.migrate.environment import run

try:
    run(context)
except PisDataError as error:
    if context.config.cmd_opts is None:
        raise
    raise CommandError(str(error)) from None  # the alembic command shows it on one line
