"""A proof sent in time keeps the goods, once, while the office looks."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.aftersales.services import expire_unpaid
from marketplace.inventory.models import Hold, HoldState
from marketplace.payments.models import PaymentState
from marketplace.payments.services import record_proof
from marketplace.payments.services.opening import PROOF_GRACE
from tests.factories.payments import Placed, make_order
from tests.integration.payments.test_codes import proof

A_MINUTE = timedelta(minutes=1)


def send(session: Session, placed: Placed, at: datetime, name: str = "a") -> None:
    """Send a slip at this instant."""
    record_proof(session, payment_id=placed.payment.id, file_id=proof(session, placed, at, name), now=at)


def holds(session: Session, placed: Placed) -> set[tuple[HoldState, datetime]]:
    """Return how the holds of an order stand, and until when they are kept."""
    session.expire_all()
    query = select(Hold.state, Hold.expires_at).where(Hold.payment_id == placed.payment.id)
    return {(state, until) for state, until in session.execute(query)}


@pytest.mark.row("P2")
def test_a_proof_in_time_keeps_the_goods_once(session: Session, now: datetime) -> None:
    placed = make_order(session)
    deadline = placed.payment.expires_at
    assert deadline is not None
    sent_at = deadline - A_MINUTE
    send(session, placed, sent_at)
    until = sent_at + PROOF_GRACE
    assert holds(session, placed) == {(HoldState.HELD, until)}
    assert placed.payment.expires_at == until
    assert not expire_unpaid(session, payment_id=placed.payment.id, now=deadline + A_MINUTE)
    send(session, placed, until - A_MINUTE, "b")  # a second slip does not keep them longer
    assert holds(session, placed) == {(HoldState.HELD, until)}
    assert expire_unpaid(session, payment_id=placed.payment.id, now=until)
    assert {state for state, _ in holds(session, placed)} == {HoldState.EXPIRED}
    assert placed.payment.state is PaymentState.EXPIRED


@pytest.mark.row("P2")
def test_a_proof_never_shortens_and_a_late_one_keeps_nothing(session: Session, now: datetime) -> None:
    early, late, closed = make_order(session), make_order(session), make_order(session)
    for placed in (early, late, closed):
        assert placed.payment.expires_at is not None
    deadline = early.payment.expires_at or now
    send(session, early, deadline - PROOF_GRACE - A_MINUTE, "c")
    assert holds(session, early) == {(HoldState.HELD, deadline)}
    send(session, late, deadline + timedelta(seconds=1), "d")  # the clock's job has not come round yet
    assert holds(session, late) == {(HoldState.HELD, deadline)}
    assert expire_unpaid(session, payment_id=closed.payment.id, now=deadline)
    send(session, closed, deadline + A_MINUTE, "e")
    assert {state for state, _ in holds(session, closed)} == {HoldState.EXPIRED}
    assert closed.payment.state is PaymentState.EXPIRED
