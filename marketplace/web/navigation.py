"""The ways to go from every public page."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from marketplace.catalog.pages import CategoryCard
from marketplace.catalog.queries import categories
from marketplace.db import reading
from marketplace.language.languages import Language
from marketplace.web.cache import remember
from marketplace.web.speech import Speech


@dataclass(frozen=True, slots=True)
class NavLink:
    """A name and where it leads."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class FooterGroup:
    """A column of the foot: a title and (label, url) pairs."""

    title: str
    links: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Navigation:
    """Addresses in the head and the foot of public pages; an empty one is not shown."""

    home: str
    search: str
    suggest: str
    cart: str
    shops: str
    export: str
    sign_in: str
    help: str
    theme_action: str
    all_goods: str
    categories: tuple[NavLink, ...]
    footer: tuple[FooterGroup, ...]


def shelves(language: Language) -> tuple[CategoryCard, ...]:
    """Return the categories in this language, read again only when what the public sees has changed."""

    def read() -> tuple[CategoryCard, ...]:
        with reading(stale_ok=True) as session:
            return categories(session, language)

    return remember(("shelves", language), read)


def navigation(language: Language, speech: Speech) -> Navigation:
    """Return where a public page in this language leads."""

    def to(endpoint: str) -> str:
        return url_for(f"storefront.{endpoint}", language=language)

    links = tuple(
        NavLink(row.name, url_for("storefront.category", language=language, slug=row.slug)) for row in shelves(language)
    )
    buying = (
        (speech.t("nav.help"), to("how_to_buy")),
        (speech.t("common.footer_track"), to("order_lookup")),
        (speech.t("nav.sellers"), to("shops")),
        (speech.t("choosing.title"), to("how_we_choose")),
        *(() if language is Language.KO else ((speech.t("common.footer_sell"), url_for("seller.ask_open")),)),  # makers live here
    )
    return Navigation(
        home=to("home"),
        search=to("search"),
        suggest=to("suggest"),
        cart=to("cart"),
        shops=to("shops"),
        export="",
        sign_in=url_for("account.sign_in"),
        help=to("how_to_buy"),
        theme_action=url_for("account.set_theme"),
        all_goods=to("products"),
        categories=links,
        footer=(
            FooterGroup(speech.t("nav.categories"), tuple((link.name, link.url) for link in links[:8])),
            FooterGroup(speech.t("common.footer_how_to_buy"), buying),
        ),
    )
