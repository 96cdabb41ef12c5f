"""A curator at the keyboard: a product is placed, previewed as of its date, and shown; and what readers see is counted."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from marketplace.accounts.permissions import Role
from marketplace.kernel.clock import local_day
from tests.browser.accessibility import assert_accessible
from tests.browser.people import sign_in

REASON = "Dipilih dengan papan ketik saja"


def walk_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is on what the selector names."""
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab never came to {selector}")


@pytest.mark.row("F3", "S4")
def test_a_pick_is_placed_by_keyboard_previewed_and_shown(laptop_page: Page) -> None:
    page, today = laptop_page, local_day(datetime.now(UTC))
    sign_in(page, Role.CURATOR)
    page.goto("/staff/curation")
    assert_accessible(page)
    walk_to(page, "a[href*='/staff/curation/new']")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/staff/curation/new"))
    name = page.locator("h1").inner_text()
    assert_accessible(page)
    walk_to(page, "#f-reason_id")
    page.keyboard.type(REASON)
    walk_to(page, "main form.editor button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/staff/curation\?.*done=place"))
    expect(page.get_by_role("status").first).to_contain_text("Pilihan dipasang")

    asked = "/staff/curation/preview?show=page&language=id&date="
    page.goto(asked + str(today + timedelta(days=3)))
    expect(page.locator(".banner")).to_contain_text("Pratinjau")
    expect(page.locator(".card", has_text=REASON)).to_contain_text(name)
    page.goto(asked + str(today + timedelta(days=8)))
    expect(page.locator(".card", has_text=REASON)).to_have_count(0)
    page.goto("/id/")
    expect(page.locator(".card", has_text=REASON)).to_contain_text(name)

    page.goto("/staff/curation")
    walk_to(page, "form[action$='/undo'] button")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("done=undone"))
    expect(page.locator("main")).not_to_contain_text(REASON)


@pytest.mark.row("F4")
def test_a_page_reports_the_cards_that_stood_on_the_screen(page: Page) -> None:
    with page.expect_request("**/seen") as sent:
        page.goto("/id/")
    body = sent.value.post_data_json
    assert body is not None
    assert body["page"] == "/id/"
    assert 0 < len(body["goods"]) < 20
    assert "cookie" not in sent.value.all_headers()
    answer = sent.value.response()
    assert answer is not None
    assert answer.status == 204


@pytest.mark.axe
@pytest.mark.row("F3", "F4", "F5")
def test_axe_finds_nothing_on_the_curators_pages(page: Page) -> None:
    sign_in(page, Role.CURATOR)
    for path in ("", "/goods", "/collections", "/collections/new", "/collections/1", "/exposure", "/preview"):
        page.goto(f"/staff/curation{path}")
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
    page.goto("/ko/how-we-choose")
    assert_accessible(page)
