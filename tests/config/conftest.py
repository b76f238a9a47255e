"""Every test of settings starts without any."""

from __future__ import annotations

from pathlib import Path

import pytest

from pis_data.config.environment import known_names

from .helpers import Environ


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No variable of ours, and an empty current folder."""
    for name in known_names():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def environ(monkeypatch: pytest.MonkeyPatch) -> Environ:
    def set_all(**variables: str) -> None:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)

    return set_all
