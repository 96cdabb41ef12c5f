"""Reading all that the index says about goods, a few hundred products at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from marketplace.catalog.models import (
    Attribute,
    AttributeChoice,
    AttributeChoiceText,
    Category,
    CategoryText,
    ExportFit,
    Fulfilment,
    PhotoText,
    Product,
    ProductRevision,
    ProductState,
    ProductText,
    RevisionAttribute,
    RevisionPermit,
    RevisionPhoto,
    Variant,
    VariantAttribute,
    VariantText,
)
from marketplace.kernel.clock import local_day
from marketplace.kernel.ids import CategoryId, ProductId, RevisionId, ShopId
from marketplace.places.models import District
from marketplace.sellers.models import Permit, Shop, ShopState

Languages = dict[str, str]


class Text(NamedTuple):
    """A product's words in one language."""

    name: str
    summary: str
    description: str


class Price(NamedTuple):
    """What one active variant costs, rupiah."""

    price_minor: int
    was_price_minor: int | None


class Choice(NamedTuple):
    """A chosen value of a choice attribute."""

    attribute: str
    code: str
    is_filterable: bool


@dataclass(slots=True)
class Source:
    """All that is known of one product with a published revision. Filled table by table."""

    product_id: ProductId
    slug: str
    revision_id: RevisionId
    category_id: CategoryId
    shop_id: ShopId
    shop_slug: str
    shop_name: str
    village: str
    district_code: str
    district_name: str
    is_public: bool
    is_ready: bool
    lead_days: int
    is_export_ready: bool
    published_at: datetime | None
    texts: dict[str, Text] = field(default_factory=dict)
    image_hash: str | None = None
    alts: Languages = field(default_factory=dict)
    prices: list[Price] = field(default_factory=list)
    choices: set[Choice] = field(default_factory=set)
    labels: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    permits: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Names:
    """Words of the definitions: categories with those above them, and choices, per language."""

    paths: Mapping[CategoryId, tuple[CategoryId, ...]]
    slugs: Mapping[CategoryId, str]
    categories: Mapping[tuple[CategoryId, str], str]
    choices: Mapping[tuple[str, str, str], str]  # (attribute, choice, language)


def read_names(session: Session) -> Names:
    """Read the words of all categories and choices."""
    above = {row.id: row.parent_id for row in session.execute(select(Category.id, Category.parent_id))}
    choices = session.execute(
        select(Attribute.code, AttributeChoice.code, AttributeChoiceText.language, AttributeChoiceText.name)
        .join(AttributeChoice, AttributeChoice.attribute_id == Attribute.id)
        .join(AttributeChoiceText, AttributeChoiceText.choice_id == AttributeChoice.id)
    )
    return Names(
        paths={number: _path(number, above) for number in above},
        slugs={row.id: row.slug for row in session.execute(select(Category.id, Category.slug))},
        categories={
            (number, language): name
            for number, language, name in session.execute(
                select(CategoryText.category_id, CategoryText.language, CategoryText.name)
            )
        },
        choices={(attribute, code, language): name for attribute, code, language, name in choices},
    )


def _path(number: CategoryId, above: Mapping[CategoryId, CategoryId | None]) -> tuple[CategoryId, ...]:
    path: list[CategoryId] = []
    at: CategoryId | None = number
    while at is not None and at not in path:
        path.append(at)
        at = above.get(at)
    return tuple(path)


def read_sources(session: Session, product_ids: Sequence[ProductId], *, now: datetime) -> list[Source]:
    """Read everything about these products; those never published are left out."""
    sources = [_source(row) for row in session.execute(_products(product_ids))]
    by_product = {source.product_id: source for source in sources}
    by_revision = {source.revision_id: source for source in sources}
    if sources:
        _read_revisions(session, by_revision)
        _read_permits(session, by_revision, now=now)
        _read_variants(session, by_product)
    return sources


def _products(product_ids: Sequence[ProductId]) -> Any:
    return (
        select(
            Product.id, Product.slug, Product.state, Product.district_code, Product.fulfilment, Product.lead_days,
            Product.export_fit, Product.published_at, Product.published_revision_id, ProductRevision.category_id,
            Shop.id.label("shop_id"), Shop.slug.label("shop_slug"), Shop.name.label("shop_name"), Shop.village,
            Shop.state.label("shop_state"), Shop.verified_at, District.name.label("district_name"),
        )
        .join(ProductRevision, ProductRevision.id == Product.published_revision_id)
        .join(Shop, Shop.id == Product.shop_id)
        .join(District, District.code == Product.district_code)
        .where(Product.id.in_(product_ids))
        .order_by(Product.id)
    )  # fmt: skip


