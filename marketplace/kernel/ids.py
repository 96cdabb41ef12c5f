"""Typed row ids, and the public numbers that stand in addresses instead of them."""

from __future__ import annotations

import re
import secrets
from typing import NewType

PersonId = NewType("PersonId", int)
ShopId = NewType("ShopId", int)
CategoryId = NewType("CategoryId", int)
ProductId = NewType("ProductId", int)
RevisionId = NewType("RevisionId", int)
VariantId = NewType("VariantId", int)
StockItemId = NewType("StockItemId", int)
CartId = NewType("CartId", int)
OrderId = NewType("OrderId", int)
SubOrderId = NewType("SubOrderId", int)
OrderLineId = NewType("OrderLineId", int)
PaymentId = NewType("PaymentId", int)

# Every kind of row id, for the database to store as a whole number.
ROW_IDS: tuple[type[int], ...] = (
    PersonId,
    ShopId,
    CategoryId,
    ProductId,
    RevisionId,
    VariantId,
    StockItemId,
    CartId,
    OrderId,
    SubOrderId,
    OrderLineId,
    PaymentId,
)

# Crockford base 32: no I, L, O, U, so that a number read out over the phone cannot be misheard as another.
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans({"I": "1", "L": "1", "O": "0"})
_BETWEEN = re.compile(r"[\s\-\u2010-\u2015\u2212]+")  # what people and keyboards write between groups
_CODE_LENGTH = 8


def random_code(groups: int = 2, size: int = 4) -> str:
    """Return an unguessable code such as `7K3M-9QXA` (5 bits a character, from the system's random source)."""
    return "-".join("".join(secrets.choice(CROCKFORD) for _ in range(size)) for _ in range(groups))


def order_number(prefix: str) -> str:
    """Return a new order number such as `LBK-7K3M-9QXA`; `prefix` comes from the region pack."""
    return f"{prefix}-{random_code()}"


def sub_order_number(order: str, position: int) -> str:
    """Return the number of an order's part for one seller, such as `LBK-7K3M-9QXA-1`; positions count from 1."""
    return f"{order}-{position}"


def read_number(typed: str) -> str:
    """Return a number as we print it, from what a person typed: upper case, grouped, O read as 0, I and L as 1.

    Spaces and dashes may stand anywhere or be missing. The prefix keeps its letters; only the code behind it is folded.
    """
    prefix, *groups = _BETWEEN.split(typed.upper().strip()) or [""]
    code = "".join(groups).translate(_READ_AS)
    if not groups and len(prefix) > _CODE_LENGTH:
        prefix, code = prefix[:-_CODE_LENGTH], prefix[-_CODE_LENGTH:].translate(_READ_AS)
    parts = (prefix, code[:4], code[4:_CODE_LENGTH], code[_CODE_LENGTH:])
    return "-".join(part for part in parts if part)
