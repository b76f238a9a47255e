"""What S3's listings and lists of keys can carry."""

from __future__ import annotations

import re

from .keys import MAX_KEY_BYTES

_NOT_IN_XML = re.compile("[\ufffe\uffff]")
"""Of the characters that a key may hold, those that XML can't."""
_NOT_SENT = re.compile("[\x00-\x1f\x7f-\x9f\ufffe\uffff]")
"""What stores fail at in a marker."""


def goes_into_xml(key: str) -> bool:
    """Say whether a key can stand in the body of a request."""
    return _NOT_IN_XML.search(key) is None


def marker(start_after: str) -> str:
    """Return the last text at or before ``start_after`` that every store takes as where a listing begins.

    What lies between the two has to be passed over by the caller.
    """
    found = _NOT_SENT.search(start_after)
    if found is not None:
        start_after = start_after[: found.start()]
        if found[0] > "\ufffd":
            # Nothing sorts between this and the character: "a/\uffff" is how people say "behind a/".
            start_after += "\ufffd" + "\U0010ffff" * 8
    return start_after.encode()[:MAX_KEY_BYTES].decode(errors="ignore")
