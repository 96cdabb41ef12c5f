"""The unit of work: all or nothing, tried again when the database says so, and no more often than that."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, func, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm import Session

from marketplace.accounts.models import Attempt, Person
from marketplace.db import NestedUnit, db, in_unit, lock_rows, move_public_version, public_version, reading
from marketplace.kernel.clock import WIB
from tests.conftest import NOW, FreshDatabases, app_on


@pytest.fixture(scope="module")
def own(databases: FreshDatabases) -> Iterator[Flask]:
    """An application on a database of its own, where units really commit."""
    with app_on(databases.make("units"), databases.folder) as app:
        yield app


@pytest.fixture
def market(own: Flask) -> Iterator[Flask]:
    """That application's context, with no people in it."""
    with own.app_context():
        in_unit(lambda session: session.execute(text("DELETE FROM person")))
        yield own


def person(name: str, phone: str = "+6281200000001") -> Person:
    """Return a person nobody has added yet."""
    return Person(name=name, phone=phone, created_at=NOW)


def names() -> list[str]:
    """Return who is in the database now."""
    with reading() as session:
        return list(session.scalars(select(Person.name).order_by(Person.name)))


def test_a_unit_commits_whole_or_not_at_all(market: Flask) -> None:
    """Its result comes back; an exception takes everything with it and is passed on."""
    assert in_unit(lambda session: session.add(person("Sari")) or "done") == "done"  # type: ignore[func-returns-value]
    assert names() == ["Sari"]

    def broken(session: Session) -> None:
        session.add(person("Budi", "+6281200000002"))
        session.flush()
        session.execute(update(Person).values(name="changed"))
        raise LookupError("on the way")

    with pytest.raises(LookupError, match="on the way"):
        in_unit(broken)
    assert names() == ["Sari"]


def test_units_do_not_nest(market: Flask) -> None:
    """A unit inside a unit is a bug; afterwards units work again."""
    with pytest.raises(NestedUnit):
        in_unit(lambda _session: in_unit(lambda _inner: None))
    in_unit(lambda session: session.add(person("Sari")))
    assert names() == ["Sari"]


def test_other_errors_are_not_tried_again(market: Flask) -> None:
    """A broken constraint is broken the second time too."""
    tries: list[int] = []

    def twice(session: Session) -> None:
        tries.append(1)
        session.add_all([person("Sari"), person("Budi")])

    with pytest.raises(IntegrityError):
        in_unit(twice)
    assert len(tries) == 1
    assert names() == []


@pytest.mark.promise("R1")
def test_a_deadlock_is_tried_again_until_both_are_done(market: Flask, databases: FreshDatabases) -> None:
    """Two units lock two rows in opposite order: both commit in the end, and on PostgreSQL one was tried again."""
    ids = in_unit(_two_people)
    tries: list[str] = []
    meet = threading.Barrier(2)

    def work(name: str, order: list[int]) -> Callable[[Session], None]:
        def run(session: Session) -> None:
            tries.append(name)
            for place, person_id in enumerate(order):
                session.execute(update(Person).where(Person.id == person_id).values(name=Person.name + name))
                if place == 0 and len(tries) <= 2 and databases.kind == "postgresql":
                    meet.wait(timeout=10)

        return run

    together([work("a", ids), work("b", ids[::-1])], market)
    assert [sorted(name[4:]) for name in names()] == [["a", "b"], ["a", "b"]]
    assert len(tries) == (3 if databases.kind == "postgresql" else 2)


