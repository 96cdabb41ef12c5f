"""Tables of products and their reviewed revisions: words, photos, attributes, permits."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.db import Model, value_enum
from marketplace.files.models import StoredImage
from marketplace.kernel.ids import CategoryId, PersonId, ProductId, RevisionId, ShopId
from marketplace.places.models import District
from marketplace.sellers.models import Permit, Shop

from .definitions import Attribute, AttributeChoice, Category


class ProductState(StrEnum):
    """`draft → in_review → published ↔ paused | suspended`, `archived`."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    PUBLISHED = "published"
    PAUSED = "paused"
    SUSPENDED = "suspended"
    ARCHIVED = "archived"


class RevisionState(StrEnum):
    """`draft → in_review → approved | returned`; an approved one may later be superseded."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    RETURNED = "returned"
    SUPERSEDED = "superseded"


class Fulfilment(StrEnum):
    """Whether goods lie ready or are made when ordered."""

    READY = "ready"
    MADE_TO_ORDER = "made_to_order"


class ExportFit(StrEnum):
    """Whether goods may be offered abroad."""

    YES = "yes"
    CHECK = "check"
    NO = "no"


class Product(Model):
    """A family of variants sold by one shop. What is reviewed lives on its revisions; the public sees the published one."""

    __tablename__ = "product"

    id: Mapped[ProductId] = mapped_column(primary_key=True)
    shop_id: Mapped[ShopId] = mapped_column(ForeignKey(Shop.id), index=True)
    slug: Mapped[str] = mapped_column(String(90), unique=True)
    state: Mapped[ProductState] = mapped_column(value_enum(ProductState), default=ProductState.DRAFT, index=True)
    state_reason: Mapped[str] = mapped_column(String(500), default="")
    # No foreign key: revision and product would wait for each other. check-invariants verifies it.
    published_revision_id: Mapped[RevisionId | None] = mapped_column(index=True)
    district_code: Mapped[str] = mapped_column(ForeignKey(District.code))  # where it is made
    fulfilment: Mapped[Fulfilment] = mapped_column(value_enum(Fulfilment), default=Fulfilment.READY)
    lead_days: Mapped[int] = mapped_column(default=0)
    ship_flags: Mapped[list[str]]  # blade, liquid, fragile, bulky, oversize, heavy, perishable, valuable, unique, local, pickup …
    shelf_life_days: Mapped[int | None]
    hs_code: Mapped[str | None] = mapped_column(String(6))
    tariff_line: Mapped[str | None] = mapped_column(String(14))
    origin: Mapped[str] = mapped_column(String(2), default="ID")
    customs_description: Mapped[str] = mapped_column(String(200), default="")
    export_fit: Mapped[ExportFit] = mapped_column(value_enum(ExportFit), default=ExportFit.NO)
    export_lead_days: Mapped[int | None]
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]


class ProductSlug(Model):
    """A slug a product once had; it keeps leading there."""

    __tablename__ = "product_slug"

    slug: Mapped[str] = mapped_column(String(90), primary_key=True)
    product_id: Mapped[ProductId] = mapped_column(ForeignKey(Product.id), index=True)


class ProductRevision(Model):
    """The reviewed fields of a product as they were at one time: category, words, photos, attributes, permits."""

    __tablename__ = "product_revision"
    __table_args__ = (UniqueConstraint("product_id", "number"),)

    id: Mapped[RevisionId] = mapped_column(primary_key=True)
    product_id: Mapped[ProductId] = mapped_column(ForeignKey(Product.id))
    number: Mapped[int]
    state: Mapped[RevisionState] = mapped_column(value_enum(RevisionState), default=RevisionState.DRAFT)
    category_id: Mapped[CategoryId] = mapped_column(ForeignKey(Category.id), index=True)
    created_at: Mapped[datetime]
    created_by: Mapped[PersonId | None]
    submitted_at: Mapped[datetime | None]
    return_reasons: Mapped[list[str]] = mapped_column(default=list)
    return_words: Mapped[str] = mapped_column(String(500), default="")
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[PersonId | None]


class ProductText(Model):
    """A revision's words in one language."""

    __tablename__ = "product_text"

    revision_id: Mapped[RevisionId] = mapped_column(ForeignKey(ProductRevision.id), primary_key=True)
    language: Mapped[str] = mapped_column(String(2), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    summary: Mapped[str] = mapped_column(String(200), default="")
    description: Mapped[str] = mapped_column(String(4000), default="")
    care: Mapped[str] = mapped_column(String(1000), default="")
    human_reviewed: Mapped[bool] = mapped_column(default=False)


class RevisionPhoto(Model):
    """One photo of a revision; position 1 is the main one."""

    __tablename__ = "revision_photo"

    revision_id: Mapped[RevisionId] = mapped_column(ForeignKey(ProductRevision.id), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    image_hash: Mapped[str] = mapped_column(ForeignKey(StoredImage.hash))


class PhotoText(Model):
    """What a photo shows, in one language."""

    __tablename__ = "photo_text"

    revision_id: Mapped[RevisionId] = mapped_column(ForeignKey(ProductRevision.id), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(String(2), primary_key=True)
    alt: Mapped[str] = mapped_column(String(200))


class RevisionAttribute(Model):
    """A typed value of a revision: a choice, a scaled number (thousandths of the attribute's unit), or words."""

    __tablename__ = "revision_attribute"
    __table_args__ = (
        CheckConstraint(
            "(CASE WHEN choice_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN number_milli IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN words IS NULL THEN 0 ELSE 1 END) = 1",
            name="one_value",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[RevisionId] = mapped_column(ForeignKey(ProductRevision.id), index=True)
    attribute_id: Mapped[int] = mapped_column(ForeignKey(Attribute.id))
    choice_id: Mapped[int | None] = mapped_column(ForeignKey(AttributeChoice.id))
    number_milli: Mapped[int | None]
    words: Mapped[str | None] = mapped_column(String(200))  # in Indonesian; other languages stand beside it


class RevisionAttributeText(Model):
    """A text value of a revision in one more language."""

    __tablename__ = "revision_attribute_text"

    revision_attribute_id: Mapped[int] = mapped_column(ForeignKey(RevisionAttribute.id), primary_key=True)
    language: Mapped[str] = mapped_column(String(2), primary_key=True)
    words: Mapped[str] = mapped_column(String(200))


class RevisionPermit(Model):
    """A permit that covers the goods of a revision."""

    __tablename__ = "revision_permit"

    revision_id: Mapped[RevisionId] = mapped_column(ForeignKey(ProductRevision.id), primary_key=True)
    permit_id: Mapped[int] = mapped_column(ForeignKey(Permit.id), primary_key=True)
