"""Lifecycles move along their tables and nowhere else."""

from __future__ import annotations

from itertools import product

import pytest

from marketplace.orders.errors import MoveRefused
from marketplace.orders.history import is_order_path, is_sub_order_path
from marketplace.orders.models import OrderLifecycle as O
from marketplace.orders.models import SubOrderLifecycle as S
from marketplace.orders.states import ORDER_MOVES, SUB_ORDER_MOVES, may_move, move

ORDER_WAYS = {
    (O.AWAITING_PAYMENT, O.PLACED),
    (O.AWAITING_PAYMENT, O.EXPIRED),
    (O.AWAITING_PAYMENT, O.CANCELLED),
    (O.EXPIRED, O.PLACED),
}

SUB_ORDER_WAYS = {
    (S.AWAITING_PAYMENT, S.NEW), (S.AWAITING_PAYMENT, S.EXPIRED), (S.AWAITING_PAYMENT, S.CANCELLED), (S.EXPIRED, S.NEW),
    (S.NEW, S.ACCEPTED), (S.NEW, S.REJECTED), (S.NEW, S.CANCELLED),
    (S.ACCEPTED, S.IN_PRODUCTION), (S.ACCEPTED, S.CLOSED), (S.ACCEPTED, S.CANCELLED),
    (S.IN_PRODUCTION, S.READY), (S.IN_PRODUCTION, S.CANCELLED), (S.READY, S.CLOSED), (S.READY, S.CANCELLED),
}  # fmt: skip


@pytest.mark.row("O2")
@pytest.mark.promise("I9")
@pytest.mark.parametrize(("now", "wanted"), list(product(O, O)))
def test_an_order_moves_only_so(now: O, wanted: O) -> None:
    if (now, wanted) in ORDER_WAYS:
        assert move(now, wanted) is wanted
        return
    with pytest.raises(MoveRefused) as refusal:
        move(now, wanted)
    assert (refusal.value.now, refusal.value.wanted) == (now, wanted)


@pytest.mark.row("O2")
@pytest.mark.promise("I9")
@pytest.mark.parametrize(("now", "wanted"), list(product(S, S)))
def test_a_sub_order_moves_only_so(now: S, wanted: S) -> None:
    assert may_move(now, wanted) is ((now, wanted) in SUB_ORDER_WAYS)


def test_every_state_has_its_row() -> None:
    assert set(ORDER_MOVES) == set(O)
    assert set(SUB_ORDER_MOVES) == set(S)


@pytest.mark.promise("I9")
@pytest.mark.parametrize(
    ("steps", "stands", "good"),
    [
        ([(None, "awaiting_payment"), ("awaiting_payment", "expired"), ("expired", "placed")], O.PLACED, True),
        ([(None, "placed")], O.PLACED, True),
        ([(None, "expired")], O.EXPIRED, False),  # no order begins there
        ([(None, "awaiting_payment")], O.PLACED, False),  # it stands where no event led
        ([(None, "awaiting_payment"), ("expired", "placed")], O.PLACED, False),  # a gap
        ([(None, "placed"), ("placed", "cancelled")], O.CANCELLED, False),  # no such move
        ([], O.PLACED, False),
    ],
)
def test_a_history_is_a_path_or_it_is_not(steps: list[tuple[str | None, str]], stands: O, good: bool) -> None:
    assert is_order_path(steps, stands=stands) is good


@pytest.mark.promise("I9")
def test_a_parts_history_is_a_path_or_it_is_not() -> None:
    steps: list[tuple[str | None, str]] = [(None, "new"), ("new", "accepted"), ("accepted", "closed")]
    assert is_sub_order_path(steps, stands=S.CLOSED)
    assert not is_sub_order_path(steps[:2], stands=S.CLOSED)
    assert not is_sub_order_path([(None, "new"), ("new", "closed")], stands=S.CLOSED)
