"""Reads variables: the real environment over a ``.env`` file, aliases in order, secrets from files.

pydantic-settings does the loading. What is added here: which of several names a value came from, so that
a message can name the variable that its reader has to mend.
"""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from pydantic_settings import BaseSettings, DotEnvSettingsSource, EnvSettingsSource, SettingsConfigDict

from ..errors import ConfigurationError
from .variables import DATABASE_VARIABLES, PIS_ENV_FILE, STORAGE_VARIABLES, Variable

TRUE: Final = frozenset({"true", "1", "yes", "y", "on"})
FALSE: Final = frozenset({"false", "0", "no", "n", "off"})
LONGEST_SECRET_FILE: Final = 65_536
LONGEST_SHOWN: Final = 80


class _Loader(BaseSettings):
    """Only its settings matter: names are case-sensitive, and an empty variable counts as unset."""

    model_config = SettingsConfigDict(
        case_sensitive=True, env_ignore_empty=True, env_file_encoding="utf-8-sig"
    )


@dataclass(frozen=True, slots=True)
class Setting:
    """A value and the name of the variable that gave it."""

    name: str
    value: str = field(repr=False)
    secret: bool = False

    def wrong(self, expected: str) -> ConfigurationError:
        """The error to raise: the variable, what it held unless that is secret, what is right."""
        return ConfigurationError(f"{self.name} {self._held()}; expected {expected}")

    def _held(self) -> str:
        if self.secret:
            return "is wrong (its value is secret and not shown)"
        shown = self.value
        if "://" in shown:  # a URL that landed in the wrong variable may hold a password
            shown = shown.partition("://")[0] + "://…"
        if len(shown) > LONGEST_SHOWN:
            shown = shown[:LONGEST_SHOWN] + "…"
        return f"is {shown!r}"

    def integer(self, low: int, high: int) -> int:
        """The value as a whole number from ``low`` to ``high``."""
        text = self.value.strip()
        if text.isascii() and text.removeprefix("-").isdigit() and low <= int(text[:20]) <= high:
            return int(text)
        raise self.wrong(f"a whole number from {low} to {high}")

    def seconds(self, *, zero: bool) -> float:
        """The value as a number of seconds; ``zero`` tells whether 0 is one of them."""
        expected = "seconds: a number, 0 or more" if zero else "seconds: a number above 0"
        try:
            number = float(self.value)
        except ValueError:
            raise self.wrong(expected) from None
        if not math.isfinite(number) or number < 0 or (number == 0 and not zero) or number > 10**7:
            raise self.wrong(expected)
        return number

    def boolean(self) -> bool:
        """The value as true or false."""
        word = self.value.strip().lower()
        if word in TRUE:
            return True
        if word in FALSE:
            return False
        raise self.wrong("true or false")

    def path(self) -> Path:
        """The value as a path; ``~/`` is the home folder."""
        if "://" in self.value:
            raise self.wrong("a path, not a URL")
        if not self.value.startswith("~/"):
            return Path(self.value)
        try:
            return Path(self.value).expanduser()
        except RuntimeError:
            raise self.wrong("a path without ~: this account has no home folder") from None

    def choice(self, choices: Iterable[str]) -> str:
        """The value as one of ``choices``; a near miss is pointed out."""
        known = list(choices)
        word = self.value.strip().lower()
        if word in known:
            return word
        near = difflib.get_close_matches(word, known, n=1)
        hint = f" (did you mean {near[0]}?)" if near else ""
        raise self.wrong(f"one of {', '.join(known)}{hint}")


