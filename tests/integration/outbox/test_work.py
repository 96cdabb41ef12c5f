"""Effects: written once, performed under a lease, tried again, given up where people see it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from marketplace.accounts.models import Attempt
from marketplace.db import Document
from marketplace.outbox.emitting import emit
from marketplace.outbox.handlers import HANDLERS, Handler, Handlers, Mode, Periodic
from marketplace.outbox.models import OutboxRow, OutboxState, PeriodicRun
from marketplace.outbox.queries import dead_rows, oldest_waiting
from marketplace.outbox.work import (
    KEPT_DONE,
    LEASE,
    MOST_TRIES,
    RETRY_AFTER,
    Claimed,
    Worker,
    claim,
    finish,
    sweep_done,
    worker_name,
)
from tests.conftest import NOW
from tests.fakes.clocks import HandClock

SECOND = timedelta(seconds=1)


class Bench:
    """A worker on the test's own session, with what it reported and what its effects were given."""

    def __init__(self, session: Session) -> None:
        """Start with no handler."""
        self.session = session
        self.clock = HandClock(NOW)
        self.reports: list[tuple[str, dict[str, Any]]] = []
        self.seen: list[Document] = []
        self.failing = 0
        self.worker = self.hire("one")

    def hire(self, name: str) -> Worker:
        """Return a worker of this name."""
        return Worker(HANDLERS, self.in_unit, self.clock, lambda event, facts: self.reports.append((event, facts)), name)

    def in_unit(self, work: Callable[[Session], Any]) -> Any:
        """Do work in a savepoint: undone when it raises."""
        with self.session.begin_nested():
            return work(self.session)

    def effect(self, payload: Document) -> None:
        """Note the payload; fail as often as told."""
        self.seen.append(payload)
        if self.failing:
            self.failing -= 1
            raise OSError("the line is down")

    def unit(self, session: Session, payload: Document, now: Any) -> None:
        """Write a row, note the payload; fail as often as told."""
        session.add(Attempt(scope="unit", key_digest=str(payload["n"]), at=now))
        session.flush()
        self.effect(payload)

    def rows(self) -> list[OutboxRow]:
        """Return all rows, freshly read."""
        self.session.expire_all()
        return list(self.session.scalars(select(OutboxRow).order_by(OutboxRow.id)))

    def row(self) -> OutboxRow:
        """Return the only row."""
        (row,) = self.rows()
        return row

    def written(self) -> list[str]:
        """Return what handlers of mode unit wrote."""
        return list(self.session.scalars(select(Attempt.key_digest).where(Attempt.scope == "unit").order_by(Attempt.id)))


@pytest.fixture
def bench(session: Session) -> Iterator[Bench]:
    """A bench whose handlers stand in the market's own table for the time of the test."""
    kept = HANDLERS.__dict__.copy()
    HANDLERS.__dict__.update(Handlers().__dict__)
    found = Bench(session)
    HANDLERS.register([Handler("thing", "do.effect", effect=found.effect), Handler("work", "do.unit", in_unit=found.unit)])
    try:
        yield found
    finally:
        HANDLERS.__dict__.update(kept)


def test_one_row_for_each_handler(bench: Bench, now: Any) -> None:
    """Nobody registered: nothing written; two registered: two rows, each with its own life."""
    emit(bench.session, "nobody.cares", {"n": 1}, now=now)
    assert bench.rows() == []
    HANDLERS.register([Handler("thing", "do.other", effect=bench.effect)])
    emit(bench.session, "thing", {"n": 1}, now=now)
    assert [row.handler for row in bench.rows()] == ["do.effect", "do.other"]
    assert bench.worker.perform_waiting() == 2
    assert bench.seen == [{"n": 1}, {"n": 1}]
    assert {row.state for row in bench.rows()} == {OutboxState.DONE}


def test_a_handler_is_one_thing_and_its_name_its_own() -> None:
    """Neither mode, both modes and a name taken are refused."""

    def nothing(*_: Any) -> None:
        return

    with pytest.raises(ValueError, match="either a unit or an effect"):
        Handler("k", "n")
    with pytest.raises(ValueError, match="either a unit or an effect"):
        Handler("k", "n", in_unit=nothing, effect=nothing)
    table = Handlers()
    table.register([Handler("k", "n", effect=nothing)])
    with pytest.raises(ValueError, match="two handlers"):
        table.register([Handler("other", "n", in_unit=nothing)])
    assert table.for_kind("k")[0].mode is Mode.EFFECT


