"""Product cards as the card macro wants them: every text ready in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import url_for

from marketplace.catalog.cards import Card
from marketplace.web import current
from marketplace.web.speech import Speech
from marketplace.web.storefront.pictures import Sources, sources

# Cards on the first screen of a phone load at once; the others when they come near.
EAGER = 2


@dataclass(frozen=True, slots=True)
class CardView:
    """One card, in words."""

    href: str
    name: str
    sources: Sources
    price_now: str
    was: str
    badge_label: str
    badge_kind: str
    rating_value: str
    rating_label: str
    sold: str
    place: str
    sold_out: str
    note: str  # why a curator chose it; stands in the place's stead
    eager: bool


def _card(card: Card, speech: Speech, *, note: str, eager: bool) -> CardView:
    is_range = card.price_high_minor > card.price_minor
    price = speech.money(card.price_minor)
    few = card.stock_left is not None and card.is_available
    return CardView(
        href=url_for("storefront.product", language=current.language(), slug=card.slug),
        name=card.name,
        sources=sources(card.image_hash, card.image_widths),
        price_now=speech.t("common.price_from", amount=price) if is_range else price,
        was=speech.money(card.was_price_minor) if card.was_price_minor and not is_range else "",
        badge_label=speech.t("product.stock_left", count=card.stock_left) if few else "",
        badge_kind="soga",
        rating_value=speech.rating(card.rating_hundredths) if card.rating_count else "",
        rating_label=speech.t("common.rating_of_five", rating=speech.rating(card.rating_hundredths)) if card.rating_count else "",
        sold=speech.t("product.sold_count", count=speech.compact(card.sold)) if card.sold else "",
        place=card.district_name,
        sold_out="" if card.is_available else speech.t("product.sold_out"),
        note=note,
        eager=eager,
    )


def card_views(cards: Iterable[Card], *, eager: int = 0) -> list[CardView]:
    """Return the cards in words, the first `eager` of them loading their pictures at once."""
    return noted_views(((card, "") for card in cards), eager=eager)


def noted_views(cards: Iterable[tuple[Card, str]], *, eager: int = 0) -> list[CardView]:
    """Return the cards in words, each with the sentence said of it."""
    speech = current.speech()
    return [_card(card, speech, note=note, eager=place < eager) for place, (card, note) in enumerate(cards)]
