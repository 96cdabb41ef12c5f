"""Draw every state machine of the product into docs/states.md, from the tables that the code itself obeys."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Set
from enum import StrEnum
from pathlib import Path

from marketplace.catalog.states import PRODUCT_MOVES, REVISION_MOVES
from marketplace.inventory.models import HoldState
from marketplace.orders.states import ORDER_MOVES, SUB_ORDER_MOVES
from marketplace.outbox.models import OutboxState
from marketplace.payments.states import PAYMENT_MOVES, REFUND_MOVES
from marketplace.reviews.states import REVIEW_MOVES
from marketplace.sellers.states import SHOP_MOVES

TARGET = Path(__file__).resolve().parent.parent / "docs" / "states.md"

_H, _X = HoldState, OutboxState
# These two are moved by guarded statements rather than by a table; what the statements allow stands here.
HOLD_MOVES = {_H.HELD: {_H.CLAIMED, _H.RELEASED, _H.EXPIRED}, _H.CLAIMED: set(), _H.RELEASED: set(), _H.EXPIRED: set()}
OUTBOX_MOVES = {_X.PENDING: {_X.RUNNING}, _X.RUNNING: {_X.DONE, _X.PENDING, _X.DEAD}, _X.DEAD: {_X.PENDING}, _X.DONE: set()}

MACHINES: tuple[tuple[str, str, Mapping[StrEnum, Set[StrEnum]]], ...] = (
    ("Order", "marketplace/orders/states.py", ORDER_MOVES),
    ("Sub-order", "marketplace/orders/states.py", SUB_ORDER_MOVES),
    ("Payment", "marketplace/payments/states.py", PAYMENT_MOVES),
    ("Refund", "marketplace/payments/states.py", REFUND_MOVES),
    ("Hold", "marketplace/inventory/services", HOLD_MOVES),
    ("Product", "marketplace/catalog/states.py", PRODUCT_MOVES),
    ("Revision", "marketplace/catalog/states.py", REVISION_MOVES),
    ("Shop", "marketplace/sellers/states.py", SHOP_MOVES),
    ("Review", "marketplace/reviews/states.py", REVIEW_MOVES),
    ("Outbox row", "marketplace/outbox/work.py", OUTBOX_MOVES),
)  # type: ignore[assignment]  # each table's keys are its own enum


def drawing() -> str:
    """Return the whole page."""
    parts = ["# State machines\n\nDrawn by `python -m tools.states` from the tables the code obeys; any other move is refused.\n"]
    for name, where, moves in MACHINES:
        lines = [f"## {name}\n\n`{where}`\n\n```mermaid\nstateDiagram-v2"]
        for state, allowed in moves.items():
            lines += [f"    {state.value} --> {to.value}" for to in sorted(allowed)]
            if not allowed:
                lines.append(f"    {state.value} --> [*]")
        parts.append("\n".join(lines) + "\n```\n")
    return "\n".join(parts)


if __name__ == "__main__":
    TARGET.write_text(drawing(), encoding="utf-8")
    sys.stdout.write(f"{TARGET.name} written\n")
