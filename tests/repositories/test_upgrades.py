"""The history of upgrades: each ends once, and is listed with who ran it."""

from __future__ import annotations

from uuid import uuid4

import pytest

from pis_data.errors import ForeignKeyViolationError, InvalidFilterError, InvalidValueError, NotFoundError
from pis_data.schema import UpgradeHistory, UpgradeStatus


@pytest.fixture
def upgrades(repositories):
    return repositories.upgrades


def test_an_upgrade_begins_and_ends(upgrades):
    begun = upgrades.start("1.0", "1.1", notes="first")
    assert type(begun) is UpgradeHistory
    assert (begun.status, begun.completed_at, begun.notes) == (UpgradeStatus.RUNNING, None, "first")
    ended = upgrades.finish(begun.id, "success", rebuild_performed=True)
    assert (ended.status, ended.rebuild_performed, ended.rollback_available) == ("success", True, True)
    assert ended.completed_at >= begun.started_at.replace(microsecond=0)
    assert upgrades.get(begun.id) == ended
    assert upgrades.get(uuid4()) is None


def test_an_upgrade_fails_and_is_rolled_back(upgrades):
    begun = upgrades.start("1.0", "1.1")
    failed = upgrades.finish(begun.id, UpgradeStatus.FAILED, error="no space left")
    assert (failed.status, failed.error_message) == (UpgradeStatus.FAILED, "no space left")
    back = upgrades.finish(begun.id, "rolled_back", rollback_available=False)
    assert (back.status, back.error_message, back.rollback_available) == (
        "rolled_back",
        "no space left",
        False,
    )


def test_an_upgrade_ends_once(upgrades):
    begun = upgrades.start("1.0", "1.1")
    upgrades.finish(begun.id, "success")
    for status in ("success", "failed"):
        with pytest.raises(NotFoundError):
            upgrades.finish(begun.id, status)
    with pytest.raises(NotFoundError):
        upgrades.finish(uuid4(), "success")
    assert upgrades.get(begun.id).status == "success"


def test_what_makes_no_sense_is_refused(upgrades, refused):
    begun = upgrades.start("1.0", "1.1")
    for call in (
        lambda: upgrades.start("", "1.1"),
        lambda: upgrades.start("1.0", "1" * 51),
        lambda: upgrades.finish(begun.id, "running"),
        lambda: upgrades.finish(begun.id, "done"),
        lambda: upgrades.finish("x", "success"),
        lambda: upgrades.list(status="done"),
    ):
        with refused(InvalidValueError):
            call()
    with pytest.raises(ForeignKeyViolationError):
        upgrades.start("1.0", "1.1", executed_by=uuid4())


def test_upgrades_are_listed_with_who_ran_them(upgrades, users):
    """9.3: PIS's list throws as soon as an upgrade has an executor."""
    ann = users.create("ann@example.org", "salt:1:hash", "admin")
    made = [upgrades.start(f"1.{n}", f"1.{n + 1}", executed_by=ann.id if n % 2 else None) for n in range(5)]
    upgrades.finish(made[0].id, "failed")
    page = upgrades.list(limit=2, total=True)
    assert page.total == 5
    found = list(page)
    while page.next:
        page = upgrades.list(limit=2, after=page.next)
        found += page.items
    emails = {entry.id: entry.executor_email for entry in found}
    assert emails == {each.id: "ann@example.org" if n % 2 else None for n, each in enumerate(made)}
    assert [e.started_at for e in found] == sorted((e.started_at for e in found), reverse=True)
    assert not hasattr(found[0], "password_hash")
    assert [entry.id for entry in upgrades.list(status="failed")] == [made[0].id]
    with pytest.raises(InvalidFilterError):
        upgrades.list(status="failed", after=upgrades.list(limit=1).next)
