"""A cart after its order was placed: empty, and remembering the order for an old tab that sends it again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from marketplace.db import Document

from .models import Cart, CartLine
from .terms import REMEMBER_PLACED

_NUMBER, _AT = "placed_number", "placed_at"


def empty_cart(session: Session, cart: Cart, *, number: str, now: datetime) -> None:
    """Take everything out of a locked cart and note which order it became."""
    session.execute(delete(CartLine).where(CartLine.cart_id == cart.id))
    cart.draft = {_NUMBER: number, _AT: now.isoformat()}
    cart.changed_at = now


def placed_before(cart: Cart, *, now: datetime) -> str | None:
    """Return the number of the order that emptied this cart a short while ago, if one did."""
    return placed_from(cart.draft, now=now)


def placed_from(draft: Document, *, now: datetime) -> str | None:
    """Return the number of the order a cart with this draft became a short while ago, if it did."""
    number, at = draft.get(_NUMBER), draft.get(_AT)
    if not isinstance(number, str) or not isinstance(at, str):
        return None
    return number if now - datetime.fromisoformat(at) < REMEMBER_PLACED else None
