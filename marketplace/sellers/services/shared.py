"""What every command on a shop needs: its row locked, a free slug, a note in the log, news for who shows it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts import audit
from marketplace.db import move_public_version
from marketplace.kernel.ids import PersonId, ShopId
from marketplace.outbox.emitting import emit
from marketplace.sellers.errors import ShopNotFound, SlugTaken
from marketplace.sellers.models import Shop, ShopSlug


def get_shop_locked(session: Session, shop_id: ShopId) -> Shop:
    """Return a shop, locked for this unit. Raises: ShopNotFound."""
    shop = session.get(Shop, shop_id, with_for_update=True)
    if shop is None:
        raise ShopNotFound(shop=shop_id)
    return shop


def require_free_slug(session: Session, slug: str, own: ShopId | None = None) -> None:
    """Refuse a slug that a shop has or had, unless it was its own. Raises: SlugTaken."""
    holder = session.scalar(select(Shop.id).where(Shop.slug == slug))
    former = session.scalar(select(ShopSlug.shop_id).where(ShopSlug.slug == slug))
    if holder is not None or former not in (None, own):
        raise SlugTaken(slug=slug)


def note(session: Session, action: str, shop_id: ShopId, actor_id: PersonId | None, now: datetime) -> None:
    """Write an act on a shop into the audit log."""
    audit.record(session, action=action, object_kind="shop", object_id=shop_id, actor_id=actor_id, now=now)


def changed(session: Session, action: str, shop_id: ShopId, actor_id: PersonId, now: datetime) -> None:
    """Note an act that the public can see, and tell who shows it."""
    note(session, action, shop_id, actor_id, now)
    emit_changed(session, shop_id, now)


def emit_changed(session: Session, shop_id: ShopId, now: datetime) -> None:
    """Tell who shows a shop that it changed."""
    emit(session, "shop.changed", {"shop_id": shop_id}, now=now, key=f"shop:{shop_id}")
    move_public_version(session)
