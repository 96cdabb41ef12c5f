"""Correcting a tracking number that was typed wrongly."""

from __future__ import annotations

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict, Field

from marketplace.accounts.permissions import Permission
from marketplace.db import in_unit, reading
from marketplace.fulfilment.correcting import correct_tracking
from marketplace.fulfilment.errors import TooLateToCorrect, TrackingNumberUnfit
from marketplace.web import current, sessions
from marketplace.web.fields import FieldErrors, parse
from marketplace.web.guards import guarded
from marketplace.web.seller.blueprint import bp
from marketplace.web.seller.frame import acting_shop
from marketplace.web.seller.order import read_part, show_part


class TrackingForm(BaseModel):
    """The number as it stands on the receipt, and the parcel it belongs to."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    parcel_id: int = Field(ge=1, le=2**31 - 1)
    fixed_number: str = Field(min_length=1, max_length=60)


@bp.post("/orders/<number>/tracking")
@guarded(Permission.SELLER_ORDER_HAND_OVER)
def correct_tracking_number(number: str) -> ResponseReturnValue:
    """Keep the right number of a parcel, for the buyer to see."""
    with reading() as session:
        shop_id = acting_shop(session, number, Permission.SELLER_ORDER_HAND_OVER)
        found = read_part(session, number)
    speech, form = current.speech(), parse(TrackingForm, request.form.to_dict())
    wrong = {"fixed_number": speech.t("seller.error_tracking")}
    if isinstance(form, FieldErrors):
        return show_part(found, status=422, errors=wrong)
    try:
        in_unit(
            lambda session: correct_tracking(
                session, shop_id=shop_id, number=number, parcel_id=form.parcel_id, tracking_number=form.fixed_number,
                actor_id=sessions.acting().person_id, now=current.now(),
            )
        )  # fmt: skip
    except TrackingNumberUnfit:
        return show_part(found, status=422, errors=wrong)
    except TooLateToCorrect:
        return show_part(found, status=409, problem=speech.t("day.fix_late"))
    return redirect(url_for("seller.order", number=number, done="tracking"), 303)
