# Generated from pis_data/aio/repositories/settings.py by tools/make_sync.py: change that, then run it.
"""Settings of the whole site."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pis_data.queries import settings as queries
from pis_data.schema import SettingCategory, SystemSetting, system_settings

from .base import Repository


class SettingsRepository(Repository):
    """Settings: any JSON value under a key. A value of None is JSON's null, in both directions."""

    def get(self, key: str, default: Any = None) -> Any:
        """The value under a key; ``default`` if there is no such setting."""
        found = self._ask(queries.some([queries.check_key(key)]))
        return found[0][1] if found else default

    def get_many(self, keys: Sequence[str]) -> dict[str, Any]:
        """The values under some keys; those that there are not are left out."""
        return dict(self._ask(queries.some(queries.check_keys(keys))))

    def all_grouped(self) -> dict[str, list[SystemSetting]]:
        """All settings by category, ordered by category and key."""
        found: dict[str, list[SystemSetting]] = {}
        for setting in self._ask(queries.every()):
            found.setdefault(setting.category, []).append(setting)
        return found

    def public(self) -> dict[str, Any]:
        """What visitors may read: the values of public settings, and ``polling_interval``."""
        return dict(self._ask(queries.public()))

    def set(
        self,
        key: str,
        value: Any,
        *,
        category: SettingCategory | str | None = None,
        description: str | None = None,
        is_public: bool | None = None,
    ) -> SystemSetting:
        """Set a value, whether the key is there or not.

        Args:
            key: which setting.
            value: any JSON value.
            category: what it is about, a `SettingCategory` or another word; of a new setting ``site`` by
                default.
            description: what it is for.
            is_public: whether visitors may read it; a new setting is not public by default.

        Returns:
            The setting as it is now. What is not given (None) stays as it was.
        """
        stored = self.set_many(
            {queries.check_key(key): value}, category=category, description=description, is_public=is_public
        )
        return stored[0]

    def set_many(
        self,
        given: Mapping[str, Any],
        *,
        category: SettingCategory | str | None = None,
        description: str | None = None,
        is_public: bool | None = None,
    ) -> list[SystemSetting]:
        """Set several values, all or none; arguments as for `set`, for all of them."""
        made, update = queries.rows(given, category, description, is_public)
        stored = self._db.upsert(system_settings, made, conflict=["key"], update=update)
        return [SystemSetting(**{**row, "value": queries.to_python(row["value"])}) for row in stored]
