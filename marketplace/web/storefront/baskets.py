"""The cart of this browser: a secret in one cookie, and its count in another that scripts may read."""

from __future__ import annotations

from flask import Response, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as BaseResponse

from marketplace.checkout.carts import adopt_cart, count_lines, find_cart, open_cart
from marketplace.kernel.ids import CartId, PersonId
from marketplace.web import current, sessions

CART_COOKIE = "market_cart"
COUNT_COOKIE = "cart_n"
LIVES_SECONDS = 90 * 24 * 3600


def cart_secret() -> str:
    """Return the secret this browser sent, empty when it cannot be one of ours."""
    sent = request.cookies.get(CART_COOKIE, "")
    return sent if 20 <= len(sent) <= 100 else ""


def find(session: Session) -> CartId | None:
    """Return this browser's cart, if it has one."""
    secret = cart_secret()
    return find_cart(session, secret) if secret else None


def find_or_open(session: Session) -> tuple[CartId, str]:
    """Return this browser's cart and its secret; a new cart where there is none. Flushes."""
    found = find(session)
    if found is not None:
        return found, cart_secret()
    viewer = sessions.viewer()
    return open_cart(session, now=current.now(), person_id=viewer.person_id if viewer is not None else None)


def adopt(session: Session, person_id: PersonId) -> int:
    """Give this browser's cart to who signs in, together with what their earlier carts held; return how many goods it holds."""
    cart_id = find(session)
    if cart_id is None:
        return 0
    adopt_cart(session, cart_id=cart_id, person_id=person_id, now=current.now())
    session.flush()
    return count_lines(session, cart_id)


def count(session: Session, cart_id: CartId | None) -> int:
    """Return how many different goods the cart holds."""
    return count_lines(session, cart_id) if cart_id is not None else 0


def set_cookies(response: Response | BaseResponse, *, secret: str, lines: int) -> None:
    """Leave the cart's secret and the number for its badge with this browser."""
    secure = current.settings().is_secure
    if secret:
        response.set_cookie(CART_COOKIE, secret, max_age=LIVES_SECONDS, httponly=True, samesite="Lax", secure=secure, path="/")
    response.set_cookie(COUNT_COOKIE, str(min(lines, 9999)), max_age=LIVES_SECONDS, samesite="Lax", secure=secure, path="/")
