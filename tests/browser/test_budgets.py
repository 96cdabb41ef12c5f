"""What a page weighs on a phone with an empty cache, against the budgets of the design: a gate."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import CDPSession, Page

from tools.market import Market

GULA = "gula-semut-aren-original-250-g"
KB = 1024


@dataclass(frozen=True)
class Budget:
    """Kilobytes on the wire of the first view, then of the whole page scrolled through; and requests of the first view."""

    path: str
    html: int
    images: int
    first: int
    full: int
    requests: int


BUDGETS = (
    Budget("/id/", 18, 80, 160, 350, 20),
    Budget("/id/products", 20, 90, 170, 420, 18),
    Budget("/id/search?q=gula", 20, 90, 170, 420, 18),
    Budget(f"/id/p/{GULA}", 18, 70, 150, 350, 16),
    Budget("/id/shops/nira-girang", 18, 70, 150, 350, 16),
)


class Meter:
    """Counts what comes over the wire."""

    def __init__(self, page: Page) -> None:
        """Listen to this page with its cache switched off."""
        self.kinds: dict[str, str] = {}
        self.bytes: dict[str, float] = {}
        self.session: CDPSession = page.context.new_cdp_session(page)
        self.session.send("Network.enable")
        self.session.send("Network.setCacheDisabled", {"cacheDisabled": True})
        self.session.on("Network.responseReceived", lambda event: self.kinds.update({event["requestId"]: event["type"]}))
        self.session.on(
            "Network.loadingFinished", lambda event: self.bytes.update({event["requestId"]: event["encodedDataLength"]})
        )

    def total(self, kind: str = "") -> float:
        """Return the kilobytes so far, of one kind of resource or of all."""
        return sum(size for request, size in self.bytes.items() if not kind or self.kinds.get(request) == kind) / KB


@pytest.mark.row("S1")
@pytest.mark.parametrize("budget", BUDGETS, ids=lambda budget: budget.path)
def test_a_page_stays_within_its_budget(page: Page, market: Market, budget: Budget) -> None:
    asked = Request(market.url + budget.path, headers={"Accept-Encoding": "gzip"})
    with urlopen(asked) as answer:
        body = answer.read()
    assert gzip.decompress(body)
    assert len(body) / KB <= budget.html
    meter = Meter(page)
    page.goto(budget.path)
    page.wait_for_load_state("networkidle")
    first = (meter.total("Image"), meter.total(), len(meter.bytes))
    for _ in range(40):
        page.mouse.wheel(0, 600)
        page.wait_for_timeout(40)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(200)
    assert first[0] <= budget.images, f"{first[0]:.0f} KB of images"
    assert first[1] <= budget.first, f"{first[1]:.0f} KB in the first view"
    assert first[2] <= budget.requests, sorted(meter.kinds.values())
    assert meter.total() <= budget.full, f"{meter.total():.0f} KB in all"
