"""The further statements of a product page: photos, variants with their tiers, facts, and papers that count now."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session, aliased

from marketplace.files.models import StoredImage
from marketplace.kernel.clock import local_day
from marketplace.kernel.ids import CategoryId, ProductId, RevisionId, ShopId
from marketplace.language.languages import DEFAULT, Language
from marketplace.sellers.models import Permit, PermitKind
from marketplace.sellers.permits import holds_on
from marketplace.sellers.queries import PermitBadge, read_widths

from .models import (
    Attribute,
    AttributeChoiceText,
    AttributeText,
    CategoryAttribute,
    PhotoText,
    PriceTier,
    RevisionAttribute,
    RevisionAttributeText,
    RevisionPermit,
    RevisionPhoto,
    Variant,
    VariantText,
)
from .pages import Fact, Photo, VariantView
from .pricing import Tier
from .unit_prices import per_100g_minor

# Papers that speak for the whole shop; the others count only for the goods they name.
SHOP_WIDE = (PermitKind.NIB, PermitKind.BRAND)


def read_photos(session: Session, revision_id: RevisionId, language: Language) -> tuple[Photo, ...]:
    """Return a revision's photos in their order."""
    rows = session.execute(_photos_of(language), {"revision": revision_id})
    return tuple(Photo(hash=h, alt=alt, width=w, height=height, widths=read_widths(widths)) for h, alt, w, height, widths in rows)


@cache
def _photos_of(language: Language) -> Select[*tuple[Any, ...]]:
    wanted, plain = aliased(PhotoText), aliased(PhotoText)

    def of_photo(text: Any, spoken: Language) -> Any:
        return and_(
            text.revision_id == RevisionPhoto.revision_id, text.position == RevisionPhoto.position, text.language == spoken
        )

    return (
        select(
            RevisionPhoto.image_hash, func.coalesce(func.nullif(wanted.alt, ""), plain.alt, ""),
            StoredImage.width, StoredImage.height, StoredImage.widths,
        )
        .join(StoredImage, StoredImage.hash == RevisionPhoto.image_hash)
        .outerjoin(wanted, of_photo(wanted, language))
        .outerjoin(plain, of_photo(plain, DEFAULT))
        .where(RevisionPhoto.revision_id == bindparam("revision"))
        .order_by(RevisionPhoto.position)
    )  # fmt: skip


def read_variants(session: Session, product_id: ProductId, language: Language, *, is_food: bool) -> tuple[VariantView, ...]:
    """Return a product's active variants in their order, each with its label and its price tiers."""
    grouped: dict[int, list[Any]] = {}
    for row in session.execute(_variants_of(language), {"product": product_id}):
        grouped.setdefault(row.id, []).append(row)
    return tuple(_variant(rows, is_food=is_food) for rows in grouped.values())


@cache
def _variants_of(language: Language) -> Select[*tuple[Any, ...]]:
    wanted, plain = aliased(VariantText), aliased(VariantText)
    return (
        select(
            Variant.id, Variant.sku, func.coalesce(wanted.label, plain.label, "").label("label"), Variant.price_minor,
            Variant.was_price_minor, Variant.currency, Variant.unit, Variant.step_units, Variant.min_steps,
            Variant.net_weight_grams, Variant.ship_weight_grams, Variant.length_mm, Variant.width_mm, Variant.height_mm,
            Variant.image_hash, Variant.moq_steps, Variant.carton_units, Variant.carton_length_mm, Variant.carton_width_mm,
            Variant.carton_height_mm, Variant.carton_gross_grams,
            PriceTier.min_steps.label("tier_steps"), PriceTier.price_minor.label("tier_price"),
        )
        .outerjoin(PriceTier, PriceTier.variant_id == Variant.id)
        .outerjoin(wanted, and_(wanted.variant_id == Variant.id, wanted.language == language))
        .outerjoin(plain, and_(plain.variant_id == Variant.id, plain.language == DEFAULT))
        .where(Variant.product_id == bindparam("product"), Variant.is_active)
        .order_by(Variant.position, Variant.id, PriceTier.min_steps)
    )  # fmt: skip


