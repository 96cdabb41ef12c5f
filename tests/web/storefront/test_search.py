"""The search page and what is suggested while typing, in three languages."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.web.storefront.goods import make_stocked, page_of
from tests.web.storefront.test_listing import shown


@pytest.mark.row("D2", "C6")
@pytest.mark.parametrize(("language", "words"), [("id", "gula semut"), ("id", "gulla"), ("ko", "팜슈가"), ("ko", "팜 슈가")])
def test_words_find_goods_in_the_readers_language(session: Session, client: FlaskClient, language: str, words: str) -> None:
    product = make_stocked(session)
    page = client.get(f"/{language}/search", query_string={"q": words}).get_data(as_text=True)
    assert shown(page) == [product.slug]
    assert f'value="{words}"' in page


@pytest.mark.row("D2")
def test_a_corrected_typo_is_said(session: Session, client: FlaskClient) -> None:
    make_stocked(session)
    assert "Menampilkan hasil untuk “gula”" in page_of(client, "/id/search?q=gulla")


@pytest.mark.row("D3")
@pytest.mark.parametrize("language", ["id", "en", "ko"])
def test_words_that_find_nothing_lead_on(session: Session, client: FlaskClient, language: str) -> None:
    make_stocked(session)
    page = page_of(client, f"/{language}/search?q=zzzzqqqq")
    assert shown(page) == []
    assert f'href="/{language}/c/gula"' in page
    assert f'href="/{language}/products"' in page


def test_what_was_typed_cannot_leave_its_place(session: Session, client: FlaskClient) -> None:
    del session
    typed = '"><script>alert(1)</script>'
    page = client.get("/id/search", query_string={"q": typed}).get_data(as_text=True)
    assert "<script>alert" not in page


@pytest.mark.row("D3")
def test_suggestions_lead_to_pages(session: Session, client: FlaskClient) -> None:
    product = make_stocked(session)
    answer = client.get("/id/suggest?q=gul")
    assert answer.content_type == "application/json"
    rows = answer.get_json()
    assert {"value": "Gula Semut Aren", "label": "Gula Semut Aren", "note": "Produk", "url": f"/id/p/{product.slug}"} in rows
    assert {"value": "Gula", "label": "Gula", "note": "Kategori", "url": "/id/c/gula"} in rows
    assert len(rows) <= 8
    assert client.get("/id/suggest").get_json() == []
    assert client.get("/id/suggest?q=g").get_json() == []
