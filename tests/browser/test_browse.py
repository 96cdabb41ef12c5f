"""A buyer looks around on a phone: front page, search, filters, a product, the other languages, the dark theme."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

GULA = "gula-semut-aren-original-250-g"
PAGES = (
    "/{language}/", "/{language}/products", "/{language}/c/batik", "/{language}/filter?in=/c/gula", "/{language}/search?q=gula",
    "/{language}/search?q=zzzzqqqq", "/{language}/p/" + GULA, "/{language}/p/madu-hutan-baduy",
    "/{language}/p/" + GULA + "/reviews", "/{language}/shops", "/{language}/shops/nira-girang", "/{language}/how-to-buy",
)  # fmt: skip
FOUND = {"id": "gula aren", "en": "palm sugar", "ko": "팜슈가"}


def test_the_first_phone_screen_shows_two_priced_goods(page: Page) -> None:
    for language in ("id", "en", "ko"):
        page.goto(f"/{language}/")
        for card in page.locator(".card").all()[:2]:
            price = card.locator(".price__now").bounding_box()
            assert price is not None
            assert price["y"] + price["height"] <= 800, language
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.row("D1", "D2", "D3", "S1")
@pytest.mark.parametrize("language", ["id", "en", "ko"])
def test_a_buyer_finds_a_product_by_words(any_page: Page, language: str) -> None:
    any_page.goto(f"/{language}/")
    any_page.locator("input[name=q]").first.fill(FOUND[language])
    any_page.locator(".search__button").first.click()
    any_page.wait_for_url(re.compile(rf"/{language}/search\?q="))
    expect(any_page.locator(".card").first).to_be_visible()
    any_page.locator(".card__link").first.click()
    any_page.wait_for_url(re.compile(rf"/{language}/p/"))
    expect(any_page.locator("h1")).to_be_visible()
    expect(any_page.locator(".price__now").first).to_be_visible()


@pytest.mark.row("D1", "S1")
def test_a_phone_filters_on_a_page_of_its_own_and_takes_it_back(any_page: Page) -> None:
    any_page.goto("/id/c/gula")
    every = any_page.locator(".card").count()
    any_page.locator(".listing__filter").click()
    any_page.wait_for_url(re.compile("/id/filter"))
    option = any_page.get_by_label(re.compile("^Cijaku"))
    option.check()
    any_page.locator(".facet-submit button").click()
    any_page.wait_for_url(re.compile(r"/id/c/gula\?.*kecamatan="))
    assert 0 < any_page.locator(".card").count() < every
    any_page.locator(".chip", has_text="Cijaku").click()
    expect(any_page.locator(".card")).to_have_count(every)
    assert "kecamatan" not in any_page.url


@pytest.mark.row("D1", "D9")
def test_a_laptop_filters_and_sorts_without_leaving_the_page(laptop_page: Page) -> None:
    laptop_page.goto("/id/products")
    laptop_page.evaluate("window.isStillHere = true")
    box = laptop_page.locator(".listing__facets input[name=kecamatan]").nth(1)
    wanted = box.get_attribute("id")
    count = laptop_page.locator(".listing__facets .facet").nth(1).locator(".facet__count").nth(1).inner_text()
    box.check()
    expect(laptop_page.locator(".listing__count")).to_have_text(f"{count} produk")
    expect(laptop_page.locator("[role=status]#listing-status")).to_have_text(f"{count} produk")
    assert laptop_page.url.endswith(f"/id/products?kecamatan={wanted.removeprefix('f-kecamatan-')}" if wanted else "?")
    assert laptop_page.evaluate("document.activeElement.id") == wanted
    laptop_page.locator("select[name=sort]").select_option("price_up")
    laptop_page.wait_for_url(re.compile("sort=price_up"))
    prices = [int(re.sub(r"\D", "", text)) for text in laptop_page.locator(".card .price__now").all_inner_texts()]
    assert prices == sorted(prices)
    laptop_page.locator(".chip").first.click()
    expect(laptop_page.locator(".chip")).to_have_count(0)
    assert laptop_page.evaluate("document.activeElement.id") == "results"
    assert laptop_page.evaluate("window.isStillHere") is True
    laptop_page.go_back()
    expect(laptop_page.locator(".chip").first).to_be_visible()


@pytest.mark.row("D3")
def test_suggestions_open_with_the_keyboard_alone(page: Page) -> None:
    page.goto("/id/")
    field = page.locator("#header-search")
    field.press_sequentially("gula se")
    option = page.locator("[role=option]").first
    expect(option).to_be_visible()
    assert page.locator("[role=option]").count() <= 8
    field.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == option.get_attribute("id")
    field.press("Enter")
    page.wait_for_url(re.compile("/id/(p|c|shops)/"))


@pytest.mark.row("S1")
def test_the_language_changes_and_the_product_stays(any_page: Page) -> None:
    any_page.goto(f"/id/p/{GULA}")
    any_page.locator('.header__languages a[hreflang="ko"]').click()
    any_page.wait_for_url(f"**/ko/p/{GULA}")
    assert any_page.locator("html").get_attribute("lang") == "ko"
    any_page.locator('.header__languages a[hreflang="en"]').click()
    any_page.wait_for_url(f"**/en/p/{GULA}")
    expect(any_page.locator(".price__foreign")).to_contain_text("About USD")


@pytest.mark.row("S1")
def test_the_theme_stays_chosen(any_page: Page) -> None:
    any_page.goto("/id/products")
    any_page.locator("footer").get_by_text("Gelap", exact=True).click()
    any_page.wait_for_load_state()
    expect(any_page.locator("html")).to_have_attribute("data-theme", "dark")
    assert "/id/products" in any_page.url
    any_page.goto("/id/")
    expect(any_page.locator("html")).to_have_attribute("data-theme", "dark")


def test_goods_go_into_the_cart_without_leaving_the_product(page: Page) -> None:
    page.goto(f"/id/p/{GULA}")
    page.locator('button[value="add"]').click()
    expect(page.locator("[data-toasts]")).to_contain_text("keranjang", ignore_case=True)
    expect(page.locator("[data-cart-count]")).to_have_text("1")
    assert page.url.endswith(f"/id/p/{GULA}")
    page.locator('button[value="buy"]').click()
    page.wait_for_url("**/id/checkout")
