"""Row-level policies in words, for the checklist of what the application must see to itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_ACTIONS: Final = {
    "ALL": "read, add, change and delete rows",
    "SELECT": "read rows",
    "INSERT": "add rows",
    "UPDATE": "change rows",
    "DELETE": "delete rows",
}
_ROLES: Final = {
    "public": "everyone",
    "anon": "visitors who are not logged in",
    "authenticated": "accounts that are logged in",
    "service_role": "the service's own key",
}
#: what stands in a predicate, and how it is said
_WORDS: Final = (
    (r"\(\s*select\s+((?:auth\.)?\w+\([^()]*\))(?:\s+as\s+\w+)?\s*\)", r"\1"),
    (r"::[a-z_ ]+(?:\[\])?", ""),
    (r"auth\.uid\(\)", "the caller's id"),
    (r"auth\.role\(\)", "the caller's role"),
    (r"auth\.jwt\(\)", "the caller's token"),
    (r"\bis\s+not\s+null\b", "is set"),
    (r"\bis\s+null\b", "is not set"),
    (r"\bnow\(\)|\bcurrent_timestamp\b", "the present moment"),
    (r"<>|!=", "is not"),
    (r">=", "is at least"),
    (r"<=", "is at most"),
    (r"(?<![-#@])>(?!>)", "is after"),
    (r"<(?![-#@])", "is before"),
    (r"(?<![<>!:])=", "is"),
    (
        r"\bexists\s*\(\s*select\s+\S+\s+from\s+(\S+)(?:\s+(?:as\s+)?\w+)?\s+where\s+",
        r"there is a row of \1 with (",
    ),
    (r"\bAND\b", "and"),
    (r"\bOR\b", "or"),
    (r"\bNOT\b", "not"),
    (r"\s+", " "),
)


def in_words(
    table: str,
    action: str,
    roles: Sequence[str],
    permissive: bool,
    using: str | None,
    with_check: str | None,
) -> str:
    """One sentence: who may do what with which rows."""
    who = ", ".join(_ROLES.get(role, f"role {role}") for role in roles)
    may = "may" if permissive else "may only (whatever other policies allow)"
    sentence = f"{who} {may} {_ACTIONS.get(action, action.lower())} of {table}"
    if using is not None:
        sentence += _condition(" where ", using)
    if with_check is not None and with_check != using:
        sentence += _condition(", leaving rows where " if action != "INSERT" else " where ", with_check)
    return sentence


def _condition(before: str, predicate: str) -> str:
    bare = predicate.strip()
    if bare.lower() in ("true", "(true)"):
        return ""
    for pattern, words in _WORDS:
        bare = re.sub(pattern, words, bare, flags=re.IGNORECASE)
    while bare.startswith("(") and bare.endswith(")") and _closes_at_end(bare):
        bare = bare[1:-1].strip()
    return before + bare


def _closes_at_end(text: str) -> bool:
    depth = 0
    for index, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if depth == 0:
            return index == len(text) - 1
    return False
