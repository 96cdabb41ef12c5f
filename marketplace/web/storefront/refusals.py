"""The answer to every refusal of a purchase: the page where it can be put right, with everything still in it."""

from __future__ import annotations

from flask import make_response, render_template
from flask.typing import ResponseReturnValue

from marketplace.checkout.errors import (
    AdultNotConfirmed,
    CartEmpty,
    CartNotFound,
    CodNotAllowed,
    DeliveryGone,
    MethodNotOffered,
    NotPurchasable,
    PlaceUnknown,
    TooManyOpenHolds,
)
from marketplace.checkout.forms import DELIVERY_PREFIX, PlaceOrder
from marketplace.checkout.reviewing import PriceDrifted
from marketplace.db import reading
from marketplace.inventory.errors import StockShort
from marketplace.kernel.errors import DomainError
from marketplace.language.languages import Language
from marketplace.payments.errors import NoCodeFree
from marketplace.web import current
from marketplace.web.storefront import checkout, paying
from marketplace.web.storefront.cart import read_cart, show_cart
from marketplace.web.storefront.checkout_words import fee_changes, price_changes, sum_rows


def answer(language: Language, refusal: DomainError, *, form: PlaceOrder, raw_token: str) -> ResponseReturnValue:
    """Return the page that says what was refused and how to go on. Raises: the refusal itself when it is none of checkout's."""
    match refusal:
        case PriceDrifted():
            return _drifted(language, refusal, form=form, raw_token=raw_token)
        case CartEmpty() | CartNotFound():
            return checkout.to_cart(language)
        case NotPurchasable() | StockShort():
            return _at_the_lines(language)
        case DeliveryGone() | PlaceUnknown() | AdultNotConfirmed():
            return _on_first_page(language, refusal)
        case CodNotAllowed() | MethodNotOffered() | TooManyOpenHolds() | NoCodeFree():
            return _on_second_page(language, refusal, form=form, raw_token=raw_token)
    raise refusal


def _at_the_lines(language: Language) -> ResponseReturnValue:
    """Goods ran short, or a shop closed: the cart says so at each line."""
    with reading() as session:
        view = read_cart(session, language)
    return show_cart(view, status=409, problem=current.speech().t("cart.changed_meanwhile"))


def _on_first_page(language: Language, refusal: DomainError) -> ResponseReturnValue:
    speech = current.speech()
    with reading() as session:
        buying = checkout.read_buying(session, language)
    if buying is None:
        return checkout.to_cart(language)
    match refusal:
        case DeliveryGone():
            errors = {
                f"{DELIVERY_PREFIX}{shop_id}": speech.t("checkout.delivery_gone")
                for shop_id in refusal.shop_ids
                if shop_id in buying.quotes
            }
        case AdultNotConfirmed():
            errors = {"adult": speech.t("checkout.error_adult")}
        case _:
            errors = {"district": speech.t("checkout.error_place")}
    return checkout.show_checkout(buying, errors, 409, problem=speech.t("checkout.changed_meanwhile"))


def _on_second_page(language: Language, refusal: DomainError, *, form: PlaceOrder, raw_token: str) -> ResponseReturnValue:
    speech = current.speech()
    with reading() as session:
        now_paying = paying.read_paying(session, language)
    if now_paying is None:
        return paying.to_checkout(language)
    errors: dict[str, str] = {}
    match refusal:
        case TooManyOpenHolds():
            problem = speech.t("checkout.too_many_open", count=refusal.open)
        case NoCodeFree():
            problem = speech.t("checkout.no_code_free")
        case _:
            problem, errors = "", {"method": speech.t("checkout.method_gone")}
    return paying.show_pay(now_paying, picked=str(form.method), status=409, problem=problem, errors=errors, token=raw_token)


def _drifted(language: Language, refusal: PriceDrifted, *, form: PlaceOrder, raw_token: str) -> ResponseReturnValue:
    """The total changed: old and new, what made the difference, and one button."""
    speech, review = current.speech(), refusal.review
    with reading() as session:
        now_paying = paying.read_paying(session, language)
    if now_paying is None or review.totals is None:
        return paying.to_checkout(language)
    changes = [*price_changes(review), *fee_changes(review, now_paying.draft.fees)]
    return make_response(
        render_template(
            "pages/storefront/checkout_drift.html",
            before=speech.money(refusal.seen_minor),
            now_total=speech.money(review.totals.base_minor),
            rises=review.totals.base_minor > refusal.seen_minor,
            changes=changes,
            rows=sum_rows(review),
            method=str(form.method),
            seen_total_minor=review.totals.base_minor,
            token=raw_token,
        ),
        409,
    )
