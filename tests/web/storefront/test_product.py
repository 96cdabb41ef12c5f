"""The product page: variants, quantities, facts, papers in force, the maker; and what machines read of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from marketplace.catalog.drafts import ProductWords
from marketplace.catalog.models import Fulfilment, ProductState
from marketplace.catalog.services import move_product, rename_product_slug
from marketplace.kernel.clock import local_day
from marketplace.kernel.money import Currency
from marketplace.language.languages import Language
from marketplace.places.services import enter_exchange_rate
from marketplace.sellers.models import PermitKind
from marketplace.sellers.services import set_holiday
from marketplace.shipping.loading import load_tariffs
from tests.factories.found import give_permit
from tests.factories.listings import VARIANT
from tests.factories.people import make_person
from tests.factories.shops import make_shop
from tests.web.storefront.goods import data_of, link_of, make_stocked, page_of, text_of

METRES = replace(VARIANT, sku="KAIN", unit="metre", step_units=500, min_steps=2, price_minor=38_000, tiers=((10, 35_000),))
KODI = replace(VARIANT, sku="KODI", unit="kodi", step_units=20, price_minor=150_000)


@pytest.mark.row("C2", "S1", "S2")
def test_a_product_says_what_it_is_in_every_language(session: Session, client: FlaskClient) -> None:
    product = make_stocked(session)
    page = page_of(client, f"/ko/p/{product.slug}?junk=1")
    assert page.count("<h1") == 1
    assert "아렌 팜슈가" in page
    assert link_of(page, "canonical") == f"http://localhost/ko/p/{product.slug}"
    assert link_of(page, "alternate", "en") == f"http://localhost/en/p/{product.slug}"
    assert '<meta property="og:image" content="http://localhost/media/' in page
    assert "junk" not in page


@pytest.mark.row("C6")
def test_words_in_another_language_than_the_page_say_so(session: Session, client: FlaskClient) -> None:
    product = make_stocked(session)
    page = page_of(client, f"/en/p/{product.slug}")
    assert '<h1 class="product__name" lang="id">Gula Semut Aren</h1>' in page
    assert 'lang="id"><p>Dari nira aren.</p>' in page
    assert 'lang="id"' not in page_of(client, f"/id/p/{product.slug}").split("<h1", 1)[1].split("product__sections")[0]


@pytest.mark.row("C2", "C3")
def test_metres_and_bundles_are_sold_in_their_own_words(session: Session, client: FlaskClient) -> None:
    cloth = make_stocked(session, variants=(METRES,), units=20_000, shelf_life_days=None)
    words = text_of(page_of(client, f"/id/p/{cloth.slug}"))
    assert "Rp38.000 per 0,5 m" in words
    assert "× 0,5 m" in words
    assert "Minimal 1 m · Mulai 5 m: Rp35.000" in words
    assert 'value="2" min="2"' in page_of(client, f"/id/p/{cloth.slug}")
    bundle = make_stocked(session, variants=(KODI,), units=200, shelf_life_days=None)
    assert "per 20 pieces" in text_of(page_of(client, f"/en/p/{bundle.slug}"))


@pytest.mark.row("C2")
def test_each_variant_tells_its_stock_and_the_first_that_can_be_had_is_chosen(session: Session, client: FlaskClient) -> None:
    small = replace(VARIANT, labels={Language.ID: "250 g", Language.KO: "250g"})
    large = replace(VARIANT, sku="GS-500", price_minor=30_000, labels={Language.ID: "500 g", Language.KO: "500g"})
    product = make_stocked(session, variants=(small, large), units=3)
    page = page_of(client, f"/id/p/{product.slug}")
    assert "Rp16.500 – Rp30.000" in page
    assert text_of(page).count("Stok tinggal 3") == 2
    assert "Rp6.600/100 g" in page


@pytest.mark.row("C2")
def test_a_sold_out_product_says_so_and_offers_the_maker(session: Session, client: FlaskClient) -> None:
    product = make_stocked(session, units=0)
    page = page_of(client, f"/id/p/{product.slug}")
    assert "Habis" in text_of(page)
    assert 'value="buy"' not in page
    assert "https://wa.me/6281200000099?text=" in page
    (offer,) = data_of(page)[0]["offers"]
    assert offer["availability"] == "https://schema.org/OutOfStock"


@pytest.mark.row("C2")
def test_a_shop_on_holiday_shows_its_goods_and_sells_none(session: Session, client: FlaskClient, app: Flask) -> None:
    at = app.extensions["market_clock"].now()
    shop = make_shop(session)
    product = make_stocked(session, shop=shop)
    today = local_day(at)
    set_holiday(session, shop_id=shop.id, starts=today, ends=today + timedelta(days=5), actor_id=make_person(session).id, now=at)
    session.flush()
    page = page_of(client, f"/id/p/{product.slug}")
    assert "Toko sedang libur sampai" in page
    assert 'value="buy"' not in page
    assert "Libur sampai" in page_of(client, f"/id/shops/{shop.slug}")


def test_goods_made_to_order_say_how_long_they_take(session: Session, client: FlaskClient) -> None:
    product = make_stocked(session, fulfilment=Fulfilment.MADE_TO_ORDER, lead_days=14)
    page = page_of(client, f"/id/p/{product.slug}")
    assert "Dibuat sesuai pesanan, 14 hari" in page
    assert data_of(page)[0]["offers"][0]["availability"] == "https://schema.org/MadeToOrder"


@pytest.mark.row("T1")
def test_papers_show_only_while_they_are_in_force(session: Session, client: FlaskClient, app: Flask) -> None:
    today = local_day(app.extensions["market_clock"].now())
    product = make_stocked(session)
    give_permit(session, product, PermitKind.HALAL, number="ID36000000000000001")
    give_permit(session, product, PermitKind.PIRT, number="2093602010000-25", expires_on=today - timedelta(days=1))
    unseen = give_permit(session, product, PermitKind.BPOM_MD, number="MD 000000000000", verified_at=None)
    page = page_of(client, f"/id/p/{product.slug}")
    assert "ID36000000000000001" in page
    assert "2093602010000-25" not in page
    assert unseen.number not in page


@pytest.mark.row("H1")
def test_the_least_delivery_is_said_and_pick_up_only_too(session: Session, client: FlaskClient, now: datetime) -> None:
    load_tariffs(session, valid_from=now - timedelta(days=1))
    sent = make_stocked(session)
    assert "Ongkir mulai Rp" in page_of(client, f"/id/p/{sent.slug}")
    fetched = make_stocked(session, ship_flags=("oversize", "pickup"))
    assert "Hanya bisa diambil di tempat." in page_of(client, f"/id/p/{fetched.slug}")


def test_readers_abroad_see_about_what_it_costs_with_the_rates_date(session: Session, client: FlaskClient, now: datetime) -> None:
    product = make_stocked(session)
    given: dict[str, Any] = {"entered_by": None, "now": now}
    enter_exchange_rate(session, currency=Currency.KRW, idr_micros=11_620_000, valid_from=date(2026, 11, 21), **given)
    enter_exchange_rate(session, currency=Currency.USD, idr_micros=16_450_000_000, valid_from=date(2026, 11, 20), **given)
    enter_exchange_rate(session, currency=Currency.USD, idr_micros=16_000_000_000, valid_from=date(2099, 1, 1), **given)
    session.flush()
    assert "약 1,400원, 2026년 11월 21일 환율 기준" in page_of(client, f"/ko/p/{product.slug}")
    assert "About USD 1.00, rate of 20 November 2026" in page_of(client, f"/en/p/{product.slug}")
    assert "kurs" not in page_of(client, f"/id/p/{product.slug}")


@pytest.mark.row("S2")
def test_machines_read_a_whole_product(session: Session, client: FlaskClient) -> None:
    shop = make_shop(session, name="Koperasi Uji")
    product = make_stocked(session, shop=shop)
    item, crumbs = data_of(page_of(client, f"/id/p/{product.slug}"))
    assert item["@context"] == "https://schema.org"
    assert (item["@type"], item["name"], item["description"]) == ("Product", "Gula Semut Aren", "Butiran halus")
    assert item["image"][0].startswith("http://localhost/media/")
    assert "aggregateRating" not in item
    (offer,) = item["offers"]
    assert (offer["@type"], offer["price"], offer["priceCurrency"]) == ("Offer", "16500", "IDR")
    assert offer["availability"] == "https://schema.org/InStock"
    assert (offer["url"], offer["seller"]["name"]) == (f"http://localhost/id/p/{product.slug}", "Koperasi Uji")
    assert crumbs["@type"] == "BreadcrumbList"
    assert [step["position"] for step in crumbs["itemListElement"]] == [1, 2, 3]
    assert crumbs["itemListElement"][1]["item"] == "http://localhost/id/c/gula"


HOSTILE = '</script><script>alert(1)</script><!-- &amp; "\u2028'


@pytest.mark.row("S2")
def test_no_name_leaves_its_place(session: Session, client: FlaskClient) -> None:
    words = {Language.ID: ProductWords(name=HOSTILE, summary=HOSTILE, description=HOSTILE, care="x")}
    product = make_stocked(session, shop=make_shop(session, name=HOSTILE[:60]), revision={"words": words})
    page = page_of(client, f"/id/p/{product.slug}")
    assert "<script>alert" not in page
    assert data_of(page)[0]["name"] == HOSTILE
    assert "<script>alert" not in page_of(client, "/id/products")


@pytest.mark.row("S2")
def test_an_old_address_leads_on_and_a_hidden_product_nowhere(session: Session, client: FlaskClient, now: datetime) -> None:
    product, actor = make_stocked(session), make_person(session).id
    old = product.slug
    rename_product_slug(session, product_id=product.id, slug="gula-baru", actor_id=actor, now=now)
    session.flush()
    for ending in ("", "/reviews"):
        answer = client.get(f"/en/p/{old}{ending}?stars=5")
        assert (answer.status_code, answer.headers["Location"]) == (301, f"/en/p/gula-baru{ending}")
    move_product(session, product_id=product.id, wanted=ProductState.PAUSED, reason="uji", actor_id=actor, now=now)
    session.flush()
    for slug in ("gula-baru", old, "tidak-ada", "x" * 500, "%00"):
        assert client.get(f"/id/p/{slug}").status_code == 404, slug


def test_reviews_without_any_say_so(session: Session, client: FlaskClient) -> None:
    product = make_stocked(session)
    page = page_of(client, f"/id/p/{product.slug}/reviews?stars=5&page=7")
    assert "Belum ada ulasan" in page
    assert '<meta name="robots" content="noindex">' in page
