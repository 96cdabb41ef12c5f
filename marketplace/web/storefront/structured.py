"""Structured data for search engines: schema.org as JSON-LD, escaped so that no text can leave its script element."""

from __future__ import annotations

import json
from typing import Any

from markupsafe import Markup

from marketplace.catalog.pages import ProductPage
from marketplace.web import current
from marketplace.web.context import absolute
from marketplace.web.storefront.pictures import image_url

_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def json_ld(data: dict[str, Any]) -> Markup:
    """Return the data as the content of a script element."""
    text = json.dumps({"@context": "https://schema.org", **data}, ensure_ascii=False, separators=(",", ":"))
    for letter, escaped in _ESCAPES.items():
        text = text.replace(letter, escaped)
    return Markup(text)  # noqa: S704 - every letter that could end the element is escaped above


def organization() -> Markup:
    """Return who runs the market."""
    return json_ld({"@type": "Organization", "name": current.settings().market_name, "url": absolute("/")})


def product(page: ProductPage, path: str, *, available: dict[int, bool]) -> Markup:
    """Return a product with an offer per variant; ratings only where there are reviews."""
    offers = [
        {
            "@type": "Offer",
            "sku": variant.sku,
            "name": variant.label or page.name,
            "price": str(variant.price_minor),
            "priceCurrency": str(variant.currency),
            "availability": "https://schema.org/" + _availability(page, available.get(variant.id, False)),
            "url": absolute(path),
            "seller": {"@type": "Organization", "name": page.shop.name},
        }
        for variant in page.variants
    ]
    data: dict[str, Any] = {
        "@type": "Product",
        "name": page.name,
        "description": page.summary or page.description[:300] or page.name,
        "category": page.category_name,
        "url": absolute(path),
        "brand": {"@type": "Brand", "name": page.shop.name},
        "image": [absolute(image_url(photo.hash, max(photo.widths))) for photo in page.photos],
        "offers": offers,
    }
    if page.rating_count:
        data["aggregateRating"] = {
            "@type": "AggregateRating",
            "ratingValue": f"{page.rating_hundredths / 100:.2f}",
            "reviewCount": page.rating_count,
        }
    return json_ld(data)


def _availability(page: ProductPage, is_available: bool) -> str:
    if not page.is_sold_now or not is_available:
        return "OutOfStock"
    return "InStock" if page.fulfilment == "ready" else "MadeToOrder"


def breadcrumbs(steps: list[tuple[str, str]]) -> Markup:
    """Return the way to a page: (name, path) from the front page down."""
    items = [
        {"@type": "ListItem", "position": place, "name": name, "item": absolute(path)}
        for place, (name, path) in enumerate(steps, start=1)
    ]
    return json_ld({"@type": "BreadcrumbList", "itemListElement": items})
