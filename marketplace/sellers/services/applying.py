"""What an owner writes into a shop that waits for the office, and asking the office to look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from marketplace.kernel.ids import PersonId, ShopId
from marketplace.language.languages import DEFAULT
from marketplace.sellers.applying import what_is_missing
from marketplace.sellers.errors import NotReadyForOffice, ShopNotWaiting
from marketplace.sellers.models import Shop, ShopState, ShopText

from .shared import get_shop_locked, note


@dataclass(frozen=True, slots=True)
class ShopDraft:
    """A waiting shop's name and words in Indonesian, its village, and where goods are fetched (empty: nowhere)."""

    name: str
    tagline: str
    story: str
    village: str
    pickup_address: str
    pickup_hours: str


def write_shop(session: Session, *, shop_id: ShopId, draft: ShopDraft, actor_id: PersonId, now: datetime) -> None:
    """Write a shop that nobody sees yet; its address stays. Raises: ShopNotFound, ShopNotWaiting."""
    shop = _waiting(session, shop_id)
    shop.name, shop.village = draft.name, draft.village
    shop.pickup_address, shop.pickup_hours = draft.pickup_address, draft.pickup_hours
    text = session.get(ShopText, (shop_id, DEFAULT))
    if text is None:
        text = ShopText(shop_id=shop_id, language=DEFAULT)
        session.add(text)
    text.tagline, text.story, text.human_reviewed = draft.tagline, draft.story, True
    note(session, "shop.write", shop_id, actor_id, now)


def submit_shop(session: Session, *, shop_id: ShopId, actor_id: PersonId, now: datetime) -> None:
    """Ask the office to look at a shop. Raises: ShopNotFound, ShopNotWaiting, NotReadyForOffice."""
    shop = _waiting(session, shop_id)
    if shop.submitted_at is not None and (shop.returned_at is None or shop.returned_at < shop.submitted_at):
        return  # it is with the office already
    text = session.get(ShopText, (shop_id, DEFAULT))
    missing = what_is_missing(story=text.story if text is not None else "", village=shop.village)
    if missing:
        raise NotReadyForOffice(missing=missing)
    shop.submitted_at = now
    shop.returned_at, shop.return_reasons, shop.return_words = None, [], ""
    note(session, "shop.submit", shop_id, actor_id, now)


def _waiting(session: Session, shop_id: ShopId) -> Shop:
    shop = get_shop_locked(session, shop_id)
    if shop.state is not ShopState.APPLIED:
        raise ShopNotWaiting(shop_id=shop_id)
    return shop
