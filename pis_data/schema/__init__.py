"""What the data is: Core tables and their records, one module per aggregate."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import Table

from pis_data.schema.albums import STORED_SORT_RULES, Album, AlbumLayout, SortRule, WatermarkType, albums
from pis_data.schema.analytics import (
    AlbumView,
    DailyStat,
    DeviceType,
    DownloadLog,
    DownloadType,
    PhotoView,
    album_views,
    daily_stats,
    download_logs,
    photo_views,
)
from pis_data.schema.audit import AuditAction, AuditLog, AuditStatus, audit_logs
from pis_data.schema.base import metadata, uuid7
from pis_data.schema.collaborators import (
    AlbumCollaborator,
    CollaborationInvite,
    CollaboratorRole,
    CollaboratorStatus,
    InviteStatus,
    InviteType,
    album_collaborators,
    collaboration_invites,
)
from pis_data.schema.customers import (
    Customer,
    CustomerAlbum,
    CustomerRole,
    CustomerSource,
    CustomerStatus,
    customer_albums,
    customers,
)
from pis_data.schema.documents import JSON_NULL
from pis_data.schema.faces import FaceEmbedding, face_embeddings
from pis_data.schema.groups import PhotoGroup, PhotoGroupAssignment, photo_group_assignments, photo_groups
from pis_data.schema.meta import pis_meta
from pis_data.schema.notifications import (
    Notification,
    NotificationChannel,
    NotificationStatus,
    NotificationType,
    notifications,
)
from pis_data.schema.packages import PackageDownload, PackageStatus, package_downloads
from pis_data.schema.permissions import (
    Permission,
    RolePermission,
    UserPermission,
    permissions,
    role_permissions,
    user_permissions,
)
from pis_data.schema.photos import ROTATIONS, Photo, PhotoStatus, photos
from pis_data.schema.secrets import SECRET_COLUMNS
from pis_data.schema.settings import (
    EmailConfig,
    SettingCategory,
    SystemSetting,
    email_config,
    system_settings,
)
from pis_data.schema.templates import (
    AlbumTemplate,
    StyleCategory,
    StyleTemplate,
    album_templates,
    style_templates,
)
from pis_data.schema.translations import CustomTranslation, custom_translations
from pis_data.schema.upgrades import UpgradeHistory, UpgradeStatus, upgrade_history
from pis_data.schema.users import User, UserRole, users

__all__ = [
    "JSON_NULL",
    "RECORDS",
    "ROTATIONS",
    "SECRET_COLUMNS",
    "STORED_SORT_RULES",
    "TABLES",
    "Album",
    "AlbumCollaborator",
    "AlbumLayout",
    "AlbumTemplate",
    "AlbumView",
    "AuditAction",
    "AuditLog",
    "AuditStatus",
    "CollaborationInvite",
    "CollaboratorRole",
    "CollaboratorStatus",
    "CustomTranslation",
    "Customer",
    "CustomerAlbum",
    "CustomerRole",
    "CustomerSource",
    "CustomerStatus",
    "DailyStat",
    "DeviceType",
    "DownloadLog",
    "DownloadType",
    "EmailConfig",
    "FaceEmbedding",
    "InviteStatus",
    "InviteType",
    "Notification",
    "NotificationChannel",
    "NotificationStatus",
    "NotificationType",
    "PackageDownload",
    "PackageStatus",
    "Permission",
    "Photo",
    "PhotoGroup",
    "PhotoGroupAssignment",
    "PhotoStatus",
    "PhotoView",
    "RolePermission",
    "SettingCategory",
    "SortRule",
    "StyleCategory",
    "StyleTemplate",
    "SystemSetting",
    "UpgradeHistory",
    "UpgradeStatus",
    "User",
    "UserPermission",
    "UserRole",
    "WatermarkType",
    "album_collaborators",
    "album_templates",
    "album_views",
    "albums",
    "audit_logs",
    "collaboration_invites",
    "custom_translations",
    "customer_albums",
    "customers",
    "daily_stats",
    "download_logs",
    "email_config",
    "face_embeddings",
    "metadata",
    "notifications",
    "package_downloads",
    "permissions",
    "photo_group_assignments",
    "photo_groups",
    "photo_views",
    "photos",
    "pis_meta",
    "role_permissions",
    "style_templates",
    "system_settings",
    "upgrade_history",
    "user_permissions",
    "users",
    "uuid7",
]

#: Every record class, by the name of its table.
RECORDS: Final[Mapping[str, type[Any]]] = MappingProxyType(
    {
        "users": User,
        "albums": Album,
        "photos": Photo,
        "photo_groups": PhotoGroup,
        "photo_group_assignments": PhotoGroupAssignment,
        "system_settings": SystemSetting,
        "email_config": EmailConfig,
        "face_embeddings": FaceEmbedding,
        "package_downloads": PackageDownload,
        "album_templates": AlbumTemplate,
        "style_templates": StyleTemplate,
        "album_views": AlbumView,
        "photo_views": PhotoView,
        "download_logs": DownloadLog,
        "daily_stats": DailyStat,
        "customers": Customer,
        "customer_albums": CustomerAlbum,
        "notifications": Notification,
        "permissions": Permission,
        "role_permissions": RolePermission,
        "user_permissions": UserPermission,
        "album_collaborators": AlbumCollaborator,
        "collaboration_invites": CollaborationInvite,
        "audit_logs": AuditLog,
        "custom_translations": CustomTranslation,
        "upgrade_history": UpgradeHistory,
    }
)

#: Every table by name, parents before children.
TABLES: Final[Mapping[str, Table]] = MappingProxyType({name: metadata.tables[name] for name in RECORDS})
