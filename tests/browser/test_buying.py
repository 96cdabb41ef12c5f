"""A buyer on a cheap phone: finds goods of two shops, orders, pays by transfer or in cash, and follows the order."""

from __future__ import annotations

import re
from io import BytesIO
from itertools import count

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.accessibility import assert_accessible

SUGAR = "gula-semut-aren-original-250-g"
COFFEE = "kopi-arabika-lebak-200-g"
NEAR = "Rangkasbitung"


# Unpaid orders are limited for each phone number, so every buyer here has a number of their own.
_numbers = count(100)


def new_phone() -> str:
    """Return a number nobody in this file used before."""
    return f"0812 3456 7{next(_numbers)}"


def put_into_cart(page: Page, slug: str, language: str = "id") -> None:
    """Add one product from its page."""
    page.goto(f"/{language}/p/{slug}")
    add(page)


def add(page: Page) -> None:
    """Press "+ Keranjang" and wait until the market has taken it, with scripts (a toast) or without (the cart's page)."""
    with page.expect_response(re.compile("/cart/lines")):
        page.locator("button[name=act][value=add]").click()
    page.wait_for_load_state()


def fill_address(page: Page, place: str, *, language: str = "id") -> str:
    """Fill the first page of the checkout and go on to the second, with or without scripts; return the phone number."""
    phone = new_phone()
    page.goto(f"/{language}/checkout")
    page.fill("[name=name]", "Sari Dewi")
    page.fill("[name=phone]", phone)
    page.fill("[name=email]", "sari@example.org")
    page.fill("[name=place]", f"{place}")
    page.fill("[name=street]", "Jl. Multatuli 5, RT 02/RW 01")
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_load_state()
    for _ in range(3):  # a place that is still to be chosen, or deliveries that have just appeared
        if "/pay" in page.url:
            return phone
        choice = page.locator("input[name=district]:not([type=hidden])")
        if choice.count():
            choice.first.check(force=True)
        page.locator("main form button[type=submit]").last.click()
        page.wait_for_load_state()
    raise AssertionError(page.locator("main").inner_text())


def place_order(page: Page, method: str) -> str:
    """Choose how to pay, place the order, and return its number."""
    page.locator(f"input[name=method][value={method}]").check(force=True)
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url(re.compile(r"/orders/LBK-"))
    return page.url.rsplit("/", 1)[1].partition("?")[0]


def photo() -> bytes:
    """Return a small JPEG, as a phone's screenshot of a transfer would be."""
    out = BytesIO()
    Image.new("RGB", (300, 500), "#EEE").save(out, "JPEG")
    return out.getvalue()


@pytest.mark.row("K1", "K2", "P2", "H1", "O6", "S1")
def test_two_shops_by_transfer_with_proof(any_page: Page) -> None:
    page = any_page
    put_into_cart(page, SUGAR)
    put_into_cart(page, COFFEE)
    page.goto("/id/cart")
    expect(page.locator("main")).to_contain_text("Koperasi Nira Girang")
    fill_address(page, NEAR)
    number = place_order(page, "transfer")
    expect(page.locator("main")).to_contain_text(number)
    expect(page.locator("main")).to_contain_text("Bank Contoh")
    page.set_input_files("input[type=file]", {"name": "bukti.jpg", "mimeType": "image/jpeg", "buffer": photo()})
    page.locator("form[enctype] button[type=submit]").click()
    page.wait_for_load_state()
    expect(page.locator("main")).to_contain_text(re.compile("[Bb]ukti"))
    page.reload()
    expect(page.locator("main")).to_contain_text(number)


@pytest.mark.row("P4", "H3")
def test_cash_on_delivery_near_home(page: Page) -> None:
    put_into_cart(page, SUGAR)
    fill_address(page, NEAR)
    offered = page.locator("input[name=method][value=cod]")
    if offered.is_disabled():  # the cheapest choice is a courier; cash goes with pick-up and the seller's own delivery
        page.goto("/id/checkout")
        page.locator("input[type=radio][name^=delivery]").first.check(force=True)
        page.locator("main form button[type=submit]").last.click()
        page.wait_for_url(re.compile("/pay"))
    number = place_order(page, "cod")
    expect(page.locator("main")).to_contain_text(number)


@pytest.mark.row("K4")
def test_going_back_after_placing_makes_no_second_order(page: Page) -> None:
    put_into_cart(page, SUGAR)
    fill_address(page, NEAR)
    place_order(page, "transfer")
    page.go_back()
    page.wait_for_load_state()
    # The cart is empty now: what is left of the form leads nowhere but to the cart or to the order that stands.
    assert page.locator("input[name=method]").count() == 0


@pytest.mark.row("O1", "O6")
def test_the_link_is_all_a_guest_needs(page: Page, no_scripts_page: Page) -> None:
    put_into_cart(page, SUGAR)
    phone = fill_address(page, NEAR)
    number = place_order(page, "transfer")
    stranger = no_scripts_page
    stranger.goto(f"/id/orders/{number}")
    assert stranger.url.endswith("/id/orders"), "a stranger is led to the look-up page"
    stranger.fill("[name=number]", number.lower())
    stranger.fill("[name=phone]", phone)
    stranger.locator("main form button[type=submit]").click()
    stranger.wait_for_url(re.compile(number))
    expect(stranger.locator("main")).to_contain_text(number)


@pytest.mark.row("C6", "D2", "S1")
@pytest.mark.parametrize(("language", "word"), [("id", "gula semut"), ("en", "palm sugar"), ("ko", "팜슈가")])
def test_found_and_bought_in_every_language(page: Page, language: str, word: str) -> None:
    page.goto(f"/{language}/")
    page.fill("input[name=q]", word)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/search"))
    page.locator(".card__link").first.click()
    page.wait_for_url(re.compile("/p/"))
    add(page)
    fill_address(page, NEAR, language=language)
    number = place_order(page, "transfer")
    expect(page.locator("main")).to_contain_text(number)


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)  # what axe sees does not depend on it
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["id", "en", "ko"])
def test_buying_pages_are_accessible(page: Page, language: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of playwright's words
    put_into_cart(page, SUGAR, language)
    page.goto(f"/{language}/cart")
    assert_accessible(page)
    page.goto(f"/{language}/checkout")
    assert_accessible(page)
    fill_address(page, NEAR, language=language)
    assert_accessible(page)
    place_order(page, "transfer")
    assert_accessible(page)
