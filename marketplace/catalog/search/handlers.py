"""What search does when goods or shops change, and when a permit runs out. Rows of one key are one piece of work."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session, aliased

from marketplace.catalog.models import Product, RevisionPermit
from marketplace.catalog.search.indexing import reindex_products
from marketplace.catalog.search.models import SearchFacet
from marketplace.db import Document, in_unit
from marketplace.kernel.clock import local_day
from marketplace.kernel.ids import ProductId, ShopId
from marketplace.outbox.emitting import emit
from marketplace.outbox.handlers import Handler, Periodic
from marketplace.sellers.models import Permit

_MOST_EXPIRED = 500


def product_changed(session: Session, product_id: ProductId, *, now: datetime) -> None:
    """Say that a product, its variants or its published revision changed. Whatever writes products calls this."""
    emit(session, "product.changed", {"product_id": product_id}, now=now, key=f"product:{product_id}")


def _on_product(session: Session, payload: Document, now: datetime) -> None:
    reindex_products(session, [ProductId(payload["product_id"])], now=now)


def _on_shop(session: Session, payload: Document, now: datetime) -> None:
    shop_id = ShopId(payload["shop_id"])
    reindex_products(session, session.scalars(select(Product.id).where(Product.shop_id == shop_id)), now=now)


def refresh_expired_permits(session: Session, *, now: datetime) -> bool:
    """Take goods out of the permit filter whose permit ran out; tell whether any were."""
    today = local_day(now)
    ran_out = (
        select(Product.id)
        .join(RevisionPermit, RevisionPermit.revision_id == Product.published_revision_id)
        .join(Permit, Permit.id == RevisionPermit.permit_id)
        .join(
            SearchFacet,
            (SearchFacet.product_id == Product.id) & (SearchFacet.facet == "permit") & (SearchFacet.value == Permit.kind),
        )
        .where(Permit.expires_on < today, ~_holds_another(today))
        .distinct()
        .order_by(Product.id)
        .limit(_MOST_EXPIRED)
    )
    return reindex_products(session, session.scalars(ran_out).all(), now=now)


def _holds_another(today: date) -> ColumnElement[bool]:
    """Tell, within a select over revisions and permits, whether a permit of the same kind still holds."""
    other, covers = aliased(Permit), aliased(RevisionPermit)
    return exists().where(
        covers.revision_id == RevisionPermit.revision_id,
        covers.permit_id == other.id,
        other.kind == Permit.kind,
        other.verified_at.is_not(None),
        or_(other.expires_on.is_(None), other.expires_on >= today),
    )


HANDLERS: tuple[Handler, ...] = (
    Handler("product.changed", "search.product", in_unit=_on_product),
    Handler("shop.changed", "search.shop", in_unit=_on_shop),
)


def _periodic_permits(now: datetime) -> None:
    in_unit(lambda session: refresh_expired_permits(session, now=now))


PERIODIC: tuple[Periodic, ...] = (Periodic("search.permits", timedelta(minutes=15), _periodic_permits),)
