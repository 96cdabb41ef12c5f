"""The cart's page, and what may be done to it."""

from __future__ import annotations

from flask import Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from marketplace.checkout.carts import add_line, remove_line, set_quantity
from marketplace.checkout.errors import CartFull, NotInCart, NotPurchasable, QuantityOutOfBounds
from marketplace.checkout.problems import Problem
from marketplace.checkout.queries import CartView, cart_view
from marketplace.checkout.terms import MOST_STEPS
from marketplace.db import in_unit, reading
from marketplace.kernel.ids import CartId, VariantId
from marketplace.language.languages import Language
from marketplace.web import current
from marketplace.web.errors import error_page
from marketplace.web.fields import FieldErrors, parse
from marketplace.web.guards import public
from marketplace.web.storefront import baskets
from marketplace.web.storefront.blueprint import bp
from marketplace.web.storefront.cart_words import cart_page

Typed = dict[VariantId, tuple[int, str]]


class AddForm(BaseModel):
    """What a product page's form sends."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    variant_id: int = Field(ge=1, lt=2**63)
    quantity: int = Field(default=1, ge=1, le=MOST_STEPS)
    act: str = Field(default="add", pattern="^(add|buy)$")


class LineForm(BaseModel):
    """What a line of the cart sends: the number as typed, and the button that was pressed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    quantity: int = Field(default=1, ge=-1, le=10**9)
    minus: str | None = None
    plus: str | None = None
    remove: str | None = None

    @property
    def wanted(self) -> int:
        """Return how many steps are wanted; one less or more than typed when − or + was pressed."""
        return self.quantity - (self.minus is not None) + (self.plus is not None)


def is_fragment() -> bool:
    """Tell whether scripts ask for a part of the page."""
    return request.headers.get("HX-Request") == "true"


@bp.get("/cart")
@public()
def cart(language: Language) -> ResponseReturnValue:
    """Show what this browser's cart holds, at today's prices."""
    with reading() as session:
        view = read_cart(session, language)
    return show_cart(view)


def read_cart(session: Session, language: Language) -> CartView:
    """Return this browser's cart; an empty one where there is none."""
    cart_id = baskets.find(session)
    if cart_id is None:
        return CartView(CartId(0), ())
    return cart_view(session, cart_id=cart_id, language=language, now=current.now())


def show_cart(view: CartView, *, status: int = 200, typed: Typed | None = None, problem: str = "") -> Response:
    """Return the cart's page (or, for scripts, its body), with the badge's cookie brought up to date."""
    shown = cart_page(view, typed=typed)
    name = "partials/storefront/cart.html" if is_fragment() else "pages/storefront/cart.html"
    response = make_response(render_template(name, cart=shown, problem=problem), status)
    response.headers["Vary"] = "HX-Request"
    baskets.set_cookies(response, secret="", lines=shown.count)
    return response


@bp.post("/cart/lines")
@public()
def add_to_cart(language: Language) -> ResponseReturnValue:
    """Put goods into the cart, and go on to the cart or to checkout."""
    form = parse(AddForm, request.form.to_dict())
    if isinstance(form, FieldErrors):
        return _refused(language, current.speech().t("cart.error_quantity"), 422)
    variant_id, now = VariantId(form.variant_id), current.now()

    def work(session: Session) -> tuple[str, int]:
        cart_id, secret = baskets.find_or_open(session)
        add_line(session, cart_id=cart_id, variant_id=variant_id, quantity=form.quantity, now=now)
        session.flush()
        return secret, baskets.count(session, cart_id)

    try:
        secret, lines = in_unit(work)
    except NotInCart:
        return error_page(404)
    except CartFull as refusal:
        return _refused(language, current.speech().t("cart.error_full", count=refusal.most), 409)
    except QuantityOutOfBounds as refusal:
        return _refused(language, bounds_words(refusal), 422)
    except NotPurchasable as refusal:
        problem = next(iter(refusal.problems.values()), Problem.UNAVAILABLE)
        return _refused(language, current.speech().t(f"cart.problem_{problem}"), 409)
    response = _added(language, to_checkout=form.act == "buy")
    baskets.set_cookies(response, secret=secret, lines=lines)
    return response


def bounds_words(refusal: QuantityOutOfBounds) -> str:
    """Return the sentence for a quantity below or above what one may order."""
    if refusal.wanted < refusal.least:
        return current.speech().t("cart.problem_below_minimum", count=refusal.least)
    return current.speech().t("cart.error_most", count=refusal.most)


def _added(language: Language, *, to_checkout: bool) -> Response:
    target = url_for("storefront.checkout" if to_checkout else "storefront.cart", language=language)
    if not is_fragment():
        return make_response(redirect(target, 303))
    if to_checkout:
        return make_response("", 204, {"HX-Redirect": target})
    return make_response(render_template("partials/storefront/cart_added.html", problem=""))


def _refused(language: Language, problem: str, status: int) -> ResponseReturnValue:
    if is_fragment():
        return render_template("partials/storefront/cart_added.html", problem=problem), status
    with reading() as session:
        view = read_cart(session, language)
    return show_cart(view, status=status, problem=problem)


@bp.post("/cart/lines/<int:variant_id>")
@public()
def change_line(language: Language, variant_id: int) -> ResponseReturnValue:
    """Want another quantity of what is in the cart, or none of it."""
    speech, given = current.speech(), VariantId(variant_id)
    if variant_id >= 2**63:
        return error_page(404)
    form = parse(LineForm, request.form.to_dict())
    if isinstance(form, FieldErrors):
        return _shown_again(language, {given: (1, speech.t("cart.error_quantity"))})
    now = current.now()

    def work(session: Session) -> None:
        cart_id = baskets.find(session)
        if cart_id is None:
            raise NotInCart(given)
        if form.remove is not None:
            remove_line(session, cart_id=cart_id, variant_id=given, now=now)
        else:
            set_quantity(session, cart_id=cart_id, variant_id=given, quantity=form.wanted, now=now)

    try:
        in_unit(work)
    except NotInCart:
        return error_page(404)
    except QuantityOutOfBounds as refusal:
        return _shown_again(language, {given: (form.wanted, bounds_words(refusal))})
    if is_fragment():
        return cart(language)
    return redirect(url_for("storefront.cart", language=language), 303)


def _shown_again(language: Language, typed: Typed) -> ResponseReturnValue:
    with reading() as session:
        view = read_cart(session, language)
    return show_cart(view, status=422, typed=typed)
