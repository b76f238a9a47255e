"""Which columns hold secrets: named here and nowhere else.

They are masked in logs and in records' ``repr``, and never shown to a visitor.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

#: Table name to the columns whose value alone opens something: a password, a token, a link.
SECRET_COLUMNS: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "users": frozenset({"password_hash"}),
        "albums": frozenset({"password", "upload_token"}),
        "album_templates": frozenset({"password"}),
        "package_downloads": frozenset({"download_url"}),
        "email_config": frozenset({"smtp_pass"}),
        "collaboration_invites": frozenset({"invite_code"}),
    }
)
