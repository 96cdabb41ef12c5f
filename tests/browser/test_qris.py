"""Finance registers a QRIS code, a buyer pays by it, and the office confirms what arrived."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from marketplace.accounts.permissions import Role
from tests.browser.accessibility import assert_accessible
from tests.browser.conftest import watched_page
from tests.browser.people import sign_in
from tests.browser.test_buying import NEAR, SUGAR, fill_address, place_order, put_into_cart
from tools.market import Market

STATIC = json.loads((Path(__file__).parents[1] / "data" / "qris_test_vectors.json").read_text())["vectors"][0]["payload"]


@pytest.mark.row("P3", "P2", "F12")
def test_a_code_is_registered_paid_by_and_confirmed(
    page: Page, browser: Browser, request: pytest.FixtureRequest, market: Market
) -> None:
    with watched_page(browser, request, market) as office:
        sign_in(office, Role.FINANCE)
        office.goto("/staff/settings/qris")
        assert_accessible(office)
        office.fill("[name=payload]", STATIC)
        office.locator("form:has([name=payload]) button").click()
        office.wait_for_url(re.compile(r"/settings/qris/\d+$"))
        expect(office.locator("main")).to_contain_text("PASAR LEBAK DEMO")
        office.locator("button[value=activate]").click()
        office.wait_for_url(re.compile("done=1"))

        put_into_cart(page, SUGAR)
        fill_address(page, NEAR)
        number = place_order(page, "qris")
        expect(page.locator(".pay-box__qr svg")).to_be_visible()
        expect(page.locator(".pay-box__qr")).to_have_attribute("aria-label", re.compile(number))
        assert_accessible(page)
        with page.expect_download() as saved:
            page.locator("a[href$='/qris.png']").click()
        assert saved.value.path().read_bytes().startswith(b"\x89PNG")

        office.goto("/staff/payments")
        office.locator(".queue-row", has_text=number).get_by_role("link").first.click()
        office.locator("aside form[method=post] button").click()
        office.wait_for_url(re.compile("done=confirmed"))
        page.reload()
        expect(page.locator(".pay-box__qr")).to_have_count(0)
