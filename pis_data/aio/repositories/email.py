"""The mail account that the site sends from."""

from __future__ import annotations

from pis_data.queries import notifications as queries
from pis_data.queries import rows
from pis_data.queries.notifications import CONFIG_ID, MaskedEmailConfig
from pis_data.schema import EmailConfig, email_config

from ..link import Link
from ..writing import Upsert
from .base import Repository, change


class EmailConfigRepository(Repository):
    """The mail account: the newest active row counts, and there is one unless another program made more."""

    async def get_active(self) -> EmailConfig | None:
        """The account with its password, for what sends; None if there is none."""
        found = await self._ask(queries.active_config())
        return found[0] if found else None

    async def masked(self) -> MaskedEmailConfig | None:
        """The account without its password, for a page that shows it: the password is not even read."""
        found = await self._ask(queries.masked_config())
        return found[0] if found else None

    async def save(
        self,
        *,
        smtp_host: str,
        from_email: str,
        smtp_port: int = 587,
        smtp_secure: bool = True,
        smtp_user: str | None = None,
        smtp_pass: str | None = None,
        from_name: str | None = None,
    ) -> MaskedEmailConfig:
        """Set the account, whether there is one or not.

        Args:
            smtp_host: the mail server.
            from_email: the address that messages come from.
            smtp_port: 1 to 65,535.
            smtp_secure: whether the connection is encrypted.
            smtp_user: the name to log in with.
            smtp_pass: the password to log in with, kept in clear. None, an empty one and the mask
                ``******`` keep the one there is.
            from_name: the name that messages come from.

        Raises:
            InvalidValueError: an empty host, a port out of range, what is no address.
        """
        row = queries.config_row(
            {
                "smtp_host": smtp_host,
                "smtp_port": smtp_port,
                "smtp_secure": smtp_secure,
                "smtp_user": smtp_user,
                "smtp_pass": smtp_pass,
                "from_email": from_email,
                "from_name": from_name,
            }
        )
        checked = rows.rows_to_write(email_config, {"id": CONFIG_ID, **row})

        async def unit(link: Link) -> MaskedEmailConfig:
            there = await link.fetch(queries.lock_config(link.dialect))
            if there:
                await change(link, email_config, there, row)
            else:  # two who make the first one make the same row
                await Upsert(email_config, checked, ("id",), tuple(row))(link)
            found: list[MaskedEmailConfig] = await link.fetch(queries.masked_config())
            return found[0]

        return await self._together(unit)
