"""Reads of the payments room for pages: frozen rows, never live entities."""

from .balance import BalanceRow, ShopBalance, balance_rows, shop_balance
from .buyer import BankView, PaymentView, RefundView, active_bank_accounts, payment_of_order
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
    "AttentionRow",
    "BalanceRow",
    "BankView",
    "EventRow",
    "PaymentForStaff",
    "PaymentView",
    "RefundRow",
    "RefundView",
    "ShopBalance",
    "TransferRow",
    "active_bank_accounts",
    "attention_list",
    "balance_rows",
    "payment_for_staff",
    "payment_of_order",
    "refund_queue",
    "shop_balance",
    "transfer_queue",
]
