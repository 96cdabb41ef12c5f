"""A fixed clock for pages, a market to buy from, and people who are signed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.accounts.services import begin_session, set_first_rights
from marketplace.web.sessions import COOKIE
from tests.conftest import NOW
from tests.factories.market import Stall, make_stalls


@dataclass
class HandClock:
    """A clock that stands until it is moved."""

    at: datetime = NOW

    def now(self) -> datetime:
        """Return the instant it shows."""
        return self.at

    def move(self, by: timedelta) -> None:
        """Let time pass."""
        self.at += by


@pytest.fixture
def clock(app: Flask) -> Iterator[HandClock]:
    """The clock of every request in this test."""
    real, hand = app.extensions["market_clock"], HandClock()
    app.extensions["market_clock"] = hand
    yield hand
    app.extensions["market_clock"] = real


@pytest.fixture
def stalls(session: Session, clock: HandClock) -> tuple[Stall, Stall]:
    """Two shops with something to sell, a courier, own delivery, pick-up, and a bank account."""
    return make_stalls(session)


SignIn = Callable[[Person | None], FlaskClient]


@pytest.fixture
def browse(app: Flask, connection: Connection, session: Session, clock: HandClock) -> SignIn:
    """Return browsers of their own: of somebody who is signed in, or of a stranger."""
    set_first_rights(session)
    session.flush()

    def open_browser(person: Person | None = None) -> FlaskClient:
        opened = app.test_client()
        opened.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
        if person is not None:
            signed_in = begin_session(
                session,
                person_id=person.id,
                user_agent="test",
                address="127.0.0.1",
                ended=None,
                now=clock.now(),
            )
            session.flush()
            opened.set_cookie(COOKIE, signed_in.secret)
        return opened

    return open_browser
