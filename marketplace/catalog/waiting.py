"""What waits for the office of the goods: first listings, and edits to published ones."""

from __future__ import annotations

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from marketplace.language.languages import DEFAULT
from marketplace.places.models import District
from marketplace.sellers.models import Shop, ShopState
from marketplace.sellers.waiting import Waiting

from .models import Product, ProductRevision, ProductState, ProductText, RevisionState


def waiting_revisions(session: Session, *, edits: bool) -> tuple[Waiting, ...]:
    """Return the revisions in review, oldest first: edits to what the public sees, or what it never saw. One statement."""
    since = func.coalesce(ProductRevision.submitted_at, ProductRevision.created_at)
    seen = Product.published_revision_id.is_not(None)
    rows = session.execute(
        select(
            ProductRevision.id, func.coalesce(ProductText.name, ""), Shop.id, Shop.name, Shop.district_code, District.name, since,
        )
        .join(Product, Product.id == ProductRevision.product_id)
        .join(Shop, Shop.id == Product.shop_id)
        .join(District, District.code == Shop.district_code)
        .outerjoin(ProductText, and_(ProductText.revision_id == ProductRevision.id, ProductText.language == DEFAULT))
        .where(ProductRevision.state == RevisionState.IN_REVIEW, Product.state != ProductState.ARCHIVED)
        .where(Shop.state != ShopState.CLOSED, seen if edits else ~seen)
        .order_by(since, ProductRevision.id)
    )  # fmt: skip
    return tuple(
        Waiting(id_, name, shop_id, shop_name, code, district, at) for id_, name, shop_id, shop_name, code, district, at in rows
    )
