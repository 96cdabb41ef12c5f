"""Shops: the directory and a maker's own page."""

from __future__ import annotations

from datetime import datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update
from sqlalchemy.orm import Session

from marketplace.sellers.models import ShopText
from marketplace.sellers.services import rename_shop_slug, suspend_shop
from tests.factories.people import make_person
from tests.factories.shops import make_shop
from tests.web.storefront.goods import link_of, make_stocked, page_of, text_of


@pytest.mark.row("T1", "S1")
def test_a_shop_tells_its_story_and_shows_its_goods(session: Session, client: FlaskClient) -> None:
    shop = make_shop(session, name="Sanggar Uji", is_example=True)
    session.execute(
        update(ShopText).where(ShopText.shop_id == shop.id, ShopText.language == "id").values(story="Satu.\nDua.", tagline="Kain")
    )
    product = make_stocked(session, shop=shop)
    page = page_of(client, f"/id/shops/{shop.slug}?page=x&y=1")
    assert page.count("<h1") == 1
    assert f"/id/p/{product.slug}" in page
    assert "Terverifikasi Dinas" in page
    assert "Toko contoh, bukan usaha nyata" in page
    assert "<p>Satu.</p><p>Dua.</p>" in page
    assert link_of(page, "canonical") == f"http://localhost/id/shops/{shop.slug}"
    assert 'class="prose" lang="id"' in page_of(client, f"/ko/shops/{shop.slug}")


def test_only_shops_the_office_verified_are_listed(session: Session, client: FlaskClient, now: datetime) -> None:
    shown = make_shop(session, name="Toko Tampak")
    hidden = make_shop(session, name="Toko Baru", verified_at=None)
    closed = make_shop(session, name="Toko Tutup")
    suspend_shop(session, shop_id=closed.id, reason="uji", actor_id=make_person(session).id, now=now)
    session.flush()
    words = text_of(page_of(client, "/id/shops"))
    assert shown.name in words
    assert hidden.name not in words
    assert closed.name not in words
    for slug in (hidden.slug, closed.slug, "tidak-ada"):
        page_of(client, f"/id/shops/{slug}", status=404)


@pytest.mark.row("S2")
def test_a_renamed_shop_is_found_at_its_old_address(session: Session, client: FlaskClient, now: datetime) -> None:
    shop = make_shop(session)
    old = shop.slug
    rename_shop_slug(session, shop_id=shop.id, slug="nama-baru", actor_id=make_person(session).id, now=now)
    session.flush()
    answer = client.get(f"/ko/shops/{old}")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/ko/shops/nama-baru")
