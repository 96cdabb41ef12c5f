"""The double-entry ledger: every transaction sums to zero per currency, is added once, and is never changed.

Which event posts what (debit + / credit -, minor units; the key makes each happen once):

=============================  ==========================================  ===================================================
event                          key                                         entries
=============================  ==========================================  ===================================================
order placed                   -                                           nothing: no money has moved
money received                 `payment:{id}:received:{source}:{its id}`   bank | cash + · buyer_money -
counted: full, over, held late `payment:{id}:counted`                      buyer_money + · suspense + (what waited there)
                                                                           · seller pending - (a share each: goods and shipping
                                                                           belong to who ships) · unique_code -
not counted: short, excess,    `payment:{id}:suspended:{source}:{its id}`  buyer_money + · suspense -
double, late and refused
sub-order closed               `sub_order:{id}:closed`                     pending + · payable - · commission -; for cash also
                                                                           payable + · cash - (the seller has it already)
refund requested               `refund:{id}:requested`                     pending | payable | unique_code | suspense +
                                                                           · refunds_due -
refund succeeded               `refund:{id}:succeeded`                     refunds_due + · bank | cash -
refund failed                  `refund:{id}:failed`                        the request's entries, reversed
excess left by the buyer       `attention:{id}:kept`                       suspense + · kept -
share paid out in another      with `counted`                              fx (theirs) - · fx (payout) + · pending - in the
currency than it came in                                                   payout currency
=============================  ==========================================  ===================================================
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from marketplace.kernel.ids import OrderId, PaymentId
from marketplace.kernel.money import Currency

from .models import LedgerAccount, LedgerEntry, LedgerTransaction
from .once import add_once


@dataclass(frozen=True, slots=True)
class Entry:
    """One side of a transaction: positive debits, negative credits, in minor units of `currency`."""

    account: str
    amount_minor: int
    currency: Currency = Currency.IDR


@dataclass(eq=False)
class UnbalancedPosting(Exception):
    """Entries that do not sum to zero in every currency: a bug of ours."""

    key: str
    sums: dict[Currency, int]


def combined(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return one entry per account and currency, in the order of their codes, without those that are zero."""
    sums: dict[tuple[str, Currency], int] = defaultdict(int)
    for entry in entries:
        sums[(entry.account, entry.currency)] += entry.amount_minor
    return tuple(Entry(account, amount, currency) for (account, currency), amount in sorted(sums.items()) if amount)


def check_balance(key: str, entries: Iterable[Entry]) -> None:
    """Raises: UnbalancedPosting unless the entries sum to zero in every currency."""
    sums: dict[Currency, int] = defaultdict(int)
    for entry in entries:
        sums[entry.currency] += entry.amount_minor
    if any(sums.values()):
        raise UnbalancedPosting(key=key, sums=dict(sums))


def post(
    session: Session,
    *,
    key: str,
    kind: str,
    entries: Sequence[Entry],
    now: datetime,
    order_id: OrderId | None = None,
    payment_id: PaymentId | None = None,
) -> bool:
    """Add a transaction and move the running balances; return False when `key` was posted before. Flushes.

    Accounts are moved in the order of their codes, after every other row of the unit (they are the counters of the lock
    order). Raises: UnbalancedPosting.
    """
    check_balance(key, entries)
    sides = combined(entries)
    transaction = LedgerTransaction(key=key, kind=kind, at=now, order_id=order_id, payment_id=payment_id)
    if not add_once(session, transaction):
        return False
    for side in sides:
        account_id = _account_id(session, side)
        session.execute(
            update(LedgerAccount)
            .where(LedgerAccount.id == account_id)
            .values(balance_minor=LedgerAccount.balance_minor + side.amount_minor)
            .execution_options(synchronize_session=False)
        )
        session.add(
            LedgerEntry(
                transaction_id=transaction.id, account_id=account_id, amount_minor=side.amount_minor, currency=side.currency
            )
        )
    session.flush()
    return True


def posted(session: Session, key: str) -> tuple[Entry, ...]:
    """Return the entries of an earlier transaction, or none when there is no such key."""
    rows = session.execute(
        select(LedgerAccount.code, LedgerEntry.amount_minor, LedgerEntry.currency)
        .join(LedgerEntry, LedgerEntry.account_id == LedgerAccount.id)
        .join(LedgerTransaction, LedgerTransaction.id == LedgerEntry.transaction_id)
        .where(LedgerTransaction.key == key)
    )
    return tuple(Entry(code.removesuffix(f":{currency}"), amount, currency) for code, amount, currency in rows)


def balance_of(session: Session, account: str, currency: Currency = Currency.IDR) -> int:
    """Return the running balance of an account, in minor units; zero when nothing was ever posted to it."""
    found = session.scalar(select(LedgerAccount.balance_minor).where(LedgerAccount.code == f"{account}:{currency}"))
    return found or 0


def _account_id(session: Session, side: Entry) -> int:
    """Return the account's row, made at its first posting."""
    code = f"{side.account}:{side.currency}"
    find = select(LedgerAccount.id).where(LedgerAccount.code == code)
    found = session.scalar(find)
    if found is not None:
        return found
    account = LedgerAccount(code=code, currency=side.currency)
    if add_once(session, account):
        return account.id
    return session.scalars(find).one()  # somebody else posted to it first a moment ago
