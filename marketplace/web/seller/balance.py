"""The shop's money, from the ledger: what waits, what is owed, what the shop has, and every line behind it."""

from __future__ import annotations

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from marketplace.accounts.permissions import Permission
from marketplace.db import reading
from marketplace.payments.queries import BalanceRow, balance_rows, shop_balance
from marketplace.web import current
from marketplace.web.guards import guarded
from marketplace.web.seller.blueprint import bp
from marketplace.web.seller.frame import chosen_shop, my_shops, seller_wing
from marketplace.web.seller.orders import page_number
from marketplace.web.speech import Speech
from marketplace.web.wings import Column


@bp.get("/balance")
@guarded(Permission.SELLER_BALANCE_VIEW)
def balance() -> ResponseReturnValue:
    """Show an owner what the shop has earned."""
    with reading() as session:
        shop = chosen_shop(my_shops(session, Permission.SELLER_BALANCE_VIEW))
        sums = shop_balance(session, shop.id)
        page = balance_rows(session, shop.id, number=page_number())
    speech = current.speech()
    return render_template(
        "pages/seller/balance.html",
        wing=seller_wing(shop, here="balance"),
        sums=[
            (speech.t("balance.waiting"), speech.money(sums.waiting_minor), speech.t("balance.waiting_note")),
            (speech.t("balance.payable"), speech.money(sums.payable_minor), speech.t("balance.payable_note")),
            (speech.t("balance.received"), speech.money(sums.received_minor), speech.t("balance.received_note")),
        ],
        columns=[
            Column(speech.t("balance.what")),
            Column(speech.t("balance.order")),
            Column(speech.t("balance.waiting"), numeric=True),
            Column(speech.t("balance.payable"), numeric=True),
        ],
        rows=[_cells(row, speech) for row in page.rows],
        page_of=page,
    )


def _cells(row: BalanceRow, speech: Speech) -> list[str]:
    """Return one line as the table shows it: what and when, its order, and by how much each sum changed."""
    key = f"balance.kind_{row.kind}"
    words = speech.t(key) if speech.words.has(key) else speech.t("balance.kind_other")
    order = Markup('<a href="{}">{}</a>').format(url_for("seller.order", number=row.number), row.number) if row.number else "–"
    return [f"{words}, {speech.moment(row.at)}", order, _change(row.waiting_minor, speech), _change(row.payable_minor, speech)]


def _change(minor: int, speech: Speech) -> str:
    return f"+{speech.money(minor)}" if minor > 0 else speech.money(minor) if minor else "–"
