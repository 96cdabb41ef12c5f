"""Checkout, second page: how to pay, everything once more, and the button that makes it an order."""

from __future__ import annotations

from dataclasses import dataclass

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from marketplace.accounts.tokens import issue_form_token
from marketplace.checkout.carts import draft_of
from marketplace.checkout.forms import Contact, FieldErrors, parse_place_order
from marketplace.checkout.placing import PURPOSE, hold_time
from marketplace.checkout.reviewing import Review, prepare
from marketplace.db import reading
from marketplace.kernel.ids import CartId
from marketplace.kernel.phone import display_phone
from marketplace.language.languages import Language
from marketplace.web import current
from marketplace.web.guards import public
from marketplace.web.storefront import baskets
from marketplace.web.storefront.blueprint import bp
from marketplace.web.storefront.cart_words import cart_page
from marketplace.web.storefront.checkout_draft import Draft, draft_from
from marketplace.web.storefront.checkout_words import method_views, sum_rows


@dataclass(frozen=True, slots=True)
class Paying:
    """All the second page is made from."""

    cart_id: CartId
    draft: Draft
    contact: Contact
    review: Review


def read_paying(session: Session, language: Language) -> Paying | None:
    """Return the purchase as it would be placed now; none while the first page is not done."""
    cart_id = baskets.find(session)
    if cart_id is None:
        return None
    draft = draft_from(draft_of(session, cart_id))
    asked = parse_place_order({"method": "transfer", "seen_total_minor": "0"}, contact=draft.contact())
    if isinstance(asked, FieldErrors):
        return None
    contact = asked.contact
    review = prepare(
        session, cart_id=cart_id, district_code=contact.district, choices=contact.choices, language=language, now=current.now()
    )
    return Paying(cart_id, draft, contact, review)


def to_checkout(language: Language) -> ResponseReturnValue:
    """Lead back to the first page: something of it is missing."""
    return redirect(url_for("storefront.checkout", language=language), 303)


@bp.get("/checkout/pay")
@public()
def pay(language: Language) -> ResponseReturnValue:
    """Show the second page."""
    with reading() as session:
        paying = read_paying(session, language)
    if paying is None or paying.review.totals is None or not paying.review.view.can_order:
        return to_checkout(language)
    return show_pay(paying, picked=paying.draft.method)


def show_pay(
    paying: Paying, *, picked: str, status: int = 200, problem: str = "", errors: dict[str, str] | None = None, token: str = ""
) -> ResponseReturnValue:
    """Return the second page. A token that was sent and not spent goes on being used."""
    review = paying.review
    if review.totals is None:
        return to_checkout(current.language())
    hours = int(hold_time(review.view).total_seconds() // 3600)
    return render_template(
        "pages/storefront/checkout_pay.html",
        cart=cart_page(review.view),
        draft=paying.draft,
        phone=display_phone(paying.contact.phone),
        methods=method_views(review, picked=picked, hold_hours=hours),
        rows=sum_rows(review),
        total=current.speech().money(review.totals.base_minor),
        seen_total_minor=review.totals.base_minor,
        token=token or new_token(paying.cart_id),
        problem=problem,
        errors=errors or {},
        is_example=any(part.picked is not None and part.picked.is_example for part in review.parts),
    ), status


def new_token(cart_id: CartId) -> str:
    """Return a one-time token for placing the order of this cart."""
    return issue_form_token(current.settings().secret_key, purpose=PURPOSE, holder=f"cart:{cart_id}", now=current.now())
