"""A shop's own goods, whatever their state: the list, one of them, and its drafts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from marketplace.files.models import StoredImage
from marketplace.kernel.ids import ProductId, RevisionId, ShopId, VariantId
from marketplace.kernel.money import Currency
from marketplace.language.languages import DEFAULT
from marketplace.sellers.queries import read_widths

from .errors import DraftNotFound, ProductNotFound
from .models import ListingDraft, Product, ProductRevision, ProductState, ProductText, RevisionPhoto, RevisionState, Variant

MOST_GOODS = 300


@dataclass(frozen=True, slots=True)
class OwnGood:
    """A product in its shop's list; `revision_state` is that of its latest version. Minor units."""

    id: ProductId
    slug: str
    state: ProductState
    state_reason: str
    name: str
    revision_id: RevisionId
    revision_state: RevisionState
    shown_id: RevisionId | None  # the version the public sees, or will again once the goods are brought back
    submitted_at: datetime | None
    return_reasons: tuple[str, ...]
    return_words: str
    variant_ids: tuple[VariantId, ...]
    price_minor: int
    currency: Currency
    weight_grams: int
    draft_token: str


@dataclass(frozen=True, slots=True)
class OwnDraft:
    """A draft as its shop sees it: what was typed, as it was typed."""

    token: str
    product_id: ProductId | None
    given: dict[str, str]
    photos: tuple[str, ...]
    saved_at: datetime


def own_goods(session: Session, shop_id: ShopId, *, slug: str = "") -> tuple[OwnGood, ...]:
    """Return a shop's goods that are not archived, newest first; with a slug only that one. Two statements."""
    newest = select(func.max(ProductRevision.number)).where(ProductRevision.product_id == Product.id).correlate(Product)
    query = (
        select(Product, ProductRevision, ProductText.name, ListingDraft.token)
        .join(ProductRevision, (ProductRevision.product_id == Product.id) & (ProductRevision.number == newest.scalar_subquery()))
        .join(ProductText, (ProductText.revision_id == ProductRevision.id) & (ProductText.language == DEFAULT))
        .outerjoin(ListingDraft, ListingDraft.product_id == Product.id)
        .where(Product.shop_id == shop_id, Product.state != ProductState.ARCHIVED)
        .order_by(Product.id.desc())
        .limit(MOST_GOODS)
    )
    rows = session.execute(query.where(Product.slug == slug) if slug else query).all()
    sold: dict[ProductId, list[Variant]] = {}
    active = select(Variant).where(Variant.product_id.in_([row[0].id for row in rows]), Variant.is_active)
    for variant in session.scalars(active.order_by(Variant.position, Variant.id)):
        sold.setdefault(variant.product_id, []).append(variant)
    return tuple(_good(product, revision, name, token, sold.get(product.id, [])) for product, revision, name, token in rows)


def own_good(session: Session, shop_id: ShopId, slug: str) -> OwnGood:
    """Return one of a shop's goods. Raises: ProductNotFound."""
    found = own_goods(session, shop_id, slug=slug) if slug else ()
    if not found:
        raise ProductNotFound(product=slug)
    return found[0]


def _good(product: Product, revision: ProductRevision, name: str, token: str | None, variants: list[Variant]) -> OwnGood:
    return OwnGood(
        id=product.id, slug=product.slug, state=product.state, state_reason=product.state_reason, name=name,
        revision_id=revision.id, revision_state=revision.state, shown_id=product.published_revision_id,
        submitted_at=revision.submitted_at, return_reasons=tuple(revision.return_reasons), return_words=revision.return_words,
        variant_ids=tuple(variant.id for variant in variants), price_minor=min((v.price_minor for v in variants), default=0),
        currency=variants[0].currency if variants else Currency.IDR,
        weight_grams=variants[0].ship_weight_grams if variants else 0, draft_token=token or "",
    )  # fmt: skip


def good_photo(session: Session, shop_id: ShopId, slug: str) -> tuple[str, tuple[int, ...]]:
    """Return (hash, widths) of the main photo of the latest version of a shop's product. Raises: ProductNotFound."""
    good = aliased(ProductRevision)
    row = session.execute(
        select(StoredImage.hash, StoredImage.widths)
        .join(RevisionPhoto, RevisionPhoto.image_hash == StoredImage.hash)
        .join(good, good.id == RevisionPhoto.revision_id)
        .join(Product, Product.id == good.product_id)
        .where(Product.shop_id == shop_id, Product.slug == slug, RevisionPhoto.position == 1)
        .order_by(good.number.desc())
        .limit(1)
    ).first()
    if row is None:
        raise ProductNotFound(product=slug)
    return row[0], read_widths(row[1])


def image_widths(session: Session, image_hash: str) -> tuple[int, ...]:
    """Return the renditions of a stored picture, in pixels."""
    return read_widths(session.scalar(select(StoredImage.widths).where(StoredImage.hash == image_hash)))


def own_drafts(session: Session, shop_id: ShopId) -> tuple[OwnDraft, ...]:
    """Return the drafts of goods that the office never saw, last saved first."""
    rows = session.scalars(
        select(ListingDraft)
        .where(ListingDraft.shop_id == shop_id, ListingDraft.product_id.is_(None))
        .order_by(ListingDraft.saved_at.desc())
        .limit(MOST_GOODS)
    )
    return tuple(map(_draft, rows))


def own_draft(session: Session, shop_id: ShopId, token: str) -> OwnDraft:
    """Return one of a shop's drafts. Raises: DraftNotFound."""
    row = session.scalar(select(ListingDraft).where(ListingDraft.shop_id == shop_id, ListingDraft.token == token))
    if row is None:
        raise DraftNotFound(token=token)
    return _draft(row)


def _draft(row: ListingDraft) -> OwnDraft:
    given = {name: str(value) for name, value in row.given.items()}
    return OwnDraft(token=row.token, product_id=row.product_id, given=given, photos=tuple(row.photos), saved_at=row.saved_at)
