"""The page of a product: photos, variants, facts, maker, reviews."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from marketplace.catalog.pages import ProductPage
from marketplace.catalog.queries import Moved, Related, product_page, related
from marketplace.catalog.search.facet_cache import CachePerDatabase
from marketplace.db import reading
from marketplace.inventory.queries import available_steps
from marketplace.kernel.phone import whatsapp_digits
from marketplace.kernel.weight import Box
from marketplace.language.languages import Language
from marketplace.reviews.queries import product_reviews
from marketplace.shipping.models import DeliveryKind
from marketplace.shipping.parcels import Piece, stack
from marketplace.shipping.queries import Sender
from marketplace.shipping.queries import quote as quote_delivery
from marketplace.web import current
from marketplace.web.cache import shown_version
from marketplace.web.context import absolute
from marketplace.web.errors import error_page
from marketplace.web.guards import public
from marketplace.web.speech import Speech
from marketplace.web.storefront import structured
from marketplace.web.storefront.blueprint import bp
from marketplace.web.storefront.cards import card_views
from marketplace.web.storefront.item_words import about_abroad, choice_views, spec_rows
from marketplace.web.storefront.pictures import Sources, image_url, sources, thumbnail
from marketplace.web.storefront.reviews import breakdown_rows, review_views


@dataclass(frozen=True, slots=True)
class PhotoView:
    """A photo of the gallery."""

    sources: Sources
    thumb: str
    large: str
    alt: str


@dataclass(frozen=True, slots=True)
class LeastDelivery:
    """The least a delivery costs, none where nobody brings it; and whether there is any way to get it."""

    fee_minor: int | None
    is_offered: bool


# The first is only where a price begins: the checkout asks again for the buyer's own kecamatan.
_least: CachePerDatabase[LeastDelivery] = CachePerDatabase(most=5_000)
_related: CachePerDatabase[Related] = CachePerDatabase(most=2_000)


def _delivery(session: Session, page: ProductPage, speech: Speech) -> str:
    """Return "delivery from Rp…", the cheapest way within the maker's own kecamatan; or that it can only be fetched."""
    least = _least.get(session, (page.id, shown_version()), lambda: _least_delivery(session, page))
    if least.fee_minor is not None:
        return speech.t("item.delivery_from", amount=speech.money(least.fee_minor))
    return speech.t("item.only_pickup") if least.is_offered else ""


def _least_delivery(session: Session, page: ProductPage) -> LeastDelivery:
    variant = page.variants[0]
    length, width, height = variant.box_mm
    piece = Piece(variant.ship_weight_grams, Box(length, width, height), variant.min_steps)
    value = variant.price_minor * variant.min_steps
    parcel = stack([piece], flags=frozenset(page.ship_flags), value_minor=value)
    sender = Sender(page.shop.id, page.district_code, takes_cod=page.shop.accepts_cod, offers_pickup=page.shop.has_pickup)
    quotes = quote_delivery(session, sender=sender, parcel=parcel, destination=page.district_code, now=current.now())
    brought = [choice.fee_minor for choice in quotes.choices if choice.kind is not DeliveryKind.PICKUP]
    return LeastDelivery(min(brought, default=None), is_offered=bool(quotes.choices))


def _chat(page: ProductPage, path: str, speech: Speech) -> str:
    words = speech.t("item.chat_text", name=page.name, url=absolute(path))
    return f"https://wa.me/{whatsapp_digits(page.shop.phone)}?text={quote(words)}"


def _share(page: ProductPage, path: str) -> str:
    return f"https://wa.me/?text={quote(page.name + ' ' + absolute(path))}"


@bp.get("/p/<slug>")
@public(cached=True)
def product(language: Language, slug: str) -> ResponseReturnValue:
    """Show one product."""
    speech = current.speech()
    with reading(stale_ok=True) as session:
        page = product_page(session, slug[:90], language, current.now(), version=shown_version())
        if page is None:
            return error_page(404)
        if isinstance(page, Moved):
            return redirect(url_for("storefront.product", language=language, slug=page.slug), 301)
        left = available_steps(session, [variant.id for variant in page.variants])
        reviews = product_reviews(session, page.id)
        key = (page.id, language, shown_version())
        others = _related.get(session, key, lambda: related(session, page, language))
        delivery = _delivery(session, page, speech) if page.variants else ""
    path = url_for("storefront.product", language=language, slug=page.slug)
    choices = choice_views(page, left, speech)
    first = next((choice for choice in choices if choice.is_available), choices[0] if choices else None)
    prices = [variant.price_minor for variant in page.variants]
    steps = [
        (speech.t("nav.home"), url_for("storefront.home", language=language)),
        (page.category_name, url_for("storefront.category", language=language, slug=page.category_slug)),
        (page.name, path),
    ]
    reviews_path = url_for("storefront.reviews", language=language, slug=page.slug)
    return render_template(
        "pages/storefront/product.html",
        item=page,
        photos=[
            PhotoView(
                sources(photo.hash, photo.widths),
                thumbnail(photo.hash, photo.widths),
                image_url(photo.hash, max(photo.widths)),
                photo.alt,
            )
            for photo in page.photos
        ],
        choices=choices,
        first=first,
        can_buy=page.is_sold_now and first is not None and first.is_available,
        price=speech.price(min(prices), max(prices)) if prices else "",
        abroad=about_abroad(min(prices), max(prices), speech) if prices else "",
        specs=spec_rows(page, speech),
        delivery=delivery,
        steps=steps,
        is_blade="blade" in page.ship_flags,
        chat=_chat(page, path, speech),
        share=_share(page, path),
        reviews=review_views(reviews, speech),
        review_total=reviews.rating.count,
        breakdown=breakdown_rows(reviews, speech, reviews_path, None),
        reviews_path=reviews_path,
        from_shop=card_views(others.from_shop[:4]),
        from_category=card_views(others.from_category[:4]),
        shop_sources=sources(page.shop.picture_hash, page.shop.picture_widths),
        data=[structured.product(page, path, available={c.id: c.is_available for c in choices}), structured.breadcrumbs(steps)],
    )
