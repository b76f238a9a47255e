# Generated from pis_data/aio/repositories/templates.py by tools/make_sync.py: change that, then run it.
"""Templates: presets of album settings, and visual styles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Final, Generic, TypeVar, Unpack
from uuid import UUID

from pis_data.errors import NotFoundError
from pis_data.queries import exchange
from pis_data.queries import templates as queries
from pis_data.queries.keyset import Page
from pis_data.queries.templates import (
    AlbumTemplateChanges,
    NewStyleTemplate,
    PublicStyle,
    StyleTemplateChanges,
)
from pis_data.queries.values import IdLike, Ids, as_id, as_ids, merged
from pis_data.schema import AlbumTemplate, StyleCategory, StyleTemplate, album_templates, style_templates
from sqlalchemy import Table

from .base import Repository

T = TypeVar("T", AlbumTemplate, StyleTemplate)

_CHANGEABLE: Final = frozenset(AlbumTemplateChanges.__annotations__)
_STYLE_CHANGEABLE: Final = frozenset(StyleTemplateChanges.__annotations__)
_STYLE_CREATABLE: Final = _STYLE_CHANGEABLE | {"created_by"}


class _Presets(Repository, Generic[T]):
    """What templates and styles have in common."""

    _table: ClassVar[Table]
    _record: type[T]
    _exported: ClassVar[tuple[str, ...]]
    _call: ClassVar[str]

    def get(self, template_id: IdLike) -> T | None:
        """The one of this id."""
        return self._one(self._table, self._record, {"id": self._id(template_id)})

    def delete(self, template_id: IdLike) -> bool:
        """Remove one for good. Whether it was there."""
        return bool(self._db.delete(self._table, {"id": self._id(template_id)}))

    def export(self, ids: Ids | None = None) -> list[dict[str, Any]]:
        """Some of them, or all, as plain JSON values, oldest first, for `import_many` here or elsewhere.

        Ids, times and makers stay behind, and so do passwords.

        Raises:
            NotFoundError: one of the ids is not there.
        """
        wanted = None if ids is None else as_ids(ids, f"{self._table.name}.id")
        filters = None if wanted is None else {"id": wanted}
        found = self._db.find_many(self._table, filters, select=self._exported, order_by=["created_at"])
        if wanted is not None and len(found) < len(wanted):
            raise NotFoundError(f"{len(wanted) - len(found)} of {len(wanted)} are not in {self._table.name}")
        return [exchange.to_json(self._table, row, self._exported) for row in found]

    def import_many(self, items: Iterable[Mapping[str, Any]]) -> list[T]:
        """Make new ones of what `export` gave, all or none, in the order given; names may be there twice.

        Raises:
            InvalidValueError: an item without a name, with something that is not exported, or with a value
                that makes no sense; the message says which.
        """
        made = queries.imported(self._table, items, self._exported, f"{self._call}.import_many")
        return [self._record(**row) for row in self._db.insert(self._table, made)]

    def _create(self, row: dict[str, Any]) -> T:
        return self._record(**(self._db.insert(self._table, row))[0])

    def _update(self, template_id: IdLike, new: dict[str, Any]) -> T:
        key = self._id(template_id)
        found = self._db.update(self._table, {"id": key}, new)
        if not found:
            raise NotFoundError(f"there is no {key} in {self._table.name}")
        return self._record(**found[0])

    def _id(self, template_id: IdLike) -> UUID:
        return as_id(template_id, f"{self._table.name}.id")


class TemplateRepository(_Presets[AlbumTemplate]):
    """Presets of album settings. A template's password is in its record (not in its ``repr``), never in an
    export.
    """

    _table: ClassVar[Table] = album_templates
    _record = AlbumTemplate
    _exported: ClassVar[tuple[str, ...]] = queries.TEMPLATE_FIELDS
    _call: ClassVar[str] = "templates"

    def list(
        self,
        *,
        is_public: bool | None = None,
        limit: int = 50,
        after: str | None = None,
        total: bool = False,
    ) -> Page[AlbumTemplate]:
        """One page of the templates, newest first.

        Args:
            is_public: only those that are, or are not.
            limit: rows of a page, 1 to 1,000.
            after: ``next`` of the page before.
            total: also count the whole list.

        Raises:
            InvalidFilterError: a limit out of range, a cursor that is not of this list.
        """
        listing, scope = queries.template_list(is_public), ("templates.list", is_public)
        return self._page(listing, scope, AlbumTemplate, limit=limit, after=after, total=total)

    def create(
        self, data: Mapping[str, Any] | None = None, /, **columns: Unpack[AlbumTemplateChanges]
    ) -> AlbumTemplate:
        """Make a template: a ``name``, and those settings that differ from the columns' defaults.

        Raises:
            InvalidValueError: a column that there is not, or a value that makes no sense.
        """
        given = merged(data, columns, "templates.create")
        return self._create(queries.check_new(album_templates, given, _CHANGEABLE, "templates.create"))

    def update(
        self,
        template_id: IdLike,
        patch: Mapping[str, Any] | None = None,
        /,
        **changes: Unpack[AlbumTemplateChanges],
    ) -> AlbumTemplate:
        """Give a template new values: those of ``patch``, and those by keyword; an empty password is none.

        Raises:
            InvalidValueError: nothing to change, a column that can't be changed, a value that makes no sense.
            NotFoundError: there is no such template.
        """
        given = merged(patch, changes, "templates.update")
        new = queries.check(album_templates, given, _CHANGEABLE, "templates.update")
        return self._update(template_id, new)


class StyleTemplateRepository(_Presets[StyleTemplate]):
    """Visual styles made by users; the built-in ones live in the application."""

    _table: ClassVar[Table] = style_templates
    _record = StyleTemplate
    _exported: ClassVar[tuple[str, ...]] = queries.STYLE_FIELDS
    _call: ClassVar[str] = "styles"

    def list(
        self,
        *,
        category: StyleCategory | str | None = None,
        is_public: bool | None = None,
        limit: int = 50,
        after: str | None = None,
        total: bool = False,
    ) -> Page[StyleTemplate]:
        """One page of the styles, by ``sort_order``, then in the order in which they were made.

        Args:
            category: only this one, a `StyleCategory` or another word.
            is_public: only those that are, or are not.
            limit: rows of a page, 1 to 1,000.
            after: ``next`` of the page before.
            total: also count the whole list.

        Raises:
            InvalidFilterError: a limit out of range, a cursor that is not of this list.
        """
        listing = queries.style_list(category, is_public)
        scope = ("styles.list", listing.filters.get("category"), is_public)
        return self._page(listing, scope, StyleTemplate, limit=limit, after=after, total=total)

    def get_public_view(self, style_id: IdLike) -> PublicStyle | None:
        """What a visitor's page needs of a public style."""
        found = self._ask(queries.public_style(self._id(style_id)))
        return found[0] if found else None

    def create(
        self, data: Mapping[str, Any] | None = None, /, **columns: Unpack[NewStyleTemplate]
    ) -> StyleTemplate:
        """Make a style: a ``name``, and what else is known of it.

        Raises:
            InvalidValueError: a column that there is not, or a value that makes no sense.
            ForeignKeyViolationError: ``created_by`` is no account.
        """
        given = merged(data, columns, "styles.create")
        row = queries.check_new(style_templates, given, _STYLE_CREATABLE, "styles.create")
        return self._create(row)

    def update(
        self,
        style_id: IdLike,
        patch: Mapping[str, Any] | None = None,
        /,
        **changes: Unpack[StyleTemplateChanges],
    ) -> StyleTemplate:
        """Give a style new values: those of ``patch``, and those by keyword.

        Raises:
            InvalidValueError: nothing to change, a column that can't be changed, a value that makes no sense.
            NotFoundError: there is no such style.
        """
        given = merged(patch, changes, "styles.update")
        new = queries.check(style_templates, given, _STYLE_CHANGEABLE, "styles.update")
        return self._update(style_id, new)
