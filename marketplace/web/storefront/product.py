"""The page of a product: photos, variants, facts, maker, reviews."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from marketplace.catalog.models import AttributeKind
from marketplace.catalog.pages import Fact, ProductPage, VariantView
from marketplace.catalog.queries import Moved, product_page, related
from marketplace.db import reading
from marketplace.inventory.queries import available_steps
from marketplace.kernel.clock import local_day
from marketplace.kernel.ids import VariantId
from marketplace.kernel.phone import whatsapp_digits
from marketplace.kernel.weight import Box
from marketplace.language.formats import decimal
from marketplace.language.languages import Language
from marketplace.reviews.queries import ReviewsView, product_reviews
from marketplace.shipping.models import DeliveryKind
from marketplace.shipping.parcels import Piece, stack
from marketplace.shipping.queries import Sender
from marketplace.shipping.queries import quote as quote_delivery
from marketplace.web import current
from marketplace.web.context import absolute, keep_canonical
from marketplace.web.errors import error_page
from marketplace.web.guards import public
from marketplace.web.speech import Speech
from marketplace.web.storefront import structured
from marketplace.web.storefront.blueprint import bp
from marketplace.web.storefront.cards import card_views
from marketplace.web.storefront.pictures import Sources, image_url, sources, thumbnail

FEW_STEPS = 5


@dataclass(frozen=True, slots=True)
class PhotoView:
    """A photo of the gallery."""

    sources: Sources
    thumb: str
    large: str
    alt: str


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """A variant to choose."""

    id: int
    label: str
    price: str
    was: str
    unit: str
    note: str
    most: int | None  # steps left, none when never short
    least: int
    is_available: bool


def _note(variant: VariantView, left: int | None, speech: Speech) -> str:
    """Return what to know before choosing this variant: sold out, few left, least quantity, wholesale prices."""
    if left is not None and left < variant.min_steps:
        return speech.t("product.sold_out")
    words = []
    if left is not None and left <= FEW_STEPS:
        words.append(speech.t("product.stock_left", count=left))
    if variant.min_steps > 1:
        words.append(speech.t("item.least", count=variant.min_steps))
    words += [speech.t("item.tier", count=tier.min_steps, amount=speech.money(tier.price_minor)) for tier in variant.tiers]
    return " · ".join(words)


def _choices(page: ProductPage, left: dict[VariantId, int | None], speech: Speech) -> list[ChoiceView]:
    made = []
    for variant in page.variants:
        steps = left.get(variant.id, 0)
        per_100g = variant.per_100g_minor
        made.append(
            ChoiceView(
                id=variant.id,
                label=variant.label,
                price=speech.money(variant.price_minor),
                was=speech.money(variant.was_price_minor) if variant.was_price_minor else "",
                unit=speech.t("item.per_100g", amount=speech.money(per_100g)) if per_100g else "",
                note=_note(variant, steps, speech),
                most=steps,
                least=variant.min_steps,
                is_available=steps is None or steps >= variant.min_steps,
            )
        )
    return made


def _fact(fact: Fact, speech: Speech) -> tuple[str, str]:
    if fact.kind is AttributeKind.NUMBER and fact.number_milli is not None:
        number = decimal(fact.number_milli, speech.language, places=3, trim=True)
        return fact.name, f"{number} {fact.unit}".strip()
    return fact.name, fact.words


def _spec_rows(page: ProductPage, speech: Speech) -> list[tuple[str, str]]:
    rows = [_fact(fact, speech) for fact in page.facts]
    first = page.variants[0] if page.variants else None
    if first is not None and len(page.variants) == 1 and first.net_weight_grams:
        rows.append((speech.t("item.net_weight"), speech.weight(first.net_weight_grams)))
    if page.shelf_life_days:
        rows.append((speech.t("item.shelf_life"), speech.t("common.count_days", count=page.shelf_life_days)))
    rows.append((speech.t("item.made_in"), ", ".join((page.district_name, page.regency_name, page.province_name))))
    return rows


def _least_delivery(session: Session, page: ProductPage, speech: Speech) -> str:
    """Return "delivery from Rp…", the cheapest way within the maker's own kecamatan; or that it can only be fetched."""
    variant = page.variants[0]
    length, width, height = variant.box_mm
    piece = Piece(variant.ship_weight_grams, Box(length, width, height), variant.min_steps)
    value = variant.price_minor * variant.min_steps
    parcel = stack([piece], flags=frozenset(page.ship_flags), value_minor=value)
    sender = Sender(page.shop.id, page.district_code, takes_cod=page.shop.accepts_cod, offers_pickup=page.shop.has_pickup)
    quotes = quote_delivery(session, sender=sender, parcel=parcel, destination=page.district_code, now=current.now())
    brought = [choice.fee_minor for choice in quotes.choices if choice.kind is not DeliveryKind.PICKUP]
    if brought:
        return speech.t("item.delivery_from", amount=speech.money(min(brought)))
    return speech.t("ship.no_courier") if quotes.choices else ""


