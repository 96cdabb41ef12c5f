"""In which shop somebody works now, and the frame around their pages."""

from __future__ import annotations

from flask import abort, request, url_for
from sqlalchemy.orm import Session

from marketplace.accounts.permissions import Permission
from marketplace.kernel.ids import ShopId
from marketplace.language.languages import DEFAULT
from marketplace.orders.errors import SubOrderNotFound
from marketplace.orders.models import SubOrderLifecycle
from marketplace.orders.queries import seller_order
from marketplace.orders.views import SellerOrderView
from marketplace.sellers.queries import ShopContact, shop_contacts
from marketplace.web import current, sessions
from marketplace.web.wings import NavItem, Wing, wing

SHOP_COOKIE = "seller_shop"
Way = tuple[str, str, str, Permission]
# (word, icon, endpoint, right): the ways of the wing; the phone's bar has the first four.
WAYS: tuple[Way, ...] = (
    ("home", "store", "seller.home", Permission.SELLER_ORDER_VIEW),
    ("orders", "box", "seller.orders", Permission.SELLER_ORDER_VIEW),
    ("goods", "tag", "seller.goods", Permission.SELLER_PRODUCT_EDIT),
)
# The other pages of the shop, in the same shape: on the dashboard, and in the side menu of wide screens.
SHOP_PAGES: tuple[Way, ...] = (
    ("own_shop", "edit", "seller.shop", Permission.SELLER_SHOP_VIEW),
    ("stock", "leuit", "seller.stock", Permission.SELLER_STOCK_EDIT),
    ("balance", "cash", "seller.balance", Permission.SELLER_BALANCE_VIEW),
    ("reviews", "chat", "seller.reviews", Permission.SELLER_SHOP_VIEW),
)
# A part that never was paid never was its seller's concern.
_UNSEEN = frozenset({SubOrderLifecycle.AWAITING_PAYMENT, SubOrderLifecycle.EXPIRED})


def my_shops(session: Session, right: Permission = Permission.SELLER_ORDER_VIEW) -> list[ShopContact]:
    """Return the shops in which this person has the right (to see orders), lowest id first."""
    ids = sessions.acting().shops_where(right)
    found = shop_contacts(session, ids)
    return [found[shop_id] for shop_id in ids if shop_id in found]


def chosen_shop(shops: list[ShopContact]) -> ShopContact:
    """Return the shop this person works in now: the one they chose last, else their first. Aborts with 403 without any."""
    if not shops:
        abort(403)
    kept = request.cookies.get(SHOP_COOKIE, "")
    return next((shop for shop in shops if str(shop.id) == kept), shops[0])


def find_part(session: Session, number: str) -> SellerOrderView:
    """Return a part of one of this person's shops. Raises: SubOrderNotFound for anything else."""
    for shop_id in sessions.acting().shops_where(Permission.SELLER_ORDER_VIEW):
        found = seller_order(session, shop_id, number[:40])
        if found is not None and found.part.lifecycle not in _UNSEEN and found.part.accept_by is not None:
            return found
    raise SubOrderNotFound(number[:40])


def acting_shop(session: Session, number: str, permission: Permission) -> ShopId:
    """Return whose part this is, for an act on it. Raises: SubOrderNotFound; aborts with 403 where it may only be looked at."""
    shop_id = find_part(session, number).part.shop_id
    if shop_id not in sessions.acting().shops_where(permission):
        abort(403)
    return shop_id


def ways_in(shop_id: ShopId, ways: tuple[Way, ...], *, here: str = "") -> list[NavItem]:
    """Return those of these ways that are open to this person in this shop."""
    speech, viewer = current.speech(), sessions.acting()
    return [
        NavItem(speech.t(f"seller.{word}"), icon, url_for(endpoint), current=here == word)
        for word, icon, endpoint, right in ways
        if shop_id in viewer.shops_where(right)
    ]


def seller_wing(shop: ShopContact, *, here: str) -> Wing:
    """Return the frame around a seller's page; `here` names the way that is current."""
    speech = current.speech()
    bar, others = ways_in(shop.id, WAYS, here=here), ways_in(shop.id, SHOP_PAGES, here=here)
    public_page = (speech.t("seller.see_shop"), url_for("storefront.shop", language=DEFAULT, slug=shop.slug))
    links = [*([public_page] if shop.is_shown else []), (speech.t("seller.account"), url_for("account.home"))]
    return wing(name="seller", title=shop.name, home=url_for("seller.home"), items=[*bar, *others], bar=bar[:4], links=links)
