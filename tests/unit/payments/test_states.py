"""The machines of promises §6, written out a second time."""

from __future__ import annotations

import itertools

import pytest

from marketplace.payments.invariants.histories import leads_to, refund_leads_to
from marketplace.payments.models import PaymentState as P
from marketplace.payments.models import RefundState as R
from marketplace.payments.states import ForbiddenMove, after_refund, move_payment, move_refund

PAYMENT_MOVES = {
    "created": "processing authorised captured failed expired", "processing": "authorised captured failed expired",
    "authorised": "captured voided expired", "captured": "partly_refunded refunded disputed",
    "partly_refunded": "refunded disputed", "failed": "processing", "expired": "captured", "disputed": "won lost",
}  # fmt: skip
REFUND_MOVES = {"requested": "sent failed", "sent": "succeeded failed"}


@pytest.mark.promise("I9")
@pytest.mark.parametrize(("before", "after"), list(itertools.product(P, P)))
def test_payment_moves(before: P, after: P) -> None:
    """Exactly the listed moves are allowed."""
    if after.value in PAYMENT_MOVES.get(before.value, "").split():
        assert move_payment(before, after) is after
    else:
        with pytest.raises(ForbiddenMove):
            move_payment(before, after)


@pytest.mark.promise("I9")
@pytest.mark.row("O8")
@pytest.mark.parametrize(("before", "after"), list(itertools.product(R, R)))
def test_refund_moves(before: R, after: R) -> None:
    """Exactly the listed moves are allowed."""
    if after.value in REFUND_MOVES.get(before.value, "").split():
        assert move_refund(before, after) is after
    else:
        with pytest.raises(ForbiddenMove):
            move_refund(before, after)


@pytest.mark.parametrize(
    ("now", "refunded", "expected"),
    [
        (P.CAPTURED, 0, P.CAPTURED),
        (P.CAPTURED, 1, P.PARTLY_REFUNDED),
        (P.CAPTURED, 10, P.REFUNDED),
        (P.PARTLY_REFUNDED, 9, P.PARTLY_REFUNDED),
        (P.PARTLY_REFUNDED, 10, P.REFUNDED),
        (P.EXPIRED, 10, P.EXPIRED),
        (P.CREATED, 5, P.CREATED),
    ],
)
def test_where_a_refund_leads(now: P, refunded: int, expected: P) -> None:
    """Money given back moves captured payments only."""
    assert after_refund(now, whole_minor=10, refunded_minor=refunded) is expected


def test_histories_that_are_no_paths_are_seen() -> None:
    """A gap, a forbidden step, a wrong end and a missing beginning."""
    good = [(None, "created"), ("created", "created"), ("created", "expired"), ("expired", "captured")]
    assert leads_to(good, P.CAPTURED)
    assert not leads_to(good, P.EXPIRED)
    assert not leads_to(good[1:], P.CAPTURED)
    assert not leads_to([good[0], good[2], ("captured", "refunded")], P.REFUNDED)
    assert not leads_to([good[0], ("created", "refunded")], P.REFUNDED)
    assert refund_leads_to(["requested", "sent", "succeeded"], R.SUCCEEDED)
    assert not refund_leads_to(["requested", "succeeded"], R.SUCCEEDED)
    assert not refund_leads_to(["sent", "succeeded"], R.SUCCEEDED)
    assert not refund_leads_to([], R.REQUESTED)
