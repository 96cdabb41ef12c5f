"""What a shop's people do to their stock: take in, count again, say when they want to be told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Literal

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from sqlalchemy.orm import Session

from marketplace.accounts.permissions import Permission
from marketplace.db import in_unit, reading
from marketplace.inventory.errors import StockMoved, StockShort
from marketplace.inventory.services import count_again, set_low_at, take_in
from marketplace.web import current, sessions
from marketplace.web.fields import FieldErrors, M, parse
from marketplace.web.guards import guarded
from marketplace.web.seller.blueprint import bp
from marketplace.web.seller.stock import Found, Said, amount_words, find_item, show_item

MOST_STEPS = 100_000


def _whole(given: object) -> object:
    """Refuse what Python reads as a number and people do not: `1_000`, spaces, other scripts' digits."""
    if isinstance(given, str) and not (given.isascii() and given.isdigit() and len(given) <= 12):
        raise ValueError("stock.error_number")
    return given


Steps = Annotated[int, BeforeValidator(_whole), Field(ge=0, le=MOST_STEPS)]
Units = Annotated[int, BeforeValidator(_whole), Field(ge=0)]


class _Form(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class ReceiveForm(_Form):
    """How many steps came in, seen when so many units were on hand."""

    seen: Units
    units: Annotated[int, BeforeValidator(_whole), Field(ge=1, le=MOST_STEPS)]
    note: str = Field(default="", max_length=120)


class CountForm(_Form):
    """How many steps were counted, and why that differs."""

    seen: Units
    counted: Steps
    reason: Literal["counted", "damaged", "lost", "sample", "mistake"]
    words: str = Field(default="", max_length=120)


class LowForm(_Form):
    """At how many steps to be told; empty: by the house's rule."""

    low: Annotated[int, BeforeValidator(_whole), Field(ge=0, le=MOST_STEPS)] | Literal[""] = ""


def _read(item_id: int) -> Found:
    with reading() as session:
        return find_item(session, item_id)


def _act(item_id: int, model: type[M], done: str, work: Callable[[Session, Found, M], None]) -> ResponseReturnValue:
    """Parse, act in one unit, and say what became of it."""
    found, speech = _read(item_id), current.speech()
    form = parse(model, request.form.to_dict())
    if isinstance(form, FieldErrors):
        # An error of a number that people typed names the field; whatever else is wrong is not of their making.
        errors = {name.split(".")[0]: form.words(name) for name in form.keys}
        return show_item(found, Said(errors=errors), status=422)
    if not found.row.is_tracked and done != "low":
        return show_item(found, Said(problem=speech.t("stock.made_to_order")), status=409)
    try:
        in_unit(lambda session: work(session, found, form))
    except StockMoved:
        return show_item(_read(item_id), Said(problem=speech.t("stock.moved")), status=409)
    except StockShort:
        return show_item(_read(item_id), Said(errors={"counted": _kept_words(_read(item_id))}), status=422)
    return redirect(url_for("seller.stock_item", item_id=item_id, done=done), 303)


def _kept_words(found: Found) -> str:
    """Say how many are kept for buyers: no count can be lower."""
    row, speech = found.row, current.speech()
    kept = amount_words(row.unit, row.step_units, row.units_per_step, row.held + row.allocated + row.units_per_step - 1, speech)
    held = amount_words(row.unit, row.step_units, row.units_per_step, row.held, speech)
    sold = amount_words(row.unit, row.step_units, row.units_per_step, row.allocated, speech)
    return speech.t("stock.error_kept", kept=kept, held=held, sold=sold)


@bp.post("/stock/<int:item_id>/receive")
@guarded(Permission.SELLER_STOCK_EDIT)
def receive_stock(item_id: int) -> ResponseReturnValue:
    """Note what came in."""

    def work(session: Session, found: Found, form: ReceiveForm) -> None:
        take_in(
            session, shop_id=found.row.shop_id, item_id=found.row.item_id, seen=form.seen,
            units=form.units * found.row.units_per_step, reason=form.note, actor_id=sessions.acting().person_id,
            now=current.now(),
        )  # fmt: skip

    return _act(item_id, ReceiveForm, "received", work)


@bp.post("/stock/<int:item_id>/count")
@guarded(Permission.SELLER_STOCK_EDIT)
def count_stock(item_id: int) -> ResponseReturnValue:
    """Note what a count found."""

    def work(session: Session, found: Found, form: CountForm) -> None:
        count_again(
            session, shop_id=found.row.shop_id, item_id=found.row.item_id, seen=form.seen,
            counted=form.counted * found.row.units_per_step, reason=": ".join(w for w in (form.reason, form.words) if w),
            actor_id=sessions.acting().person_id, now=current.now(),
        )  # fmt: skip

    return _act(item_id, CountForm, "counted", work)


@bp.post("/stock/<int:item_id>/low")
@guarded(Permission.SELLER_STOCK_EDIT)
def set_low_stock(item_id: int) -> ResponseReturnValue:
    """Note at how many left the shop wants to be told."""

    def work(session: Session, found: Found, form: LowForm) -> None:
        low_at = form.low * found.row.units_per_step if isinstance(form.low, int) else None
        set_low_at(session, shop_id=found.row.shop_id, item_id=found.row.item_id, low_at=low_at)

    return _act(item_id, LowForm, "low", work)
