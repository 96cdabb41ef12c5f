"""Where a shop stands: verified, suspended, back, away on holiday."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from marketplace.kernel.ids import PersonId, ShopId
from marketplace.sellers import states
from marketplace.sellers.models import ShopState

from .shared import changed, get_shop_locked


def verify_shop(session: Session, *, shop_id: ShopId, actor_id: PersonId, now: datetime) -> None:
    """Say that the office knows this shop: it shows from now on. Raises: ShopNotFound, ShopMoveRefused."""
    shop = get_shop_locked(session, shop_id)
    shop.state = states.move(shop.state, ShopState.ACTIVE)
    shop.verified_at = now
    changed(session, "shop.verify", shop_id, actor_id, now)


def suspend_shop(session: Session, *, shop_id: ShopId, reason: str, actor_id: PersonId, now: datetime) -> None:
    """Hide a shop and all its goods at once, and stop their sale. Raises: ShopNotFound, ShopMoveRefused."""
    shop = get_shop_locked(session, shop_id)
    shop.state, shop.state_reason = states.move(shop.state, ShopState.SUSPENDED), reason
    changed(session, "shop.suspend", shop_id, actor_id, now)


def reinstate_shop(session: Session, *, shop_id: ShopId, actor_id: PersonId, now: datetime) -> None:
    """Bring a suspended shop back with what was published. Raises: ShopNotFound, ShopMoveRefused."""
    shop = get_shop_locked(session, shop_id)
    if shop.state is not ShopState.SUSPENDED:
        raise states.ShopMoveRefused(now=shop.state, wanted=ShopState.ACTIVE)
    shop.state, shop.state_reason = states.move(shop.state, ShopState.ACTIVE), ""
    changed(session, "shop.reinstate", shop_id, actor_id, now)


def set_holiday(
    session: Session, *, shop_id: ShopId, starts: date | None, ends: date | None, actor_id: PersonId, now: datetime
) -> None:
    """Stop selling from a day on, to the end of another; no start ends the holiday. Raises: ShopNotFound, ValueError."""
    if ends is not None and (starts is None or ends < starts):
        raise ValueError("a holiday ends on or after the day it starts")
    shop = get_shop_locked(session, shop_id)
    shop.holiday_from, shop.holiday_until = starts, ends
    changed(session, "shop.holiday", shop_id, actor_id, now)
