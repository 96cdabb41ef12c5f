"""The table of outcomes, for every state and every relation of the money to the amount due."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.payments.models import PaymentState
from marketplace.payments.outcomes import ATTENTION, Outcome, Verdict, decide
from marketplace.payments.states import OPEN, TAKEN

DUE = 100_000
CLOSED = {PaymentState.EXPIRED, PaymentState.FAILED}


@pytest.mark.row("P5")
@pytest.mark.parametrize("state", list(PaymentState))
@pytest.mark.parametrize("suspense", [0, 40_000, DUE, DUE + 1])
@pytest.mark.parametrize("received", [1, 59_999, 60_000, 60_001, DUE - 1, DUE, DUE + 1, 3 * DUE])
def test_every_cell_of_the_table(state: PaymentState, suspense: int, received: int) -> None:
    """Each state and sum has the outcome that the table in `outcomes` names, written here a second time."""
    verdict = decide(state, due_minor=DUE, suspense_minor=suspense, received_minor=received)
    total = suspense + received
    if state in TAKEN:
        expected = Verdict(Outcome.DOUBLE, received)
    elif state is PaymentState.VOIDED:
        expected = Verdict(Outcome.UNMATCHED, received)
    elif total < DUE:
        expected = Verdict(Outcome.SHORT, received)
    elif state in CLOSED:
        expected = Verdict(Outcome.LATE, total - DUE)
    elif total == DUE:
        expected = Verdict(Outcome.FULL, 0)
    else:
        expected = Verdict(Outcome.OVER, total - DUE)
    assert verdict == expected


def test_every_state_is_open_closed_taken_or_voided() -> None:
    """No state falls between the rows of the table."""
    assert OPEN | TAKEN | CLOSED | {PaymentState.VOIDED} == set(PaymentState)
    assert not OPEN & TAKEN
    assert set(ATTENTION) == set(Outcome)


@given(
    state=st.sampled_from(PaymentState), due=st.integers(1, 10**9), suspense=st.integers(0, 10**9), received=st.integers(1, 10**9)
)
def test_no_money_disappears(state: PaymentState, due: int, suspense: int, received: int) -> None:
    """What is enough leaves exactly the sum less the price; what is not leaves all that came."""
    verdict = decide(state, due_minor=due, suspense_minor=suspense, received_minor=received)
    if verdict.is_enough:
        assert verdict.excess_minor == suspense + received - due >= 0
    else:
        assert verdict.excess_minor == received


@pytest.mark.parametrize(("due", "suspense", "received"), [(0, 0, 1), (-1, 0, 1), (1, -1, 1), (1, 0, 0), (1, 0, -1)])
def test_impossible_amounts_are_refused(due: int, suspense: int, received: int) -> None:
    """Money arrives in positive amounts, for a positive amount due."""
    with pytest.raises(ValueError):
        decide(PaymentState.CREATED, due_minor=due, suspense_minor=suspense, received_minor=received)
