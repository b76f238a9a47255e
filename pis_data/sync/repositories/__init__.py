# Generated from pis_data/aio/repositories/__init__.py by tools/make_sync.py: change that, then run it.
"""What the application does with its data, one class per aggregate over any adapter.

A repository makes no statement and knows no server: it checks its arguments, asks ``pis_data.queries`` for
the query, and sees to it that what belongs together happens together.
"""

from __future__ import annotations

from pis_data.queries.albums import AlbumText, ProcessingConfig, PublicAlbum
from pis_data.queries.covers import AlbumCover
from pis_data.queries.customers import CustomerWithAlbums, LinkedAlbum, LinkedCustomer
from pis_data.queries.groups import CountedGroup
from pis_data.queries.keyset import Page
from pis_data.queries.packages import PACKAGE_LEASE, PublicPackage
from pis_data.queries.photos import Changes, PhotoKeys
from pis_data.queries.queue import LEASE, RetouchTask
from pis_data.queries.templates import PublicStyle
from pis_data.queries.upgrades import UpgradeEntry
from pis_data.schema import (
    Album,
    AlbumTemplate,
    Customer,
    CustomerAlbum,
    CustomTranslation,
    PackageDownload,
    Photo,
    PhotoGroup,
    StyleTemplate,
    SystemSetting,
    UpgradeHistory,
    User,
)

from .albums import AlbumRepository
from .customers import CustomerRepository
from .groups import GroupRepository
from .packages import PackageRepository
from .photos import PhotoRepository
from .settings import SettingsRepository
from .templates import StyleTemplateRepository, TemplateRepository
from .together import Repositories
from .translations import TranslationRepository
from .upgrades import UpgradeRepository
from .users import UserRepository

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
