"""What people put into carts. The cookie holds a secret, the row only its digest."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from marketplace.accounts.tokens import digest_of, new_secret
from marketplace.catalog.models import Product, ProductState, Variant
from marketplace.catalog.pricing import price_in_force
from marketplace.db import Document, lock_rows
from marketplace.kernel.ids import CartId, PersonId, VariantId
from marketplace.sellers.models import Shop, ShopState

from .errors import CartFull, CartNotFound, NotInCart, NotPurchasable, QuantityOutOfBounds
from .lines import tiers_of
from .models import Cart, CartLine
from .problems import Problem
from .terms import MOST_LINES, MOST_STEPS


def find_cart(session: Session, secret: str) -> CartId | None:
    """Return the cart of this cookie, if there is one."""
    return session.scalar(select(Cart.id).where(Cart.token_digest == digest_of(secret)))


def open_cart(session: Session, *, now: datetime, person_id: PersonId | None = None) -> tuple[CartId, str]:
    """Start an empty cart; return it with the secret for its cookie. Flushes."""
    secret = new_secret()
    cart = Cart(token_digest=digest_of(secret), person_id=person_id, created_at=now, changed_at=now, draft={})
    session.add(cart)
    session.flush()
    return cart.id, secret


def lock_cart(session: Session, cart_id: CartId) -> Cart:
    """Lock a cart, the first lock of every purchase. Raises: CartNotFound."""
    found = lock_rows(session, Cart, [cart_id])
    if not found:
        raise CartNotFound(cart_id)
    return found[0]


def count_lines(session: Session, cart_id: CartId) -> int:
    """Return how many different goods a cart holds, for the badge."""
    return session.scalar(select(func.count()).select_from(CartLine).where(CartLine.cart_id == cart_id)) or 0


def add_line(session: Session, *, cart_id: CartId, variant_id: VariantId, quantity: int, now: datetime) -> None:
    """Put steps of a variant into a cart, on top of what is there. What is sold out may be added: its line says so.

    Raises: CartNotFound, NotInCart (no such variant), NotPurchasable, CartFull, QuantityOutOfBounds.
    """
    cart = lock_cart(session, cart_id)
    variant = _offered(session, variant_id)
    line = _line(session, cart_id, variant_id)
    wanted = _bounded(variant, quantity, already=line.quantity if line is not None else 0)
    if line is None:
        if count_lines(session, cart_id) >= MOST_LINES:
            raise CartFull(MOST_LINES)
        line = CartLine(cart_id=cart_id, variant_id=variant_id, quantity=wanted, seen_price_minor=0, added_at=now)
        session.add(line)
    _set(session, cart, line, variant, wanted, now)


def set_quantity(session: Session, *, cart_id: CartId, variant_id: VariantId, quantity: int, now: datetime) -> None:
    """Want exactly so many steps of what is in the cart; the buyer sees today's price with it.

    Raises: CartNotFound, NotInCart, QuantityOutOfBounds.
    """
    cart = lock_cart(session, cart_id)
    line = _line(session, cart_id, variant_id)
    if line is None:
        raise NotInCart(variant_id)
    variant = session.get_one(Variant, variant_id)
    _set(session, cart, line, variant, _bounded(variant, quantity, already=0), now)


def remove_line(session: Session, *, cart_id: CartId, variant_id: VariantId, now: datetime) -> None:
    """Take a variant out of a cart; doing it twice is fine. Raises: CartNotFound."""
    cart = lock_cart(session, cart_id)
    session.execute(delete(CartLine).where(CartLine.cart_id == cart_id, CartLine.variant_id == variant_id))
    cart.changed_at = now


def accept_prices(session: Session, *, cart_id: CartId, now: datetime) -> None:
    """Note that the buyer has seen today's prices. Raises: CartNotFound."""
    cart = lock_cart(session, cart_id)
    lines = session.scalars(select(CartLine).where(CartLine.cart_id == cart_id)).all()
    for line in lines:
        _set(session, cart, line, session.get_one(Variant, line.variant_id), line.quantity, now)


