"""A form sent twenty times at once, and tries raced over several processes."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from marketplace.accounts.attempts import Scope, TooManyAttempts, count_attempt
from marketplace.accounts.models import Attempt, SpentToken
from marketplace.accounts.tokens import AlreadySpent, FormToken, digest_of, outcome_of, spend
from marketplace.db import in_unit, reading
from tests.conftest import NOW, FreshDatabases, app_on

ROOT = Path(__file__).resolve().parents[3]
TIMES = 20


@pytest.fixture
def market(databases: FreshDatabases) -> Iterator[Flask]:
    """An application on a database of its own with room for twenty connections."""
    with app_on(databases.make("tokens"), databases.folder, DATABASE_POOL="22") as app:
        yield app


def at_once(app: Flask, times: int, act: Callable[[int], str]) -> list[str]:
    """Return what as many threads got, begun together."""
    start, got = threading.Barrier(times), list[str]()

    def run(number: int) -> None:
        with app.app_context():
            start.wait(timeout=30)
            try:
                got.append(act(number))
            except Exception as failure:
                got.append(f"{type(failure).__name__}")

    threads = [threading.Thread(target=run, args=(number,)) for number in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return got


def acts(session: Session) -> int:
    """Return how often the act itself was done."""
    return session.scalar(select(func.count()).where(Attempt.scope == "act")) or 0


@pytest.mark.promise("R2")
def test_a_form_sent_twenty_times_acts_once(market: Flask) -> None:
    """One unit acts and spends the token; the others roll back and are told the first one's outcome."""
    token = FormToken(digest=digest_of("raw"), purpose="place")

    def send(number: int) -> str:
        def work(session: Session) -> str:
            session.add(Attempt(scope="act", key_digest=str(number), at=NOW))
            session.flush()
            spend(session, token=token, outcome=f"LBK-{number}", now=NOW)
            return f"LBK-{number}"

        try:
            return in_unit(work)
        except AlreadySpent as spent:
            return spent.outcome

    got = at_once(market, TIMES, send)
    assert len(got) == TIMES
    assert len(set(got)) == 1
    assert got[0].startswith("LBK-")
    with market.app_context(), reading() as session:
        assert acts(session) == 1
        assert outcome_of(session, token=token) == got[0]


def test_looking_before_leaping_acts_more_than_once(market: Flask) -> None:
    """The twin asks whether the token was spent and then acts: the same race acts several times, or answers an error."""
    token, meet = FormToken(digest=digest_of("raw"), purpose="place"), threading.Barrier(TIMES)

    def send(number: int) -> str:
        with reading() as session:
            first = outcome_of(session, token=token)
        meet.wait(timeout=30)
        if first is not None:
            return first

        def act(session: Session) -> str:
            session.add(Attempt(scope="act", key_digest=str(number), at=NOW))
            session.merge(SpentToken(digest=f"{token.digest[:60]}{number}", purpose="place", outcome=str(number), spent_at=NOW))
            return f"LBK-{number}"

        return in_unit(act)

    got = at_once(market, TIMES, send)
    with market.app_context(), reading() as session:
        assert acts(session) > 1
    assert len(set(got)) > 1


def test_a_refused_unit_leaves_the_token_usable(market: Flask) -> None:
    """Stock was short: the same page may be sent again."""
    token = FormToken(digest=digest_of("raw"), purpose="place")

    def refused(session: Session) -> None:
        spend(session, token=token, outcome="never", now=NOW)
        raise LookupError

    with market.app_context():
        with pytest.raises(LookupError):
            in_unit(refused)
        in_unit(lambda session: spend(session, token=token, outcome="LBK-1", now=NOW))
        with pytest.raises(AlreadySpent) as spent:
            in_unit(lambda session: spend(session, token=token, outcome="LBK-2", now=NOW))
    assert spent.value.outcome == "LBK-1"


PROGRAM = """
import sys, threading
from pathlib import Path
from marketplace.accounts.attempts import TooManyAttempts
from marketplace.accounts.services import count_sign_in
from marketplace.db import in_unit
from tests.conftest import NOW, app_on
let = []
with app_on(sys.argv[1], Path(sys.argv[2])) as app:
    print("ready", flush=True)
    sys.stdin.readline()
    def tries():
        with app.app_context():
            for n in range(6):
                try:
                    in_unit(lambda session: count_sign_in(session, login="+6281234567890", address="192.0.2.1", now=NOW))
                    let.append(1)
                except TooManyAttempts:
                    pass
    threads = [threading.Thread(target=tries) for _ in range(3)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
print(len(let))
"""


@pytest.mark.promise("N1")
def test_ten_tries_over_two_processes(databases: FreshDatabases) -> None:
    """Thirty-six tries at once from two processes of three threads: ten are let through, no more and no fewer."""
    url = databases.make("tries")
    processes = [
        subprocess.Popen([sys.executable, "-c", PROGRAM, url, str(databases.folder)], cwd=ROOT, text=True,
                         stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(2)
    ]  # fmt: skip
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    ended = [process.communicate("go\n", timeout=120) for process in processes]
    assert sum(int(out) for out, _ in ended) == 10, [err for _, err in ended]


def test_uncounted_locks_let_more_through(market: Flask, databases: FreshDatabases, monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin without the lock on the key: tries that cannot see each other pass the limit (on SQLite units are serial)."""
    monkeypatch.setattr("marketplace.accounts.attempts.lock_name", lambda *_: None)
    meet = threading.Barrier(TIMES)

    def attempt(number: int) -> str:
        def work(session: Session) -> str:
            count_attempt(session, scope=Scope.ORDER_LOOKUP_NUMBER, key="LBK", now=NOW)
            if databases.kind == "postgresql":
                meet.wait(timeout=30)
            return "let"

        try:
            return in_unit(work)
        except TooManyAttempts:
            return "refused"

    got = at_once(market, TIMES, attempt)
    assert got.count("let") == (TIMES if databases.kind == "postgresql" else 10)
