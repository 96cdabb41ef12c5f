"""R1 over HTTP: 100 buyers press "order" at once for 5 units, over two web processes, twenty times."""

from __future__ import annotations

import os
import threading
import time
from collections import Counter
from itertools import count

import pytest

from bench.buying import Browser, Form, come_to_pay, place
from tests.prove.conftest import put_on_shelf
from tools.market import Market, serving

BUYERS = int(os.environ.get("RACE_BUYERS", "100"))
ROUNDS = int(os.environ.get("RACE_ROUNDS", "20"))
UNITS = 5
_numbers = count(1)


def ready(market: Market, slug: str) -> tuple[Browser, Form]:
    """Return a buyer who has only the last button left to press."""
    number = next(_numbers)
    browser = Browser(market.url, f"10.{number // 62_500}.{number // 250 % 250}.{number % 250 + 1}")
    return browser, come_to_pay(browser, [slug], f"08138{number:07d}", "Rangkasbitung")


@pytest.mark.prove
@pytest.mark.promise("R1")
def test_five_units_make_five_orders(quiet_market: Market) -> None:
    market = quiet_market
    times: list[float] = []
    with serving(market):
        for _ in range(ROUNDS):
            slug = put_on_shelf(market, UNITS)
            buyers = [ready(market, slug) for _ in range(BUYERS)]
            answers: list[tuple[int, str]] = []
            start = threading.Barrier(BUYERS)

            def press(browser: Browser, form: Form, start: threading.Barrier = start, answers: list = answers) -> None:  # type: ignore[type-arg]
                with browser:
                    start.wait(60)
                    begun = time.perf_counter()
                    answers.append(place(browser, form))
                    times.append(time.perf_counter() - begun)

            threads = [threading.Thread(target=press, args=buyer) for buyer in buyers]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(120)
            placed = sum(1 for status, where in answers if status == 303 and "/orders/" in where)
            statuses = Counter(status for status, _ in answers)
            assert len(answers) == BUYERS
            assert placed == UNITS, statuses
            assert statuses[409] == BUYERS - UNITS, statuses  # the page that says what is sold out
    assert "database is locked" not in market.web.log.read_text("utf-8", "replace")
    found = market.command("check-invariants", "--json", check=False)
    assert found.returncode == 0, found.stdout
    ordered = sorted(times)
    print(f"R1: {ROUNDS} rounds of {BUYERS} for {UNITS}; p95 {ordered[int(0.95 * len(ordered))]:.2f} s")
