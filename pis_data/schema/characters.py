"""What of a text any database can store, and how a value is shown in a message."""

from __future__ import annotations

import datetime as dt

from pis_data.errors import InvalidValueError


def shown(value: object) -> str:
    """A value as a message may show it: its type and a short, printable beginning."""
    text = ascii(value) if isinstance(value, (str, int, float, bool, type(None), dt.date)) else ""
    if len(text) > 40:
        text = f"{text[:40]}…"
    return f"{type(value).__name__} {text}".rstrip()


def plain(text: str) -> str:
    """The same characters as an exact ``str``; ``str()`` would give an enum's name, not its value."""
    return text if type(text) is str else str.__str__(text)


def check_characters(text: str) -> str:
    """Refuse what some database can't store: U+0000, and surrogates that stand alone."""
    if "\0" in text:
        raise InvalidValueError("text holds the character U+0000, which PostgreSQL can't store")
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError as error:
            raise InvalidValueError(
                f"text holds a lone surrogate (U+{ord(text[error.start]):04X}) at position {error.start}"
            ) from None
    return text
