"""`make bench`: speed at 20,000 products on both databases, each figure as a ratio to the floor of the same run and server.

The floor is one SELECT by primary key in a bare view behind the same server (`bench/served.py`). The machine is shared and
noisy: the ratios count, not the requests a second. Targets: the house's `stack.md`, "Floor and peers".
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote
from urllib.request import Request, urlopen

import psutil
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bench.buying import buyers
from bench.client import Measured, load
from config import read_settings
from marketplace import create_app
from marketplace.catalog.models import Product, Variant
from marketplace.catalog.search.models import SearchRow
from marketplace.db import db, in_unit, reading
from marketplace.demo.synthetic_queries import queries
from marketplace.inventory.models import StockItem
from marketplace.inventory.services import receive
from marketplace.kernel.ids import PersonId
from marketplace.sellers.models import Shop
from tests.conftest import FreshDatabases, fresh_databases
from tools.market import Market, market_on, serving

CLIENTS = 8
DISTRICT = "Rangkasbitung"
RESULT = Path(__file__).resolve().parent / "last.json"
# figure → (target on PostgreSQL, on SQLite) as a ratio to the primary-key SELECT
TARGETS = {
    "product": (0.20, 0.20), "listing": (0.20, 0.20), "search": (0.15, 0.15), "cached": (2.0, 1.5), "orders": (0.012, 0.010),
}  # fmt: skip
MOST_STATEMENTS = {"product": 8, "listing": 6, "search": 6, "home": 6}
MOST_WEB_MB, MOST_WORKER_MB, MOST_START_SECONDS = 110, 180, 4.0


@dataclass(frozen=True)
class Figure:
    """One line of the report."""

    database: str
    name: str
    value: float
    ratio: float | None
    target: str
    note: str


def _kept(ratio: float, target: float) -> str:
    return "ok" if ratio >= target else "BELOW"


@contextmanager
def inside(market: Market) -> Iterator[Flask]:
    """Open the market's own application in this process, on its data."""
    app = create_app(read_settings(market.environ))
    with app.app_context():
        yield app
        for engine in db.engines.values():
            engine.dispose()


def listed(market: Market, limit: int) -> tuple[list[str], list[int]]:
    """Return slugs and ids of goods that can be bought, newest first."""
    wanted = select(SearchRow.slug, SearchRow.product_id).where(SearchRow.language == "id", SearchRow.is_available)
    with inside(market), reading() as session:
        rows = session.execute(wanted.order_by(SearchRow.product_id.desc()).limit(limit)).all()
    return [row[0] for row in rows], [row[1] for row in rows]


def two_shops(market: Market) -> tuple[str, str]:
    """Return a good with a single variant of each of two shops of the small world."""
    single = select(Variant.product_id).group_by(Variant.product_id).having(func.count() == 1)
    wanted = select(Product.slug, Product.shop_id).join(Shop, Shop.id == Product.shop_id)
    wanted = wanted.where(Shop.is_example, Product.lead_days == 0, Product.id.in_(single)).order_by(Product.id)
    with inside(market), reading() as session:
        by_shop = {shop: slug for slug, shop in reversed(session.execute(wanted).all())}
    first, second = list(by_shop.values())[:2]
    return first, second


def fill_stock(market: Market, units: int) -> None:
    """Give the first items so much that no order of the bench runs short."""

    def work(session: Session) -> None:
        for item_id in session.scalars(select(StockItem.id).order_by(StockItem.id).limit(200)):
            receive(session, item_id=item_id, units=units, reason="bench", actor_id=PersonId(1), now=datetime.now(UTC))

    with inside(market):
        in_unit(work)


def statements(url: str, cookie: str = "theme=light") -> int:
    """Return how many statements one answer took (a market started with BENCH_COUNTS says so)."""
    with urlopen(Request(url, headers={"Cookie": cookie}), timeout=30) as answer:
        return int(answer.headers["X-Statements"])


def memory_mb(pid: int) -> list[float]:
    """Return the resident megabytes of a process and of each of its children, largest first."""
    parent = psutil.Process(pid)
    return sorted((p.memory_info().rss / 1e6 for p in [parent, *parent.children(recursive=True)]), reverse=True)


@contextmanager
def loaded_market(databases: FreshDatabases, products: int, folder: Path) -> Iterator[Market]:
    """Yield a market with the small world and `products` invented goods, not yet serving."""
    market = market_on(databases.make("bench"), folder, app="bench.served:app", TRUSTED_PROXIES="1")
    market.command("demo")
    market.command("catalog", "generate", "--products", str(products))
    fill_stock(market, 1_000_000)
    yield market


def measure(databases: FreshDatabases, products: int, seconds: float, folder: Path) -> list[Figure]:
    """Measure one kind of database."""
    with loaded_market(databases, products, folder) as market:
        counted = _statements(market, products)
        begun = time.monotonic()
        with serving(market):
            started = time.monotonic() - begun
            return [*counted, *_speeds(databases.kind, market, products, seconds), _start(databases.kind, started)]


