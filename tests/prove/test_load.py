"""Growth and endurance: ten times the goods cost hardly more a page, and a long mixed load breaks nothing."""

from __future__ import annotations

import os
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from urllib.parse import quote

import pytest

from bench.measures import LISTINGS, PAST_CACHE, Result, measured
from bench.stage import SEED, Stage, filled_stage
from marketplace.demo.synthetic_queries import queries
from tools.buyer import Buyer, Refused, address_of, order_number, phone_of
from tools.market import Market, serving

KINDS = ("sqlite", "postgresql")
FEW = int(os.environ.get("LOAD_FEW", "2000"))
MANY = int(os.environ.get("LOAD_MANY", "20000"))
MINUTES = float(os.environ.get("LOAD_MINUTES", "5"))
MOST_GROWTH = 1.5
TRIES = 3
SECONDS = 4.0


@contextmanager
def stage_of(kind: str, folder: Path, products: int) -> Iterator[Stage]:
    """Yield a filled market with so many goods."""
    place = folder / f"{products}"
    place.mkdir()
    with filled_stage(kind, place, products) as stage:
        yield stage


def equal_searches(stage: Stage) -> list[str]:
    """Return the searches that find about as much however many goods there are."""
    asked = [query for query in queries(stage.products, SEED) if query.most]
    assert asked, "the catalogue has no search whose matches stay as many"
    return [f"/{query.language}/search?q={quote(query.words)}" for query in asked]


def pages_of(stage: Stage) -> dict[str, Sequence[str]]:
    """Return what is asked for at both sizes."""
    return {"product": stage.product_paths, "listing": LISTINGS, "search": equal_searches(stage)}


def costs(market: Market, pages: dict[str, Sequence[str]]) -> dict[str, Result]:
    """Return each page's best of several loads: neighbours make a load slower, never quicker."""
    found: dict[str, Result] = {}
    for _ in range(TRIES):
        for name, paths in pages.items():
            result = measured(market, name, paths, seconds=SECONDS, cookie=PAST_CACHE)
            assert not result.failures, (name, result.failures)
            if name not in found or result.per_second > found[name].per_second:
                found[name] = result
    return found


@pytest.mark.prove
@pytest.mark.promise("V2")
@pytest.mark.parametrize("kind", KINDS)
def test_pages_hardly_slow_down_as_goods_grow(kind: str, tmp_path: Path) -> None:
    """Both markets are served at the same time and asked in turn, so that a busy machine is as busy for both."""
    with (
        stage_of(kind, tmp_path, FEW) as few,
        stage_of(kind, tmp_path, MANY) as many,
        serving(few.market(), with_worker=False) as small,
        serving(many.market(), with_worker=False) as large,
    ):
        at_few, at_many = costs(small, pages_of(few)), costs(large, pages_of(many))
        again = costs(small, pages_of(few))
    growth = {name: max(at_few[name].per_second, again[name].per_second) / at_many[name].per_second for name in at_few}
    for name, ratio in growth.items():
        print(f"{kind}: {name} from {FEW} to {MANY} goods takes {ratio:.2f} times as long (at most {MOST_GROWTH})")
    assert {name: ratio for name, ratio in growth.items() if ratio > MOST_GROWTH} == {}


@dataclass(slots=True)
class Traffic:
    """What people were answered."""

    statuses: Counter[int] = field(default_factory=Counter)
    orders: int = 0
    failures: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def browse(self, stage: Stage, market: Market, *, until: float, seed: int) -> None:
        """Look at one page after the other."""
        chance = random.Random(seed)
        paths = [*stage.product_paths, *LISTINGS * 20, *stage.search_paths, "/id/", "/ko/", "/en/shops", "/id/products?page=50"]
        visitor = Buyer(market.url, address_of(1_000_000 + seed))
        while time.monotonic() < until:
            path = chance.choice(paths)
            try:
                status = visitor.ask("GET", path).status
            except (OSError, HTTPException) as failure:
                self._fail(f"{path}: {failure!r}")
                continue
            with self.lock:
                self.statuses[status] += 1
        visitor.close()

    def buy(self, stage: Stage, market: Market, *, until: float) -> None:
        """Order from two shops again and again, each time as another person."""
        while time.monotonic() < until:
            number, pair = stage.next_buyer()
            buyer = Buyer(market.url, address_of(number))
            try:
                answer = buyer.buy(pair, phone=phone_of(number))
                with self.lock:
                    self.statuses[answer.status] += 1
                    self.orders += bool(order_number(answer))
            except Refused as refused:
                with self.lock:
                    self.statuses[refused.answer.status] += 1
                self._fail(str(refused))
            except (OSError, HTTPException) as failure:
                self._fail(repr(failure))
            finally:
                buyer.close()

    def _fail(self, words: str) -> None:
        with self.lock:
            self.failures.append(words)


@pytest.mark.prove
@pytest.mark.promise("R9", "V2")
@pytest.mark.parametrize("kind", KINDS)
def test_a_long_mixed_load_breaks_nothing(kind: str, tmp_path: Path) -> None:
    """Four visitors look, four buyers order, the worker works; nobody sees an error, and all adds up afterwards."""
    traffic = Traffic()
    with stage_of(kind, tmp_path, FEW) as stage:
        market = stage.market()
        with serving(market):
            until = time.monotonic() + 60 * MINUTES
            threads = [
                threading.Thread(target=traffic.browse, args=(stage, market), kwargs={"until": until, "seed": seed})
                for seed in range(4)
            ]
            threads += [threading.Thread(target=traffic.buy, args=(stage, market), kwargs={"until": until}) for _ in range(4)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(60 * MINUTES + 120)
        print(f"{kind}: {sum(traffic.statuses.values())} answers, {traffic.orders} orders in {MINUTES:g} minutes")
        assert traffic.failures == [], traffic.failures[:5]
        assert max(traffic.statuses) < 500, traffic.statuses
        assert traffic.orders > 0
        found = market.command("check-invariants", "--json", check=False)
        assert found.returncode == 0, found.stdout[-3000:]
        assert "database is locked" not in market.web.log.read_text("utf-8", "replace")