@pytest.mark.promise("I7")
def test_waiting_rows_of_one_key_are_one(bench: Bench, now: Any) -> None:
    """The first stays; other keys and no key are rows of their own; once performed, the key is free again."""
    for n, key in enumerate(["a", "a", "b", None, None]):
        emit(bench.session, "thing", {"n": n}, now=now, key=key)
    assert [row.payload["n"] for row in bench.rows()] == [0, 2, 3, 4]
    emit(bench.session, "thing", {"n": 9}, now=now, key="a", due_at=now + timedelta(days=1))
    assert bench.rows()[0].due_at == now
    bench.worker.perform_waiting()
    emit(bench.session, "thing", {"n": 5}, now=now, key="a")
    assert bench.rows()[-1].payload == {"n": 5}


def test_a_row_at_work_does_not_swallow_new_work(bench: Bench, now: Any) -> None:
    """What happens while the handler runs is not known to it: a further row waits."""
    emit(bench.session, "thing", {"n": 1}, now=now, key="a")
    claim(bench.session, worker="one", now=now)
    emit(bench.session, "thing", {"n": 2}, now=now, key="a")
    assert [row.state for row in bench.rows()] == [OutboxState.RUNNING, OutboxState.PENDING]


def test_a_failed_row_gives_way_to_a_later_one_of_its_key(bench: Bench, now: Any) -> None:
    """Two rows of one key never wait: the failed one is merged, and the work is done once more."""
    emit(bench.session, "thing", {"n": 1}, now=now, key="a")
    bench.failing = 1
    real = bench.effect

    def fail_and_emit(payload: Document) -> None:
        emit(bench.session, "thing", {"n": 2}, now=now, key="a")
        real(payload)

    HANDLERS.clear()
    HANDLERS.register([Handler("thing", "do.effect", effect=fail_and_emit)])
    bench.worker.perform_waiting()
    first, second = bench.rows()
    assert (first.state, second.state) == (OutboxState.DONE, OutboxState.PENDING)


def test_rows_wait_until_they_are_due(bench: Bench, now: Any) -> None:
    """Not a second earlier."""
    emit(bench.session, "thing", {"n": 1}, now=now, due_at=now + timedelta(hours=1))
    assert bench.worker.perform_waiting() == 0
    bench.clock.move(timedelta(minutes=59, seconds=59))
    assert bench.worker.perform_waiting() == 0
    bench.clock.move(SECOND)
    assert bench.worker.perform_waiting() == 1


def test_oldest_first_in_batches(bench: Bench, now: Any) -> None:
    """A batch is bounded and takes what waits longest."""
    for n in range(25):
        emit(bench.session, "thing", {"n": n}, now=now - SECOND * n)
    assert bench.worker.perform_waiting() == 20
    assert [payload["n"] for payload in bench.seen] == sorted(range(5, 25))
    assert bench.worker.perform_waiting() == 5


@pytest.mark.promise("R8")
def test_unit_work_and_its_mark_are_one(bench: Bench, now: Any) -> None:
    """A handler that fails leaves neither its writes nor the mark; the next try leaves both."""
    emit(bench.session, "work", {"n": 7}, now=now)
    bench.failing = 1
    bench.worker.perform_waiting()
    assert bench.written() == []
    assert bench.row().state is OutboxState.PENDING
    bench.clock.move(RETRY_AFTER[0])
    bench.worker.perform_waiting()
    assert bench.written() == ["7"]
    assert (bench.row().state, bench.row().attempts) == (OutboxState.DONE, 2)


def test_unit_work_of_a_lost_lease_is_not_done_twice(bench: Bench, now: Any) -> None:
    """A slow worker comes back after another did its row: it changes nothing."""
    emit(bench.session, "work", {"n": 7}, now=now)
    (mine,) = claim(bench.session, worker="one", now=now)
    bench.clock.move(LEASE + SECOND)
    assert bench.hire("two").perform_waiting() == 1
    bench.worker._perform(mine)
    assert bench.written() == ["7"]


def test_an_effect_of_a_lost_lease_is_not_begun(bench: Bench, now: Any) -> None:
    """The first rows of a batch took longer than the lease and another worker did the rest: none of it is repeated."""
    emit(bench.session, "thing", {"n": 1}, now=now)
    (mine,) = claim(bench.session, worker="one", now=now)
    bench.clock.move(LEASE + SECOND)
    assert bench.hire("two").perform_waiting() == 1
    bench.worker._perform(mine)
    assert bench.seen == [{"n": 1}]


