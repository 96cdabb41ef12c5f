"""Tables of payments. All amounts are minor units of the row's currency."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.db import Document, Model, value_enum
from marketplace.files.models import PrivateFile
from marketplace.kernel.ids import OrderId, PaymentId, PersonId, SubOrderId
from marketplace.kernel.money import Currency
from marketplace.orders.models import Order, PaymentMethod, SubOrder


class PaymentPurpose(StrEnum):
    """What part of a price a payment is."""

    FULL = "full"
    DEPOSIT = "deposit"
    BALANCE = "balance"


class PaymentState(StrEnum):
    """See promises §6: never backwards on an older event; `expired → captured` is late money and triggers rule 12."""

    CREATED = "created"
    PROCESSING = "processing"
    AUTHORISED = "authorised"
    CAPTURED = "captured"
    PARTLY_REFUNDED = "partly_refunded"
    REFUNDED = "refunded"
    VOIDED = "voided"
    FAILED = "failed"
    EXPIRED = "expired"
    DISPUTED = "disputed"
    WON = "won"
    LOST = "lost"


class RefundState(StrEnum):
    """`requested → sent → succeeded | failed`; the amount is reserved at `requested` and freed at `failed`."""

    REQUESTED = "requested"
    SENT = "sent"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


class BankAccount(Model):
    """An account buyers transfer to. In custody mode it is the cooperative's."""

    __tablename__ = "bank_account"

    id: Mapped[int] = mapped_column(primary_key=True)
    bank_name: Mapped[str] = mapped_column(String(60))
    number: Mapped[str] = mapped_column(String(30))
    holder: Mapped[str] = mapped_column(String(80))
    is_active: Mapped[bool] = mapped_column(default=True)
    is_example: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]


