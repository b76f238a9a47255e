"""Cancelled tasks: what `asyncio` and the drivers make of them is put right here."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


async def heeding_cancellation(connecting: Awaitable[T]) -> T:
    """Wait for a connection; a cancellation that was lost on the way is raised after all.

    ``asyncio.wait_for`` of Python 3.11, by which pools and drivers wait, forgets that its task was cancelled
    if what it waits for is done at the same moment.
    """
    task = asyncio.current_task()
    before = task.cancelling() if task is not None else 0
    connection: Any = await connecting
    if task is not None and task.cancelling() > before:
        await connection.close()
        raise asyncio.CancelledError
    return connection  # type: ignore[no-any-return]


async def completed(work: Coroutine[Any, Any, object]) -> None:
    """Wait until some last work is done, or the task is cancelled again; it is done in any case."""
    try:
        await asyncio.shield(asyncio.ensure_future(work))
    except (asyncio.CancelledError, Exception):
        return
