"""What is measured on a stage, each in the same run and on the same server as its floor."""

from __future__ import annotations

import contextlib
import http.client
import statistics
import threading
import time
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import psutil

from bench.client import Measured, load
from bench.stage import Stage
from tools.buyer import Buyer, Refused, address_of, order_number, phone_of
from tools.market import Market, Program, serving

# A chosen theme goes past the page cache: what is measured is the making of the page.
PAST_CACHE = "theme=light"
LISTINGS = ("/id/products", "/id/products?sort=price_up", "/en/products?sort=newest", "/id/c/gula", "/id/c/kopi", "/ko/products")
CACHED = ("/id/", "/id/products", "/en/shops")
MEGABYTE = 1024 * 1024


@dataclass(slots=True)
class Result:
    """One line of the table."""

    name: str
    per_second: float
    cpu_ms: float
    p95_ms: float
    kib: float
    failures: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class Run:
    """Everything measured on one kind of database."""

    kind: str
    results: dict[str, Result] = field(default_factory=dict)
    statements: dict[str, int] = field(default_factory=dict)
    memory_mb: dict[str, list[float]] = field(default_factory=dict)
    first_answer_s: float = 0.0

    def ratio(self, name: str) -> float:
        """Return this result's speed as a share of the floor's."""
        floor = self.results["one"].per_second
        return self.results[name].per_second / floor if floor else 0.0


def processes_of(program: Program) -> list[psutil.Process]:
    """Return a program's own processes; the server's first one only watches the others."""
    assert program.process is not None
    main = psutil.Process(program.process.pid)
    return main.children(recursive=True) or [main]


def cpu_seconds(market: Market) -> float:
    """Return the processor time that the web processes have used."""
    return sum(sum(process.cpu_times()[:2]) for process in processes_of(market.web))


def measured(market: Market, name: str, paths: Sequence[str], *, seconds: float, clients: int = 8, cookie: str = "") -> Result:
    """Warm up, then load the server with these addresses."""
    urls = [market.url + path for path in paths]
    load(urls, clients=clients, seconds=min(2.0, seconds / 3), cookie=cookie)
    before = cpu_seconds(market)
    got: Measured = load(urls, clients=clients, seconds=seconds, cookie=cookie)
    used = cpu_seconds(market) - before
    answers = sum(got.statuses.values()) or 1
    return Result(
        name,
        got.per_second,
        1000 * used / answers,
        1000 * got.percentile(0.95),
        got.bytes_received / answers / 1024,
        got.failures,
    )


def placed(stage: Stage, market: Market, *, seconds: float, clients: int = 8) -> Result:
    """Let buyers place orders from carts with two shops, eight requests each."""
    times: list[float] = []
    failures: dict[int, int] = {}
    until = time.monotonic() + seconds

    def shop() -> None:
        while time.monotonic() < until:
            number, pair = stage.next_buyer()
            buyer, begun = Buyer(market.url, address_of(number)), time.perf_counter()
            status = 0
            with contextlib.suppress(OSError, http.client.HTTPException):
                try:
                    answer = buyer.buy(pair, phone=phone_of(number))
                    status = answer.status if order_number(answer) else -answer.status
                except Refused as refusal:
                    status = -refusal.answer.status
            buyer.close()
            if status > 0:
                times.append(time.perf_counter() - begun)
            else:
                failures[-status] = failures.get(-status, 0) + 1

    before, begun = cpu_seconds(market), time.monotonic()
    threads = [threading.Thread(target=shop) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(seconds + 120)
    took, used = time.monotonic() - begun, cpu_seconds(market) - before
    slow = statistics.quantiles(times, n=20)[-1] if len(times) > 1 else 0.0
    return Result("orders", len(times) / took, 1000 * used / (len(times) or 1), 1000 * slow, 0.0, failures)


def statements_of(stage: Stage) -> dict[str, int]:
    """Return how many statements each kind of page takes, the largest of several tries after the first."""
    pages = {"product": stage.product_paths[:8], "listing": LISTINGS, "search": stage.search_paths[:20], "home": ("/id/",)}
    counts: dict[str, int] = {}
    market = stage.market(BENCH_COUNTS="1", WEB_PROCESSES="1")
    with serving(market, with_worker=False):
        for name, paths in pages.items():
            for path in (*paths, *paths):  # the first time fills what a process keeps
                wanted = urllib.request.Request(market.url + path, headers={"Cookie": PAST_CACHE})
                with urllib.request.urlopen(wanted, timeout=60) as answer:
                    counts[f"{name} {path}"] = int(answer.headers["X-Statements"])
    return {name: max(count for key, count in counts.items() if key.startswith(f"{name} ")) for name in pages}


def memory_of(program: Program) -> list[float]:
    """Return the resident megabytes of each of a program's processes."""
    return [round(process.memory_info().rss / MEGABYTE, 1) for process in processes_of(program)]


@contextlib.contextmanager
def worker_done(market: Market) -> Iterator[None]:
    """Run the worker until nothing waits, and keep it for a look."""
    market.worker.start()
    for _ in range(240):
        time.sleep(0.5)
        if not _is_busy(market.worker):
            break
    yield


def _is_busy(program: Program) -> bool:
    (process,) = processes_of(program)
    before = sum(process.cpu_times()[:2])
    time.sleep(1.5)
    return sum(process.cpu_times()[:2]) - before > 0.15


def run_on(stage: Stage, *, seconds: float) -> Run:
    """Measure everything on one stage."""
    run = Run(stage.kind, statements=statements_of(stage))
    market = stage.market()
    begun = time.monotonic()
    with serving(market, with_worker=False):
        market.wait_until_answering("/id/")
        run.first_answer_s = time.monotonic() - begun
        one = [f"/_floor/one/{number}" for number in stage.product_ids]
        plan: list[tuple[str, Sequence[str], str]] = [
            ("hello", ["/_floor/hello"], ""),
            ("one", one, ""),
            ("product", stage.product_paths, PAST_CACHE),
            ("listing", LISTINGS, PAST_CACHE),
            ("search", stage.search_paths, PAST_CACHE),
            ("cached", CACHED, ""),
        ]
        for name, paths, cookie in plan:
            run.results[name] = measured(market, name, paths, seconds=seconds, cookie=cookie)
        run.results["orders"] = placed(stage, market, seconds=2 * seconds)
        # The floor once more: the machine may have become slower or quicker meanwhile.
        again = measured(market, "one", one, seconds=seconds)
        first = run.results["one"]
        first.per_second = (first.per_second + again.per_second) / 2
        run.memory_mb["web"] = memory_of(market.web)
        with worker_done(market):
            run.memory_mb["worker"] = memory_of(market.worker)
    return run
