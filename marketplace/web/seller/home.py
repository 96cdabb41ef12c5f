"""The shop's dashboard: what is due today in order, what runs low, small numbers, and the ways to the shop's pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from marketplace.accounts.permissions import Permission
from marketplace.db import reading
from marketplace.inventory.stock_pages import StockRow, low_stock
from marketplace.orders.due import due_at
from marketplace.orders.queries import SellerTab, seller_counts, seller_orders
from marketplace.orders.views import SellerOrderRow
from marketplace.sellers.models import ShopState
from marketplace.sellers.queries import ShopContact
from marketplace.sellers.standing import Standing, shop_standing
from marketplace.web import current, sessions
from marketplace.web.guards import guarded
from marketplace.web.seller.blueprint import bp
from marketplace.web.seller.frame import SHOP_COOKIE, SHOP_PAGES, chosen_shop, my_shops, seller_wing, ways_in
from marketplace.web.seller.orders import row_view
from marketplace.web.seller.stock import amount_words
from marketplace.web.speech import Speech

YEAR_SECONDS = 365 * 24 * 3600
MOST_DUE, MOST_LOW = 6, 5
_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Word:
    """Where the shop stands, said at the top of the page."""

    kind: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Low:
    """Something that runs out."""

    name: str
    left: str
    url: str


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the page is made from."""

    shops: list[ShopContact]
    shop: ShopContact
    standing: Standing
    counts: Mapping[SellerTab, int]
    due: list[SellerOrderRow]
    low: tuple[StockRow, ...]


@bp.get("/")
@guarded(Permission.SELLER_ORDER_VIEW)
def home() -> ResponseReturnValue:
    """Show a maker what this day asks of them."""
    with reading() as session:
        seen = _read(session)
    speech = current.speech()
    return render_template(
        "pages/seller/home.html",
        wing=seller_wing(seen.shop, here="home"),
        shops=seen.shops,
        shop=seen.shop,
        word=standing_words(seen.standing, speech),
        due=[row_view(row, speech) for row in seen.due[:MOST_DUE]],
        more=max(0, seen.counts[SellerTab.NEW] + seen.counts[SellerTab.TO_SEND] - MOST_DUE),
        numbers=[
            (speech.t(f"seller.tab_{tab}"), speech.number(seen.counts[tab]), url_for("seller.orders", tab=tab))
            for tab in (SellerTab.NEW, SellerTab.TO_SEND, SellerTab.SENT)
        ],
        low=[_low_view(row, speech) for row in seen.low[:MOST_LOW]],
        more_low=max(0, len(seen.low) - MOST_LOW),
        pages=ways_in(seen.shop.id, SHOP_PAGES),
    )


def _read(session: Session) -> _Seen:
    shops = my_shops(session)
    shop = chosen_shop(shops)
    waiting = [*seller_orders(session, shop.id, tab=SellerTab.NEW, size=MOST_DUE).rows,
               *seller_orders(session, shop.id, tab=SellerTab.TO_SEND, size=MOST_DUE).rows]  # fmt: skip
    return _Seen(
        shops=shops,
        shop=shop,
        standing=shop_standing(session, shop.id),
        counts=seller_counts(session, shop.id),
        due=sorted(waiting, key=lambda row: due_at(row) or _NEVER),
        low=low_stock(session, shop.id),
    )


def _low_view(row: StockRow, speech: Speech) -> Low:
    left = amount_words(row.unit, row.step_units, row.units_per_step, row.available, speech)
    return Low(
        name=" · ".join(word for word in (row.name, row.label) if word),
        left=speech.t("stock.only_left", amount=left) if row.available > 0 else speech.t("stock.none_left"),
        url=url_for("seller.stock_item", item_id=row.item_id),
    )


def standing_words(standing: Standing, speech: Speech) -> Word | None:
    """Return what to say about where a shop stands and what to do next; nothing of one that is open."""
    if standing.state is ShopState.ACTIVE:
        return None
    if standing.state is ShopState.APPLIED and standing.is_returned:
        return Word("warn", speech.t("day.shop_returned"), standing.return_words or speech.t("day.shop_returned_text"))
    if standing.state is ShopState.APPLIED and standing.submitted_at is not None:
        day = speech.moment(standing.submitted_at)
        return Word("info", speech.t("day.shop_waits"), speech.t("day.shop_waits_text", time=day))
    if standing.state is ShopState.SUSPENDED:
        return Word("error", speech.t("day.shop_suspended"), standing.reason or speech.t("day.shop_suspended_text"))
    kind = "info" if standing.state is ShopState.APPLIED else "warn"
    return Word(kind, speech.t(f"day.shop_{standing.state}"), speech.t(f"day.shop_{standing.state}_text"))


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
