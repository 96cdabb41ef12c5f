"""The frozen rows of the desk's pages on listings and edits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from marketplace.kernel.ids import ProductId, RevisionId, ShopId
from marketplace.language.languages import DEFAULT
from marketplace.sellers.models import Permit, PermitKind, Shop

from .differences import RevisionValues
from .errors import ProductNotFound
from .models import (
    CategoryText,
    Fulfilment,
    Product,
    ProductRevision,
    ProductState,
    ProductText,
    RevisionPermit,
    RevisionState,
)
from .pages import Fact, Photo, VariantView
from .parts import read_facts, read_photos, read_variants


@dataclass(frozen=True, slots=True)
class CoveringPermit:
    """A paper that the goods name, and whether the office has looked it up."""

    id: int
    kind: PermitKind
    number: str
    is_verified: bool


@dataclass(frozen=True, slots=True)
class RevisionForDesk:
    """One revision as the office sees it, beside what the public sees now (`published_id`)."""

    id: RevisionId
    product_id: ProductId
    slug: str
    state: RevisionState
    product_state: ProductState
    shop_id: ShopId
    shop_name: str
    submitted_at: datetime
    fulfilment: Fulfilment
    lead_days: int
    shelf_life_days: int | None
    published_id: RevisionId | None
    return_reasons: tuple[str, ...]
    return_words: str
    values: RevisionValues
    photos: tuple[Photo, ...]
    facts: tuple[Fact, ...]
    variants: tuple[VariantView, ...]
    permits: tuple[CoveringPermit, ...]

    @property
    def name(self) -> str:
        """Return what the goods are called in Indonesian."""
        return self.values.words.get(DEFAULT.value, {}).get("name", "")

    @property
    def is_waiting(self) -> bool:
        """Tell whether it is still to be decided."""
        return self.state is RevisionState.IN_REVIEW

    @property
    def is_edit(self) -> bool:
        """Tell whether the public sees an earlier revision."""
        return self.published_id is not None and self.published_id != self.id


@dataclass(frozen=True, slots=True)
class ShopGood:
    """A good of a shop in the office's list."""

    id: ProductId
    name: str
    slug: str
    state: ProductState
    state_reason: str


def revision_for_desk(session: Session, revision_id: RevisionId) -> RevisionForDesk:
    """Return a revision with everything that is judged. Raises: ProductNotFound."""
    found = session.execute(
        select(ProductRevision, Product, Shop.name)
        .join(Product, Product.id == ProductRevision.product_id)
        .join(Shop, Shop.id == Product.shop_id)
        .where(ProductRevision.id == revision_id)
    ).first()
    if found is None:
        raise ProductNotFound(product=revision_id)
    revision, product, shop_name = found
    return RevisionForDesk(
        id=revision.id, product_id=product.id, slug=product.slug, state=revision.state, product_state=product.state,
        shop_id=product.shop_id, shop_name=shop_name, submitted_at=revision.submitted_at or revision.created_at,
        fulfilment=product.fulfilment, lead_days=product.lead_days, shelf_life_days=product.shelf_life_days,
        published_id=product.published_revision_id, return_reasons=tuple(revision.return_reasons),
        return_words=revision.return_words, values=revision_values(session, revision.id),
        photos=read_photos(session, revision.id, DEFAULT),
        facts=read_facts(session, revision.id, revision.category_id, DEFAULT),
        variants=read_variants(session, product.id, DEFAULT, is_food=False), permits=_permits(session, revision.id),
    )  # fmt: skip


def revision_values(session: Session, revision_id: RevisionId) -> RevisionValues:
    """Return the reviewed fields of a revision as people read them; properties in Indonesian."""
    category_id, category = session.execute(
        select(ProductRevision.category_id, func.coalesce(CategoryText.name, ""))
        .outerjoin(CategoryText, and_(CategoryText.category_id == ProductRevision.category_id, CategoryText.language == DEFAULT))
        .where(ProductRevision.id == revision_id)
    ).one()
    texts = session.execute(
        select(ProductText.language, ProductText.name, ProductText.summary, ProductText.description, ProductText.care)
        .where(ProductText.revision_id == revision_id)
        .order_by(ProductText.language)
    )
    return RevisionValues(
        category=category,
        words={
            code: {"name": name, "summary": summary, "description": description, "care": care}
            for code, name, summary, description, care in texts
        },
        photos=tuple((photo.hash, photo.alt) for photo in read_photos(session, revision_id, DEFAULT)),
        facts={fact.name: fact_words(fact) for fact in read_facts(session, revision_id, category_id, DEFAULT)},
        permits=tuple(f"{permit.kind} {permit.number}" for permit in _permits(session, revision_id)),
    )


def revision_photo(session: Session, revision_id: RevisionId, position: int) -> tuple[str, tuple[int, ...]]:
    """Return the hash and widths of one photo of a revision. Raises: ProductNotFound."""
    photos = read_photos(session, revision_id, DEFAULT)
    if not 1 <= position <= len(photos):
        raise ProductNotFound(product=revision_id)
    return photos[position - 1].hash, photos[position - 1].widths


def fact_words(fact: Fact) -> str:
    """Return a property's value as text, for people who compare: "250 g", "asli"."""
    if fact.number_milli is None:
        return fact.words
    whole, rest = divmod(fact.number_milli, 1_000)
    figures = f"{whole},{rest:03d}".rstrip("0") if rest else str(whole)
    return f"{figures} {fact.unit}".strip()


def goods_of_shop(session: Session, shop_id: ShopId) -> tuple[ShopGood, ...]:
    """Return a shop's goods that the public sees or would see, by name. One statement."""
    rows = session.execute(
        select(Product.id, func.coalesce(ProductText.name, Product.slug), Product.slug, Product.state, Product.state_reason)
        .outerjoin(ProductText, and_(ProductText.revision_id == Product.published_revision_id, ProductText.language == DEFAULT))
        .where(Product.shop_id == shop_id, Product.published_revision_id.is_not(None), Product.state != ProductState.ARCHIVED)
        .order_by(ProductText.name, Product.id)
    )
    return tuple(ShopGood(*row) for row in rows)


def _permits(session: Session, revision_id: RevisionId) -> tuple[CoveringPermit, ...]:
    rows = session.execute(
        select(Permit.id, Permit.kind, Permit.number, Permit.verified_at)
        .join(RevisionPermit, RevisionPermit.permit_id == Permit.id)
        .where(RevisionPermit.revision_id == revision_id)
        .order_by(Permit.kind, Permit.id)
    )
    return tuple(CoveringPermit(id_, kind, number, verified is not None) for id_, kind, number, verified in rows)
