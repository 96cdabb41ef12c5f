"""The demo's people at a browser: signing in, and a buyer who has something in the cart."""

from __future__ import annotations

from playwright.sync_api import Page

from marketplace.accounts.permissions import Role
from marketplace.demo.people_cast import FULL_CAST


def sign_in(page: Page, role: Role) -> None:
    """Sign the demo's person of this role in."""
    person = next(member for member in FULL_CAST if member.role is role)
    page.goto("/account/sign-in")
    page.fill("[name=login]", person.phone)
    page.fill("[name=password]", person.password)
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url(lambda url: "/sign-in" not in url)


def fill_cart(page: Page, slug: str) -> None:
    """Put one good into the cart."""
    page.goto(f"/id/p/{slug}")
    with page.expect_response(lambda answer: "/cart/lines" in answer.url):
        page.locator("button[name=act][value=add]").click()
    page.wait_for_load_state()
