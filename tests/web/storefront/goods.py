"""Goods on the shelf as buyers see them, and what a page says."""

from __future__ import annotations

import json
import re
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.catalog.models import Product, Variant
from marketplace.inventory.models import Movement, MovementKind, StockItem, VariantStock
from marketplace.sellers.models import Shop
from tests.conftest import NOW
from tests.factories.listings import make_listing
from tests.factories.shops import make_shop


def stock(session: Session, product: Product, units: int) -> None:
    """Put units of every variant of a product on the shelf."""
    for variant in session.scalars(select(Variant).where(Variant.product_id == product.id)):
        item = StockItem(shop_id=product.shop_id, label=variant.sku, is_tracked=True, on_hand=units)
        session.add(item)
        session.flush()
        session.add(VariantStock(variant_id=variant.id, stock_item_id=item.id, units_per_step=variant.step_units))
        if units:
            session.add(Movement(stock_item_id=item.id, at=NOW, kind=MovementKind.RECEIVED, on_hand_change=units))
    session.flush()


def make_stocked(session: Session, *, units: int = 40, shop: Shop | None = None, **given: Any) -> Product:
    """Return a published product with stock, of a shop of its own unless told otherwise."""
    product = make_listing(session, shop=shop or make_shop(session), **given)
    stock(session, product, units)
    return product


def page_of(client: FlaskClient, path: str, *, status: int = 200) -> str:
    """Return the page at this address. Fails on any other status."""
    answer = client.get(path)
    assert answer.status_code == status, (path, answer.status_code)
    return answer.get_data(as_text=True)


def text_of(page: str) -> str:
    """Return a page's words without its tags, one space between them."""
    return " ".join(re.sub(r"<[^>]+>", " ", re.sub(r"<(script|style)\b.*?</\1>", " ", page, flags=re.S)).split())


def data_of(page: str) -> list[dict[str, Any]]:
    """Return the structured data of a page, parsed."""
    return [json.loads(found) for found in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, flags=re.S)]


def link_of(page: str, rel: str, hreflang: str = "") -> str:
    """Return where the page's head says something else is; empty where it does not."""
    attribute = f' hreflang="{hreflang}"' if hreflang else ""
    found = re.search(rf'<link rel="{rel}"{attribute} href="([^"]+)">', page)
    return found.group(1) if found else ""
