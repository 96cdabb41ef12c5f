"""Ids of shops that earlier floors keep without a foreign key."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.models import RoleGrant
from marketplace.kernel.broken import Broken

from .models import Shop


def find_broken(session: Session, now: datetime) -> Iterator[Broken]:
    """Yield roles granted in shops that do not exist."""
    del now
    lost = (
        select(RoleGrant.id)
        .outerjoin(Shop, Shop.id == RoleGrant.shop_id)
        .where(RoleGrant.shop_id.is_not(None), Shop.id.is_(None))
    )
    for found in session.scalars(lost.order_by(RoleGrant.id)):
        yield Broken("ids", "role_grant", (found,), "names a shop that does not exist")
