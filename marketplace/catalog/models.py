"""Tables of the catalogue: definitions, products with reviewed revisions, and the variants that are sold."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.db import Model, value_enum
from marketplace.files.models import StoredImage
from marketplace.kernel.ids import CategoryId, PersonId, ProductId, RevisionId, ShopId, VariantId
from marketplace.kernel.money import Currency
from marketplace.places.models import District
from marketplace.sellers.models import Permit, Shop


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


class AttributeKind(StrEnum):
    """What values an attribute takes."""

    CHOICE = "choice"
    NUMBER = "number"
    TEXT = "text"


class Fulfilment(StrEnum):
    """Whether goods lie ready or are made when ordered."""

    READY = "ready"
    MADE_TO_ORDER = "made_to_order"


class ExportFit(StrEnum):
    """Whether goods may be offered abroad."""

    YES = "yes"
    CHECK = "check"
    NO = "no"


class Category(Model):
    """A shelf of the market. Slugs are never used again."""

    __tablename__ = "category"

    id: Mapped[CategoryId] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    parent_id: Mapped[CategoryId | None] = mapped_column(ForeignKey("category.id"))
    position: Mapped[int]
    picture_hash: Mapped[str | None] = mapped_column(ForeignKey(StoredImage.hash))


class CategoryText(Model):
    """A category's words in one language."""

    __tablename__ = "category_text"

    category_id: Mapped[CategoryId] = mapped_column(ForeignKey(Category.id), primary_key=True)
    language: Mapped[str] = mapped_column(String(2), primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    description: Mapped[str] = mapped_column(String(400), default="")


class Attribute(Model):
    """A typed property of goods (motif, size, net weight …)."""

    __tablename__ = "attribute"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    kind: Mapped[AttributeKind] = mapped_column(value_enum(AttributeKind))
    unit: Mapped[str] = mapped_column(String(12), default="")
    position: Mapped[int] = mapped_column(default=0)
    is_filterable: Mapped[bool] = mapped_column(default=False)


class AttributeText(Model):
    """An attribute's name in one language."""

    __tablename__ = "attribute_text"

    attribute_id: Mapped[int] = mapped_column(ForeignKey(Attribute.id), primary_key=True)
    language: Mapped[str] = mapped_column(String(2), primary_key=True)
    name: Mapped[str] = mapped_column(String(60))


class AttributeChoice(Model):
    """One value a choice attribute may take."""

    __tablename__ = "attribute_choice"
    __table_args__ = (UniqueConstraint("attribute_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    attribute_id: Mapped[int] = mapped_column(ForeignKey(Attribute.id))
    code: Mapped[str] = mapped_column(String(40))
    position: Mapped[int] = mapped_column(default=0)


class AttributeChoiceText(Model):
    """A choice's name in one language."""

    __tablename__ = "attribute_choice_text"

    choice_id: Mapped[int] = mapped_column(ForeignKey(AttributeChoice.id), primary_key=True)
    language: Mapped[str] = mapped_column(String(2), primary_key=True)
    name: Mapped[str] = mapped_column(String(60))


class CategoryAttribute(Model):
    """Which attributes goods of a category have."""

    __tablename__ = "category_attribute"

    category_id: Mapped[CategoryId] = mapped_column(ForeignKey(Category.id), primary_key=True)
    attribute_id: Mapped[int] = mapped_column(ForeignKey(Attribute.id), primary_key=True)
    position: Mapped[int] = mapped_column(default=0)


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


class Variant(Model):
    """What has a price, a weight and stock. The buyer's quantity counts steps of `step_units` base units."""

    __tablename__ = "variant"
    __table_args__ = (
        UniqueConstraint("shop_id", "sku"),
        CheckConstraint("price_minor > 0", name="price_positive"),
        CheckConstraint("was_price_minor IS NULL OR was_price_minor > price_minor", name="was_price_higher"),
        CheckConstraint("step_units > 0 AND min_steps > 0", name="step_positive"),
        CheckConstraint("ship_weight_grams > 0 AND net_weight_grams >= 0", name="weight_positive"),
        CheckConstraint("length_mm > 0 AND width_mm > 0 AND height_mm > 0", name="box_positive"),
    )

    id: Mapped[VariantId] = mapped_column(primary_key=True)
    product_id: Mapped[ProductId] = mapped_column(ForeignKey(Product.id), index=True)
    shop_id: Mapped[ShopId] = mapped_column(ForeignKey(Shop.id))
    sku: Mapped[str] = mapped_column(String(40))
    position: Mapped[int] = mapped_column(default=1)
    is_active: Mapped[bool] = mapped_column(default=True)
    price_minor: Mapped[int]  # tax included, for one step
    was_price_minor: Mapped[int | None]
    currency: Mapped[Currency] = mapped_column(value_enum(Currency), default=Currency.IDR)
    unit: Mapped[str] = mapped_column(String(12), default="piece")  # piece, pack, kg, metre, box, kodi
    step_units: Mapped[int] = mapped_column(default=1)  # base units (pieces, grams, millimetres) in one step
    min_steps: Mapped[int] = mapped_column(default=1)
    net_weight_grams: Mapped[int] = mapped_column(default=0)  # of one step, for the unit price of food
    ship_weight_grams: Mapped[int]  # of one step, packed
    length_mm: Mapped[int]
    width_mm: Mapped[int]
    height_mm: Mapped[int]
    image_hash: Mapped[str | None] = mapped_column(ForeignKey(StoredImage.hash))
    moq_steps: Mapped[int | None]  # least quantity for export
    carton_units: Mapped[int | None]  # steps in one export carton
    carton_length_mm: Mapped[int | None]
    carton_width_mm: Mapped[int | None]
    carton_height_mm: Mapped[int | None]
    carton_gross_grams: Mapped[int | None]


class VariantText(Model):
    """A variant's label in one language; none where a product has a single variant."""

    __tablename__ = "variant_text"

    variant_id: Mapped[VariantId] = mapped_column(ForeignKey(Variant.id), primary_key=True)
    language: Mapped[str] = mapped_column(String(2), primary_key=True)
    label: Mapped[str] = mapped_column(String(80))


class VariantAttribute(Model):
    """A choice that one variant stands for (size L, flavour sweet); filters find the product by it."""

    __tablename__ = "variant_attribute"

    variant_id: Mapped[VariantId] = mapped_column(ForeignKey(Variant.id), primary_key=True)
    choice_id: Mapped[int] = mapped_column(ForeignKey(AttributeChoice.id), primary_key=True)


class PriceTier(Model):
    """A lower price for one step when at least `min_steps` are bought."""

    __tablename__ = "price_tier"
    __table_args__ = (CheckConstraint("price_minor > 0 AND min_steps > 1", name="sensible"),)

    variant_id: Mapped[VariantId] = mapped_column(ForeignKey(Variant.id), primary_key=True)
    min_steps: Mapped[int] = mapped_column(primary_key=True)
    price_minor: Mapped[int]
