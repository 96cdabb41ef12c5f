"""What couriers' numbers usually look like: a hint for who types one off a receipt, never a reason to refuse."""

from __future__ import annotations

# By the first word of the delivery's name. What it says is a habit of that courier, seen on receipts; numbers may differ.
SHAPES = {
    "JNE": "15–16 angka",
    "J&T": "JP + 10 angka",
    "SICEPAT": "12 angka",
    "POS": "P + 13 angka",
    "TIKI": "12 angka",
    "ANTERAJA": "14–15 angka",
}


def usual_shape(delivery_name: str) -> str:
    """Return how a courier's numbers usually look, empty for one we know nothing of."""
    return SHAPES.get(delivery_name.upper().split(" ")[0], "") if delivery_name else ""