def remember(session: Session, *, cart_id: CartId, draft: Document, now: datetime) -> None:
    """Keep what was typed and picked at checkout so far. Raises: CartNotFound."""
    cart = lock_cart(session, cart_id)
    cart.draft, cart.changed_at = draft, now


def draft_of(session: Session, cart_id: CartId) -> Document:
    """Return what was typed and picked at checkout so far."""
    return session.scalar(select(Cart.draft).where(Cart.id == cart_id)) or {}


def merge_carts(session: Session, *, into: CartId, source: CartId, now: datetime) -> None:
    """Move what another cart holds into this one and end the other; same goods add up, within the bounds of a cart.

    Raises: CartNotFound.
    """
    carts = {cart.id: cart for cart in lock_rows(session, Cart, [into, source])}
    if into == source or set(carts) != {into, source}:
        raise CartNotFound(source)
    kept = {line.variant_id: line for line in _lines(session, into)}
    for line in _lines(session, source):
        same = kept.get(line.variant_id)
        if same is not None:
            same.quantity = min(MOST_STEPS, same.quantity + line.quantity)
        elif len(kept) < MOST_LINES:
            moved = CartLine(
                cart_id=into, variant_id=line.variant_id, quantity=line.quantity,
                seen_price_minor=line.seen_price_minor, added_at=line.added_at,
            )  # fmt: skip
            session.add(moved)
            kept[line.variant_id] = moved
    carts[into].draft = carts[into].draft or carts[source].draft
    carts[into].person_id = carts[into].person_id or carts[source].person_id
    carts[into].changed_at = now
    session.execute(delete(CartLine).where(CartLine.cart_id == source))
    session.flush()
    session.delete(carts[source])
    session.flush()


def adopt_cart(session: Session, *, cart_id: CartId, person_id: PersonId, now: datetime) -> None:
    """Give the browser's cart to who signed in, with what their earlier carts held. Raises: CartNotFound."""
    earlier = session.scalars(select(Cart.id).where(Cart.person_id == person_id, Cart.id != cart_id).order_by(Cart.id)).all()
    lock_rows(session, Cart, [cart_id, *earlier])  # all at once, ascending; merging locks them again in pairs
    for source in earlier:
        merge_carts(session, into=cart_id, source=source, now=now)
    lock_cart(session, cart_id).person_id = person_id


def _offered(session: Session, variant_id: VariantId) -> Variant:
    row = session.execute(
        select(Variant, Product.state, Shop.state)
        .join(Product, Product.id == Variant.product_id)
        .join(Shop, Shop.id == Product.shop_id)
        .where(Variant.id == variant_id)
    ).one_or_none()
    if row is None:
        raise NotInCart(variant_id)
    variant, product_state, shop_state = row
    if shop_state is not ShopState.ACTIVE:
        raise NotPurchasable({variant_id: Problem.SHOP_CLOSED})
    if product_state is not ProductState.PUBLISHED or not variant.is_active:
        raise NotPurchasable({variant_id: Problem.UNAVAILABLE})
    return variant


def _bounded(variant: Variant, quantity: int, *, already: int) -> int:
    wanted = already + quantity
    if quantity < 1 or not variant.min_steps <= wanted <= MOST_STEPS:
        raise QuantityOutOfBounds(variant.id, wanted=wanted, least=variant.min_steps, most=MOST_STEPS)
    return wanted


def _set(session: Session, cart: Cart, line: CartLine, variant: Variant, quantity: int, now: datetime) -> None:
    tiers = tiers_of(session, [variant.id]).get(variant.id, [])
    line.quantity = quantity
    line.seen_price_minor = price_in_force(variant.price_minor, tiers, steps=quantity)
    cart.changed_at = now


def _line(session: Session, cart_id: CartId, variant_id: VariantId) -> CartLine | None:
    return session.scalar(select(CartLine).where(CartLine.cart_id == cart_id, CartLine.variant_id == variant_id))


def _lines(session: Session, cart_id: CartId) -> list[CartLine]:
    return list(session.scalars(select(CartLine).where(CartLine.cart_id == cart_id).order_by(CartLine.added_at, CartLine.id)))
