"""R8: web processes and worker die as by `kill -9`, at every named point and at random, while buyers order."""

from __future__ import annotations

import os
import random
import threading
import time

import pytest
from sqlalchemy import func, select

from marketplace.orders.models import Order
from marketplace.outbox.models import OutboxRow, OutboxState
from tests.prove.conftest import put_on_shelf, reading_of
from tests.prove.crashing import Crowd, dying, web_deaths
from tools.market import Market, serving

KILLS = int(os.environ.get("CRASH_KILLS", "200"))
BUYERS = 3
SEED = 8
PHASE_SECONDS = 600.0
# A lease is two minutes; moving again may take five.
RECOVERY_SECONDS = 300.0
# Where the web processes die and where the worker dies; the last phase has no point, there both die at random.
PHASES = (
    ("before_commit:4", "before_ack:3"),
    ("after_commit:4", "after_send:2"),
    ("before_commit:9", "after_commit:5"),
    ("after_commit:9", "before_commit:5"),
    ("", ""),
)


def kill_for_a_while(market: Market, crowd: Crowd, web: str, worker: str, wanted: int) -> int:
    """Let buyers order until so many processes have died; return how many did."""
    chance = None if web else random.Random(SEED)
    before, ending, begun = web_deaths(market), threading.Event(), time.monotonic()
    with dying(market, web=web, worker=worker, chance=chance) as (served, reaper):
        threads = [threading.Thread(target=crowd.buy_until, args=(served, ending)) for _ in range(BUYERS)]
        for thread in threads:
            thread.start()
        try:
            while (died := web_deaths(served) - before + reaper.deaths) < wanted and time.monotonic() - begun < PHASE_SECONDS:
                time.sleep(0.2)
        finally:
            ending.set()  # each buyer finishes the purchase at hand
            for thread in threads:
                thread.join(600)
    took = time.monotonic() - begun
    print(f"  {web or 'random':16} {worker or 'random':16} {died} deaths in {took:.0f} s, {len(crowd.orders)} orders", flush=True)
    assert died >= wanted, f"only {died} processes died at {web}, {worker}"
    return died


def waiting(market: Market) -> int:
    """Return how many effects are not performed yet."""
    unfinished = OutboxRow.state.in_((OutboxState.PENDING, OutboxState.RUNNING))
    return reading_of(market, lambda session: session.scalar(select(func.count()).where(unfinished)) or 0)


def recovered(market: Market) -> float:
    """Return after how many seconds of ordinary work the queue is empty."""
    begun = time.monotonic()
    with serving(market):
        while waiting(market) and time.monotonic() - begun < RECOVERY_SECONDS:
            time.sleep(2)
    return time.monotonic() - begun


@pytest.mark.prove
@pytest.mark.promise("R8", "R2")
def test_nothing_acknowledged_is_lost(quiet_market: Market) -> None:
    market = quiet_market
    crowd = Crowd(put_on_shelf(market, 100_000))
    kills = 0
    print()
    for web, worker in PHASES:
        kills += kill_for_a_while(market, crowd, web, worker, -(-KILLS // len(PHASES)))
        assert crowd.failures == [], f"{web}, {worker}: {crowd.failures[:5]} of {len(crowd.failures)}"
        found = market.command("check-invariants", "--json", check=False)
        assert found.returncode in (0, 1), found.stderr
    took = recovered(market)
    print(f"R8: {kills} kills, {len(crowd.orders)} orders, queue empty after {took:.0f} s")
    assert waiting(market) == 0, "the queue does not move again"
    found = market.command("check-invariants", "--json", check=False)
    assert found.returncode == 0, found.stdout
    standing = reading_of(market, lambda session: session.execute(select(Order.buyer_phone, Order.number)).all())
    by_phone: dict[str, list[str]] = {}
    for phone, number in standing:
        by_phone.setdefault("0" + phone.removeprefix("+62"), []).append(number)
    for phone, number in crowd.orders.items():
        assert by_phone.get(phone) == [number], "an acknowledged order is gone, or one purchase became two"
    assert "database is locked" not in market.web.log.read_text("utf-8", "replace")
