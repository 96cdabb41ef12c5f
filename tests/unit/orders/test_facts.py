"""Payment, fulfilment and case follow from quantities and amounts alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.orders.facts import Facts, LineCount, case_fact, derive, due_minor, fulfilment_fact, payment_fact
from marketplace.orders.models import CaseFact, FulfilmentFact, PaymentFact


@st.composite
def counts(draw: st.DrawFn) -> LineCount:
    quantity = draw(st.integers(1, 50))
    cancelled = draw(st.integers(0, quantity))
    handed = draw(st.integers(0, quantity - cancelled))
    return LineCount(quantity, draw(st.integers(0, 10_000)), cancelled, handed, draw(st.integers(0, handed)),
                     draw(st.integers(0, handed)))  # fmt: skip


@pytest.mark.row("O2")
@pytest.mark.parametrize(
    ("paid", "refunded", "due", "fact"),
    [
        (0, 0, 100, PaymentFact.UNPAID),
        (1, 0, 100, PaymentFact.PART_PAID),
        (99, 0, 100, PaymentFact.PART_PAID),
        (100, 0, 100, PaymentFact.PAID),
        (100, 0, 60, PaymentFact.PAID),
        (100, 40, 60, PaymentFact.PART_REFUNDED),
        (100, 100, 0, PaymentFact.REFUNDED),
        (0, 0, 0, PaymentFact.UNPAID),
    ],
)
def test_payment(paid: int, refunded: int, due: int, fact: PaymentFact) -> None:
    assert payment_fact(paid_minor=paid, refunded_minor=refunded, due_minor=due) is fact


@pytest.mark.row("O2", "O3")
@pytest.mark.parametrize(
    ("lines", "fact"),
    [
        ([LineCount(2), LineCount(1)], FulfilmentFact.UNFULFILLED),
        ([LineCount(2, handed_over=2), LineCount(1)], FulfilmentFact.PART_SHIPPED),
        ([LineCount(2, handed_over=2), LineCount(1, handed_over=1)], FulfilmentFact.SHIPPED),
        ([LineCount(2, handed_over=2), LineCount(1, cancelled=1)], FulfilmentFact.SHIPPED),
        ([LineCount(2, handed_over=2, delivered=1)], FulfilmentFact.SHIPPED),
        ([LineCount(2, handed_over=2, delivered=2), LineCount(1, cancelled=1)], FulfilmentFact.DELIVERED),
        ([LineCount(3, cancelled=1, handed_over=1, delivered=1)], FulfilmentFact.PART_SHIPPED),
        ([LineCount(2, handed_over=2, delivered=2, returned=1)], FulfilmentFact.DELIVERED),
        ([LineCount(2, handed_over=2, delivered=2, returned=2)], FulfilmentFact.RETURNED),
        ([LineCount(2, handed_over=2, returned=2)], FulfilmentFact.RETURNED),  # it never arrived and came back
    ],
)
def test_fulfilment(lines: list[LineCount], fact: FulfilmentFact) -> None:
    assert fulfilment_fact(lines) is fact


@pytest.mark.row("O3")
def test_cancelled_steps_are_not_owed() -> None:
    lines = [LineCount(2, unit_price_minor=30, cancelled=1), LineCount(1, unit_price_minor=40)]
    assert due_minor(lines, total_minor=110) == 80


def test_nothing_is_owed_when_all_is_cancelled_not_even_delivery() -> None:
    assert due_minor([LineCount(2, unit_price_minor=30, cancelled=2)], total_minor=75) == 0


def test_both_facts_come_together() -> None:
    lines = [LineCount(2, unit_price_minor=30, handed_over=1, cancelled=1)]
    assert derive(lines, paid_minor=40, refunded_minor=0, total_minor=70) == Facts(PaymentFact.PAID, FulfilmentFact.SHIPPED)


@pytest.mark.parametrize(
    ("opened", "resolved", "fact"),
    [(0, 0, CaseFact.NONE), (1, 0, CaseFact.OPEN), (2, 1, CaseFact.OPEN), (2, 2, CaseFact.RESOLVED)],
)
def test_case(opened: int, resolved: int, fact: CaseFact) -> None:
    assert case_fact(opened=opened, resolved=resolved) is fact


@given(st.lists(counts(), min_size=1, max_size=6), st.integers(0, 10**9), st.integers(0, 10**9))
def test_facts_never_contradict_the_amounts(lines: list[LineCount], total: int, paid: int) -> None:
    owed = due_minor(lines, total_minor=total)
    facts = derive(lines, paid_minor=paid, refunded_minor=0, total_minor=total)
    assert 0 <= owed <= total
    assert (facts.payment is PaymentFact.PAID) == (paid > 0 and paid >= owed)
    moved = any(line.handed_over for line in lines)
    assert (facts.fulfilment is FulfilmentFact.UNFULFILLED) == (not moved)
