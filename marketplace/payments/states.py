"""Which way a payment and a refund may go. Any other move is a bug of ours and refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from marketplace.orders.models import PaymentMethod

from .models import PaymentState as P
from .models import RefundState as R

S = TypeVar("S", P, R)

PAYMENT_MOVES: dict[P, frozenset[P]] = {
    P.CREATED: frozenset({P.PROCESSING, P.AUTHORISED, P.CAPTURED, P.FAILED, P.EXPIRED}),
    P.PROCESSING: frozenset({P.AUTHORISED, P.CAPTURED, P.FAILED, P.EXPIRED}),
    P.AUTHORISED: frozenset({P.CAPTURED, P.VOIDED, P.EXPIRED}),
    P.CAPTURED: frozenset({P.PARTLY_REFUNDED, P.REFUNDED, P.DISPUTED}),
    P.PARTLY_REFUNDED: frozenset({P.REFUNDED, P.DISPUTED}),
    P.REFUNDED: frozenset(),
    P.VOIDED: frozenset(),
    P.FAILED: frozenset({P.PROCESSING}),  # the buyer tries again on the same provider object
    P.EXPIRED: frozenset({P.CAPTURED}),  # money that came late
    P.DISPUTED: frozenset({P.WON, P.LOST}),
    P.WON: frozenset(),
    P.LOST: frozenset(),
}

REFUND_MOVES: dict[R, frozenset[R]] = {
    R.REQUESTED: frozenset({R.SENT, R.FAILED}),
    R.SENT: frozenset({R.SUCCEEDED, R.FAILED}),
    R.SUCCEEDED: frozenset(),
    R.FAILED: frozenset(),
}

OPEN = frozenset({P.CREATED, P.PROCESSING, P.AUTHORISED})
TAKEN = frozenset({P.CAPTURED, P.PARTLY_REFUNDED, P.REFUNDED, P.DISPUTED, P.WON, P.LOST})
# What the office finds on its bank's list and confirms: nobody tells us of it.
CONFIRMED_BY_HAND = frozenset({PaymentMethod.TRANSFER, PaymentMethod.QRIS})
REFUNDABLE = frozenset({P.CAPTURED, P.PARTLY_REFUNDED, P.WON})


@dataclass(eq=False)
class ForbiddenMove(Exception):
    """Something tried to go a way that does not exist."""

    now: str
    wanted: str


def move_payment(now: P, wanted: P) -> P:
    """Return `wanted`. Raises: ForbiddenMove."""
    return _move(PAYMENT_MOVES, now, wanted)


def move_refund(now: R, wanted: R) -> R:
    """Return `wanted`. Raises: ForbiddenMove."""
    return _move(REFUND_MOVES, now, wanted)


def _move(moves: dict[S, frozenset[S]], now: S, wanted: S) -> S:
    if wanted not in moves[now]:
        raise ForbiddenMove(now=now, wanted=wanted)
    return wanted


def after_refund(now: P, *, whole_minor: int, refunded_minor: int) -> P:
    """Return where a payment stands once `refunded_minor` of the `whole_minor` it counts for has gone back."""
    if now not in (P.CAPTURED, P.PARTLY_REFUNDED) or refunded_minor == 0:
        return now
    return P.REFUNDED if refunded_minor >= whole_minor else P.PARTLY_REFUNDED