class Environment:
    """The variables of this process, behind ``prefix``.

    ``env_file`` is a file of variables read below the real environment: by default what ``PIS_ENV_FILE``
    names, else ``.env`` in the current folder if there is one. ``None`` reads no file.
    """

    DEFAULT: Final = "default"

    def __init__(self, prefix: str = "", env_file: str | Path | None = DEFAULT) -> None:
        self.prefix = prefix
        real = EnvSettingsSource(_Loader).env_vars
        self._values: dict[str, str] = {}
        path = _env_file(real.get(PIS_ENV_FILE.name), env_file)
        if path is not None:
            self._values.update(_known(_read_env_file(path)))
        self._values.update(_known(real))

    def get(self, variable: Variable) -> Setting | None:
        """The first of the variable's names that is set, or None."""
        for name in variable.names:
            setting = self._get_one(self.prefix + name, variable.secret)
            if setting is not None:
                return setting
        return None

    def _get_one(self, name: str, secret: bool) -> Setting | None:
        value = _text(name, self._values.get(name))
        file = self._values.get(f"{name}_FILE") if secret else None
        if file is None:
            return None if value is None else Setting(name, value, secret)
        if value is not None:
            raise ConfigurationError(f"{name} and {name}_FILE are both set; expected one of them")
        return Setting(name, _read_secret(f"{name}_FILE", file), secret)

    def any_set(self, variables: Iterable[Variable]) -> bool:
        """Whether at least one of the variables is set, under any of its names."""
        return any(self.get(variable) is not None for variable in variables)

    def names_starting(self, start: str) -> list[str]:
        """The names, without the prefix, of all variables that begin with ``start``."""
        behind = self.prefix + start
        return sorted(name[len(self.prefix) :] for name in self._values if name.startswith(behind))

    def misspelt(self) -> dict[str, str]:
        """Unknown variables that look like one of ours, and the name that each was probably meant to be."""
        known = known_names()
        found = {}
        for full in sorted(self._values):
            name = full.removeprefix(self.prefix)
            if not full.startswith(self.prefix) or name in known:
                continue
            near = difflib.get_close_matches(name, known, n=1, cutoff=0.85)
            if near:
                found[full] = self.prefix + near[0]
        return found


def known_names() -> list[str]:
    """Every name that a variable may have, aliases and ``_FILE`` forms included, without any prefix."""
    names = []
    for variable in (*DATABASE_VARIABLES, *STORAGE_VARIABLES, PIS_ENV_FILE):
        for name in variable.names:
            names.append(name)
            if variable.secret:
                names.append(f"{name}_FILE")
    return names


def _text(name: str, value: str | None) -> str | None:
    """The value, if it is text: bytes that are not UTF-8 reach Python as lone surrogates."""
    if value is not None and not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            raise ConfigurationError(f"{name} is not UTF-8 text; expected text") from None
    return value


def _known(values: Mapping[str, str | None]) -> dict[str, str]:
    return {name: value for name, value in values.items() if value}


def _env_file(named: str | None, wanted: str | Path | None) -> Path | None:
    if wanted is None:
        return None
    if wanted != Environment.DEFAULT:
        return _existing(Path(wanted), "the file of variables")
    if named is None:
        return Path(".env") if Path(".env").exists() else None
    if named.strip().lower() == "none":
        return None
    return _existing(Path(named), PIS_ENV_FILE.name)


def _existing(path: Path, where: str) -> Path:
    if not path.exists():
        raise ConfigurationError(f"{where} is {str(path)!r}; expected a file that exists")
    return path


def _read_env_file(path: Path) -> dict[str, str | None]:
    try:
        return dict(DotEnvSettingsSource(_Loader, env_file=path).env_vars)
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise ConfigurationError(f"{path}: can't be read as a file of variables: {reason}") from None


def _read_secret(name: str, file: str) -> str:
    expected = "the path of a file that holds the secret"
    try:
        with Path(file).open("rb") as stream:
            content = stream.read(LONGEST_SECRET_FILE + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a path"
        raise ConfigurationError(
            f"{name} is {file!r}, which can't be read ({reason}); expected {expected}"
        ) from None
    if len(content) > LONGEST_SECRET_FILE:
        raise ConfigurationError(f"{name} is {file!r}, a file of more than 64 KiB; expected {expected}")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ConfigurationError(
            f"{name} is {file!r}, which is not UTF-8 text; expected {expected}"
        ) from None
    secret = text.removesuffix("\n").removesuffix("\r")  # an editor's or echo's line end is no part of it
    if not secret:
        raise ConfigurationError(f"{name} is {file!r}, which is empty; expected {expected}")
    return secret
