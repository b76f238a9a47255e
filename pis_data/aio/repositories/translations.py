"""Texts of the user interface that an administrator changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from pis_data.queries import translations as queries
from pis_data.queries.keyset import Page
from pis_data.queries.translations import Translation
from pis_data.queries.values import IdLike, as_id, as_name
from pis_data.schema import CustomTranslation, custom_translations

from .base import Repository

CustomTranslations: TypeAlias = list[CustomTranslation]


class TranslationRepository(Repository):
    """Texts in place of the application's own: each stands under a locale, a namespace and a dotted key."""

    async def list(
        self,
        *,
        locale: str | None = None,
        namespace: str | None = None,
        limit: int = 50,
        after: str | None = None,
        total: bool = False,
    ) -> Page[CustomTranslation]:
        """One page of the texts, by key, those that are not in use too.

        Args:
            locale: only this one, ``zh-CN``.
            namespace: only this one.
            limit: rows of a page, 1 to 1,000.
            after: ``next`` of the page before.
            total: also count the whole list.

        Raises:
            InvalidFilterError: a limit out of range, a cursor that is not of this list.
        """
        listing = queries.listing(locale, namespace)
        scope = ("translations.list", listing.filters.get("locale"), listing.filters.get("namespace"))
        return await self._page(listing, scope, CustomTranslation, limit=limit, after=after, total=total)

    async def export(self, locale: str) -> dict[str, dict[str, str]]:
        """What a page needs: the texts of a locale that are in use, by namespace and key."""
        found: dict[str, dict[str, str]] = {}
        for namespace, key, value in await self._ask(queries.active(as_name(locale, "locale"))):
            found.setdefault(namespace, {})[key] = value
        return found

    async def upsert(
        self, locale: str, namespace: str, key: str, value: str, *, is_active: bool | None = None
    ) -> CustomTranslation:
        """Set a text, whether it is there or not.

        Args:
            locale: its language, up to 10 characters.
            namespace: the part of the application, up to 100.
            key: its dotted key, without the namespace, up to 255.
            value: the text, which may be empty.
            is_active: whether it is in use; by default as it was, and a new one is.

        Raises:
            InvalidValueError: a part that is empty or too long.
        """
        row: dict[str, Any] = {"locale": locale, "namespace": namespace, "key": key, "value": value}
        if is_active is not None:
            row["is_active"] = is_active
        return (await self.upsert_many([row]))[0]

    async def upsert_many(self, given: Iterable[Translation | Mapping[str, Any]]) -> CustomTranslations:
        """Set several texts, all or none; each a mapping of what `upsert` takes. As they are now, in order.

        Of several with one key the last one counts.
        """
        rows = queries.check(given)
        stored = await self._db.upsert(custom_translations, rows, conflict=queries.KEY)
        return [CustomTranslation(**row) for row in stored]

    async def delete(self, translation_id: IdLike) -> bool:
        """Remove a text: the application's own shows again. Whether it was there."""
        where = {"id": as_id(translation_id, "custom_translations.id")}
        return bool(await self._db.delete(custom_translations, where))
