"""Calls of the mail account."""

from __future__ import annotations

from . import Calls, Scene

GIVEN = {"smtp_host": "mail.example.org", "from_email": "photos@example.org"}


def calls(scene: Scene) -> Calls:
    r = scene.r.email

    yield "save, the first time", lambda: r.save(**GIVEN, smtp_pass="x")
    yield "save, again without a password", lambda: r.save(**GIVEN)
    yield "get_active", lambda: r.get_active()
    yield "masked", lambda: r.masked()
