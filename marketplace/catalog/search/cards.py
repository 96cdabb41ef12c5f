"""Reading cards: the page's rows are chosen from narrow columns first, then read whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, literal, select
from sqlalchemy.orm import Session

from marketplace.catalog.search.answering import Card
from marketplace.catalog.search.asking import PAGE_SIZE, Sort
from marketplace.catalog.search.matching import Matching
from marketplace.catalog.search.models import SearchRow
from marketplace.files.models import StoredImage
from marketplace.kernel.ids import ProductId
from marketplace.sellers.models import Shop, ShopState

_SHOWN: tuple[Any, ...] = (
    SearchRow.product_id, SearchRow.slug, SearchRow.name, SearchRow.image_hash, StoredImage.widths, SearchRow.alt,
    SearchRow.shop_id, SearchRow.shop_name, SearchRow.district_code, SearchRow.district_name, SearchRow.price_minor,
    SearchRow.price_high_minor, SearchRow.was_price_minor, SearchRow.rating_hundredths, SearchRow.rating_count,
    SearchRow.sold, SearchRow.stock_left, SearchRow.is_available, SearchRow.is_ready, SearchRow.lead_days,
    SearchRow.is_export_ready,
)  # fmt: skip


def read_cards(session: Session, found: Matching, *, sort: Sort, page: int) -> tuple[Card, ...]:
    """Return one page of the matching rows in this order, chosen by narrow columns before its rows are read whole."""
    is_ranked, order = sort is Sort.RELEVANCE and found.hits is not None, found.order(sort)
    hits = found.hits_once(is_ranked=is_ranked)
    tier: Any = hits.c.tier if is_ranked and hits is not None else literal(0)
    keys = found.base((SearchRow.id, tier.label("tier")), hits)
    chosen = keys.order_by(*((tier, *order) if is_ranked else order)).limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE).subquery()
    rows = session.execute(_whole().join(chosen, chosen.c.id == SearchRow.id).order_by(chosen.c.tier, *order))
    return tuple(_card(row) for row in rows)


def cards_of(session: Session, language: str, product_ids: Sequence[ProductId]) -> tuple[Card, ...]:
    """Return the cards of these products in the order given, without those the public does not see."""
    rows = session.execute(
        _whole()
        .join(Shop, Shop.id == SearchRow.shop_id)
        .where(
            SearchRow.product_id.in_(list(product_ids)[:200]),
            SearchRow.language == language,
            SearchRow.listed.is_(True),
            Shop.state == ShopState.ACTIVE,
        )
    )
    by_product = {row.product_id: _card(row) for row in rows}
    return tuple(by_product[number] for number in product_ids if number in by_product)


def _whole() -> Select[Any]:
    shown: Select[Any] = select(*_SHOWN)
    return shown.outerjoin(StoredImage, StoredImage.hash == SearchRow.image_hash)


def _card(row: Row[Any] | Sequence[Any]) -> Card:
    values = list(row)
    values[4] = tuple(int(width) for width in (values[4] or "").split())
    return Card(*values)
