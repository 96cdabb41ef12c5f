"""What every command of curators checks and writes down."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts import audit
from marketplace.catalog.errors import ProductNotFound
from marketplace.catalog.models import Product
from marketplace.curation.errors import WindowWrong
from marketplace.db import move_public_version
from marketplace.kernel.ids import PersonId, ProductId


def check_window(starts_at: datetime, ends_at: datetime | None) -> None:
    """Refuse a window that ends before it starts. Raises: WindowWrong."""
    if ends_at is not None and ends_at <= starts_at:
        raise WindowWrong


def require_products(session: Session, product_ids: Sequence[ProductId]) -> None:
    """Refuse products that are not there. Raises: ProductNotFound."""
    known = set(session.scalars(select(Product.id).where(Product.id.in_(product_ids))))
    for product_id in product_ids:
        if product_id not in known:
            raise ProductNotFound(product=product_id)


def note(session: Session, action: str, kind: str, id_: int, actor_id: PersonId | None, now: datetime) -> None:
    """Write the act into the audit log and let cached pages be made anew."""
    audit.record(
        session, action=action, object_kind=kind, object_id=id_, actor_id=actor_id,
        actor_kind="person" if actor_id is not None else "system", now=now,
    )  # fmt: skip
    # Also for what starts later: a cached page knows only the next change it was made with.
    move_public_version(session)
