"""A shop's money as the ledger knows it: what waits, what is owed, what the shop has, and every entry behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import Session

from marketplace.kernel.ids import ShopId
from marketplace.kernel.money import Currency
from marketplace.kernel.paging import Page
from marketplace.orders.models import SubOrder
from marketplace.payments import accounts
from marketplace.payments.models import LedgerAccount, LedgerEntry, LedgerTransaction

PER_PAGE = 25


@dataclass(frozen=True, slots=True)
class ShopBalance:
    """What a shop has earned, in minor units: not yet its own, owed to it, and in its hands already."""

    waiting_minor: int
    payable_minor: int
    received_minor: int


@dataclass(frozen=True, slots=True)
class BalanceRow:
    """What one transaction did to a shop's money; positive: more for the shop. `number` is the shop's part of its order."""

    at: datetime
    kind: str
    number: str | None
    waiting_minor: int
    payable_minor: int


def shop_balance(session: Session, shop_id: ShopId, currency: Currency = Currency.IDR) -> ShopBalance:
    """Return the balances of a shop's accounts. Two statements."""
    codes = {name: f"{account(shop_id)}:{currency}" for name, account in _ACCOUNTS.items()}
    found = dict(session.execute(
        select(LedgerAccount.code, LedgerAccount.balance_minor).where(LedgerAccount.code.in_(codes.values()))
    ).all())  # fmt: skip
    received = session.scalar(
        select(func.sum(LedgerEntry.amount_minor))
        .join(LedgerAccount, LedgerAccount.id == LedgerEntry.account_id)
        .join(LedgerTransaction, LedgerTransaction.id == LedgerEntry.transaction_id)
        .where(LedgerAccount.code == f"{accounts.cash(shop_id)}:{currency}", LedgerEntry.amount_minor > 0)
    )
    return ShopBalance(-found.get(codes["waiting"], 0), -found.get(codes["payable"], 0), int(received or 0))


_ACCOUNTS = {"waiting": accounts.pending, "payable": accounts.payable}


def balance_rows(
    session: Session, shop_id: ShopId, *, currency: Currency = Currency.IDR, number: int = 1, size: int = PER_PAGE
) -> Page[BalanceRow]:
    """Return one page of what moved a shop's money, newest first: a row for each transaction. Two statements."""
    waiting, payable = (f"{account(shop_id)}:{currency}" for account in _ACCOUNTS.values())
    change = {
        code: func.sum(case((LedgerAccount.code == code, -LedgerEntry.amount_minor), else_=0)) for code in (waiting, payable)
    }
    query = (
        select(LedgerTransaction.at, LedgerTransaction.kind, SubOrder.number, change[waiting], change[payable])
        .join(LedgerEntry, LedgerEntry.transaction_id == LedgerTransaction.id)
        .join(LedgerAccount, LedgerAccount.id == LedgerEntry.account_id)
        .outerjoin(SubOrder, and_(SubOrder.order_id == LedgerTransaction.order_id, SubOrder.shop_id == shop_id))
        .where(LedgerAccount.code.in_([waiting, payable]))
        .group_by(LedgerTransaction.id, LedgerTransaction.at, LedgerTransaction.kind, SubOrder.number)
    )
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    page = query.order_by(LedgerTransaction.at.desc(), LedgerTransaction.id.desc()).offset((number - 1) * size).limit(size)
    rows = [BalanceRow(at, kind, part, int(more), int(owed)) for at, kind, part, more, owed in session.execute(page)]
    return Page(rows, number, size, total)
