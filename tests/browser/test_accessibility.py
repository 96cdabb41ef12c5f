"""axe finds nothing on any kind of page, in three languages and two themes."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.accessibility import assert_accessible

# What axe sees does not depend on the database: one is enough here, journeys walk both.
pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)

PRODUCT = "/p/gula-semut-aren-original-250-g"
PAGES = ["/", "/products", "/c/batik", "/search?q=gula", "/search?q=qqqq", "/filter?in=/products", PRODUCT,
         "/p/madu-hutan-baduy", PRODUCT + "/reviews", "/how-we-choose", "/shops",
         "/shops/nira-girang", "/cart", "/orders", "/how-to-buy", "/p/tidak-ada"]  # fmt: skip


@pytest.mark.axe
@pytest.mark.row("S1")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["id", "en", "ko"])
def test_axe_finds_nothing(page: Page, language: str, scheme: str) -> None:
    """One test walks all pages: opening a browser context costs more than a page."""
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    for path in PAGES:
        answer = page.goto(f"/{language}{path}")
        assert answer is not None
        assert answer.status == (404 if path == "/p/tidak-ada" else 200), path
        assert_accessible(page)


@pytest.mark.axe
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_where_people_sign_in(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto("/account/sign-in")
    assert_accessible(page)
    page.get_by_role("button", name="Masuk").last.click()
    assert_accessible(page)


@pytest.mark.axe
def test_axe_finds_nothing_on_the_style_guide(laptop_page: Page) -> None:
    laptop_page.goto("/_styleguide")
    # It shows the head and the foot as specimens a second time: their landmarks are doubled there and nowhere else.
    assert_accessible(laptop_page, apart_from="landmark-")


@pytest.mark.row("S1")
@pytest.mark.parametrize("path", PAGES[:-1])
def test_nothing_sticks_out_of_a_narrow_phone(page: Page, path: str) -> None:
    """At 320 CSS pixels (WCAG 2.2, 1.4.10) no page scrolls sideways."""
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"/id{path}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
