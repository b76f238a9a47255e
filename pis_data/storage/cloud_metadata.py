"""User metadata as it travels to OSS and COS, which keep ASCII under letters, digits and hyphens."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote, unquote

# Neither service keeps "_" and "." in a name: they travel as -x5f and -x2e, and a hyphen that would
# begin such a form as -x2d.
_ENCODED = re.compile("-x(5f|2e|2d)")
_ESCAPES = {"_": "-x5f", ".": "-x2e"}

_AS_IT_IS = "".join(chr(code) for code in range(0x21, 0x7F) if chr(code) != "%")
_LONE_SPACE = re.compile("(?<!^)(?<!%20)%20(?!%20)(?!$)")


def encode(metadata: Mapping[str, str], prefix: str) -> dict[str, str]:
    """Return the headers for metadata; ``prefix`` is ``x-oss-meta-`` or ``x-cos-meta-``."""
    return {prefix + _encode_name(name): _encode_value(value) for name, value in metadata.items()}


def decode(headers: Mapping[str, str], prefix: str) -> dict[str, str]:
    """Return the metadata that is in a reply's headers."""
    return {
        _decode_name(name[len(prefix) :]): _decode_value(value)
        for name, value in headers.items()
        if name.startswith(prefix)
    }


def _encode_name(name: str) -> str:
    hyphens = _ENCODED.sub(lambda found: "-x2d" + found[0][1:], name)
    return re.sub("[_.]", lambda found: _ESCAPES[found[0]], hyphens)


def _decode_name(name: str) -> str:
    return _ENCODED.sub(lambda found: chr(int(found[1], 16)), name)


def _encode_value(value: str) -> str:
    # Spaces at the ends are trimmed on the way, and several in a row may be folded: only lone ones stay.
    return _LONE_SPACE.sub(" ", quote(value, safe=_AS_IT_IS))


def _decode_value(value: str) -> str:
    if not value.isascii():  # another client's, in UTF-8 as it stood; HTTP libraries read Latin-1
        try:
            return value.encode("latin-1").decode()
        except UnicodeError:
            return value
    return unquote(value)