def _variant(rows: list[Any], *, is_food: bool) -> VariantView:
    row = rows[0]
    carton = (row.carton_length_mm, row.carton_width_mm, row.carton_height_mm)
    return VariantView(
        id=row.id, sku=row.sku, label=row.label, price_minor=row.price_minor, was_price_minor=row.was_price_minor,
        currency=row.currency, unit=row.unit, step_units=row.step_units, min_steps=row.min_steps,
        net_weight_grams=row.net_weight_grams, ship_weight_grams=row.ship_weight_grams,
        box_mm=(row.length_mm, row.width_mm, row.height_mm),
        per_100g_minor=per_100g_minor(price_minor=row.price_minor, net_weight_grams=row.net_weight_grams) if is_food else None,
        image_hash=row.image_hash,
        tiers=tuple(Tier(min_steps=each.tier_steps, price_minor=each.tier_price) for each in rows if each.tier_steps),
        moq_steps=row.moq_steps, carton_units=row.carton_units, carton_mm=carton if None not in carton else None,
        carton_gross_grams=row.carton_gross_grams,
    )  # fmt: skip


def read_facts(session: Session, revision_id: RevisionId, category_id: CategoryId, language: Language) -> tuple[Fact, ...]:
    """Return a revision's properties with their names and values in words, in the order its category gives them."""
    rows = session.execute(_facts_of(language), {"revision": revision_id, "category": category_id})
    return tuple(Fact(*row) for row in rows)


@cache
def _facts_of(language: Language) -> Select[*tuple[Any, ...]]:
    wanted, plain = aliased(AttributeText), aliased(AttributeText)
    choice, plain_choice = aliased(AttributeChoiceText), aliased(AttributeChoiceText)
    translated, chosen = aliased(RevisionAttributeText), RevisionAttribute.choice_id
    return (
        select(
            Attribute.code, func.coalesce(wanted.name, plain.name), Attribute.kind,
            func.coalesce(choice.name, plain_choice.name, translated.words, RevisionAttribute.words, ""),
            RevisionAttribute.number_milli, Attribute.unit,
        )
        .select_from(RevisionAttribute)
        .join(Attribute, Attribute.id == RevisionAttribute.attribute_id)
        .outerjoin(wanted, and_(wanted.attribute_id == Attribute.id, wanted.language == language))
        .join(plain, and_(plain.attribute_id == Attribute.id, plain.language == DEFAULT))
        .outerjoin(choice, and_(choice.choice_id == chosen, choice.language == language))
        .outerjoin(plain_choice, and_(plain_choice.choice_id == chosen, plain_choice.language == DEFAULT))
        .outerjoin(
            translated,
            and_(translated.revision_attribute_id == RevisionAttribute.id, translated.language == language),
        )
        .outerjoin(
            CategoryAttribute,
            and_(CategoryAttribute.attribute_id == Attribute.id, CategoryAttribute.category_id == bindparam("category")),
        )
        .where(RevisionAttribute.revision_id == bindparam("revision"))
        .order_by(func.coalesce(CategoryAttribute.position, 1_000), Attribute.position, RevisionAttribute.id)
    )  # fmt: skip


def read_permits(session: Session, revision_id: RevisionId, shop_id: ShopId, now: datetime) -> tuple[PermitBadge, ...]:
    """Return the papers in force that name these goods, and those of the whole shop."""
    rows = session.execute(_permits_of(local_day(now)), {"revision": revision_id, "shop": shop_id})
    return tuple(PermitBadge(*row) for row in rows)


@lru_cache(maxsize=4)
def _permits_of(day: date) -> Select[*tuple[Any, ...]]:
    named = and_(RevisionPermit.permit_id == Permit.id, RevisionPermit.revision_id == bindparam("revision"))
    covers = or_(RevisionPermit.permit_id.is_not(None), Permit.kind.in_(SHOP_WIDE))
    return (
        select(Permit.kind, Permit.number, Permit.is_example, Permit.expires_on)
        .outerjoin(RevisionPermit, named)
        .where(Permit.shop_id == bindparam("shop"), holds_on(day), covers)
        .order_by(Permit.kind, Permit.number)
    )
