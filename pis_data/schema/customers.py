"""Customers, and the albums made for them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Column, ForeignKey, Index, Named, Table, TypedColumns, UniqueConstraint

from pis_data.schema.base import metadata
from pis_data.schema.columns import TABLE_OPTIONS, key, moment_now, one_of, only_where
from pis_data.schema.types import Choice, Id, Instant, LongText, Text, TextList


class CustomerSource(StrEnum):
    """Where a customer came from; the list is open."""

    REFERRAL = "referral"
    WEBSITE = "website"
    SOCIAL = "social"
    OTHER = "other"


class CustomerStatus(StrEnum):
    """Whether a customer is served."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    ARCHIVED = "archived"


class CustomerColumns(TypedColumns):
    """Customers; soft-deleted."""

    id: Named[UUID] = key()
    name: Named[str] = Column(Text(100))
    phone: Named[str | None] = Column(Text(20))
    email: Named[str | None] = Column(Text(255))
    wechat: Named[str | None] = Column(Text(100))
    company: Named[str | None] = Column(Text(200))
    address: Named[str | None] = Column(LongText())
    notes: Named[str | None] = Column(LongText())
    tags: Named[list[str] | None] = Column(TextList())
    source: Named[CustomerSource | None] = Column(Choice(CustomerSource))
    status: Named[CustomerStatus] = Column(Choice(CustomerStatus, 20), server_default=CustomerStatus.ACTIVE)
    created_by: Named[UUID | None] = Column(Id(), ForeignKey("users.id"))
    created_at: Named[dt.datetime] = moment_now()
    updated_at: Named[dt.datetime] = moment_now()
    deleted_at: Named[dt.datetime | None] = Column(Instant())


customers = Table("customers", metadata, CustomerColumns, one_of("status", CustomerStatus), **TABLE_OPTIONS)

_c = customers.c
_LIVE = only_where("deleted_at IS NULL")
Index("idx_customers_live_created", _c.created_at, _c.id, **_LIVE)
Index("idx_customers_live_name", _c.name, _c.id, **_LIVE)
Index("idx_customers_phone", _c.phone)
Index("idx_customers_email", _c.email)
Index("idx_customers_created_by", _c.created_by)
Index("idx_customers_tags", _c.tags, postgresql_using="gin").ddl_if(dialect="postgresql")


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """A row of ``customers``."""

    id: UUID
    name: str
    phone: str | None
    email: str | None
    wechat: str | None
    company: str | None
    address: str | None
    notes: str | None
    tags: list[str] | None
    source: CustomerSource | None
    status: CustomerStatus
    created_by: UUID | None
    created_at: dt.datetime
    updated_at: dt.datetime
    deleted_at: dt.datetime | None


class CustomerRole(StrEnum):
    """What a customer is to an album."""

    CLIENT = "client"
    GUEST = "guest"
    PHOTOGRAPHER = "photographer"


class CustomerAlbumColumns(TypedColumns):
    """Which albums belong to which customer."""

    id: Named[UUID] = key()
    customer_id: Named[UUID] = Column(Id(), ForeignKey("customers.id", ondelete="CASCADE"))
    album_id: Named[UUID] = Column(Id(), ForeignKey("albums.id", ondelete="CASCADE"))
    role: Named[CustomerRole] = Column(Choice(CustomerRole), server_default=CustomerRole.CLIENT)
    notes: Named[str | None] = Column(LongText())
    notified_at: Named[dt.datetime | None] = Column(Instant())
    created_at: Named[dt.datetime] = moment_now()


customer_albums = Table(
    "customer_albums",
    metadata,
    CustomerAlbumColumns,
    UniqueConstraint("customer_id", "album_id"),
    one_of("role", CustomerRole),
    **TABLE_OPTIONS,
)

Index("idx_customer_albums_album", customer_albums.c.album_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerAlbum:
    """A row of ``customer_albums``."""

    id: UUID
    customer_id: UUID
    album_id: UUID
    role: CustomerRole
    notes: str | None
    notified_at: dt.datetime | None
    created_at: dt.datetime
