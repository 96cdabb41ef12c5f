"""Reads of the payments room for pages: frozen rows, never live entities."""

from .balance import BalanceRow, ShopBalance, balance_rows, shop_balance
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
    "BalanceRow",
    "BankView",
    "EventRow",
    "PaymentForStaff",
    "PaymentView",
    "QrisCodeRow",
    "QrisView",
    "RefundRow",
    "RefundView",
    "ShopBalance",
    "TransferRow",
    "active_bank_accounts",
    "attention_list",
    "balance_rows",
    "bank_accounts",
    "payment_for_staff",
    "payment_of_order",
    "qris_code",
    "qris_codes",
    "refund_queue",
    "shop_balance",
    "transfer_queue",
]
