"""The entries of money that arrives, as pure values (the table stands in `ledger`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from marketplace.kernel.ids import ShopId
from marketplace.kernel.money import Currency

from . import accounts
from .ledger import Entry


@dataclass(frozen=True, slots=True)
class ShareDue:
    """One seller's part: what the buyer pays for it and what the seller gets (minor units of their currencies)."""

    shop_id: ShopId
    amount_minor: int
    currency: Currency
    payout_minor: int
    payout_currency: Currency


def received_entries(account: str, amount_minor: int, currency: Currency) -> tuple[Entry, ...]:
    """Money is there, and is nobody's yet."""
    return Entry(account, amount_minor, currency), Entry(accounts.BUYER_MONEY, -amount_minor, currency)


def suspended_entries(amount_minor: int, currency: Currency) -> tuple[Entry, ...]:
    """Money waits for a person or for its other half."""
    return Entry(accounts.BUYER_MONEY, amount_minor, currency), Entry(accounts.SUSPENSE, -amount_minor, currency)


def counted_entries(
    shares: Sequence[ShareDue], *, unique_code_minor: int, from_suspense_minor: int, currency: Currency
) -> tuple[Entry, ...]:
    """The price is paid: each seller's share becomes theirs, pending, and the code the cooperative's."""
    price = sum(share.amount_minor for share in shares) + unique_code_minor
    entries = [
        Entry(accounts.BUYER_MONEY, price - from_suspense_minor, currency),
        Entry(accounts.SUSPENSE, from_suspense_minor, currency),
        Entry(accounts.UNIQUE_CODE, -unique_code_minor, currency),
    ]
    for share in shares:
        entries += _share_entries(share)
    return tuple(entries)


def _share_entries(share: ShareDue) -> list[Entry]:
    theirs = Entry(accounts.pending(share.shop_id), -share.payout_minor, share.payout_currency)
    if share.payout_currency is share.currency:
        return [theirs]
    return [
        Entry(accounts.FX, -share.amount_minor, share.currency),
        Entry(accounts.FX, share.payout_minor, share.payout_currency),
        theirs,
    ]
