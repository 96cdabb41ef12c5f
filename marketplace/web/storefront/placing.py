"""Making a purchase an order: the one button, pressed once or twice."""

from __future__ import annotations

from functools import cache

from flask import make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from marketplace.accounts.attempts import Scope, TooManyAttempts, count_attempt
from marketplace.accounts.links import LinkPurpose
from marketplace.accounts.tokens import BadFormToken, FormToken, outcome_of, read_form_token
from marketplace.checkout.carts import draft_of
from marketplace.checkout.emptying import placed_from
from marketplace.checkout.flows import place
from marketplace.checkout.forms import FieldErrors, PlaceOrder, parse_place_order
from marketplace.checkout.placing import PURPOSE, Placed
from marketplace.db import in_unit, reading
from marketplace.kernel.errors import DomainError
from marketplace.kernel.ids import CartId
from marketplace.language.languages import Language
from marketplace.orders.queries import link_of
from marketplace.places.reading import read_region
from marketplace.web import current, linking, sessions
from marketplace.web.guards import public
from marketplace.web.storefront import baskets, refusals
from marketplace.web.storefront.blueprint import bp
from marketplace.web.storefront.checkout_words import sentences
from marketplace.web.storefront.paying import Paying, read_paying, show_pay, to_checkout


@cache
def number_prefix(region: str) -> str:
    """Return what this market's order numbers begin with."""
    return read_region(region).pack.number_prefix


def _read_token(cart_id: CartId) -> FormToken:
    raw = request.form.get("token", "")
    return read_form_token(current.settings().secret_key, raw, purpose=PURPOSE, holder=f"cart:{cart_id}", now=current.now())


@bp.post("/checkout/pay")
@public()
def place_order(language: Language) -> ResponseReturnValue:
    """Place the order; sent twice, it answers with the first one. Whatever is refused is said, and nothing is lost."""
    with reading() as session:
        cart_id = baskets.find(session)
        earlier = _earlier(session, cart_id)
        paying = read_paying(session, language)
    if earlier is not None:
        return to_order(language, earlier)
    if cart_id is None or paying is None:
        return to_checkout(language)
    picked = request.form.get("method", "")
    try:
        token = _read_token(cart_id)
        in_unit(lambda session: count_attempt(session, scope=Scope.PLACE_ORDER, key=request.remote_addr or "", now=current.now()))
    except BadFormToken:
        return show_pay(paying, picked=picked, status=422, problem=current.speech().t("checkout.form_too_old"))
    except TooManyAttempts:
        return show_pay(paying, picked=picked, status=429, problem=current.speech().t("common.error_429_text"))
    form = _parse(paying)
    if isinstance(form, FieldErrors):
        return show_pay(paying, picked=picked, status=422, errors=sentences(form, current.speech()), token=request.form["token"])
    return _place(language, paying, form, token)


def _place(language: Language, paying: Paying, form: PlaceOrder, token: FormToken) -> ResponseReturnValue:
    viewer = sessions.viewer()
    try:
        placed = place(
            in_unit, cart_id=paying.cart_id, form=form, token=token, language=language, now=current.now(),
            number_prefix=number_prefix(current.settings().region),
            person_id=viewer.person_id if viewer is not None else None,
        )  # fmt: skip
    except DomainError as refusal:
        return refusals.answer(language, refusal, form=form, raw_token=request.form["token"])
    return to_order(language, placed)


def _parse(paying: Paying) -> PlaceOrder | FieldErrors:
    given = {name: value for name, value in request.form.to_dict().items() if name != "token"}
    confirmed = {"is_adult_confirmed": "true"} if paying.draft.is_adult else {}
    return parse_place_order({**given, **confirmed}, contact=paying.draft.contact())


def _earlier(session: Session, cart_id: CartId | None) -> Placed | None:
    """Return the order this very form made before, or the one an old tab's cart became."""
    if cart_id is None:
        return None
    try:
        number = outcome_of(session, token=_read_token(cart_id))
    except BadFormToken:
        return None
    if number is None and baskets.count(session, cart_id) == 0:
        number = placed_from(draft_of(session, cart_id), now=current.now())
    link = link_of(session, number) if number else None
    return Placed(link.number, link.link_secret) if link is not None else None


def to_order(language: Language, placed: Placed) -> ResponseReturnValue:
    """Lead to the order's page, and leave with this browser what opens it."""
    response = make_response(redirect(url_for("storefront.order", language=language, number=placed.number), 303))
    linking.set_link_cookies(response, LinkPurpose.ORDER, placed.number, placed.link_secret)
    baskets.set_cookies(response, secret="", lines=0)
    return response