def test_a_deadlock_without_retries_loses_one(market: Flask, databases: FreshDatabases, monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: with one attempt only, the same two units do not both commit."""
    if databases.kind == "sqlite":
        hold_the_file(market, databases, monkeypatch, attempts=1)
        return
    monkeypatch.setattr("marketplace.db.units.ATTEMPTS", 1)
    ids, meet = in_unit(_two_people), threading.Barrier(2)

    def work(order: list[int]) -> Callable[[Session], None]:
        def run(session: Session) -> None:
            for place, person_id in enumerate(order):
                session.execute(update(Person).where(Person.id == person_id).values(name=Person.name + "x"))
                if place == 0:
                    meet.wait(timeout=10)

        return run

    with pytest.raises(OperationalError, match="deadlock"):
        together([work(ids), work(ids[::-1])], market)


@pytest.mark.promise("R1")
def test_a_lasting_lock_is_tried_five_times_at_most(
    market: Flask, databases: FreshDatabases, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A unit whose every attempt fails by serialisation gives up at the fifth; SQLite waits for a real lock."""
    if databases.kind == "sqlite":
        hold_the_file(market, databases, monkeypatch, attempts=5)
        return
    tries: list[int] = []

    def refused(session: Session) -> None:
        tries.append(1)
        session.execute(text("DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '40001'; END $$"))

    with pytest.raises(OperationalError, match="again"):
        in_unit(refused)
    assert len(tries) == 5


def hold_the_file(market: Flask, databases: FreshDatabases, monkeypatch: pytest.MonkeyPatch, *, attempts: int) -> None:
    """Hold SQLite's writer lock from outside and see the unit try `attempts` times, then pass once it is free."""
    monkeypatch.setattr("marketplace.db.units.ATTEMPTS", attempts)
    begun: list[int] = []
    db.engine.dispose()

    def impatient(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA busy_timeout=20")
        connection.set_trace_callback(lambda statement: begun.append(1) if statement == "BEGIN IMMEDIATE" else None)

    event.listen(db.engine, "connect", impatient)
    holder = sqlite3.connect(str(db.engine.url.database), isolation_level=None)
    try:
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(OperationalError, match="database is locked"):
            in_unit(lambda session: session.add(person("Sari")))
        assert len(begun) == attempts
        holder.execute("ROLLBACK")
        in_unit(lambda session: session.add(person("Sari")))
        assert names() == ["Sari"]
    finally:
        holder.close()
        event.remove(db.engine, "connect", impatient)
        db.engine.dispose()


def _two_people(session: Session) -> list[int]:
    rows = [person("Sari", "+6281200000001"), person("Budi", "+6281200000002")]
    session.add_all(rows)
    session.flush()
    return [row.id for row in rows]


def together(units: list[Callable[[Session], Any]], app: Flask) -> None:
    """Run units in threads of their own at the same time; raise the first error any of them met."""
    errors: list[BaseException] = []

    def run(unit: Callable[[Session], Any]) -> None:
        try:
            with app.app_context():
                in_unit(unit)
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=run, args=(unit,)) for unit in units]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    if errors:
        raise errors[0]


WRITES: list[Any] = [
    text("UPDATE person SET name = 'x'"),
    text("INSERT INTO attempt (scope, key_digest, at) VALUES ('a', 'b', '2026-01-01')"),
    text("DELETE FROM person"),
    text("CREATE TABLE sneaked (id int)"),
    update(Person).values(name="x"),
    Person.__table__.insert().values(name="y", phone="1", language="id", is_active=True, created_at=NOW),  # type: ignore[attr-defined]
    Person.__table__.delete(),  # type: ignore[attr-defined]
]


@pytest.mark.promise("U1")
@pytest.mark.parametrize("write", WRITES, ids=str)
@pytest.mark.parametrize("where", ["on its own connection", "inside a test's transaction"])
def test_a_reading_session_cannot_write(
    write: Any, where: str, market: Flask, session: Session, request: pytest.FixtureRequest
) -> None:
    """Neither through the ORM, nor through Core, nor as bare text; the next unit writes as ever."""
    context = market if where == "on its own connection" else request.getfixturevalue("app")
    with context.app_context():
        in_unit(lambda unit: unit.add(person("Sari")))
        with pytest.raises((RuntimeError, DBAPIError)), reading() as looking:
            looking.execute(write)
        with reading() as looking:
            assert looking.scalar(select(func.count()).select_from(Person)) == 1
        in_unit(lambda unit: unit.execute(update(Person).values(name="Budi")))
        assert names() == ["Budi"]


