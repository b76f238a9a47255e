"""Calls as data: one module per repository, named as in `Repositories`, and ``db`` for the adapter.

Each holds its ``CALLS``: a recipe by the name of the method, which says what the method is called with. To
drive a new method, add a line:

    CALLS: Calls = {
        "get": call(album, live=flags),                         # strategies, or values
        "list": pages(is_public=flags, limit_=sizes),           # a whole list; an argument named with an
                                                                # underscore at its end is always given
        "complete": by(claimed, sizes, _results),               # a function that does more than call it
    }

`tests/differential/test_complete.py` fails for a public method that is not here.
"""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from typing import Any

from hypothesis import strategies as st

from tests.repositories.aggregates import REPOSITORIES

from .. import values as v
from . import db
from .call import Call, Calls, Notes, Target, once

__all__ = ["OF", "OUTSIDE", "Call", "Notes", "Target", "anything", "of", "wrong"]


def _calls(name: str, recipes: Calls) -> dict[str, st.SearchStrategy[Call]]:
    return {method: recipe(f"{name}.{method}") for method, recipe in recipes.items()}


#: strategies of calls, by repository and method
OF: dict[str, dict[str, st.SearchStrategy[Call]]] = {
    name: _calls(name, import_module(f"{__name__}.{name}").CALLS) for name in sorted(REPOSITORIES)
}
OF["db"] = _calls("db", db.CALLS)
#: calls that begin a transaction themselves
OUTSIDE: dict[str, st.SearchStrategy[Call]] = _calls("db", db.OUTSIDE)


def of(*names: str) -> st.SearchStrategy[Call]:
    """Any call of these repositories."""
    return st.deferred(lambda: st.one_of([call for name in names for call in OF[name].values()]))


anything = of(*OF)


def _spoiled(call: Call, value: object, place: int) -> Call:
    """A call with a value in place of one of its arguments; but for `returning`: any value has a truth."""
    given: list[Any] = [*range(len(call.args)), *(name for name in call.how if name != "returning")]
    if call.play is not once or not given:
        return call
    which = given[place % len(given)]
    if isinstance(which, str):
        return replace(call, how={**call.how, which: value})
    return replace(call, args=(*call.args[:which], value, *call.args[which + 1 :]))


#: calls with an argument that is none
wrong = st.builds(_spoiled, anything, v.wrong, st.integers(0, 9))
