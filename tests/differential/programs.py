"""Transactions as data: calls that take effect together, or not at all, one within another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from pis_data.errors import PisDataError

from . import calls
from .calls import Call, Target
from .compare import comparable, name_of


class _Undone(Exception):
    """Ends a transaction without keeping it."""


@dataclass(frozen=True, repr=False)
class Block:
    """A transaction, or a savepoint within one."""

    steps: tuple[Call | Block, ...]
    #: whether it is committed
    kept: bool
    #: whether each call has a savepoint of its own: else the first error of a server ends the block
    careful: bool
    read_only: bool = False
    snapshot: bool = False

    def __call__(self, to: Target) -> Any:
        """What its steps gave."""
        return self._within(to, {"read_only": self.read_only, "snapshot": self.snapshot})

    def __repr__(self) -> str:
        flags = ("kept", "careful", "read_only", "snapshot")
        said = " ".join(name for name in flags if getattr(self, name))
        return f"transaction [{said}]: {list(self.steps)!r}"

    def _within(self, to: Target, how: dict[str, bool]) -> list[Any]:
        seen: list[Any] = []
        try:
            with to.raw.transaction(**how) as tx:
                seen += [self._outcome(step, to.within(tx)) for step in self.steps]
                if not self.kept:
                    raise _Undone
        except _Undone:
            seen.append("undone")
        except PisDataError as error:
            seen.append(("ended by", name_of(error)))
        return seen

    def _outcome(self, step: Call | Block, to: Target) -> Any:
        if isinstance(step, Block):
            return step._within(to, {})
        try:
            if not self.careful:
                return ("answer", comparable(step(to)))
            with to.raw.transaction() as savepoint:
                return ("answer", comparable(step(to.within(savepoint))))
        except PisDataError as error:
            return ("error", name_of(error))


_flags = st.booleans()


def _block(steps: st.SearchStrategy[Any], **how: st.SearchStrategy[bool]) -> st.SearchStrategy[Block]:
    listed = st.lists(steps, min_size=1, max_size=4).map(tuple)
    return st.builds(Block, listed, kept=_flags, careful=st.sampled_from([True, True, False]), **how)


_savepoints = _block(st.one_of(calls.anything, calls.of("db")))
#: transactions, some of them nested, some of which may only read
blocks = _block(
    st.one_of(calls.anything, calls.of("db"), calls.of("albums", "photos"), _savepoints),
    read_only=st.sampled_from([False, False, False, True]),
    snapshot=_flags,
)
