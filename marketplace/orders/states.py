"""The moves that lifecycles allow: pure tables and the one question they answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from .errors import MoveRefused
from .models import OrderLifecycle, SubOrderLifecycle

_O, _S = OrderLifecycle, SubOrderLifecycle

# A placed order stays placed: what became of it stands on its sub-orders. `expired → placed` is late money that re-held.
ORDER_MOVES: Mapping[OrderLifecycle, frozenset[OrderLifecycle]] = {
    _O.AWAITING_PAYMENT: frozenset({_O.PLACED, _O.EXPIRED, _O.CANCELLED}),
    _O.EXPIRED: frozenset({_O.PLACED}),
    _O.PLACED: frozenset(),
    _O.CANCELLED: frozenset(),
}

SUB_ORDER_MOVES: Mapping[SubOrderLifecycle, frozenset[SubOrderLifecycle]] = {
    _S.AWAITING_PAYMENT: frozenset({_S.NEW, _S.EXPIRED, _S.CANCELLED}),
    _S.NEW: frozenset({_S.ACCEPTED, _S.REJECTED, _S.CANCELLED}),
    _S.ACCEPTED: frozenset({_S.IN_PRODUCTION, _S.CLOSED, _S.CANCELLED}),
    _S.IN_PRODUCTION: frozenset({_S.READY, _S.CANCELLED}),
    _S.READY: frozenset({_S.CLOSED, _S.CANCELLED}),
    _S.EXPIRED: frozenset({_S.NEW}),
    _S.CLOSED: frozenset(),
    _S.REJECTED: frozenset(),
    _S.CANCELLED: frozenset(),
}

# Where each may begin: cash on delivery and tempo are placed at once.
ORDER_STARTS = frozenset({_O.AWAITING_PAYMENT, _O.PLACED})
SUB_ORDER_STARTS = frozenset({_S.AWAITING_PAYMENT, _S.NEW})

# Goods may leave in these.
MAY_HAND_OVER = frozenset({_S.ACCEPTED, _S.IN_PRODUCTION, _S.READY})

L = TypeVar("L", OrderLifecycle, SubOrderLifecycle)


def move(now: L, wanted: L) -> L:
    """Return `wanted` if it may follow `now`. Raises: MoveRefused."""
    if not may_move(now, wanted):
        raise MoveRefused(now=now, wanted=wanted)
    return wanted


def may_move(now: L, wanted: L) -> bool:
    """Tell whether `wanted` may follow `now`."""
    if isinstance(now, OrderLifecycle):
        return wanted in ORDER_MOVES[now]
    return wanted in SUB_ORDER_MOVES[now]
