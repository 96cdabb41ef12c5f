"""The shop's stock: what is there, what is kept for buyers, what can be sold, and everything that moved it."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask import make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from marketplace.accounts.permissions import Permission
from marketplace.db import reading
from marketplace.inventory.errors import StockItemNotFound
from marketplace.inventory.stock_pages import MovementRow, StockRow, find_stock, movements_of, shop_stock
from marketplace.kernel.ids import OrderLineId, StockItemId
from marketplace.kernel.paging import Page
from marketplace.orders.queries import numbers_of_lines, parts_keeping
from marketplace.sellers.queries import ShopContact, shop_contacts
from marketplace.web import current, sessions
from marketplace.web.guards import guarded
from marketplace.web.seller.blueprint import bp
from marketplace.web.seller.frame import chosen_shop, my_shops, seller_wing
from marketplace.web.seller.orders import page_number
from marketplace.web.speech import Speech
from marketplace.web.storefront.order_words import Step
from marketplace.web.storefront.pictures import thumbnail
from marketplace.web.storefront.quantities import quantity_words

REASONS = ("counted", "damaged", "lost", "sample", "mistake")
LARGEST_ID = 2**31 - 1
DONE = frozenset({"received", "counted", "low"})


@dataclass(frozen=True, slots=True)
class ItemView:
    """One item in the list, in words."""

    name: str
    url: str
    picture: str
    facts: list[str]
    badge: str
    badge_kind: str


@dataclass(frozen=True, slots=True)
class Found:
    """All an item's page is made from."""

    row: StockRow
    shop: ShopContact
    moves: Page[MovementRow]
    numbers: dict[OrderLineId, str]
    keeping: list[str]


@dataclass(frozen=True, slots=True)
class Said:
    """What the page answers to a form."""

    done: str = ""
    problem: str = ""
    errors: dict[str, str] = field(default_factory=dict)


def amount_words(unit: str, step_units: int, units_per_step: int, units: int, speech: Speech) -> str:
    """Return base units of an item as so many of what its buyers take."""
    return quantity_words(unit, step_units, units // units_per_step, speech)


def _amount(row: StockRow, units: int, speech: Speech) -> str:
    return amount_words(row.unit, row.step_units, row.units_per_step, units, speech)


def full_name(row: StockRow) -> str:
    """Return what a variant is called: the good's name, and which of its kinds."""
    return " · ".join(word for word in (row.name, row.label) if word)


@bp.get("/stock")
@guarded(Permission.SELLER_STOCK_EDIT)
def stock() -> ResponseReturnValue:
    """List what the shop has."""
    with reading() as session:
        shop = chosen_shop(my_shops(session, Permission.SELLER_STOCK_EDIT))
        page = shop_stock(session, shop.id, number=page_number())
    speech = current.speech()
    return render_template(
        "pages/seller/stock.html",
        wing=seller_wing(shop, here="stock"),
        items=[_item_view(row, speech) for row in page.rows],
        page_of=page,
    )


def _item_view(row: StockRow, speech: Speech) -> ItemView:
    name, picture = full_name(row), thumbnail(row.image_hash)
    url = url_for("seller.stock_item", item_id=row.item_id)
    if not row.is_tracked:
        return ItemView(name, url, picture, [speech.t("stock.made_to_order")], "", "neutral")
    facts = [speech.t("stock.can_be_sold", amount=_amount(row, row.available, speech))]
    facts += [speech.t("stock.kept", amount=_amount(row, row.held, speech))] if row.held else []
    facts += [speech.t("stock.to_send", amount=_amount(row, row.allocated, speech))] if row.allocated else []
    badge = "stock.out" if row.available < row.units_per_step else "stock.low" if row.is_low else ""
    return ItemView(name, url, picture, facts, speech.t(badge) if badge else "", "merah" if badge == "stock.out" else "kunyit")


def find_item(session: Session, item_id: int) -> Found:
    """Return an item of one of this person's shops. Raises: StockItemNotFound for anything else."""
    mine = sessions.acting().shops_where(Permission.SELLER_STOCK_EDIT)
    row = find_stock(session, mine, StockItemId(item_id)) if item_id <= LARGEST_ID else None
    if row is None:
        raise StockItemNotFound(StockItemId(item_id))
    moves = movements_of(session, row.item_id, number=page_number())
    return Found(
        row=row,
        shop=shop_contacts(session, [row.shop_id])[row.shop_id],
        moves=moves,
        numbers=numbers_of_lines(session, row.shop_id, [move.line_id for move in moves.rows if move.line_id is not None]),
        keeping=parts_keeping(session, row.shop_id, row.item_id) if row.allocated else [],
    )


@bp.get("/stock/<int:item_id>")
@guarded(Permission.SELLER_STOCK_EDIT)
def stock_item(item_id: int) -> ResponseReturnValue:
    """Show one item, what moved it, and the forms to count it."""
    with reading() as session:
        found = find_item(session, item_id)
    done = request.args.get("done", "")
    return show_item(found, Said(done=done if done in DONE else ""))


def show_item(found: Found, said: Said, *, status: int = 200) -> ResponseReturnValue:
    """Return the item's page; what was typed is kept."""
    speech, row = current.speech(), found.row
    facts = [
        (speech.t("stock.on_hand"), _amount(row, row.on_hand, speech)),
        (speech.t("stock.held"), _amount(row, row.held, speech)),
        (speech.t("stock.allocated"), _amount(row, row.allocated, speech)),
        (speech.t("stock.available"), _amount(row, row.available, speech)),
    ]
    names = ("units", "note", "counted", "reason", "words", "low")
    page = render_template(
        "pages/seller/stock_item.html",
        wing=seller_wing(found.shop, here="stock"),
        row=row,
        name=full_name(row),
        facts=facts,
        keeping=[(number, url_for("seller.order", number=number)) for number in found.keeping],
        moves=[_moved(move, found, speech) for move in found.moves.rows],
        moves_of=found.moves,
        step=_amount(row, row.units_per_step, speech),
        reasons=[(reason, speech.t(f"stock.reason_{reason}")) for reason in REASONS],
        given={name: request.form.get(name, "")[:200] for name in names} | {"low": _low_given(row)},
        said=said,
    )
    return make_response(page, status)


def _low_given(row: StockRow) -> str:
    return request.form.get("low", str(row.low_at // row.units_per_step) if row.low_at is not None else "")[:20]


def _moved(move: MovementRow, found: Found, speech: Speech) -> Step:
    units = abs(move.on_hand_change or move.held_change or move.allocated_change)
    sign = ("+" if move.on_hand_change > 0 else "−") if move.on_hand_change else ""
    number = found.numbers.get(move.line_id, "") if move.line_id is not None else ""
    words = (f"{sign}{_amount(found.row, units, speech)}", reason_words(move.reason, speech), number, move.actor or "")
    return Step(
        title=speech.t(f"stock.move_{move.kind}"), state="done", when=speech.moment(move.at),
        note=" · ".join(word for word in words if word),
    )  # fmt: skip


def reason_words(stored: str, speech: Speech) -> str:
    """Return why stock was changed: the chosen reason in words, then what was written beside it."""
    code, _, written = stored.partition(": ")
    if code in REASONS:
        return ": ".join(word for word in (speech.t(f"stock.reason_{code}"), written) if word)
    return stored