def _source(row: Any) -> Source:
    is_shown = row.state is ProductState.PUBLISHED
    return Source(
        product_id=row.id,
        slug=row.slug,
        revision_id=row.published_revision_id,
        category_id=row.category_id,
        shop_id=row.shop_id,
        shop_slug=row.shop_slug,
        shop_name=row.shop_name,
        village=row.village,
        district_code=row.district_code,
        district_name=row.district_name,
        is_public=is_shown and row.shop_state is ShopState.ACTIVE and row.verified_at is not None,
        is_ready=row.fulfilment is Fulfilment.READY,
        lead_days=row.lead_days,
        is_export_ready=row.export_fit is ExportFit.YES,
        published_at=row.published_at,
    )


def _read_revisions(session: Session, by_revision: Mapping[RevisionId, Source]) -> None:
    ids = list(by_revision)
    texts = select(
        ProductText.revision_id, ProductText.language, ProductText.name, ProductText.summary, ProductText.description
    ).where(ProductText.revision_id.in_(ids))
    for revision, language, *words in session.execute(texts):
        by_revision[revision].texts[language] = Text(*words)
    first_photos = (
        select(RevisionPhoto.revision_id, RevisionPhoto.image_hash, PhotoText.language, PhotoText.alt)
        .outerjoin(
            PhotoText, (PhotoText.revision_id == RevisionPhoto.revision_id) & (PhotoText.position == RevisionPhoto.position)
        )
        .where(RevisionPhoto.revision_id.in_(ids), RevisionPhoto.position == 1)
    )
    for revision, image_hash, language, alt in session.execute(first_photos):
        by_revision[revision].image_hash = image_hash
        if language is not None:
            by_revision[revision].alts[language] = alt
    chosen = (
        select(RevisionAttribute.revision_id, Attribute.code, AttributeChoice.code, Attribute.is_filterable)
        .join(AttributeChoice, AttributeChoice.id == RevisionAttribute.choice_id)
        .join(Attribute, Attribute.id == AttributeChoice.attribute_id)
        .where(RevisionAttribute.revision_id.in_(ids))
    )
    for revision, attribute, code, is_filterable in session.execute(chosen):
        by_revision[revision].choices.add(Choice(attribute, code, is_filterable))


def _read_permits(session: Session, by_revision: Mapping[RevisionId, Source], *, now: datetime) -> None:
    held = (
        select(RevisionPermit.revision_id, Permit.kind)
        .join(Permit, Permit.id == RevisionPermit.permit_id)
        .where(
            RevisionPermit.revision_id.in_(list(by_revision)),
            Permit.verified_at.is_not(None),
            or_(Permit.expires_on.is_(None), Permit.expires_on >= local_day(now)),
        )
    )
    for revision, kind in session.execute(held):
        by_revision[revision].permits.add(kind.value)


def _read_variants(session: Session, by_product: Mapping[ProductId, Source]) -> None:
    active = (Variant.product_id.in_(list(by_product)), Variant.is_active.is_(True))
    for product, price_minor, was_price_minor in session.execute(
        select(Variant.product_id, Variant.price_minor, Variant.was_price_minor).where(*active)
    ):
        by_product[product].prices.append(Price(price_minor, was_price_minor))
    labels = select(Variant.product_id, VariantText.language, VariantText.label).join(
        VariantText, VariantText.variant_id == Variant.id
    )
    for product, language, label in session.execute(labels.where(*active).order_by(Variant.id)):
        by_product[product].labels[language].append(label)
    chosen = (
        select(Variant.product_id, Attribute.code, AttributeChoice.code, Attribute.is_filterable)
        .join(VariantAttribute, VariantAttribute.variant_id == Variant.id)
        .join(AttributeChoice, AttributeChoice.id == VariantAttribute.choice_id)
        .join(Attribute, Attribute.id == AttributeChoice.attribute_id)
        .where(*active)
    )
    for product, attribute, code, is_filterable in session.execute(chosen):
        by_product[product].choices.add(Choice(attribute, code, is_filterable))
