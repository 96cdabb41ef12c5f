"""Tables of shops."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.accounts.models import Person
from marketplace.db import Model, value_enum
from marketplace.files.models import StoredImage
from marketplace.kernel.ids import PersonId, ShopId
from marketplace.places.models import District


class ShopState(StrEnum):
    """Where a shop stands: `applied → active ↔ suspended → closed`."""

    APPLIED = "applied"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    CLOSED = "closed"


class PermitKind(StrEnum):
    """The papers of the legality wallet (domain facts §7)."""

    NIB = "nib"
    PIRT = "pirt"
    HALAL = "halal"
    BPOM_MD = "bpom_md"
    BRAND = "brand"


class Shop(Model):
    """A maker or group that sells here."""

    __tablename__ = "shop"
    __table_args__ = (CheckConstraint("holiday_until IS NULL OR holiday_from IS NOT NULL", name="holiday_whole"),)

    id: Mapped[ShopId] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    code: Mapped[str] = mapped_column(String(6), unique=True)  # stands in the numbers of papers
    name: Mapped[str] = mapped_column(String(80))
    state: Mapped[ShopState] = mapped_column(value_enum(ShopState), default=ShopState.APPLIED, index=True)
    state_reason: Mapped[str] = mapped_column(String(500), default="")
    district_code: Mapped[str] = mapped_column(ForeignKey(District.code), index=True)
    village: Mapped[str] = mapped_column(String(80), default="")
    phone: Mapped[str] = mapped_column(String(20))
    is_example: Mapped[bool] = mapped_column(default=False)  # an invented demo shop, said so on its pages
    is_pkp: Mapped[bool] = mapped_column(default=False)  # collects VAT
    verified_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]  # when its owner last asked the office to look at it
    returned_at: Mapped[datetime | None]  # when the office last sent it back, with the reasons below
    return_reasons: Mapped[list[str]] = mapped_column(default=list)
    return_words: Mapped[str] = mapped_column(String(500), default="")
    joined_at: Mapped[datetime]
    colour_a: Mapped[str] = mapped_column(String(7), default="#26376F")
    colour_b: Mapped[str] = mapped_column(String(7), default="#E5A82E")
    picture_hash: Mapped[str | None] = mapped_column(ForeignKey(StoredImage.hash))
    holiday_from: Mapped[date | None]
    holiday_until: Mapped[date | None]
    accepts_cod: Mapped[bool] = mapped_column(default=False)
    pickup_address: Mapped[str] = mapped_column(String(300), default="")  # empty: no pick-up
    pickup_hours: Mapped[str] = mapped_column(String(120), default="")


class ShopSlug(Model):
    """A slug a shop once had; it keeps leading there and is never given to another."""

    __tablename__ = "shop_slug"

    slug: Mapped[str] = mapped_column(String(80), primary_key=True)
    shop_id: Mapped[ShopId] = mapped_column(ForeignKey(Shop.id), index=True)


class ShopText(Model):
    """A shop's words in one language."""

    __tablename__ = "shop_text"

    shop_id: Mapped[ShopId] = mapped_column(ForeignKey(Shop.id), primary_key=True)
    language: Mapped[str] = mapped_column(String(2), primary_key=True)
    tagline: Mapped[str] = mapped_column(String(120), default="")
    story: Mapped[str] = mapped_column(String(4000), default="")
    pickup_note: Mapped[str] = mapped_column(String(300), default="")  # when and where exactly goods are fetched
    human_reviewed: Mapped[bool] = mapped_column(default=False)


class ShopMember(Model):
    """A person who works in a shop. What they may do there comes from their role grant."""

    __tablename__ = "shop_member"

    shop_id: Mapped[ShopId] = mapped_column(ForeignKey(Shop.id), primary_key=True)
    person_id: Mapped[PersonId] = mapped_column(ForeignKey(Person.id), primary_key=True, index=True)
    joined_at: Mapped[datetime]
    left_at: Mapped[datetime | None]


class Permit(Model):
    """One paper of a shop's legality wallet; its badge shows only while verified and not past `expires_on`."""

    __tablename__ = "permit"
    __table_args__ = (UniqueConstraint("shop_id", "kind", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    shop_id: Mapped[ShopId] = mapped_column(ForeignKey(Shop.id), index=True)
    kind: Mapped[PermitKind] = mapped_column(value_enum(PermitKind))
    number: Mapped[str] = mapped_column(String(60))
    is_example: Mapped[bool] = mapped_column(default=False)
    issued_on: Mapped[date | None]
    expires_on: Mapped[date | None]  # the last day it holds, in the shop's time zone
    verified_at: Mapped[datetime | None]
    verified_by: Mapped[PersonId | None]
    returned_at: Mapped[datetime | None]  # when the office sent it back; a new number or file clears it
    return_reasons: Mapped[list[str]] = mapped_column(default=list)
    return_words: Mapped[str] = mapped_column(String(500), default="")
    file_id: Mapped[int | None]
    created_at: Mapped[datetime]
