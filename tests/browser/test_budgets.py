"""What a page weighs on a phone with an empty cache, against the budgets of the design: a gate."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from typing import Any
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import CDPSession, Page

from marketplace.accounts.permissions import Role
from tests.browser.people import fill_cart, sign_in
from tools.market import Market

# What a page weighs does not depend on the database.
pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)

GULA = "gula-semut-aren-original-250-g"
KB = 1024
# Addresses of pictures that were fetched although they lie below the first screen.
AHEAD = """() => Array.from(document.images)
  .filter(image => image.loading === 'lazy' && image.getBoundingClientRect().top > innerHeight).map(image => image.currentSrc)"""


@dataclass(frozen=True)
class Budget:
    """Kilobytes on the wire before and after scrolling through the page; images and requests that the first screen needs.

    A browser fetches pictures some 1,250 px ahead of the reader. They weigh in `first`, but the first
    screen does not wait for them.
    """

    path: str
    html: int
    images: int
    first: int
    full: int
    requests: int
    who: str = ""  # whose page it is; empty for everybody's


BUDGETS = (
    Budget("/id/", 18, 80, 160, 350, 20),
    Budget("/id/products", 20, 90, 170, 420, 18),
    Budget("/id/search?q=gula", 20, 90, 170, 420, 18),
    Budget(f"/id/p/{GULA}", 18, 70, 150, 350, 16),
    Budget("/id/shops/nira-girang", 18, 70, 150, 350, 16),
    Budget("/id/cart", 14, 20, 90, 90, 10, who="buyer"),
    Budget("/id/checkout", 14, 20, 90, 90, 10, who="buyer"),
    Budget("/id/orders", 14, 20, 90, 90, 10),
    Budget("/seller/", 16, 40, 120, 160, 12, who="owner"),
    Budget("/staff/", 30, 80, 200, 300, 30, who="admin"),
    Budget("/staff/payments", 30, 80, 200, 300, 30, who="admin"),
)


class Meter:
    """Counts what comes over the wire."""

    def __init__(self, page: Page) -> None:
        """Listen to this page with its cache switched off."""
        self.kinds: dict[str, str] = {}
        self.bytes: dict[str, float] = {}
        self.urls: dict[str, str] = {}
        self.session: CDPSession = page.context.new_cdp_session(page)
        self.session.send("Network.enable")
        self.session.send("Network.setCacheDisabled", {"cacheDisabled": True})
        self.session.on("Network.responseReceived", lambda event: self.kinds.update({event["requestId"]: event["type"]}))
        self.session.on(
            "Network.loadingFinished", lambda event: self.bytes.update({event["requestId"]: event["encodedDataLength"]})
        )

        self.session.on("Network.requestWillBeSent", lambda told: self.urls.update({told["requestId"]: told["request"]["url"]}))

    def without(self, ahead: set[str]) -> dict[str, float]:
        """Return the bytes of each request so far, but for these addresses."""
        return {request: size for request, size in self.bytes.items() if self.urls[request] not in ahead}

    def total(self) -> float:
        """Return the kilobytes so far."""
        return sum(self.bytes.values()) / KB


def come_as(page: Page, who: str) -> list[Any]:
    """Be who the page is for, and return this browser's cookies."""
    if who == "buyer":
        fill_cart(page, GULA)
    elif who:
        sign_in(page, Role(who))
    return page.context.cookies()


@pytest.mark.row("S1")
@pytest.mark.parametrize("budget", BUDGETS, ids=lambda budget: budget.path)
def test_a_page_stays_within_its_budget(page: Page, market: Market, budget: Budget) -> None:
    cookies = "; ".join(f"{kept['name']}={kept['value']}" for kept in come_as(page, budget.who))
    asked = Request(market.url + budget.path, headers={"Accept-Encoding": "gzip", "Cookie": cookies})
    with urlopen(asked) as answer:
        body = answer.read()
    assert gzip.decompress(body)
    assert len(body) / KB <= budget.html
    meter = Meter(page)
    page.goto(budget.path)
    page.wait_for_load_state("networkidle")
    needed = meter.without(set(page.evaluate(AHEAD)))
    images = sum(size for request, size in needed.items() if meter.kinds[request] == "Image") / KB
    first = meter.total()
    for _ in range(40):
        page.mouse.wheel(0, 600)
        page.wait_for_timeout(40)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(200)
    assert images <= budget.images, f"{images:.0f} KB of images"
    assert first <= budget.first, f"{first:.0f} KB in the first view"
    assert len(needed) <= budget.requests, sorted(meter.kinds[request] for request in needed)
    assert meter.total() <= budget.full, f"{meter.total():.0f} KB in all"
