"""The demo goods, read from TOML: every row of the catalogue as a product with explicit variants and words."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path

from marketplace.catalog.definitions import Row, Slug, read_attributes, read_categories

from .good_rows import Carton, Export, Good, GoodText, GoodTexts, GoodVariant

__all__ = ["Carton", "Export", "Good", "GoodText", "GoodTexts", "GoodVariant", "read_goods"]

_DATA = Path(__file__).parent / "data" / "goods"


class _GoodsFile(Row):
    category: Slug
    good: tuple[dict[str, object], ...]


@cache
def read_goods() -> tuple[Good, ...]:
    """Return all demo goods, by category position and file order. Raises: ValueError for a file that breaks a rule."""
    goods = tuple(good for category in read_categories() for good in _read_category(category.slug))
    allowed = {category.slug: set(category.attributes) for category in read_categories()}
    for good in goods:
        _check_attributes(good, allowed=allowed[good.category])
    for what, codes in (
        ("item_id", [good.item_id for good in goods]),
        ("slug", [good.slug for good in goods]),
        ("sku", [variant.sku for good in goods for variant in good.variants]),
    ):
        if len(codes) != len(set(codes)):
            raise ValueError(f"goods: a {what} appears twice")
    return goods


def _read_category(slug: str) -> tuple[Good, ...]:
    text = (_DATA / f"{slug}.toml").read_text("utf-8")
    page = _GoodsFile.model_validate(tomllib.loads(text, parse_float=Decimal))
    if page.category != slug:
        raise ValueError(f"{slug}.toml says it holds {page.category}")
    return tuple(Good.model_validate({**row, "category": slug}) for row in page.good)


def _check_attributes(good: Good, *, allowed: set[str]) -> None:
    known = {attribute.code: attribute for attribute in read_attributes()}
    for values in (good.attributes, *(variant.attributes for variant in good.variants)):
        for code, value in values.items():
            if code not in allowed:
                raise ValueError(f"{good.item_id}: {code} does not belong to {good.category}")
            if not known[code].accepts(value):
                raise ValueError(f"{good.item_id}: {code} does not take {value!r}")
