"""Refusals of the payments room, each carrying its facts. Amounts are minor units."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.kernel.errors import DomainError, NotFound
from marketplace.kernel.ids import PaymentId, SubOrderId
from marketplace.kernel.money import Currency

from .models import PaymentState, RefundState


@dataclass(eq=False)
class PaymentNotFound(NotFound):
    """There is no such payment."""

    payment_id: PaymentId | None = None


@dataclass(eq=False)
class RefundNotFound(NotFound):
    """There is no such refund."""

    refund_id: int


@dataclass(eq=False)
class AttentionNotFound(NotFound):
    """Nothing of that number waits for a person."""

    attention_id: int


@dataclass(eq=False)
class WrongCurrency(DomainError):
    """Money of another currency than the one asked for."""

    expected: Currency
    given: Currency


@dataclass(eq=False)
class WrongAmount(DomainError):
    """An amount that cannot be money received or given back."""

    amount_minor: int


@dataclass(eq=False)
class EventOfAnotherPayment(DomainError):
    """This bank line, receipt or provider object already settled a different payment."""

    source: str
    source_id: str


@dataclass(eq=False)
class NoCodeFree(DomainError):
    """All 999 amounts above this total are taken on this bank account."""

    bank_account_id: int
    base_minor: int


@dataclass(eq=False)
class PaymentNotOpen(DomainError):
    """The payment is past the point where this can be done."""

    payment_id: PaymentId
    state: PaymentState


@dataclass(eq=False)
class RefundTooMuch(DomainError):
    """More than is left to give back, of the payment or of one seller's share."""

    payment_id: PaymentId
    sub_order_id: SubOrderId | None
    wanted_minor: int
    left_minor: int


@dataclass(eq=False)
class RefundEnded(DomainError):
    """The refund has already succeeded or failed."""

    refund_id: int
    state: RefundState


@dataclass(eq=False)
class AttentionResolved(DomainError):
    """Somebody has finished this already, or this way out does not fit its kind."""

    attention_id: int


@dataclass(eq=False)
class BankAccountGone(DomainError):
    """There is no such bank account in use."""

    bank_account_id: int


@dataclass(eq=False)
class QrisCodeNotFound(NotFound):
    """There is no such code."""

    code_id: int


@dataclass(eq=False)
class QrisCodeEnded(DomainError):
    """The code was retired: register it again to use it again."""

    code_id: int


@dataclass(eq=False)
class BankAccountNotFound(NotFound):
    """There is no such account."""

    account_id: int


@dataclass(eq=False)
class BankAccountKnown(DomainError):
    """An account with this number is on the list already."""

    bank_name: str


@dataclass(eq=False)
class BankAccountInUse(DomainError):
    """Money of the active QRIS code arrives on this account."""

    account_id: int
