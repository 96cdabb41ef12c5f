"""Several workers on one outbox, and workers that die: nothing lost, nothing twice."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from marketplace.accounts.models import Attempt
from marketplace.db import Document, db, in_unit, reading
from marketplace.kernel.clock import SystemClock
from marketplace.outbox.emitting import emit
from marketplace.outbox.handlers import HANDLERS, Handler, Handlers, Periodic
from marketplace.outbox.models import OutboxRow, OutboxState
from marketplace.outbox.work import Claimed, Worker, claim
from tests.conftest import NOW, FreshDatabases, app_on

ROOT = Path(__file__).resolve().parents[3]
ROWS, WORKERS = 2_000, 4


@pytest.fixture
def market(databases: FreshDatabases, request: pytest.FixtureRequest) -> Iterator[Flask]:
    """An application on a database of its own, without the market's handlers."""
    kept = HANDLERS.__dict__.copy()
    with app_on(databases.make(request.function.__name__[:50]), databases.folder) as app:
        HANDLERS.__dict__.update(Handlers().__dict__)
        yield app
        HANDLERS.__dict__.update(kept)


def waiting(session: Session, count: int) -> None:
    """Write rows as `emit` does, at once."""
    row = {"kind": "thing", "handler": "do", "state": OutboxState.PENDING, "created_at": NOW, "due_at": NOW, "attempts": 0}
    session.execute(insert(OutboxRow), [row | {"payload": {"n": n}} for n in range(count)])


