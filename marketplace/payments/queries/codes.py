"""The QRIS codes the office has registered, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from marketplace.accounts.models import Person
from marketplace.payments.models import BankAccount, QrisCode

MOST = 50


@dataclass(frozen=True, slots=True)
class QrisCodeRow:
    """A registered code, with who did what to it."""

    id: int
    merchant_name: str
    merchant_city: str
    nmid: str
    payload: str
    bank_name: str
    bank_number: str
    is_active: bool
    is_example: bool
    registered_at: datetime
    registered_by: str | None
    activated_at: datetime | None
    retired_at: datetime | None
    retired_by: str | None


def _codes() -> Select[*tuple[Any, ...]]:
    adder, ender = aliased(Person), aliased(Person)
    return (
        select(
            QrisCode.id, QrisCode.merchant_name, QrisCode.merchant_city, QrisCode.nmid, QrisCode.payload, BankAccount.bank_name,
            BankAccount.number, QrisCode.is_active, QrisCode.is_example, QrisCode.registered_at, adder.name,
            QrisCode.activated_at, QrisCode.retired_at, ender.name,
        )
        .join(BankAccount, BankAccount.id == QrisCode.bank_account_id)
        .outerjoin(adder, adder.id == QrisCode.registered_by)
        .outerjoin(ender, ender.id == QrisCode.retired_by)
    )  # fmt: skip


def qris_codes(session: Session) -> tuple[QrisCodeRow, ...]:
    """Return the registered codes, the newest first."""
    return tuple(QrisCodeRow(*row) for row in session.execute(_codes().order_by(QrisCode.id.desc()).limit(MOST)))


def qris_code(session: Session, code_id: int) -> QrisCodeRow | None:
    """Return one registered code."""
    row = session.execute(_codes().where(QrisCode.id == code_id)).one_or_none()
    return QrisCodeRow(*row) if row is not None else None


@dataclass(frozen=True, slots=True)
class AccountRow:
    """A bank account of the office's list."""

    id: int
    bank_name: str
    number: str
    holder: str
    is_active: bool
    is_example: bool
    created_at: datetime


def bank_accounts(session: Session) -> tuple[AccountRow, ...]:
    """Return all bank accounts: those in use first, the one buyers are asked to use on top."""
    query = select(
        BankAccount.id, BankAccount.bank_name, BankAccount.number, BankAccount.holder, BankAccount.is_active,
        BankAccount.is_example, BankAccount.created_at,
    ).order_by(BankAccount.is_active.desc(), BankAccount.position, BankAccount.id).limit(MOST)  # fmt: skip
    return tuple(AccountRow(*row) for row in session.execute(query))
