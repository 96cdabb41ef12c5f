"""Buyers who press again, and deaths: of web processes, of the worker, at chosen points and at random."""

from __future__ import annotations

import http.client
import random
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace

import psutil

from tools.buyer import Answer, Buyer, Refused, address_of, order_number, phone_of
from tools.market import Market, Program, market_on, serving

PATIENCE_SECONDS = 60.0
ANSWER_SECONDS = 20.0
# What granian says when one of its processes ended without being told to.
WEB_DEATH = "Unexpected exit from worker-"


@dataclass(slots=True)
class Stubborn(Buyer):
    """A buyer who sends the same again when no answer came, as people do."""

    def ask(self, method: str, path: str, form: Mapping[str, str] | None = None) -> Answer:
        """Send one request until it is answered. Raises: the last error after a minute without any answer."""
        until = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                # The parent by name: a dataclass with slots is another class than `super()` remembers.
                return Buyer.ask(self, method, path, form)
            except (OSError, http.client.HTTPException):
                if time.monotonic() > until:
                    raise
                time.sleep(0.1)


@dataclass(slots=True)
class Crowd:
    """What the buyers of a test were told: the numbers of orders by phone, and whatever went wrong."""

    variant: int
    orders: dict[str, str] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)
    came: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def buy_until(self, market: Market, ending: threading.Event) -> None:
        """Order again and again, each time as another person."""
        while not ending.is_set():
            with self._lock:
                self.came += 1
                number = self.came
            buyer, phone = Stubborn(market.url, address_of(number), timeout=ANSWER_SECONDS), phone_of(number)
            try:
                answer = buyer.buy([self.variant], phone=phone)
                placed = order_number(answer)
                if placed:
                    self.orders[phone] = placed
                else:
                    self.failures.append(f"placing: {answer.status} {answer.location}")
            except (Refused, OSError, http.client.HTTPException) as failure:
                self.failures.append(f"{type(failure).__name__} {failure}")
            finally:
                buyer.close()


@dataclass(slots=True)
class Reaper:
    """Keeps web server and worker alive, as `serve` does, and at random kills the worker and the web processes."""

    market: Market
    worker: Program
    chance: random.Random | None
    deaths: int = 0

    def until(self, ending: threading.Event) -> None:
        """Look every tenth of a second."""
        self.worker.start()
        due = time.monotonic() + 1
        while not ending.wait(0.1):
            if not self.market.web.is_running():
                # A process that dies within seconds of its start lets granian give up; `serve` starts it anew, and so do we.
                self.market.web.kill()
                self.market.web.start()
            if not self.worker.is_running():
                self.deaths += 1
                self.worker.kill()
                self.worker.start()
            if self.chance is not None and time.monotonic() >= due:
                due = time.monotonic() + self.chance.uniform(0.1, 0.9)
                self._kill_one(self.chance)
        self.worker.kill()

    def _kill_one(self, chance: random.Random) -> None:
        assert self.market.web.process is not None
        with suppress(psutil.NoSuchProcess):
            children = psutil.Process(self.market.web.process.pid).children()
            serving = [child for child in children if "resource_tracker" not in " ".join(child.cmdline())]
            victims = [*serving, None]
            victim = chance.choice(victims)
            if victim is None:
                self.worker.kill()
            else:
                victim.kill()


def web_deaths(market: Market) -> int:
    """Return how often a web process has died so far."""
    return market.web.log.read_text("utf-8", "replace").count(WEB_DEATH) if market.web.log.exists() else 0


@contextmanager
def dying(market: Market, *, web: str, worker: str, chance: random.Random | None) -> Iterator[tuple[Market, Reaper]]:
    """Serve this market's data by processes that die: at a fault point each, or at random."""
    served = market_on(market.environ["DATABASE_URL"], market.folder, TRUSTED_PROXIES="1", FAULT_POINT=web)
    hand = replace(served.worker, environ=served.environ | {"FAULT_POINT": worker})
    reaper, ending = Reaper(served, hand, chance), threading.Event()
    with serving(served, with_worker=False):
        thread = threading.Thread(target=reaper.until, args=(ending,))
        thread.start()
        try:
            yield served, reaper
        finally:
            ending.set()
            thread.join(30)
