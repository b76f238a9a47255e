"""What the cloud adapters say to their SDKs: one HTTP request, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Any, BinaryIO, TypeAlias
from xml.etree import ElementTree

import requests
from requests.adapters import HTTPAdapter

Body: TypeAlias = bytes | BinaryIO
"""Bytes, or a file that stands at its start: both can be sent again."""

CONNECT_TIMEOUT = 10.0
READ_TIMEOUT = 60.0
"""Seconds without a byte."""
POOL_SIZE = 32


@dataclass(frozen=True, slots=True)
class Call:
    """One request; parameters and headers unencoded."""

    method: str
    key: str | None = None
    """None: the bucket itself."""
    parameters: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Body = b""
    stream: bool = False
    """The body is wanted bit by bit."""
    document: bool = False
    """The answer is XML; an error in it counts as one also under a 200."""
    safe: bool = True
    """Asking twice is as good as once, so it may be asked again when nobody knows whether it arrived."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the service answered."""

    headers: Mapping[str, str]
    """Names in lower case."""
    content: bytes = b""
    root: ElementTree.Element = field(default_factory=lambda: ElementTree.Element("None"))
    """Of the document, where one was asked for."""
    stream: Iterator[bytes] = field(default_factory=lambda: iter(()))
    close: Callable[[], object] = lambda: None


class RefusedError(Exception):
    """The service answered that it won't, or can't."""

    def __init__(self, status: int, code: str, message: str, request_id: str = "") -> None:
        super().__init__(f"{status} {code}: {message}")
        self.status = status
        self.code = code
        self.message = message
        self.request_id = request_id


class UnreachableError(Exception):
    """No answer came: nobody knows whether the request arrived, unless ``arrived`` is False."""

    def __init__(self, message: str, *, passing: bool = True) -> None:
        super().__init__(message)
        self.passing = passing
        """It may be another matter in a moment (a wrong certificate will not)."""


class Session(requests.Session):
    """Looks once per host at what the environment says (proxies, certificates to trust), not every time.

    A ``.netrc`` is not looked at: its password would take the place of our signature.
    """

    def __init__(self) -> None:
        super().__init__()
        self.trust_env = False
        self._environment: dict[str, Any] = {}

    def merge_environment_settings(
        self, url: str, proxies: Any, stream: Any, verify: Any, cert: Any
    ) -> dict[str, Any]:
        """Return the settings of a request, as requests wants them."""
        host = "/".join(url.split("/", 3)[:3])
        if host not in self._environment:
            with requests.Session() as plain:
                self._environment[host] = plain.merge_environment_settings(url, {}, None, None, None)
        return {**self._environment[host], "stream": bool(stream)}


def new_session() -> requests.Session:
    """Return a session whose pool fits many threads, which leaves retries to us and bodies as they are."""
    session = Session()
    adapter = HTTPAdapter(pool_connections=4, pool_maxsize=POOL_SIZE, max_retries=0)
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    session.hooks["response"].append(_leave_encoded)
    return session


def _leave_encoded(response: requests.Response, **_: object) -> None:
    # An object stored with Content-Encoding: gzip is those bytes; requests would unpack them.
    if response.raw is not None:
        response.raw.headers.discard("Content-Encoding")


def describe(error: BaseException) -> UnreachableError:
    """Return what a connection's failing means, in a sentence."""
    text = str(error) or type(error).__name__
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, requests.exceptions.SSLError):
            return UnreachableError(f"its certificate is not trusted: {text}", passing=False)
        if isinstance(seen, requests.exceptions.Timeout):
            return UnreachableError(f"it did not answer in time: {text}")
        seen = seen.__cause__ or seen.__context__
    return UnreachableError(text)


def parse(content: bytes) -> ElementTree.Element:
    """Return a document without its namespaces; raise `RefusedError` if it is an error (also under 200)."""
    try:
        root = ElementTree.fromstring(content)
    except ElementTree.ParseError as error:
        raise RefusedError(200, "MalformedAnswer", f"the answer is no XML: {error}") from error
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    if root.tag == "Error":
        code, message = root.findtext("Code", "Unknown"), root.findtext("Message", "")
        raise RefusedError(200, code, message, root.findtext("RequestId", ""))
    return root


def skew(headers: Mapping[str, str], now: float) -> float | None:
    """Return how many seconds this machine's clock is ahead of the service's; None if it did not say."""
    try:
        return now - parsedate_to_datetime(headers["date"]).timestamp()
    except (KeyError, ValueError):
        return None
