"""The ledger: transactions sum to zero, balances are their entries, and every account says what its rows say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, String, and_, case, cast, exists, func, literal, or_, select
from sqlalchemy.orm import Session

from marketplace.kernel.broken import Broken
from marketplace.kernel.ids import ShopId
from marketplace.kernel.money import Currency
from marketplace.orders.models import PaymentMethod, SubOrder, SubOrderLifecycle
from marketplace.payments import accounts
from marketplace.payments.models import (
    LedgerAccount,
    LedgerEntry,
    LedgerTransaction,
    Payment,
    PaymentShare,
    Refund,
    RefundSource,
    RefundState,
)

from .sums import suspense_of_payment

_IN_FLIGHT = (RefundState.REQUESTED, RefundState.SENT)
# `sub_order:17:closed` as the ledger's keys spell it.
_CLOSING = literal("sub_order:") + cast(SubOrder.id, String) + literal(":closed")
_IS_CLOSED = exists().where(LedgerTransaction.key == _CLOSING)


def find_broken(session: Session) -> Iterator[Broken]:
    """Yield every offence of the books against I4."""
    yield from _transactions(session)
    yield from _balances(session)
    for currency in Currency:
        for code, expected in _expected(session, currency):
            balance = _balance(session, f"{code}:{currency}")
            if balance != expected:
                yield Broken("I4", "ledger_account", (f"{code}:{currency}",), f"stands at {balance}, its rows say {expected}")
        yield from _sellers(session, currency)
    unbooked = select(SubOrder.id).where(SubOrder.lifecycle == SubOrderLifecycle.CLOSED, ~_IS_CLOSED)
    for found in session.scalars(unbooked.order_by(SubOrder.id)):
        yield Broken("I4", "sub_order", (found,), "is closed, but its earnings were not made payable")


def _transactions(session: Session) -> Iterator[Broken]:
    uneven = (
        select(LedgerEntry.transaction_id)
        .group_by(LedgerEntry.transaction_id, LedgerEntry.currency)
        .having(func.sum(LedgerEntry.amount_minor) != 0)
    )
    for found in session.scalars(uneven.order_by(LedgerEntry.transaction_id)):
        yield Broken("I4", "ledger_transaction", (found,), "does not sum to zero")


def _balances(session: Session) -> Iterator[Broken]:
    sums = (
        select(LedgerEntry.account_id, func.sum(LedgerEntry.amount_minor).label("total"))
        .group_by(LedgerEntry.account_id)
        .subquery()
    )
    off = (
        select(LedgerAccount.code)
        .outerjoin(sums, sums.c.account_id == LedgerAccount.id)
        .where(LedgerAccount.balance_minor != func.coalesce(sums.c.total, 0))
    )
    for code in session.scalars(off.order_by(LedgerAccount.code)):
        yield Broken("I4", "ledger_account", (code,), "its running balance is not the sum of its entries")
    foreign = (
        select(LedgerEntry.id)
        .join(LedgerAccount, LedgerAccount.id == LedgerEntry.account_id)
        .where(LedgerEntry.currency != LedgerAccount.currency)
    )
    for found in session.scalars(foreign.order_by(LedgerEntry.id)):
        yield Broken("I4", "ledger_entry", (found,), "is of another currency than its account")


def _balance(session: Session, code: str) -> int:
    return session.scalar(select(LedgerAccount.balance_minor).where(LedgerAccount.code == code)) or 0


def _sum(session: Session, query: Select[Any]) -> int:
    return int(session.scalar(query) or 0)


def _expected(session: Session, currency: Currency) -> Iterator[tuple[str, int]]:
    """Yield what each account should say, from the rows of payments and refunds."""
    yield accounts.BUYER_MONEY, 0
    payments = select(func.sum(suspense_of_payment)).where(Payment.currency == currency)
    yield accounts.SUSPENSE, -_sum(session, payments)
    counted = and_(Payment.currency == currency, Payment.counted_minor > 0)
    codes = _sum(session, select(func.sum(Payment.unique_code_minor)).where(counted))
    yield accounts.UNIQUE_CODE, _refunded(session, currency, RefundSource.CODE) - codes
    yield accounts.KEPT, -_sum(session, select(func.sum(Payment.counted_minor - Payment.amount_minor)).where(counted))
    due = select(func.sum(Refund.amount_minor)).where(Refund.currency == currency, Refund.state.in_(_IN_FLIGHT))
    yield accounts.REFUNDS_DUE, -_sum(session, due)
    at_bank = (
        select(Payment.bank_account_id, func.sum(Payment.received_minor - Payment.refunded_minor))
        .where(Payment.currency == currency, Payment.method != PaymentMethod.COD, Payment.bank_account_id.is_not(None))
        .group_by(Payment.bank_account_id)
    )
    for bank_account_id, total in session.execute(at_bank):
        yield accounts.bank(bank_account_id or 0), int(total)


def _refunded(session: Session, currency: Currency, source: RefundSource) -> int:
    query = select(func.sum(Refund.amount_minor)).where(
        Refund.currency == currency, Refund.source == source, Refund.state != RefundState.FAILED
    )
    return _sum(session, query)


def _sellers(session: Session, currency: Currency) -> Iterator[Broken]:
    """Per shop: pending is what open parts earned; payable, cash and commission together are what closed ones did.

    Commission is one account for all shops, so the second sum is compared over the whole market.
    """
    left = PaymentShare.payout_minor - PaymentShare.refund_reserved_minor
    is_cash = Payment.method == PaymentMethod.COD
    in_hand = case((is_cash, Payment.received_minor - Payment.refunded_minor), else_=0)
    rows = session.execute(
        select(
            SubOrder.shop_id,
            func.sum(case((_IS_CLOSED, 0), else_=left)),
            func.sum(case((_IS_CLOSED, left), else_=0)),
            func.sum(in_hand),
        )
        .join(PaymentShare, PaymentShare.sub_order_id == SubOrder.id)
        .join(Payment, Payment.id == PaymentShare.payment_id)
        .where(PaymentShare.payout_currency == currency, Payment.counted_minor > 0)
        .group_by(SubOrder.shop_id)
    )
    closed_minor = cash_minor = payable = 0
    for shop_id, pending, closed, in_cash in rows:
        shop = ShopId(shop_id)
        balance = _balance(session, f"{accounts.pending(shop)}:{currency}")
        if balance != -int(pending):
            code = f"{accounts.pending(shop)}:{currency}"
            yield Broken("I4", "ledger_account", (code,), f"stands at {balance}, its shares say {-int(pending)}")
        closed_minor += int(closed)
        cash_minor += int(in_cash)
    codes = or_(
        LedgerAccount.code.like("seller:%:payable:%"), LedgerAccount.code.like("cash:%"), LedgerAccount.code.like("commission:%")
    )
    payable = _sum(session, select(func.sum(LedgerAccount.balance_minor)).where(codes, LedgerAccount.currency == currency))
    if payable != cash_minor - closed_minor:
        words = f"payable, cash and commission stand at {payable}, closed parts say {cash_minor - closed_minor}"
        yield Broken("I4", "ledger", (currency.value,), words)
