"""The table of photos for Django's ORM, on the database of a benchmark: `model(config)`, once per process."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

import django
from django.conf import settings

from pis_data.config import DatabaseConfig


def connect(config: DatabaseConfig) -> None:
    """Configure Django for a database, connections kept open, with the driver that the others use."""
    kind = str(config.kind)
    if kind in ("mysql", "mariadb"):
        import pymysql

        pymysql.version_info = (2, 2, 7, "final", 0)  # Django asks for mysqlclient, whose place it takes
        pymysql.install_as_MySQLdb()
    secret = config.password.get_secret_value() if config.password else ""
    address = {"HOST": config.host, "PORT": config.port, "USER": config.user, "PASSWORD": secret}
    found: dict[str, Any] = {
        "ENGINE": f"django.db.backends.{'mysql' if kind in ('mysql', 'mariadb') else kind}",
        **({"ENGINE": "django.db.backends.sqlite3"} if kind == "sqlite" else address),
        "NAME": str(config.path) if kind == "sqlite" else config.name,
        "CONN_MAX_AGE": None,
    }
    if kind == "sqlite":
        found["OPTIONS"] = {"init_command": "PRAGMA synchronous=NORMAL"}
    elif kind != "postgresql":
        found["OPTIONS"] = {"ssl_disabled": True}
    settings.configure(DATABASES={"default": found}, USE_TZ=True, INSTALLED_APPS=[])
    django.setup()


def model(config: DatabaseConfig) -> Any:
    """The model. Ids are kept as the table has them, which Django's own field does on PostgreSQL only."""
    connect(config)
    from django.db import models

    as_bytes = str(config.kind) != "postgresql"

    class Id(models.Field):  # type: ignore[type-arg,misc]
        def get_internal_type(self) -> str:
            return "BinaryField" if as_bytes else "UUIDField"

        def get_prep_value(self, value: Any) -> Any:
            return value.bytes if as_bytes and isinstance(value, UUID) else value

        def from_db_value(self, value: Any, *_: Any) -> Any:
            return UUID(bytes=bytes(value)) if as_bytes and value is not None else value

    class Moment(models.DateTimeField):  # type: ignore[type-arg]
        """As the table has it on SQLite, where Django's own text would sort otherwise."""

        def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
            if str(config.kind) != "sqlite" or value is None:
                return super().get_db_prep_value(value, connection, prepared)
            return value.isoformat(timespec="microseconds").replace("+00:00", "Z")

    def now() -> dt.datetime:
        return dt.datetime.now(dt.UTC)

    class Photo(models.Model):
        id = Id(primary_key=True)
        album_id = Id()
        filename = models.CharField(max_length=255)
        original_key = models.CharField(max_length=500)
        thumb_key = models.CharField(max_length=500, null=True)
        preview_key = models.CharField(max_length=500, null=True)
        width = models.IntegerField(null=True)
        height = models.IntegerField(null=True)
        file_size = models.BigIntegerField(null=True)
        mime_type = models.CharField(max_length=100, null=True)
        blur_data = models.TextField(null=True)
        hash = models.CharField(max_length=64, null=True)
        exif = models.JSONField(null=True)
        rotation = models.IntegerField(null=True)
        sort_order = models.IntegerField(default=0)
        status = models.CharField(max_length=50, default="pending")
        retoucher_id = Id(null=True)
        is_selected = models.BooleanField(default=False)
        captured_at = Moment(null=True)
        created_at = Moment(default=now)
        updated_at = Moment(default=now)
        deleted_at = Moment(null=True)

        class Meta:
            app_label = "benchmarks"
            db_table = "photos"
            managed = False

    return Photo
