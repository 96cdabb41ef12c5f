"""Shops: the directory, and each maker's own page."""

from __future__ import annotations

from urllib.parse import quote

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from marketplace.catalog.search.asking import SearchQuery, Sort
from marketplace.catalog.search.querying import search
from marketplace.db import reading
from marketplace.kernel.clock import local_day
from marketplace.kernel.phone import whatsapp_digits
from marketplace.language.languages import Language
from marketplace.reviews.queries import shop_rating
from marketplace.sellers.queries import Moved, ShopCard, shop_page, shops_directory
from marketplace.web import current
from marketplace.web.context import keep_canonical
from marketplace.web.errors import error_page
from marketplace.web.guards import public
from marketplace.web.storefront.blueprint import bp
from marketplace.web.storefront.cards import EAGER, card_views
from marketplace.web.storefront.paging import asked_page
from marketplace.web.storefront.permits import PERMIT_WORDS
from marketplace.web.storefront.pictures import Sources, sources


def initials(name: str) -> str:
    """Return the letters that stand for a shop without a picture."""
    return "".join(word[0] for word in name.split()[:2]).upper()


def portrait(card: ShopCard) -> Sources:
    """Return a shop's picture, none where it has none."""
    return sources(card.picture_hash, card.picture_widths)


@bp.get("/shops")
@public(cached=True, reads=("page",))
def shops(language: Language) -> ResponseReturnValue:
    """List the makers by name."""
    number = asked_page()
    with reading(stale_ok=True) as session:
        page = shops_directory(session, language, number)
    keep_canonical({"page": str(number)} if number > 1 else {})
    path = url_for("storefront.shops", language=language)
    return render_template(
        "pages/storefront/shops.html",
        shops=[(card, portrait(card), initials(card.name)) for card in page.rows],
        total=page.total,
        next_url=f"{path}?page={number + 1}" if page.has_next else "",
        previous_url=f"{path}?page={number - 1}" if number > 1 else "",
    )


@bp.get("/shops/<slug>")
@public(cached=True, reads=("page",))
def shop(language: Language, slug: str) -> ResponseReturnValue:
    """Show one maker: story, papers, goods."""
    number, speech = asked_page(), current.speech()
    with reading(stale_ok=True) as session:
        page = shop_page(session, slug[:80], language, current.now())
        if page is None:
            return error_page(404)
        if isinstance(page, Moved):
            return redirect(url_for("storefront.shop", language=language, slug=page.slug), 301)
        query = SearchQuery(language=language, shop=page.card.slug, sort=Sort.BEST_SELLING, page=number)
        goods = search(session, query, now=current.now())
        rating = shop_rating(session, page.card.id)
    keep_canonical({"page": str(number)} if number > 1 else {})
    path = url_for("storefront.shop", language=language, slug=page.card.slug)
    return render_template(
        "pages/storefront/shop.html",
        shop=page,
        portrait=portrait(page.card),
        initials=initials(page.card.name),
        since=speech.t("shop.since", year=local_day(page.card.joined_at).year),
        permits=[(speech.t(PERMIT_WORDS[permit.kind]), permit.number) for permit in page.permits],
        permit_kinds=list(dict.fromkeys(speech.t(PERMIT_WORDS[permit.kind]) for permit in page.permits)),
        rating=speech.rating(rating.average_hundredths) if rating.count else "",
        rating_count=rating.count,
        cards=card_views(goods.cards.rows, eager=EAGER),
        total=goods.total,
        chat=f"https://wa.me/{whatsapp_digits(page.phone)}?text={quote(speech.t('shop.chat_text', shop=page.card.name))}",
        paragraphs=[words for words in page.story.split("\n") if words.strip()],
        next_url=f"{path}?page={number + 1}" if goods.cards.has_next else "",
        previous_url=f"{path}?page={number - 1}" if number > 1 else "",
    )
