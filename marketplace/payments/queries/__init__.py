"""Reads of the payments room for pages: frozen rows, never live entities."""

from .buyer import BankView, PaymentView, QrisView, RefundView, active_bank_accounts, payment_of_order
from .codes import AccountRow, QrisCodeRow, bank_accounts, qris_code, qris_codes
from .staff import (
    AttentionRow,
    EventRow,
    PaymentForStaff,
    RefundRow,
    TransferRow,
    attention_list,
    payment_for_staff,
    refund_queue,
    transfer_queue,
)

__all__ = [
    "AccountRow",
    "AttentionRow",
    "BankView",
    "EventRow",
    "PaymentForStaff",
    "PaymentView",
    "QrisCodeRow",
    "QrisView",
    "RefundRow",
    "RefundView",
    "TransferRow",
    "active_bank_accounts",
    "attention_list",
    "bank_accounts",
    "payment_for_staff",
    "payment_of_order",
    "qris_code",
    "qris_codes",
    "refund_queue",
    "transfer_queue",
]
