"""The two faces, and the faces of the package: what is handed on, and what is not yet loaded."""

from __future__ import annotations

import importlib
import inspect
import subprocess
import sys

import pytest

import pis_data
from tools import make_sync


def test_importing_the_package_loads_neither_sqlalchemy_nor_a_driver_nor_an_sdk() -> None:
    heavy = [
        "sqlalchemy",
        "alembic",
        "pydantic",
        "psycopg",
        "pymysql",
        "asyncmy",
        "aiosqlite",
        "fsspec",
        "numpy",
    ]
    code = f"import pis_data, sys; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_importing_the_adapter_loads_no_driver_until_one_is_needed() -> None:
    drivers = ["psycopg", "pymysql", "asyncmy", "aiosqlite", "fsspec", "PIL", "starlette"]
    code = (
        "import sys; from pis_data import create_database_adapter as create;"
        "create('sqlite://').close();"
        f"print([name for name in {drivers} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_public_name_is_handed_on() -> None:
    for name in pis_data.__all__:
        assert callable(getattr(pis_data, name)), name
    assert set(pis_data.__all__) <= set(dir(pis_data))


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="get_databse_adapter"):
        _ = pis_data.get_databse_adapter


def test_the_synchronous_files_are_those_that_would_be_generated(capsys: pytest.CaptureFixture[str]) -> None:
    assert make_sync.main(["--check"]) == 0, capsys.readouterr().out


def test_both_faces_have_the_same_names_and_parameters() -> None:
    for module in ("", ".adapter", ".transaction", ".repositories"):
        aio, sync = (importlib.import_module(f"pis_data.{face}{module}") for face in ("aio", "sync"))
        for name in getattr(aio, "__all__", [name for name in vars(aio) if not name.startswith("_")]):
            one, other = getattr(aio, name), getattr(sync, name, None)
            if not (inspect.isclass(one) and one.__module__.startswith("pis_data.aio")):
                continue
            assert _methods(one) == _methods(other), name


def _methods(cls: object) -> dict[str, list[str]]:
    return {
        name: list(inspect.signature(member).parameters)
        for name, member in inspect.getmembers(cls, inspect.isfunction)
        if not name.startswith("_")
    }


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("async def f() -> None:\n    await g()\n", "def f() -> None:\n    g()\n"),
        (
            "async with a() as b:\n    async for c in b:\n        pass\n",
            "with a() as b:\n    for c in b:\n        pass\n",
        ),
        ("Unit = Callable[[Link], Awaitable[T]]\n", "Unit = Callable[[Link], T]\n"),
        ("x = await a.stream(  # sync: x = a.execute(\n    1\n)\n", "x = a.execute(\n    1\n)\n"),
        ("engine.sync_engine.dispose()\n", "engine.dispose()\n"),
    ],
)
def test_the_generator_takes_the_waiting_out(source: str, expected: str) -> None:
    text = make_sync.transform(source, "x.py")
    assert text.split("\n", 1)[1] == expected
