"""The worker beside the web process: performs the outbox and what comes round by the clock."""

from __future__ import annotations

import signal
import threading
import time
from dataclasses import dataclass
from typing import Any

import click
import structlog
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import DBAPIError

from marketplace.db import in_unit
from marketplace.outbox.handlers import HANDLERS
from marketplace.outbox.work import Worker, worker_name

IDLE_SECONDS = 0.5
# Looking at the periodic table costs a writing unit per piece: often enough for minutes, seldom enough for SQLite.
PERIODIC_SECONDS = 5.0
OUTAGE_SECONDS = 2.0

log = structlog.get_logger("market.worker")


def _report(event: str, facts: dict[str, Any]) -> None:
    (log.error if event.endswith(".failed") else log.info)(event, **facts)


def _worker(stopping: threading.Event) -> Worker:
    clock = current_app.extensions["market_clock"]
    return Worker(HANDLERS, in_unit, clock, _report, worker_name(), stopping.is_set)


@dataclass(slots=True)
class Loop:
    """One worker's day: what waits, what is due, and a short sleep when there is neither."""

    worker: Worker
    stopping: threading.Event
    periodic_at: float = float("-inf")

    def until_told(self) -> None:
        """Work until `stopping` is set; an unreachable database is waited for."""
        while not self.stopping.is_set():
            try:
                pause = self._turn()
            except DBAPIError as error:
                log.error("worker.database", error=str(error.orig))
                pause = OUTAGE_SECONDS
            if pause:
                self.stopping.wait(pause)

    def _turn(self) -> float:
        """Do one round and return how long to sleep after it."""
        if time.monotonic() - self.periodic_at >= PERIODIC_SECONDS:
            self.periodic_at = time.monotonic()
            self.worker.perform_periodic()
        return 0.0 if self.worker.perform_waiting() else IDLE_SECONDS

    def until_empty(self) -> int:
        """Do what is due now, and what that brings about; return how many rows were performed."""
        self.worker.perform_periodic()
        performed = 0
        while (claimed := self.worker.perform_waiting()) and not self.stopping.is_set():
            performed += claimed
        return performed


@click.command("worker")
@click.option("--once", is_flag=True, help="Do what is due now, then end.")
@with_appcontext
def worker(once: bool) -> None:
    """Perform waiting effects and periodic work. SIGTERM or Ctrl-C: finish the row at hand, then end."""
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    loop = Loop(_worker(stopping), stopping)
    if once:
        click.echo(f"{loop.until_empty()} rows performed")
        return
    log.info("worker.started", name=loop.worker.name)
    loop.until_told()
    log.info("worker.ended", name=loop.worker.name)


COMMANDS = (worker,)
