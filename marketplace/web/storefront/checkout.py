"""Checkout, first page: who buys, where it goes, and how each seller's goods travel."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from marketplace.checkout.carts import accept_prices, draft_of, remember
from marketplace.checkout.delivery import chosen, delivery_choices
from marketplace.checkout.forms import DELIVERY_PREFIX, FieldErrors, parse_contact
from marketplace.checkout.queries import CartView, cart_view
from marketplace.db import in_unit, reading
from marketplace.kernel.ids import CartId, ShopId
from marketplace.language.languages import Language
from marketplace.shipping.quotes import ShopQuotes
from marketplace.web import current
from marketplace.web.guards import public
from marketplace.web.storefront import baskets
from marketplace.web.storefront.blueprint import bp
from marketplace.web.storefront.cart import is_fragment
from marketplace.web.storefront.cart_words import cart_page
from marketplace.web.storefront.checkout_draft import CONTROLS, Draft, draft_from, draft_of_form
from marketplace.web.storefront.checkout_words import PageErrors, delivery_view, first_choice, sentences
from marketplace.web.storefront.places import Meant, find_meant


@dataclass(frozen=True, slots=True)
class Buying:
    """All the first page is made from."""

    cart_id: CartId
    view: CartView
    draft: Draft
    meant: Meant
    quotes: dict[ShopId, ShopQuotes]


def read_buying(session: Session, language: Language, *, draft: Draft | None = None) -> Buying | None:
    """Return the purchase this browser is at, none without a cart that holds something."""
    cart_id = baskets.find(session)
    if cart_id is None:
        return None
    view = cart_view(session, cart_id=cart_id, language=language, now=current.now())
    if not view.groups:
        return None
    kept = draft if draft is not None else draft_from(draft_of(session, cart_id))
    meant = find_meant(session, typed=kept.text("place"), code=kept.text("district"))
    if meant.district is None:
        return Buying(cart_id, view, kept.at(place=kept.text("place"), district=""), meant, {})
    quotes = delivery_choices(session, view=view, district_code=meant.district.code, now=current.now())
    return Buying(cart_id, view, kept.at(place=meant.district.label, district=meant.district.code), meant, quotes)


def to_cart(language: Language) -> ResponseReturnValue:
    """Lead back to the cart: there is nothing to buy yet."""
    return redirect(url_for("storefront.cart", language=language), 303)


@bp.get("/checkout")
@public()
def checkout(language: Language) -> ResponseReturnValue:
    """Show the first page, with everything that was typed before."""
    with reading() as session:
        buying = read_buying(session, language)
    if buying is None or not buying.view.can_order:
        return to_cart(language)
    return show_checkout(buying, place_errors(buying, is_asked=bool(buying.draft.text("place"))), 200)


def place_errors(buying: Buying, *, is_asked: bool) -> dict[str, str]:
    """Return what is wrong with the place: several of that name, or none."""
    if buying.meant.district is not None or not is_asked:
        return {}
    speech = current.speech()
    if buying.meant.options:
        return {"district": speech.t("checkout.place_which")}
    return {"district": speech.t("checkout.error_place" if buying.draft.text("place").strip() else "checkout.required_district")}


def show_checkout(buying: Buying, errors: dict[str, str], status: int, *, problem: str = "") -> ResponseReturnValue:
    """Return the first page; for scripts that ask for deliveries only that part of it."""
    shown = PageErrors(errors)
    deliveries = [
        delivery_view(
            group,
            buying.quotes[group.shop.id],
            picked=buying.draft.deliveries.get(group.shop.id, ""),
            error=errors.get(f"{DELIVERY_PREFIX}{group.shop.id}", ""),
        )
        for group in buying.view.groups
        if buying.quotes
    ]
    name = "partials/storefront/delivery.html" if is_fragment() else "pages/storefront/checkout.html"
    response = make_response(
        render_template(
            name, cart=cart_page(buying.view), draft=buying.draft, errors=shown, deliveries=deliveries,
            options=buying.meant.options, needs_adult=buying.view.needs_adult, problem=problem,
        ),
        status,
    )  # fmt: skip
    response.headers["Vary"] = "HX-Request"
    return response


@bp.post("/checkout")
@public()
def save_checkout(language: Language) -> ResponseReturnValue:
    """Keep what was typed; then show deliveries, go on to paying, or say what is missing."""
    given = request.form.to_dict()
    with reading() as session:
        before = read_buying(session, language)
        if before is None:
            return to_cart(language)
        typed = draft_of_form(given, before=before.draft)
        buying = read_buying(session, language, draft=typed)
    if buying is None or not buying.view.can_order:
        return to_cart(language)
    wants_quotes = given.get("act") == "quote"
    buying = with_ready_choices(buying) if not wants_quotes else buying
    errors = {} if wants_quotes else find_errors(buying, given)
    draft = replace(buying.draft, fees=fees_of(buying))

    def work(session: Session) -> None:
        remember(session, cart_id=buying.cart_id, draft=draft.document(), now=current.now())
        if not wants_quotes and not errors:
            accept_prices(session, cart_id=buying.cart_id, now=current.now())

    in_unit(work)
    if wants_quotes and is_fragment():
        return show_checkout(buying, place_errors(buying, is_asked=True), 200)
    if wants_quotes:
        return redirect(url_for("storefront.checkout", language=language, _anchor="delivery"), 303)
    if errors:
        return show_checkout(buying, errors, 422)
    return redirect(url_for("storefront.pay", language=language), 303)


def with_ready_choices(buying: Buying) -> Buying:
    """Return the purchase without choices for shops that are not in it (an old tab may name them)."""
    here = {shop_id: code for shop_id, code in buying.draft.deliveries.items() if shop_id in buying.quotes or not buying.quotes}
    return replace(buying, draft=replace(buying.draft, deliveries=here))


def fees_of(buying: Buying) -> dict[ShopId, int]:
    """Return what the chosen deliveries cost now: what the buyer is about to see."""
    found = {shop_id: chosen(quotes, buying.draft.deliveries.get(shop_id, "")) for shop_id, quotes in buying.quotes.items()}
    return {shop_id: quote.fee_minor for shop_id, quote in found.items() if quote is not None}


def find_errors(buying: Buying, given: dict[str, str]) -> dict[str, str]:
    """Return the sentence of every field that keeps the buyer from going on to pay."""
    speech = current.speech()
    values = {name: value for name, value in given.items() if name not in CONTROLS and not name.startswith(DELIVERY_PREFIX)}
    deliveries = {f"{DELIVERY_PREFIX}{shop_id}": code for shop_id, code in buying.draft.deliveries.items()}
    form = parse_contact({**values, **deliveries, "district": buying.draft.text("district")})
    errors = sentences(form, speech) if isinstance(form, FieldErrors) else {}
    if buying.meant.district is None:
        errors = {**errors, **place_errors(buying, is_asked=True)}
    for shop_id, quotes in buying.quotes.items():
        if chosen(quotes, buying.draft.deliveries.get(shop_id, "")) is None:
            errors[f"{DELIVERY_PREFIX}{shop_id}"] = speech.t("ship.choose" if first_choice(quotes) else "checkout.no_delivery")
    if buying.view.needs_adult and not buying.draft.is_adult:
        errors["adult"] = speech.t("checkout.error_adult")
    return errors
