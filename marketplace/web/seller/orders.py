"""A seller's orders, by what is to be done with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.accounts.permissions import Permission
from marketplace.db import reading
from marketplace.orders.due import Due, due_at, due_group
from marketplace.orders.models import SubOrderLifecycle
from marketplace.orders.queries import SellerTab, seller_counts, seller_orders
from marketplace.orders.states import MAY_HAND_OVER
from marketplace.orders.views import SellerOrderRow
from marketplace.web import current
from marketplace.web.guards import guarded
from marketplace.web.seller.blueprint import bp
from marketplace.web.seller.frame import chosen_shop, my_shops, seller_wing
from marketplace.web.seller.status import status_badge
from marketplace.web.speech import Speech
from marketplace.web.storefront.checkout_words import delivery_name
from marketplace.web.storefront.pictures import thumbnail
from marketplace.web.wings import Tab

SOON = timedelta(hours=12)
_KINDS = {Due.LATE: "late", Due.TODAY: "soon", Due.LATER: ""}


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
    label_url: str  # its label to print, empty where there is nothing to send


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that are equally pressing; the title is empty where nothing is due."""

    title: str
    rows: list[RowView]


def page_number() -> int:
    """Return which page of a list is asked for."""
    typed = request.args.get("page", "")
    return min(int(typed), 50) if typed.isascii() and typed.isdigit() and len(typed) < 4 and int(typed) else 1


@bp.get("/orders")
@guarded(Permission.SELLER_ORDER_VIEW)
def orders() -> ResponseReturnValue:
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
        Tab(speech.t(f"seller.tab_{name}"), url_for("seller.orders", tab=name), _count(name, counts, speech), name is tab)
        for name in SellerTab
    ]
    return render_template(
        "pages/seller/orders.html",
        wing=seller_wing(shop, here="orders"),
        shops=shops,
        shop=shop,
        tabs=tabs,
        tab=str(tab),
        groups=grouped(page.rows, speech),
        may_print=tab is SellerTab.TO_SEND and bool(page.rows),
        none_picked=request.args.get("pick") == "none",
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
        label_url=url_for("seller.papers", kind="label", number=row.number) if may_be_packed(row.lifecycle) else "",
    )


def may_be_packed(lifecycle: SubOrderLifecycle) -> bool:
    """Tell whether a part's slip and label are of use: once it is accepted, also after it left."""
    return lifecycle in MAY_HAND_OVER


def due_words(row: SellerOrderRow, now: datetime, speech: Speech) -> tuple[str, str]:
    """Return until when something is to be done, and whether that is soon or past."""
    at = due_at(row)
    if at is None:
        return "", ""
    kind = _KINDS[due_group(at, now)]
    if row.lifecycle is SubOrderLifecycle.NEW:
        return speech.t("seller.answer_by", time=speech.deadline(at)), "soon" if not kind and at - now < SOON else kind
    return (speech.t("seller.send_by", date=speech.day(row.promised_on)) if row.promised_on else ""), kind


def grouped(rows: Sequence[SellerOrderRow], speech: Speech) -> list[Group]:
    """Return rows that are sorted by when they are due under late, today and later; all under no title where nothing is due."""
    now = current.now()
    groups: dict[str, list[RowView]] = {}
    for row in rows:
        at = due_at(row)
        groups.setdefault(speech.t(f"day.due_{due_group(at, now)}") if at is not None else "", []).append(row_view(row, speech))
    return [Group(title, views) for title, views in groups.items()]
