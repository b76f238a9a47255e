"""The repositories: what the application does with its data, in words of the application.

    from pis_data import get_database_adapter
    from pis_data.repositories import Repositories

    repositories = Repositories(get_database_adapter())
    page = repositories.photos.page(album_id, status="completed", limit=50)

The asynchronous face has the same names in ``pis_data.aio.repositories``. Handed on lazily (PEP 562).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pis_data.sync.repositories import (
        LEASE,
        PACKAGE_LEASE,
        Album,
        AlbumCover,
        AlbumRepository,
        AlbumTemplate,
        AlbumText,
        Changes,
        CountedGroup,
        Customer,
        CustomerAlbum,
        CustomerRepository,
        CustomerWithAlbums,
        CustomTranslation,
        GroupRepository,
        LinkedAlbum,
        LinkedCustomer,
        PackageDownload,
        PackageRepository,
        Page,
        Photo,
        PhotoGroup,
        PhotoKeys,
        PhotoRepository,
        ProcessingConfig,
        PublicAlbum,
        PublicPackage,
        PublicStyle,
        Repositories,
        RetouchTask,
        SettingsRepository,
        StyleTemplate,
        StyleTemplateRepository,
        SystemSetting,
        TemplateRepository,
        TranslationRepository,
        UpgradeEntry,
        UpgradeHistory,
        UpgradeRepository,
        User,
        UserRepository,
    )

__all__ = [
    "LEASE",
    "PACKAGE_LEASE",
    "Album",
    "AlbumCover",
    "AlbumRepository",
    "AlbumTemplate",
    "AlbumText",
    "Changes",
    "CountedGroup",
    "CustomTranslation",
    "Customer",
    "CustomerAlbum",
    "CustomerRepository",
    "CustomerWithAlbums",
    "GroupRepository",
    "LinkedAlbum",
    "LinkedCustomer",
    "PackageDownload",
    "PackageRepository",
    "Page",
    "Photo",
    "PhotoGroup",
    "PhotoKeys",
    "PhotoRepository",
    "ProcessingConfig",
    "PublicAlbum",
    "PublicPackage",
    "PublicStyle",
    "Repositories",
    "RetouchTask",
    "SettingsRepository",
    "StyleTemplate",
    "StyleTemplateRepository",
    "SystemSetting",
    "TemplateRepository",
    "TranslationRepository",
    "UpgradeEntry",
    "UpgradeHistory",
    "UpgradeRepository",
    "User",
    "UserRepository",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from pis_data.sync import repositories

    value = getattr(repositories, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
