"""Commands that change stock. Each takes a session, may flush, and never commits."""

from .counting import adjust, receive
from .holding import claim_holds, end_holds, extend_holds, hold, hold_again
from .selling import allocate, restock, ship, unallocate

__all__ = [
    "adjust",
    "allocate",
    "claim_holds",
    "end_holds",
    "extend_holds",
    "hold",
    "hold_again",
    "receive",
    "restock",
    "ship",
    "unallocate",
]
