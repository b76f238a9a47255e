"""What waits for a commit: called once it is there, in order, and never for what was undone."""

from __future__ import annotations

import asyncio
import functools

import pytest

import pis_data.aio
import pis_data.sync
from pis_data.aio.repositories import Repositories as AsyncRepositories
from pis_data.errors import (
    AfterCommitError,
    DeadlockError,
    InvalidValueError,
    TransactionError,
    UniqueViolationError,
)


# pis.md 9.4: enqueue after commit; 9.1.3: a job that was sent before its row was there was dropped
def test_a_job_finds_its_photo_committed_and_the_adapter_free(repositories, photos, album):
    seen = []
    with repositories.transaction() as r:
        photo = r.photos.create_pending(album.id, filename="1.jpg", original_key="raw/1.jpg")
        r.after_commit(lambda: seen.append(photos.claim_for_processing(photo.id)))
        assert seen == []
    assert [claim.id for claim in seen] == [photo.id]


def test_calls_are_made_in_the_order_in_which_they_were_asked_for(repositories, db):
    called = []
    with repositories.transaction() as r:
        r.after_commit(functools.partial(called.append, 1))
        with r.transaction() as inner:
            inner.after_commit(functools.partial(called.append, 2))
        r.after_commit(functools.partial(called.append, 3))
    with db.transaction() as tx:
        tx.after_commit(functools.partial(called.append, 4))
    assert called == [1, 2, 3, 4]


def test_nothing_is_called_for_what_was_rolled_back(repositories):
    called = []

    def fails():
        with repositories.transaction() as r:
            r.after_commit(lambda: called.append(1))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    assert called == []


def test_an_error_that_was_passed_over_calls_nothing(repositories, albums):
    albums.create(title="a", slug="taken")
    called = []

    def fails():
        with repositories.transaction() as r:
            r.after_commit(lambda: called.append(1))
            with pytest.raises(UniqueViolationError):
                r.albums.create(title="b", slug="taken")
            with pytest.raises(TransactionError):
                r.after_commit(lambda: called.append(2))

    with pytest.raises(TransactionError):
        fails()
    assert called == []


def test_a_savepoint_that_is_undone_takes_its_calls_with_it(repositories):
    called = []

    def undone(r, *inside):
        with r.transaction() as inner:
            inner.after_commit(lambda: called.append("inner"))
            with inner.transaction() as innermost:
                innermost.after_commit(lambda: called.append("innermost"))
            raise ZeroDivisionError

    with repositories.transaction() as r:
        r.after_commit(lambda: called.append("before"))
        with pytest.raises(ZeroDivisionError):
            undone(r)
        r.after_commit(lambda: called.append("after"))
    assert called == ["before", "after"]


def test_only_the_attempt_that_succeeds_has_its_calls_made(repositories):
    attempts, called = [], []

    def unit(r):
        attempts.append(1)
        number = len(attempts)
        r.after_commit(lambda: called.append(number))
        r.run(lambda inner: inner.after_commit(lambda: called.append(number * 10)))
        if number < 3:
            raise DeadlockError("again")

    repositories.run(unit)
    assert called == [3, 30]


def test_a_call_that_fails_stops_no_other_and_undoes_nothing(repositories, albums):
    attempts, called = [], []

    def fails():
        raise DeadlockError("the queue's own")

    def unit(r):
        attempts.append(1)
        r.albums.create(title="a", slug="one")
        r.after_commit(lambda: called.append(1))
        r.after_commit(fails)
        r.after_commit(lambda: called.append(2))

    with pytest.raises(AfterCommitError, match=r"1 of 3 calls .* DeadlockError") as caught:
        repositories.run(unit)
    assert attempts == [1], "what was committed must not be done again"
    assert [type(error) for error in caught.value.errors] == [DeadlockError]
    assert caught.value.__cause__ is caught.value.errors[0]
    assert called == [1, 2]
    assert albums.get_by_slug("one") is not None


def test_outside_of_a_transaction_there_is_nothing_to_wait_for(repositories, db):
    with pytest.raises(TransactionError, match="belongs into a transaction"):
        repositories.after_commit(lambda: None)
    with db.transaction() as tx:
        pass
    with pytest.raises(TransactionError, match="is over"):
        tx.after_commit(lambda: None)


@pytest.mark.parametrize("wrong", [None, 3, "call me"])
def test_only_a_function_can_be_called(repositories, wrong):
    with repositories.transaction() as r, pytest.raises(InvalidValueError):
        r.after_commit(wrong)


def test_the_asynchronous_face_takes_plain_functions_and_coroutine_functions(database_url, db):
    called = []

    async def later():
        await asyncio.sleep(0)
        called.append("coroutine")

    async def use():
        async with (
            pis_data.aio.create_database_adapter(database_url) as adapter,
            AsyncRepositories(adapter).transaction() as r,
        ):
            r.after_commit(later)
            r.after_commit(lambda: called.append("plain"))
            r.after_commit(functools.partial(called.append, "partial"))

    asyncio.run(use())
    assert called == ["coroutine", "plain", "partial"]


def test_the_synchronous_face_refuses_what_it_can_not_wait_for(database_url, db):
    async def later():
        raise AssertionError("nobody waits for this")

    pending = []

    def gives_one():
        pending.append(later())
        return pending[0]

    def forgets():
        with adapter.transaction() as tx:
            tx.after_commit(gives_one)

    with pis_data.sync.create_database_adapter(database_url) as adapter:
        with adapter.transaction() as tx, pytest.raises(InvalidValueError, match="plain function"):
            tx.after_commit(later)
        with pytest.raises(AfterCommitError):
            forgets()
    pending[0].close()