def _statements(market: Market, products: int) -> list[Figure]:
    counting = market_on(
        market.environ["DATABASE_URL"], market.folder, app="bench.served:app", BENCH_COUNTS="1", WEB_PROCESSES="1"
    )
    slugs, _ = listed(market, 3)
    asked = queries(products)[0]
    paths = {
        "product": f"/id/p/{slugs[0]}",
        "listing": "/id/products?sort=price_up",
        "search": f"/{asked.language}/search?q={quote(asked.words)}",
        "home": "/id/",
    }
    found = []
    with serving(counting, with_worker=False):
        for name, path in paths.items():
            statements(counting.url + path)  # the first answer also fills what a process keeps
            took = statements(counting.url + path)
            note = "ok" if took <= MOST_STATEMENTS[name] else "ABOVE"
            kind = "sqlite" if "sqlite" in market.environ["DATABASE_URL"] else "postgresql"
            found.append(Figure(kind, f"{name}: statements", took, None, f"≤ {MOST_STATEMENTS[name]}", note))
    return found


def _speeds(kind: str, market: Market, products: int, seconds: float) -> list[Figure]:
    slugs, ids = listed(market, 300)
    asked = [f"/{q.language}/search?q={quote(q.words)}" for q in queries(products)]
    # A theme cookie goes past the page cache, so that the page itself is measured.
    loads: dict[str, tuple[list[str], str]] = {
        "product": ([f"/id/p/{slug}" for slug in slugs], "theme=light"),
        "listing": ([f"/id/products?page={n}" for n in range(1, 21)], "theme=light"),
        "search": (asked, "theme=light"),
        "cached": (["/id/products"], ""),
    }
    floor = load([f"{market.url}/_floor/one/{number}" for number in ids], clients=CLIENTS, seconds=seconds)
    _require(floor, "floor")
    figures = [Figure(kind, "floor: one SELECT by primary key", floor.per_second, 1.0, "", "")]
    for name, (paths, cookie) in loads.items():
        load([market.url + path for path in paths], clients=2, seconds=min(3.0, seconds), cookie=cookie)
        measured = load([market.url + path for path in paths], clients=CLIENTS, seconds=seconds, cookie=cookie)
        _require(measured, name)
        figures.append(
            _figure(kind, name, measured.per_second, floor.per_second, f"p95 {measured.percentile(0.95) * 1000:.0f} ms")
        )
    bought = buyers(market.url, two_shops(market), DISTRICT, clients=CLIENTS, seconds=seconds * 2)
    said = bought.failures[0] if bought.failures else f"{bought.orders} placed"
    figures.append(_figure(kind, "orders", bought.per_second, floor.per_second, said))
    assert market.web.process is not None
    assert market.worker.process is not None
    web, worker = memory_mb(market.web.process.pid), memory_mb(market.worker.process.pid)
    figures.append(_most(kind, "web process: MB", max(web), MOST_WEB_MB))
    figures.append(_most(kind, "worker: MB", max(worker), MOST_WORKER_MB))
    return figures


def _figure(kind: str, name: str, value: float, floor: float, note: str) -> Figure:
    target = TARGETS[name][0 if kind == "postgresql" else 1]
    ratio = value / floor
    return Figure(kind, name, value, ratio, f"≥ {target}", f"{_kept(ratio, target)} · {note}")


def _most(kind: str, name: str, value: float, most: float) -> Figure:
    return Figure(kind, name, value, None, f"≤ {most}", "ok" if value <= most else "ABOVE")


def _start(kind: str, seconds: float) -> Figure:
    return _most(kind, "first good answer: s", seconds, MOST_START_SECONDS)


def _require(measured: Measured, name: str) -> None:
    if measured.failures:
        raise RuntimeError(f"{name}: answers that are not good: {measured.failures}")


def show(figures: list[Figure]) -> None:
    """Print the table."""
    for figure in figures:
        ratio = f"{figure.ratio:7.3f}" if figure.ratio is not None else " " * 7
        sys.stdout.write(
            f"{figure.database:<11} {figure.name:<34} {figure.value:10.1f} {ratio} {figure.target:>8}  {figure.note}\n"
        )


def main() -> None:
    """Measure both databases and print the figures beside their targets."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="2,000 products and short loads: to see that it runs")
    parser.add_argument("--only", choices=["sqlite", "postgresql"], default=None)
    given = parser.parse_args()
    products, seconds = (2_000, 3.0) if given.quick else (20_000, 10.0)
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as folder:
        for kind in ("sqlite", "postgresql"):
            if given.only in (None, kind):
                with fresh_databases(kind, Path(folder)) as databases:
                    found = measure(databases, products, seconds, Path(folder) / kind / "market")
                show(found)
                figures += found
    kept = {"products": products, "seconds": seconds, "cores": os.cpu_count(), "figures": [asdict(figure) for figure in figures]}
    RESULT.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
