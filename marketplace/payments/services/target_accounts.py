"""The bank accounts buyers transfer to: added, put first, retired. Numbers are never edited; payments keep their account."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from marketplace.accounts import audit
from marketplace.db import lock_name
from marketplace.kernel.ids import PersonId
from marketplace.payments.errors import BankAccountInUse, BankAccountKnown, BankAccountNotFound
from marketplace.payments.models import BankAccount, QrisCode


def add_bank_account(
    session: Session, *, bank_name: str, number: str, holder: str, actor_id: PersonId | None, now: datetime
) -> BankAccount:
    """Add an account after those there are (flushes for the id). Raises: BankAccountKnown."""
    lock_name(session, "bank-accounts")
    if session.scalar(select(BankAccount.id).where(BankAccount.bank_name == bank_name, BankAccount.number == number)) is not None:
        raise BankAccountKnown(bank_name=bank_name)
    last = session.scalar(select(func.max(BankAccount.position))) or 0
    account = BankAccount(bank_name=bank_name, number=number, holder=holder, position=last + 1, created_at=now)
    session.add(account)
    session.flush()
    _audit(session, "bank.add", account.id, actor_id, now)
    return account


def make_current(session: Session, *, account_id: int, actor_id: PersonId | None, now: datetime) -> None:
    """Ask buyers to transfer to this account from now on. First already: nothing happens. Raises: BankAccountNotFound."""
    account = _get(session, account_id)
    first = session.execute(
        select(BankAccount.id, BankAccount.position)
        .where(BankAccount.is_active)
        .order_by(BankAccount.position, BankAccount.id)
        .limit(1)
    ).one_or_none()
    if first is not None and first.id == account_id:
        return
    account.is_active = True
    account.position = (session.scalar(select(func.min(BankAccount.position))) or 0) - 1
    _audit(session, "bank.current", account_id, actor_id, now)


def retire_bank_account(session: Session, *, account_id: int, actor_id: PersonId | None, now: datetime) -> None:
    """Offer this account to no new buyer. Retired already: nothing happens. Raises: BankAccountNotFound, BankAccountInUse."""
    account = _get(session, account_id)
    if not account.is_active:
        return
    if session.scalar(select(QrisCode.id).where(QrisCode.is_active, QrisCode.bank_account_id == account_id)) is not None:
        raise BankAccountInUse(account_id)
    account.is_active = False
    _audit(session, "bank.retire", account_id, actor_id, now)


def _get(session: Session, account_id: int) -> BankAccount:
    """Return an account, with all changes of accounts and codes behind one another. Raises: BankAccountNotFound."""
    lock_name(session, "bank-accounts")
    account = session.scalar(select(BankAccount).where(BankAccount.id == account_id).execution_options(populate_existing=True))
    if account is None:
        raise BankAccountNotFound(account_id)
    return account


def _audit(session: Session, action: str, account_id: int, actor_id: PersonId | None, now: datetime) -> None:
    audit.record(
        session, action=action, object_kind="bank_account", object_id=account_id, actor_id=actor_id,
        actor_kind="person" if actor_id else "system", now=now,
    )  # fmt: skip
