"""Lists: filters with counts that live in the address, pages, order; and what the page cache makes of an address."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from marketplace.catalog.models import AttributeKind
from tests.factories.goods import make_category
from tests.factories.listings import VARIANT, make_attribute
from tests.factories.shops import make_shop
from tests.web.storefront.goods import link_of, make_stocked, page_of, text_of


def shown(page: str) -> list[str]:
    """Return the slugs of the cards of a page, in their order."""
    return re.findall(r'class="card__link" href="/\w\w/p/([^"]+)"', page)


def priced(session: Session, price_minor: int, **given: Any) -> str:
    """Return the slug of a product at this price."""
    return make_stocked(session, variants=(replace(VARIANT, price_minor=price_minor),), **given).slug


@pytest.mark.row("D1")
def test_kecamatan_and_price_narrow_and_can_be_taken_back(session: Session, client: FlaskClient) -> None:
    here = priced(session, 20_000, shop=make_shop(session, district_code="36.02.22"))
    there = priced(session, 90_000, shop=make_shop(session, district_code="36.02.14"))
    page = page_of(client, "/id/products")
    assert set(shown(page)) == {here, there}
    page = page_of(client, "/id/products?kecamatan=36.02.22")
    assert shown(page) == [here]
    assert 'value="36.02.22" checked' in page
    assert re.search(r'class="chip" href="/id/products"', page)
    assert shown(page_of(client, "/id/products?price_min=50.000")) == [there]
    empty = page_of(client, "/id/products?kecamatan=36.02.22&price_min=50000")
    assert shown(empty) == []
    assert "Belum ada barang di sini" in empty


@pytest.mark.row("C1", "D1")
def test_a_categorys_own_attributes_filter_it_with_live_counts(session: Session, client: FlaskClient) -> None:
    category = make_category(session, "batik")
    make_attribute(session, category_id=category.id, code="motif", kind=AttributeKind.CHOICE, choices=("kawung", "sawarna"))
    first = make_stocked(session, category="batik", revision={"category": "batik", "attributes": {"motif": "kawung"}})
    second = make_stocked(session, category="batik", revision={"category": "batik", "attributes": {"motif": "sawarna"}})
    page = page_of(client, "/id/c/batik?motif=kawung")
    assert shown(page) == [first.slug]
    counts = dict(re.findall(r'name="motif" value="(\w+)"[^>]*>.*?facet__count">(\d+)<', page))
    assert counts == {"kawung": "1", "sawarna": "1"}
    assert set(shown(page_of(client, "/id/c/batik?motif=kawung&motif=sawarna"))) == {first.slug, second.slug}


@pytest.mark.row("D9")
@pytest.mark.parametrize(("order", "expected"), [("price_up", [1, 2, 3]), ("price_down", [3, 2, 1]), ("newest", [2, 3, 1])])
def test_lists_come_in_the_order_asked_for(session: Session, client: FlaskClient, order: str, expected: list[int]) -> None:
    slugs = {price: priced(session, price * 10_000) for price in (1, 3, 2)}
    assert shown(page_of(client, f"/id/products?sort={order}")) == [slugs[price] for price in expected]


@pytest.mark.row("S2")
def test_only_plain_lists_are_for_search_engines(session: Session, client: FlaskClient) -> None:
    for _ in range(25):
        make_stocked(session)
    plain, second = page_of(client, "/id/products"), page_of(client, "/id/products?page=2")
    assert link_of(plain, "canonical") == "http://localhost/id/products"
    assert link_of(second, "canonical") == "http://localhost/id/products?page=2"
    assert link_of(second, "alternate", "ko") == "http://localhost/ko/products?page=2"
    for path in ("/id/products?sort=price_up", "/id/products?kecamatan=36.02.22", "/id/search?q=gula", "/id/products?page=3"):
        assert '<meta name="robots" content="noindex">' in page_of(client, path), path
    assert len(shown(plain)) == 24
    assert len(shown(second)) == 1
    assert "25" in text_of(second)


@pytest.mark.row("S1")
@pytest.mark.parametrize(
    "query",
    [
        "page=100000000000000000000", "page=-1", "page=0", "page=1e3", "page=%D9%A3", "sort=%00", "price_min=-5",
        "price_min=99999999999999999999", "price_max=%00", "kecamatan=%00", "kecamatan=" + "9" * 5_000,
        "q=%00%00", "q=" + "a" * 5_000, "q=%27%22%3C%3E%2A%28%29%7C%26%21%3A", "%00=1", "a=1&" * 300,
        "motif=x&motif=y", "page=1&page=2", "q=%F0%9F%98%80",
        "q=%FF", "in=//evil", "in=/c/%00",
    ],
)  # fmt: skip
def test_hostile_addresses_get_a_page(session: Session, client: FlaskClient, query: str) -> None:
    make_stocked(session)
    for path in ("products", "c/gula", "search", "filter", "suggest", "shops", ""):
        status = client.get(f"/id/{path}?{query}").status_code
        assert status == 200 or (path == "filter" and status == 404), path


@pytest.mark.row("S1")
def test_what_a_page_does_not_read_neither_fills_the_cache_nor_reaches_the_page(
    session: Session, client: FlaskClient, app: Flask
) -> None:
    product = make_stocked(session)
    cache = app.extensions["market_page_cache"]
    first = client.get("/id/products?kecamatan=36.02.22&kecamatan=36.02.14&sort=newest&utm_source=evil&foo=bar")
    assert "evil" not in first.get_data(as_text=True)
    kept = len(cache._entries)
    for query in (
        "kecamatan=36.02.14&kecamatan=36.02.22", "kecamatan=36.02.22&kecamatan=36.02.14&page=1",
        "x=1&kecamatan=36.02.22&kecamatan=36.02.14",
        "kecamatan=36.02.14&kecamatan=36.02.22&kecamatan=36.02.22&price_min=",
    ):  # fmt: skip
        again = client.get(f"/id/products?{query}")
        assert again.headers["ETag"] == first.headers["ETag"], query
    for number in range(20):
        page_of(client, f"/id/p/{product.slug}?junk={number}")
        page_of(client, f"/id/?junk{number}=1")
    assert len(cache._entries) == kept + 2


@pytest.mark.row("D1", "S1")
def test_scripts_get_the_block_and_the_history_the_plain_address(session: Session, client: FlaskClient) -> None:
    product = make_stocked(session)
    part = client.get("/id/products?kecamatan=36.02.22&price_min=&price_max=", headers={"HX-Request": "true"})
    words = part.get_data(as_text=True)
    assert "<html" not in words
    assert 'id="listing"' in words
    assert shown(words) == [product.slug]
    assert 'id="listing-status" hx-swap-oob="innerHTML">1 produk' in words
    assert part.headers["HX-Push-Url"] == "/id/products?kecamatan=36.02.22"
    assert "HX-Request" in part.headers["Vary"]
    restored = client.get("/id/products?kecamatan=36.02.22", headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert "<html" in restored.get_data(as_text=True)


@pytest.mark.row("D1")
def test_phones_filter_on_a_page_of_their_own(session: Session, client: FlaskClient) -> None:
    make_stocked(session)
    page = page_of(client, "/id/filter?in=/c/gula&kecamatan=36.02.22")
    assert '<form method="get" action="/id/c/gula"' in page
    assert 'value="36.02.22" checked' in page
    assert "Lihat 1 produk" in page
    for where in ("/c/tidak-ada", "/checkout", "https://evil.example", "/c/gula/x", ""):
        assert client.get(f"/id/filter?in={where}").status_code == 404, where


def test_a_category_that_is_not_there_is_a_404(client: FlaskClient) -> None:
    page = page_of(client, "/en/c/nothing-here", status=404)
    assert '<html lang="en"' in page


def test_a_page_past_the_last_leads_to_the_first(session: Session, client: FlaskClient) -> None:
    make_stocked(session)
    assert 'href="/id/products?kecamatan=36.02.22"' in page_of(client, "/id/products?kecamatan=36.02.22&page=9")