def test_each_effect_begins_its_lease_anew(bench: Bench, now: Any) -> None:
    """Twenty slow mails in one batch: what this worker still holds stays its own while it works."""
    emit(bench.session, "thing", {"n": 1}, now=now)
    (mine,) = claim(bench.session, worker="one", now=now)
    bench.clock.move(LEASE - SECOND)
    stolen: list[Any] = []

    def slow(payload: Document) -> None:
        bench.clock.move(LEASE - SECOND)
        stolen.extend(claim(bench.session, worker="two", now=bench.clock.now()))

    HANDLERS.clear()
    HANDLERS.register([Handler("thing", "do.effect", effect=slow)])
    bench.worker._perform(mine)
    assert stolen == []
    assert bench.row().state is OutboxState.DONE


def test_a_claim_is_known_by_its_try(bench: Bench, now: Any) -> None:
    """The same worker's older claim of a row cannot finish its newer one."""
    emit(bench.session, "thing", {"n": 1}, now=now)
    (old,) = claim(bench.session, worker="one", now=now)
    (new,) = claim(bench.session, worker="one", now=now + LEASE + SECOND)
    assert not finish(bench.session, old, worker="one", now=now)
    assert finish(bench.session, new, worker="one", now=now)


@pytest.mark.promise("R8")
def test_the_row_of_a_dead_worker_comes_round(bench: Bench, now: Any) -> None:
    """Under the lease nobody else gets it; after the lease it is performed."""
    emit(bench.session, "thing", {"n": 1}, now=now)
    claim(bench.session, worker="dead", now=now)
    bench.clock.move(LEASE)
    assert bench.worker.perform_waiting() == 0
    bench.clock.move(SECOND)
    assert bench.worker.perform_waiting() == 1
    assert (bench.row().state, bench.row().attempts) == (OutboxState.DONE, 2)


@pytest.mark.promise("I7")
def test_tries_follow_the_schedule_and_end_where_people_see_it(bench: Bench, now: Any) -> None:
    """Each wait is exactly the schedule's; after the last try the row is dead, with its last error."""
    emit(bench.session, "thing", {"n": 1}, now=now)
    bench.failing = MOST_TRIES
    for n, wait in enumerate(RETRY_AFTER, 1):
        assert bench.worker.perform_waiting() == 1
        row = bench.row()
        assert (row.state, row.attempts, row.due_at) == (OutboxState.PENDING, n, bench.clock.now() + wait)
        assert row.last_error == "OSError: the line is down"
        bench.clock.move(wait - SECOND)
        assert bench.worker.perform_waiting() == 0
        bench.clock.move(SECOND)
    bench.worker.perform_waiting()
    assert bench.row().state is OutboxState.DEAD
    (dead,) = dead_rows(bench.session)
    assert (dead.handler, dead.attempts, dead.last_error) == ("do.effect", MOST_TRIES, "OSError: the line is down")
    bench.clock.move(timedelta(days=30))
    assert bench.worker.perform_waiting() == 0
    assert len(bench.seen) == MOST_TRIES


def test_a_row_that_kills_its_worker_is_given_up(bench: Bench, now: Any) -> None:
    """Every worker that touches it dies (its memory is full): it does not come round for ever."""
    emit(bench.session, "thing", {"n": 1}, now=now)
    for n in range(MOST_TRIES):
        assert claim(bench.session, worker=f"dead-{n}", now=bench.clock.now())
        bench.clock.move(LEASE + SECOND)
    assert bench.worker.perform_waiting() == 1
    assert bench.seen == []
    assert bench.row().state is OutboxState.DEAD
    assert "died" in (bench.row().last_error or "")


@pytest.mark.promise("R12")
def test_a_clock_set_back_stops_nothing(bench: Bench, now: Any) -> None:
    """An hour back: what was due is performed, a dead worker's row comes round, nothing is done twice."""
    emit(bench.session, "thing", {"n": 1}, now=now)
    emit(bench.session, "thing", {"n": 2}, now=now)
    emit(bench.session, "thing", {"n": 3}, now=now, due_at=now + timedelta(hours=2))
    claim(bench.session, worker="dead", now=now, limit=1)
    bench.clock.move(timedelta(hours=-1))
    assert bench.worker.perform_waiting() == 2
    assert [payload["n"] for payload in bench.seen] == [1, 2]
    bench.clock.move(timedelta(hours=1))
    assert bench.worker.perform_waiting() == 0


def test_a_small_difference_of_clocks_takes_nothing_over(bench: Bench, now: Any) -> None:
    """Two machines a few seconds apart do not steal each other's rows."""
    emit(bench.session, "thing", {"n": 1}, now=now)
    claim(bench.session, worker="fast", now=now)
    bench.clock.move(timedelta(seconds=-30))
    assert bench.worker.perform_waiting() == 0


