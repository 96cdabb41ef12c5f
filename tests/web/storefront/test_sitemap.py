"""The list of pages for search engines, and where robots need not go."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from marketplace.sellers.models import ShopState
from tests.factories.shops import make_shop
from tests.web.storefront.goods import make_stocked

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


@pytest.mark.row("S2")
def test_every_listed_page_answers_and_names_its_twins(session: Session, client: FlaskClient) -> None:
    product = make_stocked(session)
    gone = make_stocked(session, shop=make_shop(session, state=ShopState.SUSPENDED))
    answer = client.get("/sitemap.xml?x=1")
    assert answer.content_type.startswith("application/xml")
    urls = ElementTree.fromstring(answer.get_data()).findall("s:url", NAMES)
    places = [url.findtext("s:loc", "", NAMES) for url in urls]
    assert len(places) == len(set(places))
    assert f"http://localhost/ko/p/{product.slug}" in places
    assert not any(gone.slug in place for place in places)
    for url in urls:
        twins = {link.get("hreflang"): link.get("href") for link in url.findall("x:link", NAMES)}
        assert set(twins) == {"id", "en", "ko", "x-default"}
        assert url.findtext("s:loc", namespaces=NAMES) in twins.values()
    for place in places:
        page = client.get(place.removeprefix("http://localhost"))
        assert page.status_code == 200, place
        assert f'<link rel="canonical" href="{place}">' in page.get_data(as_text=True)


@pytest.mark.row("S2")
def test_robots_are_kept_from_carts_and_work(client: FlaskClient) -> None:
    words = client.get("/robots.txt").get_data(as_text=True)
    for line in ("Disallow: /seller/", "Disallow: /ko/cart", "Disallow: /id/checkout", "Sitemap: http://localhost/sitemap.xml"):
        assert line in words.splitlines()
