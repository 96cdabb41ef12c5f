"""A seller's orders, by what is to be done with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.accounts.permissions import Permission
from marketplace.db import reading
from marketplace.kernel.clock import local_day
from marketplace.orders.models import SubOrderLifecycle
from marketplace.orders.queries import SellerTab, seller_counts, seller_orders
from marketplace.orders.views import SellerOrderRow
from marketplace.web import current, sessions
from marketplace.web.guards import guarded
from marketplace.web.seller.blueprint import bp
from marketplace.web.seller.frame import SHOP_COOKIE, chosen_shop, my_shops, seller_wing
from marketplace.web.seller.status import status_badge
from marketplace.web.speech import Speech
from marketplace.web.storefront.checkout_words import delivery_name
from marketplace.web.storefront.pictures import thumbnail
from marketplace.web.wings import Tab

SOON = timedelta(hours=12)
YEAR_SECONDS = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class RowView:
    """One part in the list, in words."""

    number: str
    url: str
    meta: list[str]
    due: str
    due_kind: str
    badge: str
    badge_kind: str
    picture: str


def page_number() -> int:
    """Return which page of a list is asked for."""
    typed = request.args.get("page", "")
    return min(int(typed), 50) if typed.isascii() and typed.isdigit() and len(typed) < 4 and int(typed) else 1


@bp.get("/")
@guarded(Permission.SELLER_ORDER_VIEW)
def home() -> ResponseReturnValue:
    """Show what waits, what is to be sent, what is on its way and what is over."""
    asked = request.args.get("tab", "")
    with reading() as session:
        shops = my_shops(session)
        shop = chosen_shop(shops)
        counts = seller_counts(session, shop.id)
        tab = SellerTab(asked) if asked in set(SellerTab) else first_tab(counts)
        page = seller_orders(session, shop.id, tab=tab, number=page_number())
    speech = current.speech()
    tabs = [
        Tab(speech.t(f"seller.tab_{name}"), url_for("seller.home", tab=name), _count(name, counts, speech), name is tab)
        for name in SellerTab
    ]
    return render_template(
        "pages/seller/orders.html",
        wing=seller_wing(shop, here="orders"),
        shops=shops,
        shop=shop,
        tabs=tabs,
        tab=str(tab),
        rows=[row_view(row, speech) for row in page.rows],
        page_of=page,
    )


def _count(tab: SellerTab, counts: dict[SellerTab, int], speech: Speech) -> str:
    return speech.number(counts[tab]) if counts[tab] and tab is not SellerTab.DONE else ""


def first_tab(counts: dict[SellerTab, int]) -> SellerTab:
    """Return the first tab with something to do."""
    return next((tab for tab in (SellerTab.NEW, SellerTab.TO_SEND, SellerTab.SENT) if counts[tab]), SellerTab.NEW)


def row_view(row: SellerOrderRow, speech: Speech) -> RowView:
    """Return one part in words."""
    due, kind = due_words(row, current.now(), speech)
    badge, badge_kind = status_badge(row.lifecycle, row.fulfilment, row.delivery_kind, speech)
    more = f" +{row.line_count - 1}" if row.line_count > 1 else ""
    return RowView(
        number=row.number,
        url=url_for("seller.order", number=row.number),
        meta=[
            f"{row.first_line}{more}",
            f"{row.buyer_name}, {row.place_name.split(',')[0]}",
            f"{delivery_name(row.delivery_kind, row.delivery_name, speech)} · {speech.money(row.total_minor, row.currency)}",
        ],
        due=due,
        due_kind=kind,
        badge=badge,
        badge_kind=badge_kind,
        picture=thumbnail(row.first_image_hash),
    )


def due_words(row: SellerOrderRow, now: datetime, speech: Speech) -> tuple[str, str]:
    """Return until when something is to be done, and whether that is soon or past."""
    if row.lifecycle is SubOrderLifecycle.NEW and row.accept_by is not None:
        left = row.accept_by - now
        kind = "late" if left < timedelta(0) else "soon" if left < SOON else ""
        return speech.t("seller.answer_by", time=speech.deadline(row.accept_by)), kind
    is_working = row.lifecycle in (SubOrderLifecycle.ACCEPTED, SubOrderLifecycle.IN_PRODUCTION, SubOrderLifecycle.READY)
    if is_working and row.promised_on is not None and row.fulfilment in ("unfulfilled", "part_shipped"):
        today = local_day(now)
        kind = "late" if row.promised_on < today else "soon" if row.promised_on == today else ""
        return speech.t("seller.send_by", date=speech.day(row.promised_on)), kind
    return "", ""


@bp.post("/shop")
@guarded(Permission.SELLER_ORDER_VIEW)
def choose_shop() -> ResponseReturnValue:
    """Work in another of one's shops from now on."""
    wanted = request.form.get("shop_id", "")
    response = make_response(redirect(url_for("seller.home"), 303))
    if wanted in {str(shop_id) for shop_id in sessions.acting().shops_where(Permission.SELLER_ORDER_VIEW)}:
        secure = current.settings().is_secure
        response.set_cookie(
            SHOP_COOKIE, wanted, max_age=YEAR_SECONDS, httponly=True, samesite="Lax", secure=secure, path="/seller/"
        )
    return response
