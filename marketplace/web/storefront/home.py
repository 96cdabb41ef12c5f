"""The front page: what curators picked, the shelves, who makes things."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template
from flask.typing import ResponseReturnValue

from marketplace.curation.planning import HOME_PLACES, SHELF_PLACES
from marketplace.curation.queries import Home, collection_page, next_change_at
from marketplace.curation.queries import home as read_home
from marketplace.curation.rotation import COUNTED_OVER
from marketplace.db import reading
from marketplace.language.languages import Language
from marketplace.web import current
from marketplace.web.cache import changes_at
from marketplace.web.errors import error_page
from marketplace.web.guards import public
from marketplace.web.navigation import shelves
from marketplace.web.storefront import structured
from marketplace.web.storefront.blueprint import bp
from marketplace.web.storefront.cards import EAGER, card_views, noted_views
from marketplace.web.storefront.pictures import hero_sources, sources, thumbnail

CARDS_IN_ROW = 4


@bp.get("/")
@public(cached=True)
def home(language: Language) -> ResponseReturnValue:
    """Show the front page as curators set it for now."""
    with reading(stale_ok=True) as session:
        page = read_home(session, language, current.now())
    changes_at(page.next_change_at)
    return render_template("pages/storefront/home.html", **home_values(page, language))


def home_values(page: Home, language: Language) -> dict[str, Any]:
    """Return what the front page's template reads; the office's preview shows it as of another day."""
    return {
        "organization": structured.organization(),
        "hero_sources": hero_sources(),
        "picks": noted_views(((pick.card, pick.reason) for pick in page.picks), eager=EAGER),
        "collections": [(shelf, card_views(shelf.cards[:CARDS_IN_ROW])) for shelf in page.collections],
        "stories": [(story, sources(story.picture_hash, story.picture_widths)) for story in page.stories],
        "shelves": [(shelf.name, shelf.slug, thumbnail(shelf.picture_hash, shelf.picture_widths)) for shelf in shelves(language)],
    }


@bp.get("/collections/<slug>")
@public(cached=True)
def collection(language: Language, slug: str) -> ResponseReturnValue:
    """Show the goods of one collection, while it is in force."""
    with reading(stale_ok=True) as session:
        page = collection_page(session, slug[:80], language, current.now())
        changes = next_change_at(session, current.now())
    if page is None:
        return error_page(404)
    changes_at(changes)
    return render_template("pages/storefront/collection.html", collection=page, cards=card_views(page.cards, eager=EAGER))


@bp.get("/how-to-buy")
@public(cached=True)
def how_to_buy(language: Language) -> ResponseReturnValue:
    """Tell how buying works: choosing, paying, delivery, when something is wrong."""
    del language
    return render_template("pages/storefront/how_to_buy.html")


@bp.get("/how-we-choose")
@public(cached=True)
def how_we_choose(language: Language) -> ResponseReturnValue:
    """Tell how goods come to be put forward, who decides, and how it is counted what is seen."""
    del language
    return render_template(
        "pages/storefront/how_we_choose.html", places=HOME_PLACES, shelf_places=SHELF_PLACES, days=COUNTED_OVER.days
    )


def to_language() -> ResponseReturnValue:
    """Lead from `/` to the front page in the reader's language."""
    response = redirect(f"/{current.language()}/", 302)
    response.headers["Vary"] = "Accept-Language, Cookie"
    return response
