"""The QRIS code buyers scan: registered from its payload, made active after its name was read back, superseded, never edited."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts import audit
from marketplace.db import lock_name
from marketplace.kernel.ids import PersonId
from marketplace.payments.errors import BankAccountGone, QrisCodeEnded, QrisCodeNotFound
from marketplace.payments.models import BankAccount, QrisCode
from marketplace.payments.qris import read_static


def register_qris(
    session: Session, *, payload: str, bank_account_id: int, actor_id: PersonId | None, now: datetime, is_example: bool = False
) -> QrisCode:
    """Keep a merchant's static code, not active yet (flushes for the id). Raises: BadQris, BankAccountGone."""
    merchant = read_static(payload)
    lock_name(session, "bank-accounts")
    if session.scalar(select(BankAccount.id).where(BankAccount.id == bank_account_id, BankAccount.is_active)) is None:
        raise BankAccountGone(bank_account_id)
    code = QrisCode(
        payload=payload, merchant_name=merchant.name, merchant_city=merchant.city, nmid=merchant.nmid,
        bank_account_id=bank_account_id, is_active=False, is_example=is_example, registered_at=now, registered_by=actor_id,
    )  # fmt: skip
    session.add(code)
    session.flush()
    _audit(session, "qris.register", code.id, actor_id, now)
    return code


def activate_qris(session: Session, *, code_id: int, actor_id: PersonId | None, now: datetime) -> None:
    """Let buyers pay by this code from now on; the one before is retired. Active already: nothing happens.

    Raises: QrisCodeNotFound, QrisCodeEnded, BankAccountGone.
    """
    code = _get(session, code_id)
    if code.is_active:
        return
    if code.retired_at is not None:
        raise QrisCodeEnded(code_id)
    if session.scalar(select(BankAccount.id).where(BankAccount.id == code.bank_account_id, BankAccount.is_active)) is None:
        raise BankAccountGone(code.bank_account_id)
    before = session.scalar(select(QrisCode).where(QrisCode.is_active))
    if before is not None:
        _retire(before, actor_id, now)
        session.flush()  # one is active at a time, and the database holds it
    code.is_active, code.activated_at, code.activated_by = True, now, actor_id
    session.flush()
    _audit(session, "qris.activate", code_id, actor_id, now)


def retire_qris(session: Session, *, code_id: int, actor_id: PersonId | None, now: datetime) -> None:
    """Offer this code to nobody any more; payments opened on it go on. Retired already: nothing. Raises: QrisCodeNotFound."""
    code = _get(session, code_id)
    if code.retired_at is not None:
        return
    _retire(code, actor_id, now)
    session.flush()
    _audit(session, "qris.retire", code_id, actor_id, now)


def _get(session: Session, code_id: int) -> QrisCode:
    """Return a code, with all changes of codes behind one another. Raises: QrisCodeNotFound."""
    lock_name(session, "bank-accounts")  # with the accounts: a code's account stays in use as long as the code
    code = session.scalar(select(QrisCode).where(QrisCode.id == code_id).execution_options(populate_existing=True))
    if code is None:
        raise QrisCodeNotFound(code_id)
    return code


def _retire(code: QrisCode, actor_id: PersonId | None, now: datetime) -> None:
    code.is_active, code.retired_at, code.retired_by = False, now, actor_id


def _audit(session: Session, action: str, code_id: int, actor_id: PersonId | None, now: datetime) -> None:
    audit.record(
        session, action=action, object_kind="qris_code", object_id=code_id, actor_id=actor_id,
        actor_kind="person" if actor_id else "system", now=now,
    )  # fmt: skip