def test_a_reading_session_cannot_flush(market: Flask) -> None:
    """An entity that was changed or added while reading never reaches the database."""
    in_unit(lambda session: session.add(person("Sari")))
    with reading() as session:
        session.scalars(select(Person)).one().name = "x"
        with pytest.raises(RuntimeError, match="does not write"):
            session.flush()
    with reading() as session:
        session.add(person("Budi", "+6281200000009"))
        with pytest.raises(RuntimeError, match="does not write"):
            session.commit()
    assert names() == ["Sari"]


def test_rows_are_locked_in_the_order_of_their_ids(market: Flask, databases: FreshDatabases) -> None:
    """Asked in any order and twice, they come once each, ascending and freshly read."""
    ids = in_unit(_two_people)

    def locked(session: Session) -> list[str]:
        stale = session.get_one(Person, ids[0])
        assert stale.name == "Sari"
        session.execute(text("UPDATE person SET name = 'Ratna' WHERE id = :id"), {"id": ids[0]})
        rows = lock_rows(session, Person, [ids[1], ids[0], ids[1], 999_999])
        assert [row.id for row in rows] == sorted(ids)
        return [row.name for row in rows]

    assert in_unit(locked) == ["Ratna", "Budi"]


def test_a_locked_row_waits(market: Flask) -> None:
    """A second unit gets the row only when the first has ended, and sees what it did."""
    ids = in_unit(_two_people)
    has_it, order = threading.Event(), []

    def first(session: Session) -> None:
        lock_rows(session, Person, ids)[0].name = "first"
        has_it.set()
        time.sleep(0.3)
        order.append("first")

    def second(session: Session) -> None:
        has_it.wait(timeout=10)
        seen = lock_rows(session, Person, ids[:1])[0].name
        order.append(f"second saw {seen}")

    together([first, second], market)
    assert order == ["first", "second saw first"]


@pytest.mark.promise("B3")
def test_the_public_version_moves_once_per_unit_that_succeeds(market: Flask) -> None:
    """Asked for twice it moves by one; asked for by a unit that fails, or not at all, it stays."""

    def now_at() -> int:
        with reading() as session:
            return public_version(session)

    before = now_at()

    def moving(session: Session) -> None:
        move_public_version(session)
        move_public_version(session)

    def failing(session: Session) -> None:
        move_public_version(session)
        raise LookupError

    in_unit(moving)
    assert now_at() == before + 1
    with pytest.raises(LookupError):
        in_unit(failing)
    in_unit(lambda session: session.add(Attempt(scope="x", key_digest="y", at=NOW)))
    assert now_at() == before + 1


def test_the_first_two_units_to_move_the_version_both_succeed(market: Flask) -> None:
    """There is no row yet and both make it: neither fails, and the number is two."""
    in_unit(lambda session: session.execute(text("DELETE FROM public_version")))
    together([move_public_version] * 6, market)
    with reading() as session:
        assert public_version(session) == 6


def test_an_instant_needs_its_zone(session: Session) -> None:
    """A naive time is refused; any zone comes back as the same instant in UTC."""
    session.add(Attempt(scope="x", key_digest="y", at=NOW.replace(tzinfo=None)))
    with pytest.raises(Exception, match="time zone"):
        session.flush()


@pytest.mark.promise("R12")
def test_instants_come_back_as_they_went(session: Session) -> None:
    """Kept to the microsecond, in UTC, and compared by the database as instants."""
    from_wib = NOW.astimezone(WIB).replace(microsecond=123456)
    session.add(Attempt(scope="x", key_digest="y", at=from_wib))
    session.flush()
    session.expire_all()
    kept = session.scalars(select(Attempt.at).where(Attempt.key_digest == "y", Attempt.at == from_wib)).one()
    assert kept == from_wib
    assert kept.utcoffset() is not None
    assert kept.utcoffset().total_seconds() == 0  # type: ignore[union-attr]


@pytest.mark.promise("Z1")
def test_errors_do_not_repeat_values(market: Flask) -> None:
    """What a statement was given (a name, a digest) does not stand in the error, and so not in a log."""
    in_unit(lambda session: session.add(person("Sari")))
    with pytest.raises(IntegrityError) as failure:
        in_unit(lambda session: session.add(person("Rahasia Sekali")))
    assert "Rahasia Sekali" not in str(failure.value)
