"""What is to happen once a transaction is committed: put a job into a queue, tell a cache."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from inspect import isawaitable, iscoroutinefunction
from typing import Final, TypeAlias

from pis_data.errors import AfterCommitError, InvalidValueError

#: a call without arguments
Hook: TypeAlias = Callable[[], Awaitable[object] | object]  # sync: Hook: TypeAlias = Callable[[], object]

#: whether this face can wait for a coroutine
_AWAITS: Final = True  # sync: _AWAITS: Final = False
#: what the synchronous face answers to one
_UNAWAITED: Final = "what after_commit called gave a coroutine, for which nobody waits on this face"


def check_hook(callback: object) -> None:
    """Refuse what can't be called, and a coroutine function where nobody would wait for it."""
    if not callable(callback) or (iscoroutinefunction(callback) and not _AWAITS):
        kind = "a function without arguments, or a coroutine function" if _AWAITS else "a plain function"
        raise InvalidValueError(f"after_commit takes {kind}; got {type(callback).__name__}")


async def call(hooks: Sequence[Hook]) -> None:
    """Call each in order, all of them, whatever one raises.

    Raises:
        AfterCommitError: some have failed. Not their own exception: a `RetryableError` from a call that
            came after the commit must not have the unit of work run again.
    """
    errors: list[Exception] = []
    for hook in hooks:
        try:
            found = hook()
            if isawaitable(found):
                await found  # sync: raise InvalidValueError(_UNAWAITED)
        except Exception as error:
            errors.append(error)
    if errors:
        raise AfterCommitError(
            f"the transaction was committed, but {len(errors)} of {len(hooks)} calls after it failed, "
            f"the first with {type(errors[0]).__name__}",
            errors,
        ) from errors[0]
