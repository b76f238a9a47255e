"""Takes database and storage URLs apart, and puts them together; a message never shows what may be secret.

``urllib.parse.urlsplit`` is not used for the outer split: it lower-cases hosts (a percent-encoded socket
path loses its case), silently drops tabs and newlines, and puts passwords into its own error messages.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, unquote

from ..errors import ConfigurationError

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9_.-]*)(?:\+([A-Za-z0-9_]+))?:")
_BAD_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_HOST_NAME = re.compile(r"[\w.-]{1,253}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_PATH_ONLY = frozenset({"sqlite", "file", "local"})
_ENCODE = "in a user name, password or value, write @ as %40, / as %2F, # as %23, ? as %3F, % as %25"

MASK = "***"


@dataclass(frozen=True, slots=True)
class Url:
    """A URL's parts, percent-decoded; ``path`` without its leading slash, None if it has none."""

    scheme: str
    driver: str | None
    user: str | None
    password: str | None = field(repr=False)
    host: str | None
    port: int | None
    path: str | None
    query: dict[str, str] = field(repr=False)


def parse_url(text: str, where: str) -> Url:
    """Take ``text`` apart; ``where`` names the variable or argument in errors.

    Raises ``ConfigurationError`` that shows no more of the URL than its scheme.
    """
    if not isinstance(text, str):
        raise ConfigurationError(f"{where} is a str, not {type(text).__name__}")
    match = _SCHEME.match(text)
    if match is None or (match[1] not in _PATH_ONLY and not text.startswith("//", match.end())):
        raise ConfigurationError(f"{where} is not a URL (its value may be secret and is not shown)")
    scheme, driver = match[1].lower(), match[2]
    rest = text[match.end() :]
    wrong = _Wrong(where, scheme)
    if not rest.startswith("//"):
        raise wrong("has no // behind its scheme")
    if _CONTROL.search(text) or (scheme not in _PATH_ONLY and any(map(str.isspace, text))):
        raise wrong("holds a space or a control character; percent-encode it")
    if any("\ud800" <= char <= "\udfff" for char in text):
        raise wrong("holds bytes that are not UTF-8")
    authority, slash, path, query = _split(rest[2:], wrong)
    if scheme not in _PATH_ONLY and ("@" in path or "@" in query):
        raise wrong(f"holds an @ behind its host: {_ENCODE}")
    userinfo, at, address = authority.rpartition("@")
    user, colon, password = userinfo.partition(":")
    host, port = _host_and_port(address, wrong)
    return Url(
        scheme,
        driver,
        wrong.decode(user, "user name") if at and user else None,
        wrong.decode(password, "password") if colon and password else None,
        host,
        port,
        wrong.decode(path, "path") if slash else None,
        _query(query, wrong),
    )


class _Wrong:
    """Makes the errors of one URL."""

    def __init__(self, where: str, scheme: str) -> None:
        self.start = f"{where} ({scheme}://…)"

    def __call__(self, problem: str) -> ConfigurationError:
        return ConfigurationError(f"{self.start} {problem}")

    def decode(self, text: str, what: str) -> str:
        if _BAD_PERCENT.search(text):
            raise self(f"has a % in its {what} that begins no percent-encoded byte; write it as %25")
        try:
            decoded = unquote(text, errors="strict")
        except UnicodeDecodeError:
            raise self(f"has percent-encoded bytes in its {what} that are not UTF-8") from None
        if "\0" in decoded:
            raise self(f"has a NUL in its {what}")
        return decoded


def _split(rest: str, wrong: _Wrong) -> tuple[str, str, str, str]:
    if "#" in rest:
        raise wrong(f"holds a #: {_ENCODE}")
    before, _, query = rest.partition("?")
    authority, slash, path = before.partition("/")
    return authority, slash, path, query


def _host_and_port(address: str, wrong: _Wrong) -> tuple[str | None, int | None]:
    if address.startswith("["):
        inner, bracket, tail = address[1:].partition("]")
        host = wrong.decode(inner, "host")
        if not bracket or (tail and not tail.startswith(":")) or not _is_ipv6(host):
            raise wrong("has brackets that hold no IPv6 address")
        return host, _port(tail.removeprefix(":"), wrong)
    raw, _, port = address.partition(":")
    if ":" in port:
        raise wrong("has more than one : in its address; an IPv6 address stands in [brackets]")
    return wrong.decode(raw, "host") or None, _port(port, wrong)


def _port(text: str, wrong: _Wrong) -> int | None:
    if not text:
        return None
    if text.isascii() and text.isdigit() and 1 <= int(text[:6]) <= 65535:
        return int(text)
    raise wrong(f"has a port that is no number from 1 to 65535; {_ENCODE}")  # it may be part of a password


def _query(text: str, wrong: _Wrong) -> dict[str, str]:
    options: dict[str, str] = {}
    for pair in filter(None, text.split("&")):
        name, equals, value = pair.partition("=")
        if not equals or not re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", name):
            raise wrong(f"has something behind its ? that is not name=value; {_ENCODE}")
        key = name.lower().replace("-", "_")
        if key in options:
            raise wrong(f"has the option {name} twice")
        options[key] = wrong.decode(value, f"option {name}")
    return options


def is_host(text: str) -> bool:
    """Whether ``text`` can be one host's name or address."""
    return bool(_HOST_NAME.fullmatch(text)) or _is_ipv6(text)


def _is_ipv6(text: str) -> bool:
    try:
        ipaddress.IPv6Address(text)
    except ValueError:
        return False
    return True


def build_url(
    scheme: str,
    *,
    user: str | None = None,
    password: str | None = None,
    host: str | None = None,
    port: int | None = None,
    path: str | None = None,
    query: Mapping[str, str | None] | None = None,
    mask: bool = False,
) -> str:
    """Put a URL together from decoded parts; with ``mask``, the password reads ``***``."""
    secret = None if password is None else MASK if mask else quote(password, safe="*")
    userinfo = quote(user or "", safe="*") + ("" if secret is None else f":{secret}")
    address = f"[{quote(host, safe=':')}]" if host and ":" in host else quote(host or "", safe="")
    options = "&".join(
        f"{name}={quote(value, safe='/:*')}" for name, value in (query or {}).items() if value is not None
    )
    return (
        f"{scheme}://"
        + (f"{userinfo}@" if userinfo else "")
        + address
        + (f":{port}" if port else "")
        + ("" if path is None else f"/{quote(path)}")
        + (f"?{options}" if options else "")
    )
