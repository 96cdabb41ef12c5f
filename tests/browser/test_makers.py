"""A maker's first day on a phone of 360 pixels, and the office that lets the shop and the good be seen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from marketplace.accounts.permissions import Role
from tests.browser.accessibility import assert_accessible
from tests.browser.conftest import watched_page
from tests.browser.people import sign_in
from tools.market import Market

SHOP = "Dapur Eneng Cibadak"
GOOD = "Keripik pisang manis Eneng"
SECONDS_A_CHARACTER, SECONDS_A_TAP, SECONDS_A_DECISION = 0.8, 1.2, 4.0


@dataclass
class Hand:
    """A thumb on a phone: what it taps, types and decides is counted."""

    page: Page
    taps: int = 0
    characters: int = 0
    decisions: int = 0

    def write(self, field: str, words: str) -> None:
        """Tap into a field and type."""
        self.taps += 1
        self.characters += len(words)
        self.page.fill(f"[name={field}]", words)

    def choose(self, choice: Locator) -> None:
        """Look at the choices, decide, and tap one."""
        self.taps += 1
        self.decisions += 1
        choice.check(force=True)

    def press(self, word: str) -> None:
        """Tap the button or link that says so, and wait for the page."""
        self.taps += 1
        main = self.page.locator("main")
        main.get_by_role("button", name=word).or_(main.get_by_role("link", name=word)).first.click()
        self.page.wait_for_load_state()

    @property
    def seconds(self) -> float:
        """Return how long that takes somebody who is not used to it."""
        return self.characters * SECONDS_A_CHARACTER + self.taps * SECONDS_A_TAP + self.decisions * SECONDS_A_DECISION


def photo() -> bytes:
    """Return a photo as a phone takes it."""
    out = BytesIO()
    Image.effect_noise((1200, 1200), 60).convert("RGB").save(out, "JPEG")
    return out.getvalue()


def open_shop(hand: Hand, shop: str, phone: str) -> None:
    """Go from "Mulai jualan" to a shop of one's own: five inputs."""
    hand.page.goto("/seller/open")
    hand.write("name", "Eneng")
    hand.write("phone", phone)
    hand.write("password", "kripik-2026")
    hand.write("shop_name", shop)
    hand.taps += 2
    hand.decisions += 1
    hand.page.locator("[name=district]").select_option(index=3)
    hand.press("Buka toko")


def list_good(hand: Hand, name: str) -> None:
    """Go from "Tambah barang" to "Kirim untuk ditinjau": three screens, six fields."""
    hand.page.goto("/seller/goods")
    hand.press("Tambah barang")
    hand.taps += 3  # the tile, the shutter, "use it"
    hand.decisions += 1
    hand.page.locator("input[type=file]").last.set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photo()})
    if hand.page.locator("[data-photos-send]").is_visible():  # without scripts, or before they ran
        hand.press("Kirim foto")
    expect(hand.page.locator(".upload-photo img")).to_be_visible()
    hand.press("Berikutnya")
    hand.write("name", name)
    hand.choose(hand.page.locator("[name=kind]").last)
    hand.write("price", "15000")
    hand.write("stock", "20")
    hand.choose(hand.page.locator("[name=weight]").first)
    hand.press("Berikutnya")
    expect(hand.page.locator("main")).to_contain_text(name)
    hand.press("Kirim untuk ditinjau")
    expect(hand.page.locator("main")).to_contain_text("Diperiksa paling lambat")


def ask_the_office(hand: Hand) -> None:
    """Say where and how things are made, and send the shop to the office."""
    hand.page.goto("/seller/shop")
    hand.write("village", "Cibadak")
    hand.write("story", "Saya menggoreng keripik pisang dari kebun sendiri sejak 2019, dibantu dua tetangga.")
    hand.press("Simpan")
    hand.press("Kirim ke kantor")


def approve(office: Page, queue: str, name: str) -> None:
    """Open what waits under this name, look, and approve it."""
    office.goto(f"/staff/desk?kind={queue}")
    office.locator(".queue-row__title a", has_text=name).first.click()
    office.wait_for_load_state()
    assert_accessible(office)
    reached = office.locator("[name=phone_reached]")
    if reached.count():
        reached.check(force=True)
    office.locator("button[name=decision][value=approve]").click()
    office.wait_for_load_state()


@pytest.mark.row("L1", "L6", "F1")
@pytest.mark.promise("B3")
def test_a_makers_first_day_and_the_office(page: Page, browser: Browser, request: pytest.FixtureRequest, market: Market) -> None:
    hand = Hand(page)
    open_shop(hand, SHOP, "0812 3456 7001")
    assert_accessible(page)
    list_good(hand, GOOD)
    assert_accessible(page)
    assert hand.seconds <= 8 * 60, hand
    ask_the_office(hand)
    page.goto("/id/shops")
    expect(page.locator("main")).not_to_contain_text(SHOP)
    with watched_page(browser, request, market) as office:
        sign_in(office, Role.VERIFIER)
        approve(office, "shop", SHOP)
        approve(office, "listing", GOOD)
    page.goto("/id/shops")
    page.get_by_role("link", name=SHOP).first.click()
    page.wait_for_url(re.compile("/shops/"))
    good = page.get_by_role("link", name=GOOD).first
    for _ in range(40):  # the shelves are filled by the worker, a moment after the office said yes
        if good.count():
            break
        page.wait_for_timeout(500)
        page.reload()
    good.click()
    expect(page.locator("button[name=act][value=add]")).to_be_visible()
    assert page.locator("main img").first.evaluate("image => image.complete && image.naturalWidth > 0")
