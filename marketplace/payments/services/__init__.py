"""Commands of the payments room: open, settle, expire, refund, put right by hand."""

from .attending import Resolution, resolve_attention
from .earnings import release_earnings
from .expiring import expire_payment
from .merchant_codes import activate_qris, register_qris, retire_qris
from .opening import lower_due, open_payment, record_proof
from .refunding import request_refund, retry_refund
from .returning import finish_refund, send_refund
from .settling import Settlement, settle
from .target_accounts import add_bank_account, make_current, retire_bank_account

__all__ = [
    "Resolution",
    "Settlement",
    "activate_qris",
    "add_bank_account",
    "expire_payment",
    "finish_refund",
    "lower_due",
    "make_current",
    "open_payment",
    "record_proof",
    "register_qris",
    "release_earnings",
    "request_refund",
    "resolve_attention",
    "retire_bank_account",
    "retire_qris",
    "retry_refund",
    "send_refund",
    "settle",
]