@dataclass(frozen=True, slots=True)
class ReviewView:
    """One review in words."""

    author: str
    when: str
    stars: int
    stars_label: str
    text: str
    language: str
    variant: str
    photos: list[tuple[str, str, str]]
    answer: str


@dataclass(frozen=True, slots=True)
class BreakdownRow:
    """One bar of the rating breakdown."""

    label: str
    count: str
    percent: int
    url: str
    current: bool


def review_views(reviews: ReviewsView, speech: Speech) -> list[ReviewView]:
    """Return reviews in words."""
    return [
        ReviewView(
            author=row.author_name,
            when=speech.long_day(local_day(row.created_at)),
            stars=row.stars,
            stars_label=speech.t("common.rating_stars", count=row.stars),
            text=row.words,
            language=str(row.language) if row.language is not speech.language else "",
            variant=row.variant_label,
            photos=[(image_url(p.hash, p.widths[0]), image_url(p.hash, p.widths[-1]), "") for p in row.photos],
            answer=row.reply,
        )
        for row in reviews.page.rows
    ]


def breakdown_rows(reviews: ReviewsView, speech: Speech, path: str, chosen: int | None) -> list[BreakdownRow]:
    """Return the bars of the breakdown; each leads to the reviews of that many stars, a chosen one back to all."""
    return [
        BreakdownRow(
            label=speech.t("common.rating_stars", count=row.stars),
            count=speech.number(row.count),
            percent=row.percent,
            url=path if chosen == row.stars else f"{path}?stars={row.stars}",
            current=chosen == row.stars,
        )
        for row in reviews.breakdown
    ]


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
        page = product_page(session, slug[:90], language, current.now())
        if page is None:
            return error_page(404)
        if isinstance(page, Moved):
            return redirect(url_for("storefront.product", language=language, slug=page.slug), 301)
        left = available_steps(session, [variant.id for variant in page.variants])
        reviews = product_reviews(session, page.id)
        others = related(session, page, language)
        delivery = _least_delivery(session, page, speech) if page.variants else ""
    path = url_for("storefront.product", language=language, slug=page.slug)
    choices = _choices(page, left, speech)
    first = next((choice for choice in choices if choice.is_available), choices[0] if choices else None)
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
        price=speech.price(min(v.price_minor for v in page.variants), max(v.price_minor for v in page.variants)),
        specs=_spec_rows(page, speech),
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


@bp.get("/p/<slug>/reviews")
@public(cached=True)
def reviews(language: Language, slug: str) -> ResponseReturnValue:
    """Show all reviews of a product, or those of so many stars."""
    speech, given = current.speech(), request.args.get("stars", "")
    stars = int(given) if given in {"1", "2", "3", "4", "5"} else None
    typed = request.args.get("page", "")
    number = min(int(typed), 50) if typed.isdecimal() and len(typed) < 4 and int(typed) else 1
    with reading(stale_ok=True) as session:
        page = product_page(session, slug[:90], language, current.now())
        if page is None or isinstance(page, Moved):
            return error_page(404)
        view = product_reviews(session, page.id, page=number, stars=stars)
    keep_canonical({"page": str(number)} if number > 1 else {})
    path = url_for("storefront.reviews", language=language, slug=page.slug)
    kept = f"&stars={stars}" if stars else ""
    return render_template(
        "pages/storefront/reviews.html",
        item=page,
        reviews=review_views(view, speech),
        rating=speech.rating(view.rating.average_hundredths) if view.rating.count else "",
        count=view.rating.count,
        breakdown=breakdown_rows(view, speech, path, stars),
        next_url=f"{path}?page={number + 1}{kept}" if view.page.has_next else "",
        previous_url=f"{path}?page={number - 1}{kept}" if number > 1 else "",
        product_path=url_for("storefront.product", language=language, slug=page.slug),
    )
