"""Commands that change stock. Each takes a session, may flush, and never commits."""

from .counting import adjust, receive
from .holding import claim_holds, end_holds, extend_holds, hold, hold_again
from .keeping import count_again, set_low_at, take_in
from .selling import allocate, restock, ship, unallocate

__all__ = [
    "adjust",
    "allocate",
    "claim_holds",
    "count_again",
    "end_holds",
    "extend_holds",
    "hold",
    "hold_again",
    "receive",
    "restock",
    "set_low_at",
    "ship",
    "take_in",
    "unallocate",
]
