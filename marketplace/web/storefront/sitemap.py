"""What search engines read first: which pages there are, in which languages, and where not to go."""

from __future__ import annotations

from flask import Blueprint, Response, url_for

from marketplace.catalog.search.listing import listed_pages
from marketplace.db import reading
from marketplace.language.languages import DEFAULT, Language
from marketplace.web.context import absolute
from marketplace.web.guards import public
from marketplace.web.storefront.home import to_language

bp = Blueprint("site", __name__)

PLAIN = ("storefront.home", "storefront.products", "storefront.shops", "storefront.how_to_buy", "storefront.how_we_choose")
MOST_ADDRESSES = 50_000 // 3

bp.add_url_rule("/", "to_language", public()(to_language))


def _entry(endpoint: str, values: dict[str, str]) -> str:
    addresses = {language: absolute(url_for(endpoint, language=language, **values)) for language in Language}  # type: ignore[arg-type]  # url_for's keywords
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{language}" href="{address}"/>' for language, address in addresses.items()
    )
    spare = absolute("/") if endpoint == "storefront.home" else addresses[DEFAULT]
    links += f'<xhtml:link rel="alternate" hreflang="x-default" href="{spare}"/>'
    return "".join(f"<url><loc>{address}</loc>{links}</url>" for address in addresses.values())


@bp.get("/sitemap.xml")
@public(cached=True)
def sitemap() -> Response:
    """List every public page with its twins in the other languages."""
    with reading(stale_ok=True) as session:
        pages = listed_pages(session, limit=MOST_ADDRESSES)
    entries = [_entry(endpoint, {}) for endpoint in PLAIN]
    for kind, slug in pages:
        entries.append(_entry(f"storefront.{kind}", {"slug": slug}))
    body = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:xhtml="http://www.w3.org/1999/xhtml">' + "\n".join(entries) + "</urlset>\n"
    )
    return Response(body, mimetype="application/xml")


@bp.get("/robots.txt")
@public(cached=True)
def robots() -> Response:
    """Tell robots what is not for them, and where the list of pages is."""
    closed = (
        "/account/",
        "/seller/",
        "/staff/",
        *(f"/{language}/{part}" for language in Language for part in ("cart", "checkout", "orders")),
    )
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), f"Sitemap: {absolute('/sitemap.xml')}"]
    return Response("\n".join(lines) + "\n", mimetype="text/plain")