@pytest.mark.parametrize("payload", [{}, {"n": None, "deep": [{"x": ["y"] * 500}]}, {"n": "'; DROP TABLE outbox_row; --"}])
def test_poison_stays_with_its_own_row(bench: Bench, now: Any, payload: Document) -> None:
    """A payload the handler chokes on is kept with its error; the rows beside it are done."""

    def choosy(given: Document) -> None:
        bench.seen.append({"n": given["n"] + 1})

    HANDLERS.clear()
    HANDLERS.register([Handler("thing", "do.effect", effect=choosy)])
    emit(bench.session, "thing", {"n": 1}, now=now)
    emit(bench.session, "thing", payload, now=now)
    emit(bench.session, "thing", {"n": 2}, now=now)
    assert bench.worker.perform_waiting() == 3
    assert bench.seen == [{"n": 2}, {"n": 3}]
    assert [row.state for row in bench.rows()] == [OutboxState.DONE, OutboxState.PENDING, OutboxState.DONE]
    assert [event for event, _ in bench.reports] == ["outbox.done", "outbox.failed", "outbox.done"]


def test_a_row_without_handler_waits_for_it(bench: Bench, now: Any) -> None:
    """An older release left it, or a newer one is not everywhere yet: tried again, not lost."""
    emit(bench.session, "thing", {"n": 1}, now=now)
    HANDLERS.clear()
    bench.worker.perform_waiting()
    assert bench.row().last_error == "LookupError: no handler is called do.effect"
    HANDLERS.register([Handler("thing", "do.effect", effect=bench.effect)])
    bench.clock.move(RETRY_AFTER[0])
    bench.worker.perform_waiting()
    assert bench.row().state is OutboxState.DONE


def test_readiness_knows_the_oldest_waiting_row(bench: Bench, now: Any) -> None:
    """Only what is due and was never tried counts as waiting."""
    assert oldest_waiting(bench.session, now=now) is None
    emit(bench.session, "thing", {"n": 1}, now=now - timedelta(minutes=20))
    emit(bench.session, "thing", {"n": 2}, now=now, due_at=now + timedelta(hours=1))
    assert oldest_waiting(bench.session, now=now) == now - timedelta(minutes=20)
    bench.failing = 1
    bench.worker.perform_waiting()
    assert oldest_waiting(bench.session, now=now) is None


def test_done_rows_go_after_a_month(bench: Bench, now: Any) -> None:
    """What is dead or waits stays, however old."""
    for n in range(3):
        emit(bench.session, "thing", {"n": n}, now=now)
    first, second, _ = bench.rows()
    first.state, first.done_at, second.state, second.last_error = OutboxState.DONE, now, OutboxState.DEAD, "x"
    bench.session.flush()
    assert sweep_done(bench.session, now=now + KEPT_DONE) == 0
    assert sweep_done(bench.session, now=now + KEPT_DONE + SECOND) == 1
    assert [row.payload["n"] for row in bench.rows()] == [1, 2]


def test_periodic_work_comes_round(bench: Bench, now: Any) -> None:
    """At once, then no earlier than its time; a clock set back does not stop it; one that fails stops no other."""
    ran: list[str] = []

    def broken(_now: Any) -> None:
        raise OSError("no")

    HANDLERS.register((), [Periodic("broken", timedelta(minutes=1), broken),
                           Periodic("sound", timedelta(minutes=1), lambda _now: ran.append("sound"))])  # fmt: skip
    assert bench.worker.perform_periodic() == 1
    assert bench.hire("two").perform_periodic() == 0
    bench.clock.move(timedelta(seconds=59))
    assert bench.worker.perform_periodic() == 0
    bench.clock.move(SECOND)
    assert bench.worker.perform_periodic() == 1
    bench.clock.move(timedelta(hours=-5))
    assert bench.worker.perform_periodic() == 1
    assert bench.worker.perform_periodic() == 0
    assert ran == ["sound"] * 3
    assert [event for event, _ in bench.reports] == ["periodic.failed"] * 3
    assert bench.session.scalar(select(PeriodicRun.last_run_at).where(PeriodicRun.name == "sound")) == bench.clock.now()


def test_workers_have_names_of_their_own() -> None:
    """Two containers are both process 1 of the same host name."""
    assert worker_name() != worker_name()
    assert len(worker_name()) <= 80


def test_nothing_claimed_from_nothing(bench: Bench, now: Any) -> None:
    """An empty outbox costs one statement and gives nothing."""
    assert claim(bench.session, worker="one", now=now) == []
    assert not finish(bench.session, Claimed(1, "x", {}, 1), worker="one", now=now)
    assert bench.session.scalar(text("SELECT count(*) FROM outbox_row")) == 0
