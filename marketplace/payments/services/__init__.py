"""Commands of the payments room: open, settle, expire, refund, put right by hand."""

from .attending import Resolution, resolve_attention
from .earnings import release_earnings
from .expiring import expire_payment
from .opening import lower_due, open_payment, record_proof
from .refunding import request_refund, retry_refund
from .returning import finish_refund, send_refund
from .settling import Settlement, settle

__all__ = [
    "Resolution",
    "Settlement",
    "expire_payment",
    "finish_refund",
    "lower_due",
    "open_payment",
    "record_proof",
    "release_earnings",
    "request_refund",
    "resolve_attention",
    "retry_refund",
    "send_refund",
    "settle",
]
