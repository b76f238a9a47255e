# Generated from pis_data/aio/repositories/__init__.py by tools/make_sync.py: change that, then run it.
"""What the application does with its data, one class per aggregate over any adapter.

A repository makes no statement and knows no server: it checks its arguments, asks ``pis_data.queries`` for
the query, and sees to it that what belongs together happens together.
"""

from __future__ import annotations

from pis_data.queries.albums import AlbumText, ProcessingConfig, PublicAlbum
from pis_data.queries.covers import AlbumCover
from pis_data.queries.groups import CountedGroup
from pis_data.queries.keyset import Page
from pis_data.queries.photos import Changes, PhotoKeys
from pis_data.queries.queue import LEASE, RetouchTask
from pis_data.schema import Album, Photo, PhotoGroup, SystemSetting, User

from .albums import AlbumRepository
from .groups import GroupRepository
from .photos import PhotoRepository
from .settings import SettingsRepository
from .together import Repositories
from .users import UserRepository

__all__ = [
    "LEASE",
    "Album",
    "AlbumCover",
    "AlbumRepository",
    "AlbumText",
    "Changes",
    "CountedGroup",
    "GroupRepository",
    "Page",
    "Photo",
    "PhotoGroup",
    "PhotoKeys",
    "PhotoRepository",
    "ProcessingConfig",
    "PublicAlbum",
    "Repositories",
    "RetouchTask",
    "SettingsRepository",
    "SystemSetting",
    "User",
    "UserRepository",
]
