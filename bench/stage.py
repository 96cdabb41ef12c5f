"""Where a measurement plays: a durable database of either kind, filled with a large catalogue, and what to ask for."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import create_engine, text

from marketplace.demo.synthetic_queries import queries
from tests.postgres import running_postgres
from tools.market import Market, market_on

APP = "bench.served:app"
SEED = 1
ASKED_PRODUCTS = 400


@dataclass(slots=True)
class Stage:
    """A filled market and the addresses the bench asks for."""

    kind: str
    database_url: str
    folder: Path
    products: int
    product_ids: list[int] = field(default_factory=list)
    product_paths: list[str] = field(default_factory=list)
    search_paths: list[str] = field(default_factory=list)
    pairs: list[tuple[int, int]] = field(default_factory=list)
    _next: Iterator[int] = field(default_factory=itertools.count)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def market(self, **environ: str) -> Market:
        """Return the market on this stage; nothing is started."""
        # Each buyer comes from an address of their own, as behind a proxy: limits on trying are per address.
        return market_on(self.database_url, self.folder, app=APP, TRUSTED_PROXIES="1", **environ)

    def fill(self) -> None:
        """Migrate, load the small world, add the large catalogue, and choose what will be asked for."""
        market = self.market()
        market.command("db", "upgrade")
        market.command("demo")
        market.command("catalog", "generate", "--products", str(self.products), "--seed", str(SEED), timeout=1800)
        engine = create_engine(self.database_url)
        with engine.connect() as connection:
            if self.kind == "postgresql":
                connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("VACUUM ANALYZE"))
            found = connection.execute(text("SELECT id, slug FROM product WHERE slug LIKE 's1-%' ORDER BY id")).all()
            sold = connection.execute(
                text(
                    "SELECT v.shop_id, min(v.id) FROM variant v JOIN product p ON p.id = v.product_id"
                    " WHERE p.slug LIKE 's1-%' GROUP BY v.product_id, v.shop_id ORDER BY v.product_id"
                )
            ).all()
        engine.dispose()
        every = max(1, len(found) // ASKED_PRODUCTS)
        self.product_ids = [row.id for row in found[::every]]
        self.product_paths = [f"/id/p/{row.slug}" for row in found[::every]]
        self.search_paths = [f"/{asked.language}/search?q={quote(asked.words)}" for asked in queries(self.products, SEED)]
        self.pairs = list(two_shops([(shop, variant) for shop, variant in sold]))

    def next_buyer(self) -> tuple[int, tuple[int, int]]:
        """Return the next buyer's number and the two variants, of two shops, that they buy."""
        with self._lock:
            number = next(self._next)
        return number, self.pairs[number % len(self.pairs)]


def two_shops(sold: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield pairs of variants of different shops, each variant about once."""
    by_shop: dict[int, list[int]] = {}
    for shop, variant in sold:
        by_shop.setdefault(shop, []).append(variant)
    shelves = [iter(variants) for variants in by_shop.values()]
    while len(shelves) >= 2:
        for one, other in itertools.pairwise(list(shelves)):
            first, second = next(one, None), next(other, None)
            if first is not None and second is not None:
                yield first, second
        shelves = [shelf for shelf in (_unless_empty(shelf) for shelf in shelves) if shelf is not None]


def _unless_empty(shelf: Iterator[int]) -> Iterator[int] | None:
    first = next(shelf, None)
    return None if first is None else itertools.chain([first], shelf)


@contextmanager
def filled_stage(kind: str, folder: Path, products: int) -> Iterator[Stage]:
    """Yield a filled stage of this kind of database."""
    if kind == "sqlite":
        stage = Stage(kind, f"sqlite:///{folder / 'bench.sqlite3'}", folder, products)
        stage.fill()
        yield stage
        return
    with running_postgres(is_durable=True) as server:
        admin = create_engine(f"{server}/postgres", isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            connection.execute(text("CREATE DATABASE bench"))
        admin.dispose()
        stage = Stage(kind, f"{server}/bench", folder, products)
        stage.fill()
        yield stage
