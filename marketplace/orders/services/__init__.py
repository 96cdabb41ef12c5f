"""Commands that change orders. Each takes a session, may flush, and never commits; records come from later packages."""

from .accepting import ACCEPT_WITHIN, accept_sub_order, mark_ready, start_production
from .cancelling import record_cancelled
from .closing import close_sub_order, record_case
from .creating import create_order, new_number
from .handing_over import record_delivered, record_handed_over, record_returned
from .paying import record_paid, record_refunded

__all__ = [
    "ACCEPT_WITHIN",
    "accept_sub_order",
    "close_sub_order",
    "create_order",
    "mark_ready",
    "new_number",
    "record_cancelled",
    "record_case",
    "record_delivered",
    "record_handed_over",
    "record_paid",
    "record_refunded",
    "record_returned",
    "start_production",
]
