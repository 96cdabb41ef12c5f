"""A listing goes to the office together with its first stock."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from marketplace.catalog.sending import Contents, send_draft
from marketplace.kernel.ids import PersonId, ShopId

from .models import StockItem, VariantStock
from .services import receive


def send_listing(session: Session, *, shop_id: ShopId, token: str, contents: Contents, actor_id: PersonId, now: datetime) -> str:
    """Send a draft to the office; goods that are new get a stock of their own. Returns the slug (flushes).

    Price, stock and weight of goods that exist already are changed at their own place, not by a version.
    Raises: DraftNotFound, NothingToSell, AlreadyWaiting, CategoryNotFound, ProductMoveRefused.
    """
    sent = send_draft(session, shop_id=shop_id, token=token, contents=contents, actor_id=actor_id, now=now)
    if sent.variant_id is not None:
        item = StockItem(shop_id=shop_id, label=contents.name[:80])
        session.add(item)
        session.flush()
        session.add(VariantStock(variant_id=sent.variant_id, stock_item_id=item.id, units_per_step=1))
        session.flush()
        if contents.stock:
            receive(session, item_id=item.id, units=contents.stock, reason="stok awal", actor_id=actor_id, now=now)
    return sent.slug
