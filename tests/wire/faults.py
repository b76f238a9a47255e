"""Misbehaviour on demand."""

from __future__ import annotations

import threading
from dataclasses import dataclass


@dataclass
class Fault:
    """What goes wrong, on which requests, how often."""

    kind: str
    """``error`` (status and code, nothing is done), ``lost`` (done, but the answer never comes), ``reset``
    (the connection breaks and nothing is done), ``truncate`` and ``reset-body`` (half of the answer's body),
    ``slow`` (``delay`` seconds before the answer), ``error-body`` (200 with an error document),
    ``corrupt`` (a byte of the body is another), ``wrong-crc`` (another checksum than the content's),
    ``keep`` (a bulk delete leaves the keys that begin with ``key``)."""
    method: str = ""
    """Empty for any."""
    key: str = ""
    """How the key begins."""
    query: str = ""
    """A parameter that the query has."""
    times: int = 1
    skip: int = 0
    """Matching requests that still go well."""
    status: int = 503
    code: str = "ServiceUnavailable"
    delay: float = 0.0


class Faults:
    """The faults still to come."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self._lock = threading.Lock()

    def add(self, fault: Fault) -> None:
        with self._lock:
            self._faults.append(fault)

    def clear(self) -> None:
        with self._lock:
            self._faults.clear()

    def take(self, method: str, key: str | None, query: dict[str, str]) -> Fault | None:
        """Return the first fault that is meant for this request, and count it."""
        with self._lock:
            for fault in self._faults:
                if fault.kind == "keep" or not fault.times:
                    continue
                if fault.method not in {"", method} or not (key or "").startswith(fault.key):
                    continue
                if fault.query and fault.query not in query:
                    continue
                if fault.skip:
                    fault.skip -= 1
                    continue
                fault.times -= 1
                return fault
        return None

    def keeps(self, key: str) -> bool:
        """Say whether a bulk delete shall leave this key."""
        with self._lock:
            return any(fault.kind == "keep" and key.startswith(fault.key) for fault in self._faults)
