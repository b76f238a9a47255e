# Generated from pis_data/aio/repositories/__init__.py by tools/make_sync.py: change that, then run it.
"""What the application does with its data, one class per aggregate over any adapter.

A repository makes no statement and knows no server: it checks its arguments, asks ``pis_data.queries`` for
the query, and sees to it that what belongs together happens together.
"""

from __future__ import annotations

from pis_data.queries.albums import AlbumText, ProcessingConfig, PublicAlbum
from pis_data.queries.analytics import DayStats, Referer, Share, Summary, TopAlbum, TopPhoto
from pis_data.queries.audit import AuditStats, UserActivity
from pis_data.queries.collaborators import Collaborator, Rights
from pis_data.queries.covers import AlbumCover
from pis_data.queries.customers import CustomerWithAlbums, LinkedAlbum, LinkedCustomer
from pis_data.queries.faces import FaceMatch
from pis_data.queries.groups import CountedGroup
from pis_data.queries.keyset import Page
from pis_data.queries.moments import Period
from pis_data.queries.notifications import MaskedEmailConfig
from pis_data.queries.packages import PACKAGE_LEASE, PublicPackage
from pis_data.queries.permissions import PermissionOverride
from pis_data.queries.photos import Changes, PhotoKeys
from pis_data.queries.queue import LEASE, RetouchTask
from pis_data.queries.templates import PublicStyle
from pis_data.queries.upgrades import UpgradeEntry
from pis_data.schema import (
    Album,
    AlbumCollaborator,
    AlbumTemplate,
    AlbumView,
    AuditLog,
    CollaborationInvite,
    Customer,
    CustomerAlbum,
    CustomTranslation,
    DailyStat,
    DownloadLog,
    EmailConfig,
    FaceEmbedding,
    Notification,
    PackageDownload,
    Permission,
    Photo,
    PhotoGroup,
    StyleTemplate,
    SystemSetting,
    UpgradeHistory,
    User,
)

from .albums import AlbumRepository
from .analytics import AnalyticsRepository
from .audit import AuditRepository
from .collaborators import CollaboratorRepository
from .customers import CustomerRepository
from .email import EmailConfigRepository
from .faces import FaceRepository
from .groups import GroupRepository
from .invites import InviteRepository
from .notifications import NotificationRepository
from .packages import PackageRepository
from .permissions import PermissionRepository
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
    "AlbumCollaborator",
    "AlbumCover",
    "AlbumRepository",
    "AlbumTemplate",
    "AlbumText",
    "AlbumView",
    "AnalyticsRepository",
    "AuditLog",
    "AuditRepository",
    "AuditStats",
    "Changes",
    "CollaborationInvite",
    "Collaborator",
    "CollaboratorRepository",
    "CountedGroup",
    "CustomTranslation",
    "Customer",
    "CustomerAlbum",
    "CustomerRepository",
    "CustomerWithAlbums",
    "DailyStat",
    "DayStats",
    "DownloadLog",
    "EmailConfig",
    "EmailConfigRepository",
    "FaceEmbedding",
    "FaceMatch",
    "FaceRepository",
    "GroupRepository",
    "InviteRepository",
    "LinkedAlbum",
    "LinkedCustomer",
    "MaskedEmailConfig",
    "Notification",
    "NotificationRepository",
    "PackageDownload",
    "PackageRepository",
    "Page",
    "Period",
    "Permission",
    "PermissionOverride",
    "PermissionRepository",
    "Photo",
    "PhotoGroup",
    "PhotoKeys",
    "PhotoRepository",
    "ProcessingConfig",
    "PublicAlbum",
    "PublicPackage",
    "PublicStyle",
    "Referer",
    "Repositories",
    "RetouchTask",
    "Rights",
    "SettingsRepository",
    "Share",
    "StyleTemplate",
    "StyleTemplateRepository",
    "Summary",
    "SystemSetting",
    "TemplateRepository",
    "TopAlbum",
    "TopPhoto",
    "TranslationRepository",
    "UpgradeEntry",
    "UpgradeHistory",
    "UpgradeRepository",
    "User",
    "UserActivity",
    "UserRepository",
]
