"""The reviews of a product: some on its page, all on a page of their own."""

from __future__ import annotations

from dataclasses import dataclass

from flask import g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from marketplace.catalog.queries import Moved, product_page
from marketplace.db import reading
from marketplace.kernel.clock import local_day
from marketplace.language.languages import Language
from marketplace.reviews.queries import ReviewsView, product_reviews
from marketplace.web import current
from marketplace.web.cache import shown_version
from marketplace.web.context import keep_canonical
from marketplace.web.errors import error_page
from marketplace.web.guards import public
from marketplace.web.speech import Speech
from marketplace.web.storefront.blueprint import bp
from marketplace.web.storefront.paging import asked_page
from marketplace.web.storefront.pictures import image_url

STARS = frozenset("12345")


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
            photos=[
                (image_url(p.hash, p.widths[0]), image_url(p.hash, p.widths[-1]), speech.t("review.photo_alt"))
                for p in row.photos
            ],
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


@bp.get("/p/<slug>/reviews")
@public(cached=True, reads=("stars", "page"))
def reviews(language: Language, slug: str) -> ResponseReturnValue:
    """Show all reviews of a product, or those of so many stars."""
    speech, number = current.speech(), asked_page()
    given = dict(current.asked()).get("stars", "")
    stars = int(given) if given in STARS else None
    with reading(stale_ok=True) as session:
        page = product_page(session, slug[:90], language, current.now(), version=shown_version())
        if page is None:
            return error_page(404)
        if isinstance(page, Moved):
            return redirect(url_for("storefront.reviews", language=language, slug=page.slug), 301)
        view = product_reviews(session, page.id, page=number, stars=stars)
    keep_canonical({"page": str(number)} if number > 1 else {})
    g.is_unindexed = stars is not None or not view.page.rows
    path = url_for("storefront.reviews", language=language, slug=page.slug)
    kept = f"stars={stars}&" if stars else ""
    return render_template(
        "pages/storefront/reviews.html",
        item=page,
        reviews=review_views(view, speech),
        rating=speech.rating(view.rating.average_hundredths) if view.rating.count else "",
        count=view.rating.count,
        breakdown=breakdown_rows(view, speech, path, stars),
        next_url=f"{path}?{kept}page={number + 1}" if view.page.has_next else "",
        previous_url=f"{path}?{kept}page={number - 1}" if number > 1 else "",
        product_path=url_for("storefront.product", language=language, slug=page.slug),
    )
