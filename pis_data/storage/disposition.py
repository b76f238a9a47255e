"""The header that makes a browser save a file under a given name."""

from __future__ import annotations

import re
from urllib.parse import quote

_UNSAFE_IN_QUOTES = re.compile(r"[^ !#$&\'()+,.0-9=@A-Z\[\]^_`a-z{}~-]")


def content_disposition(name: str) -> str:
    """Return ``Content-Disposition`` for saving under this name (RFC 6266, RFC 8187).

    Old clients read the plain form, in which ``_`` stands for every character that is not safe there. A name
    is never a path: slashes become ``_`` in both forms.
    """
    name = re.sub(r"[/\\]", "_", name)
    plain = _UNSAFE_IN_QUOTES.sub("_", name)
    if plain == name:
        return f'attachment; filename="{plain}"'
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
