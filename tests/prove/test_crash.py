"""R8: web processes die as by `kill -9` around every commit while buyers order; nothing acknowledged is lost."""

from __future__ import annotations

import os

import pytest

from bench.buying import Browser, OrderFailed, buy
from tests.prove.conftest import put_on_shelf, standing
from tools.market import Market, market_on, serving

PURCHASES = int(os.environ.get("CRASH_PURCHASES", "60"))


@pytest.mark.prove
@pytest.mark.promise("R8")
@pytest.mark.parametrize("point", ["before_commit:7", "after_commit:7", "before_commit:2"])
def test_orders_survive_killed_processes(quiet_market: Market, point: str) -> None:
    market = quiet_market
    slug = put_on_shelf(market, 10_000)
    dying = market_on(market.environ["DATABASE_URL"], market.folder, TRUSTED_PROXIES="1", FAULT_POINT=point)
    acknowledged, refused = [], 0
    with serving(dying, with_worker=False):
        for number in range(PURCHASES):
            try:
                with Browser(dying.url, f"10.9.{number // 250}.{number % 250 + 1}") as browser:
                    acknowledged.append(buy(browser, [slug], f"08139{number:07d}", "Rangkasbitung"))
            except (OrderFailed, OSError, ConnectionError) as lost:
                del lost  # the process died under this buyer, who would press again
                refused += 1
    assert refused, "no process died: the fault point was not reached"
    market.command("worker", "--once")
    found = market.command("check-invariants", "--json", check=False)
    assert found.returncode == 0, found.stdout
    numbers = {where.rsplit("/", 1)[1].partition("?")[0] for where in acknowledged}
    assert standing(market, numbers) == numbers, "an acknowledged order is gone"
