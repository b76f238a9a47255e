"""Scripts as files: what they are written in."""

from __future__ import annotations

import codecs
from pathlib import Path

from pis_data.errors import InvalidValueError


def read_script(path: Path) -> str:
    """Return the text of a script: UTF-8, or UTF-16 with its mark, as PowerShell's ``>`` writes it.

    Raises:
        InvalidValueError: it is neither.
        OSError: it can't be read.
    """
    content = path.read_bytes()
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if not wide and b"\0" in content[:2]:
        raise InvalidValueError(f"{path} is UTF-16 without a byte order mark: save it as UTF-8")
    try:
        text = content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        shown = "UTF-16" if wide else "UTF-8"
        raise InvalidValueError(f"{path} is not {shown} text (at byte {error.start:,})") from None
    return text.replace("\r\n", "\n").replace("\r", "\n")
