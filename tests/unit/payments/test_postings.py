"""Entries of arriving money as pure values: they balance in every currency, whatever the shares."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.kernel.ids import ShopId
from marketplace.kernel.money import Currency
from marketplace.payments.ledger import Entry, UnbalancedPosting, check_balance, combined
from marketplace.payments.settle_postings import ShareDue, counted_entries, received_entries, suspended_entries

amounts = st.integers(0, 10**12)


@st.composite
def shares(draw: st.DrawFn) -> ShareDue:
    """A share paid out in its own or in another currency."""
    payout = draw(st.sampled_from([Currency.USD, Currency.IDR]))
    amount = draw(amounts)
    paid_out = amount if payout is Currency.USD else draw(amounts)
    return ShareDue(ShopId(draw(st.integers(1, 7))), amount, Currency.USD, paid_out, payout)


@pytest.mark.promise("I4", "M1")
@pytest.mark.row("P7")
@given(st.lists(shares(), min_size=1, max_size=7), st.integers(0, 999), amounts)
def test_counted_entries_balance(parts: list[ShareDue], code: int, waiting: int) -> None:
    """Per currency zero; each seller gets exactly their payouts."""
    entries = counted_entries(parts, unique_code_minor=code, from_suspense_minor=waiting, currency=Currency.USD)
    check_balance("any", entries)
    for shop_id in {share.shop_id for share in parts}:
        for currency in (Currency.USD, Currency.IDR):
            theirs = sum(e.amount_minor for e in entries if e.account == f"seller:{shop_id}:pending" and e.currency is currency)
            wanted = sum(s.payout_minor for s in parts if s.shop_id == shop_id and s.payout_currency is currency)
            assert theirs == -wanted


@given(amounts)
def test_arrival_passes_through_buyer_money(amount: int) -> None:
    """What comes in and waits leaves nothing in between."""
    entries = received_entries("bank:1", amount, Currency.IDR) + suspended_entries(amount, Currency.IDR)
    assert [entry for entry in combined(entries) if entry.account == "buyer_money"] == []
    check_balance("any", entries)


def test_unbalanced_entries_are_refused() -> None:
    """Also when two currencies happen to cancel out."""
    with pytest.raises(UnbalancedPosting):
        check_balance("k", [Entry("a", 5, Currency.IDR), Entry("b", -5, Currency.USD)])
    with pytest.raises(UnbalancedPosting):
        check_balance("k", [Entry("a", 5), Entry("b", -4)])


def test_entries_of_one_account_become_one_in_order() -> None:
    """Sorted by code, zero ones left out."""
    entries = [Entry("b", 3), Entry("a", -3), Entry("b", -3), Entry("a", 1), Entry("c", 2)]
    assert combined(entries) == (Entry("a", -2), Entry("c", 2))
