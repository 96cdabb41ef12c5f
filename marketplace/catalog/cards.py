"""A product as every grid shows it, read from the search rows; whether its shop may sell is read live."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from marketplace.files.models import StoredImage
from marketplace.kernel.ids import ProductId
from marketplace.language.languages import Language
from marketplace.sellers.models import Shop
from marketplace.sellers.queries import is_public, read_widths

from .search.answering import Card
from .search.models import SearchRow

__all__ = ["Card", "card_of", "card_select", "cards_of"]

_COLUMNS = (
    SearchRow.product_id, SearchRow.slug, SearchRow.name, SearchRow.image_hash, StoredImage.widths, SearchRow.alt,
    SearchRow.shop_id, SearchRow.shop_name, SearchRow.district_code, SearchRow.district_name,
    SearchRow.price_minor, SearchRow.price_high_minor, SearchRow.was_price_minor, SearchRow.rating_hundredths,
    SearchRow.rating_count, SearchRow.sold, SearchRow.stock_left, SearchRow.is_available, SearchRow.is_ready,
    SearchRow.lead_days, SearchRow.is_export_ready,
)  # fmt: skip

_FIELDS = tuple(field.name for field in fields(Card) if field.name != "image_widths")


def card_select(language: Language) -> Select[*tuple[Any, ...]]:
    """Return the select of every card the public may see in a language; add conditions, order and limit, read by `card_of`."""
    return (
        select(*_COLUMNS)
        .join(Shop, Shop.id == SearchRow.shop_id)
        .outerjoin(StoredImage, StoredImage.hash == SearchRow.image_hash)
        .where(SearchRow.language == language, SearchRow.listed, is_public())
    )


def card_of(row: Any) -> Card:
    """Return the card of one row of `card_select`, whatever else was added to it."""
    values = {name: getattr(row, name) for name in _FIELDS}
    return Card(**values, image_widths=read_widths(row.widths))


def cards_of(session: Session, product_ids: Iterable[ProductId], language: Language) -> dict[ProductId, Card]:
    """Return the cards of these products that the public may see. One statement."""
    rows = session.execute(card_select(language).where(SearchRow.product_id.in_(sorted(set(product_ids)))))
    return {card.product_id: card for card in map(card_of, rows)}