def all_at_once(app: Flask, count: int, run: Any) -> None:
    """Call `run(number)` in as many threads, begun together."""
    start, failures = threading.Barrier(count), list[BaseException]()

    def begin(number: int) -> None:
        try:
            with app.app_context():
                start.wait(timeout=20)
                run(number)
        except BaseException as failure:
            failures.append(failure)

    threads = [threading.Thread(target=begin, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    if failures:
        raise failures[0]


def quiet(_event: str, _facts: dict[str, Any]) -> None:
    """Report nothing."""


@pytest.mark.promise("R8", "I7")
def test_four_workers_share_two_thousand_rows(market: Flask) -> None:
    """Every row is claimed by exactly one of them."""
    claimed: list[int] = []

    def work(number: int) -> None:
        while rows := in_unit(lambda session: claim(session, worker=f"w{number}", now=NOW, limit=20)):
            claimed.extend(row.id for row in rows)

    with market.app_context():
        in_unit(lambda session: waiting(session, ROWS))
    all_at_once(market, WORKERS, work)
    times = Counter(claimed)
    assert len(times) == ROWS
    assert set(times.values()) == {1}


def careless_claim(session: Session, *, worker: str) -> list[int]:
    """The twin: look, think, then take without asking again."""
    ids = list(session.scalars(select(OutboxRow.id).where(OutboxRow.state == OutboxState.PENDING).limit(20)))
    time.sleep(0.005)
    session.execute(update(OutboxRow).where(OutboxRow.id.in_(ids)).values(state=OutboxState.RUNNING, locked_by=worker))
    return ids


def test_careless_workers_take_rows_twice(market: Flask, databases: FreshDatabases) -> None:
    """Without the row locks the same race claims rows twice (on SQLite: without `BEGIN IMMEDIATE` around look and take)."""
    claimed: list[int] = []

    def work(number: int) -> None:
        for _ in range(10):
            if databases.kind == "sqlite":
                with reading() as session:
                    ids = list(session.scalars(select(OutboxRow.id).where(OutboxRow.state == OutboxState.PENDING).limit(20)))
                time.sleep(0.005)
                in_unit(lambda session, ids=ids: session.execute(  # type: ignore[misc]
                    update(OutboxRow).where(OutboxRow.id.in_(ids)).values(state=OutboxState.RUNNING)))  # fmt: skip
            else:
                ids = in_unit(lambda session: careless_claim(session, worker=f"w{number}"))
            claimed.extend(ids)

    with market.app_context():
        in_unit(lambda session: waiting(session, 400))
    all_at_once(market, WORKERS, work)
    assert max(Counter(claimed).values()) > 1


@pytest.mark.promise("I7")
def test_work_emitted_while_a_worker_runs_is_not_lost(market: Flask, databases: FreshDatabases) -> None:
    """A change coalesced into a waiting row is seen by whoever performs that row, even if its unit ends later."""
    seen: list[int] = []
    emitted, claimed = threading.Event(), threading.Event()

    def look(session: Session, payload: Document, now: Any) -> None:
        seen.append(session.scalar(select(func.count()).select_from(Attempt)) or 0)

    HANDLERS.register([Handler("changed", "look", in_unit=look)])

    def change(session: Session) -> None:
        session.add(Attempt(scope="x", key_digest="y", at=NOW))
        emit(session, "changed", {}, now=NOW, key="one")
        emitted.set()
        if databases.kind == "postgresql":  # on SQLite this unit holds the whole file: no worker gets in between
            claimed.wait(timeout=10)

    def worker() -> None:
        emitted.wait(timeout=10)
        Worker(HANDLERS, in_unit, SystemClock(), quiet, "one").perform_waiting()
        claimed.set()

    with market.app_context():
        in_unit(lambda session: emit(session, "changed", {}, now=NOW, key="one"))
    all_at_once(market, 2, lambda number: in_unit(change) if number == 0 else worker())
    with market.app_context():
        Worker(HANDLERS, in_unit, SystemClock(), quiet, "one").perform_waiting()
    assert seen[-1] == 1


def test_two_workers_take_one_turn(market: Flask) -> None:
    """Periodic work due for the first time, and again later, runs once each time, and nobody reports a failure."""
    ran: list[int] = []
    reports: list[str] = []
    clock = SystemClock()
    HANDLERS.register((), [Periodic(f"piece-{n}", timedelta(hours=1), lambda _now: ran.append(1)) for n in range(5)])

    def work(number: int) -> None:
        Worker(HANDLERS, in_unit, clock, lambda event, _facts: reports.append(event), f"w{number}").perform_periodic()

    all_at_once(market, WORKERS, work)
    assert len(ran) == 5
    clock = SystemClock(timedelta(hours=1, seconds=1))
    all_at_once(market, WORKERS, work)
    assert len(ran) == 10
    assert reports == []


PROGRAM = """
import sys, time
from datetime import timedelta
from pathlib import Path
from marketplace.db import in_unit
from marketplace.kernel.clock import SystemClock
from marketplace.outbox.handlers import HANDLERS, Handler
from marketplace.outbox.work import Worker
from tests.conftest import app_on
url, folder, point, seconds, log = sys.argv[1:]
def effect(payload):
    with open(log, "a") as out:
        out.write(f"{payload['n']}\\n")
    print("begun", flush=True)
    time.sleep(float(seconds))
with app_on(url, Path(folder), FAULT_POINT=point) as app, app.app_context():
    HANDLERS.clear()
    HANDLERS.register([Handler("thing", "do", effect=effect)])
    clock = SystemClock(timedelta(minutes=3 if seconds == "0" else 0))
    worker = Worker(HANDLERS, in_unit, clock, lambda *_: None, f"w{seconds}{point}")
    print("performed", worker.perform_waiting(), flush=True)
"""


def begin_worker(url: str, folder: Path, log: Path, *, point: str = "", seconds: str = "0") -> subprocess.Popen[str]:
    """Start a worker in a process of its own; one that does not sleep has a clock beyond any lease."""
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, url, str(folder), point, seconds, str(log)], cwd=ROOT, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


@pytest.mark.promise("R8")
@pytest.mark.parametrize("how", ["killed while it acts", "killed before its mark"])
def test_a_killed_worker_row_is_performed_again(databases: FreshDatabases, tmp_path: Path, how: str) -> None:
    """`kill -9` in the middle of an effect, or between effect and mark: the next worker performs the row, once."""
    url, log = databases.make("killed"), tmp_path / "log"
    with app_on(url, databases.folder) as app, app.app_context():
        HANDLERS.register([Handler("thing", "do", effect=lambda _payload: None)])
        in_unit(lambda session: emit(session, "thing", {"n": 7}, now=SystemClock().now()))
    if how == "killed while it acts":
        victim = begin_worker(url, databases.folder, log, seconds="60")
        assert victim.stdout is not None
        assert victim.stdout.readline().strip() == "begun"
        victim.kill()
    else:
        victim = begin_worker(url, databases.folder, log, point="before_ack", seconds="0.01")
    victim.communicate(timeout=60)
    assert victim.returncode == -signal.SIGKILL
    for again in ("begun\nperformed 1\n", "performed 0\n"):
        out, err = begin_worker(url, databases.folder, log).communicate(timeout=60)
        assert out == again, err
    assert log.read_text().split() == ["7", "7"]
    with app_on(url, databases.folder) as app, app.app_context(), reading() as session:
        row = session.execute(select(OutboxRow.state, OutboxRow.attempts)).one()
    assert tuple(row) == (OutboxState.DONE, 2)


def test_the_claimed_row_is_what_was_asked_for(market: Flask) -> None:
    """A claim carries what the handler needs and nothing has to be read again."""
    with market.app_context():
        in_unit(lambda session: waiting(session, 1))
        assert in_unit(lambda session: claim(session, worker="one", now=NOW)) == [Claimed(1, "do", {"n": 0}, 1)]
        db.session.remove()