class QrisCode(Model):
    """A merchant's static QRIS code. Never edited: a new one takes its place, and payments keep the one they were opened on."""

    __tablename__ = "qris_code"
    __table_args__ = (
        CheckConstraint("is_active = (activated_at IS NOT NULL AND retired_at IS NULL)", name="active_between"),
        Index(
            "uq_qris_code_active", "is_active", unique=True, sqlite_where=text("is_active"), postgresql_where=text("is_active")
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    payload: Mapped[str] = mapped_column(String(512))
    merchant_name: Mapped[str] = mapped_column(String(25))
    merchant_city: Mapped[str] = mapped_column(String(15))
    nmid: Mapped[str] = mapped_column(String(15))
    bank_account_id: Mapped[int] = mapped_column(ForeignKey(BankAccount.id))  # where the money it collects arrives
    is_active: Mapped[bool] = mapped_column(default=False)
    is_example: Mapped[bool] = mapped_column(default=False)
    registered_at: Mapped[datetime]
    registered_by: Mapped[PersonId | None]
    activated_at: Mapped[datetime | None]
    activated_by: Mapped[PersonId | None]
    retired_at: Mapped[datetime | None]
    retired_by: Mapped[PersonId | None]


class Payment(Model):
    """Money asked for: which sub-orders it covers stands in its shares. `amount_minor` includes the unique code."""

    __tablename__ = "payment"
    __table_args__ = (
        UniqueConstraint("provider", "provider_object_id"),
        CheckConstraint("amount_minor >= 0 AND unique_code_minor >= 0", name="not_negative"),
        CheckConstraint("refund_reserved_minor >= 0 AND refund_reserved_minor <= received_minor", name="refund_within_received"),
        CheckConstraint("refunded_minor >= 0 AND refunded_minor <= refund_reserved_minor", name="refunded_within_reserved"),
        CheckConstraint("counted_minor >= 0 AND counted_minor <= received_minor", name="counted_within_received"),
        Index("ix_payment_state", "state", "expires_at"),
    )

    id: Mapped[PaymentId] = mapped_column(primary_key=True)
    order_id: Mapped[OrderId] = mapped_column(ForeignKey(Order.id), index=True)
    purpose: Mapped[PaymentPurpose] = mapped_column(value_enum(PaymentPurpose), default=PaymentPurpose.FULL)
    method: Mapped[PaymentMethod] = mapped_column(value_enum(PaymentMethod))
    state: Mapped[PaymentState] = mapped_column(value_enum(PaymentState), default=PaymentState.CREATED)
    amount_minor: Mapped[int]
    unique_code_minor: Mapped[int] = mapped_column(default=0)
    currency: Mapped[Currency] = mapped_column(value_enum(Currency))
    bank_account_id: Mapped[int | None] = mapped_column(ForeignKey(BankAccount.id))
    qris_code_id: Mapped[int | None] = mapped_column(ForeignKey(QrisCode.id))
    provider: Mapped[str | None] = mapped_column(String(20))
    provider_object_id: Mapped[str | None] = mapped_column(String(120))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]  # when it stopped being open: captured, expired, failed, voided
    captured_at: Mapped[datetime | None]
    received_minor: Mapped[int] = mapped_column(default=0)
    counted_minor: Mapped[int] = mapped_column(default=0)  # of what came: has its place; the rest is in suspense
    refund_reserved_minor: Mapped[int] = mapped_column(default=0)  # refunds requested, sent or succeeded
    refunded_minor: Mapped[int] = mapped_column(default=0)
    proof_file_id: Mapped[int | None] = mapped_column(ForeignKey(PrivateFile.id))
    proof_at: Mapped[datetime | None]


class PaymentShare(Model):
    """The part of a payment that belongs to one sub-order, and what that is worth to its seller."""

    __tablename__ = "payment_share"
    __table_args__ = (
        CheckConstraint("refund_reserved_minor >= 0 AND refund_reserved_minor <= amount_minor", name="refund_within_share"),
        CheckConstraint("refunded_minor >= 0 AND refunded_minor <= refund_reserved_minor", name="refunded_within_reserved"),
    )

    payment_id: Mapped[PaymentId] = mapped_column(ForeignKey(Payment.id), primary_key=True)
    sub_order_id: Mapped[SubOrderId] = mapped_column(ForeignKey(SubOrder.id), primary_key=True, index=True)
    amount_minor: Mapped[int]
    refund_reserved_minor: Mapped[int] = mapped_column(default=0)
    refunded_minor: Mapped[int] = mapped_column(default=0)
    currency: Mapped[Currency] = mapped_column(value_enum(Currency))
    payout_minor: Mapped[int]
    payout_currency: Mapped[Currency] = mapped_column(value_enum(Currency, name="payout_currency"))
    fx_rate: Mapped[Decimal] = mapped_column(Numeric(18, 6, asdecimal=True), default=Decimal(1))


class PaymentEvent(Model):
    """What happened to a payment. Append-only; one external event is recorded once."""

    __tablename__ = "payment_event"
    __table_args__ = (UniqueConstraint("source", "source_id"), Index("ix_payment_event_payment", "payment_id", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    payment_id: Mapped[PaymentId] = mapped_column(ForeignKey(Payment.id))
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(40))
    from_state: Mapped[str | None] = mapped_column(String(32))
    to_state: Mapped[str] = mapped_column(String(32))
    amount_minor: Mapped[int | None]
    source: Mapped[str] = mapped_column(String(20))  # buyer, staff, statement, provider, system
    source_id: Mapped[str] = mapped_column(String(120))
    actor_id: Mapped[PersonId | None]
    data: Mapped[Document]


class TransferCode(Model):
    """An amount that identifies one payment on one bank account; free again seven days after the payment closed.

    Picked before its payment exists, in the same unit: no committed row is without one.
    """

    __tablename__ = "transfer_code"
    __table_args__ = (UniqueConstraint("bank_account_id", "amount_minor"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    payment_id: Mapped[PaymentId | None] = mapped_column(ForeignKey(Payment.id), unique=True)
    bank_account_id: Mapped[int] = mapped_column(ForeignKey(BankAccount.id))
    amount_minor: Mapped[int]


class RefundSource(StrEnum):
    """Whose money a refund gives back."""

    SHARE = "share"  # the seller's part of one sub-order
    CODE = "code"  # the unique code on top of a transfer
    SUSPENSE = "suspense"  # money that was never counted: short, over, late or twice


class Refund(Model):
    """Money to give back. It is a record with its own states; money moves only on success."""

    __tablename__ = "refund"
    __table_args__ = (
        CheckConstraint("amount_minor > 0", name="positive"),
        CheckConstraint("(source = 'share') = (sub_order_id IS NOT NULL)", name="share_names_its_part"),
        Index("ix_refund_state", "state", "requested_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    payment_id: Mapped[PaymentId] = mapped_column(ForeignKey(Payment.id), index=True)
    sub_order_id: Mapped[SubOrderId | None] = mapped_column(ForeignKey(SubOrder.id), index=True)
    source: Mapped[RefundSource] = mapped_column(value_enum(RefundSource))
    state: Mapped[RefundState] = mapped_column(value_enum(RefundState), default=RefundState.REQUESTED)
    amount_minor: Mapped[int]
    currency: Mapped[Currency] = mapped_column(value_enum(Currency))
    reason: Mapped[str] = mapped_column(String(40))
    requested_at: Mapped[datetime]
    requested_by: Mapped[PersonId | None]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[PersonId | None]
    reference: Mapped[str] = mapped_column(String(80), default="")  # what the bank calls the transfer back


class AttentionKind(StrEnum):
    """Why a payment needs a person."""

    LATE = "late"
    SHORT = "short"
    OVER = "over"
    DOUBLE = "double"
    UNMATCHED = "unmatched"


class PaymentAttention(Model):
    """Money that does not fit by itself, on the visible list until staff finish it."""

    __tablename__ = "payment_attention"
    __table_args__ = (Index("ix_payment_attention_open", "resolved_at", "raised_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    payment_id: Mapped[PaymentId] = mapped_column(ForeignKey(Payment.id), index=True)
    kind: Mapped[AttentionKind] = mapped_column(value_enum(AttentionKind))
    amount_minor: Mapped[int]
    raised_at: Mapped[datetime]
    resolved_at: Mapped[datetime | None]
    resolved_by: Mapped[PersonId | None]
    resolution: Mapped[str] = mapped_column(String(40), default="")


class LedgerAccount(Model):
    """An account of the double-entry ledger, in one currency. `balance_minor` equals the sum of its entries."""

    __tablename__ = "ledger_account"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(80), unique=True)
    currency: Mapped[Currency] = mapped_column(value_enum(Currency))
    balance_minor: Mapped[int] = mapped_column(default=0)


class LedgerTransaction(Model):
    """A set of entries that sums to zero per currency. Append-only; `key` makes each posting happen once."""

    __tablename__ = "ledger_transaction"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(120), unique=True)
    kind: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime]
    order_id: Mapped[OrderId | None] = mapped_column(index=True)
    payment_id: Mapped[PaymentId | None] = mapped_column(index=True)


class LedgerEntry(Model):
    """One side of a transaction: positive debits, negative credits. Append-only."""

    __tablename__ = "ledger_entry"
    __table_args__ = (CheckConstraint("amount_minor <> 0", name="not_zero"), Index("ix_ledger_entry_account", "account_id", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    transaction_id: Mapped[int] = mapped_column(ForeignKey(LedgerTransaction.id), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(LedgerAccount.id))
    amount_minor: Mapped[int]
    currency: Mapped[Currency] = mapped_column(value_enum(Currency))
