"""The front page: picks with their reasons, collections, makers, and the way in by language."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from marketplace.curation.services import Titled, feature_shop, make_collection, place_pick
from marketplace.language.languages import Language
from tests.factories.shops import make_shop
from tests.web.storefront.goods import data_of, link_of, make_stocked, page_of, text_of

HOUR = timedelta(hours=1)


@pytest.mark.row("S4", "S1")
def test_a_pick_shows_with_its_reason_while_it_is_in_force(session: Session, client: FlaskClient, app: Flask) -> None:
    at = app.extensions["market_clock"].now()
    product = make_stocked(session)
    place_pick(session, slot="home", product_id=product.id, reasons={Language.ID: "Kering dan rata"}, starts_at=at - HOUR,
               ends_at=at + HOUR, author_id=None, now=at)  # fmt: skip
    over = make_stocked(session)
    place_pick(session, slot="home", product_id=over.id, reasons={Language.ID: "Sudah lewat"}, starts_at=at - 2 * HOUR,
               ends_at=at - HOUR, author_id=None, now=at - 2 * HOUR)  # fmt: skip
    page = page_of(client, "/id/")
    assert "Kering dan rata" in page
    assert f"/id/p/{product.slug}" in page
    assert "Sudah lewat" not in page
    assert f"/id/p/{over.slug}" not in page


@pytest.mark.row("S4")
def test_collections_and_makers_take_turns(session: Session, client: FlaskClient, app: Flask) -> None:
    at = app.extensions["market_clock"].now()
    shop = make_shop(session, name="Sanggar Uji")
    product = make_stocked(session, shop=shop)
    titled = {Language.ID: Titled("Untuk dapur", "Dipakai setiap hari")}
    make_collection(session, slug="dapur", words=titled, product_ids=[product.id], position=1, starts_at=at - HOUR, ends_at=None,
                    author_id=None, now=at)  # fmt: skip
    feature_shop(session, shop_id=shop.id, words={Language.ID: Titled("Satu kain, satu tangan", "Dari Sobang")}, position=1,
                 starts_at=at - HOUR, ends_at=None, author_id=None, now=at)  # fmt: skip
    session.flush()
    words = text_of(page_of(client, "/id/"))
    assert words.index("Satu kain, satu tangan") < words.index("Untuk dapur")
    collection = text_of(page_of(client, "/id/collections/dapur"))
    assert "Dipakai setiap hari" in collection
    assert "Gula Semut Aren" in collection
    assert page_of(client, "/id/collections/tidak-ada", status=404)


def test_an_empty_market_still_has_a_front_page(session: Session, client: FlaskClient) -> None:
    del session
    for language in ("id", "en", "ko"):
        page = page_of(client, f"/{language}/")
        assert page.count("<h1") == 1
        assert f'<html lang="{language}">' in page


@pytest.mark.row("S1", "S2")
def test_the_front_page_says_where_its_twins_are(session: Session, client: FlaskClient) -> None:
    del session
    page = page_of(client, "/en/?utm_source=x&page=3")
    assert link_of(page, "canonical") == "http://localhost/en/"
    assert [link_of(page, "alternate", code) for code in ("id", "en", "ko", "x-default")] == [
        "http://localhost/id/", "http://localhost/en/", "http://localhost/ko/", "http://localhost/",
    ]  # fmt: skip
    assert "utm_source" not in page
    (organization,) = data_of(page)
    assert (organization["@type"], organization["url"]) == ("Organization", "http://localhost/")


@pytest.mark.row("S1")
@pytest.mark.parametrize(
    ("asked", "led"), [("ko-KR,ko;q=0.9", "/ko/"), ("en-GB", "/en/"), ("fr", "/id/"), (None, "/id/"), ("\x00;q=z", "/id/")]
)
def test_the_bare_address_leads_to_the_readers_language(client: FlaskClient, asked: str | None, led: str) -> None:
    answer = client.get("/", headers={"Accept-Language": asked} if asked else {})
    assert (answer.status_code, answer.headers["Location"]) == (302, led)


def test_a_page_is_kept_no_longer_than_until_a_pick_begins(session: Session, client: FlaskClient, app: Flask) -> None:
    at = app.extensions["market_clock"].now()
    product = make_stocked(session)
    place_pick(session, slot="home", product_id=product.id, reasons={Language.ID: "Nanti"}, starts_at=at + timedelta(seconds=20),
               ends_at=None, author_id=None, now=at)  # fmt: skip
    before = time.monotonic()
    page_of(client, "/id/")
    (entry,) = app.extensions["market_page_cache"]._entries.values()
    assert 0 < entry.dies_at - before <= 20
