"""Finding an order again, by its number and the phone it was placed with."""

from __future__ import annotations

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from marketplace.accounts.attempts import Scope, TooManyAttempts, count_attempt
from marketplace.accounts.links import LinkPurpose
from marketplace.db import in_unit, reading
from marketplace.kernel.ids import read_number
from marketplace.language.languages import Language
from marketplace.orders.queries import order_by_phone
from marketplace.web import current, linking
from marketplace.web.fields import FieldErrors, parse
from marketplace.web.guards import public
from marketplace.web.storefront.blueprint import bp


class LookupForm(BaseModel):
    """What the look-up sends."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    number: str = Field(min_length=1, max_length=40)
    phone: str = Field(min_length=1, max_length=40)


@bp.get("/orders")
@public()
def order_lookup(language: Language) -> ResponseReturnValue:
    """Show the form."""
    del language
    return _form({}, 200)


def _form(errors: dict[str, str], status: int, *, problem: str = "") -> ResponseReturnValue:
    given = {name: request.form.get(name, "")[:40] for name in ("number", "phone")}
    page = render_template("pages/storefront/order_lookup.html", given=given, errors=errors, problem=problem)
    return page, status


@bp.post("/orders")
@public()
def find_order(language: Language) -> ResponseReturnValue:
    """Open an order; an unknown number and a wrong phone get the same answer."""
    speech, now = current.speech(), current.now()
    form = parse(LookupForm, request.form.to_dict())
    if isinstance(form, FieldErrors):
        wrong = {name: speech.t("error.required") for name in ("number", "phone") if name in form.keys}
        return _form(wrong, 422, problem="" if wrong else speech.t("checkout.error_unknown"))

    def count(session: Session) -> None:
        count_attempt(session, scope=Scope.ORDER_LOOKUP, key=request.remote_addr or "", now=now)
        count_attempt(session, scope=Scope.ORDER_LOOKUP_NUMBER, key=read_number(form.number), now=now)

    try:
        in_unit(count)
    except TooManyAttempts as refusal:
        response = make_response(_form({}, 429, problem=speech.t("common.error_429_text")))
        response.headers["Retry-After"] = str(refusal.wait_seconds)
        return response
    with reading() as session:
        found = order_by_phone(session, form.number, form.phone)
    if found is None:
        return _form({"number": speech.t("lookup.not_found")}, 422)
    response = make_response(redirect(url_for("storefront.order", language=language, number=found.number), 303))
    linking.set_link_cookies(response, LinkPurpose.ORDER, found.number, found.link_secret)
    return response
