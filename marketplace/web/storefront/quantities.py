"""Quantities in the buyer's words: steps of metres and grams as metres and kilograms, everything else counted."""

from __future__ import annotations

from marketplace.language.formats import decimal
from marketplace.web.speech import Speech

# Units of sale whose step is a measure or a bundle: one step says little by itself.
METRE, KILOGRAM, KODI = "metre", "kg", "kodi"
_COUNTED = {"pack": "item.packs", "box": "item.boxes", KODI: "item.kodi"}


def step_words(unit: str, step_units: int, speech: Speech) -> str:
    """Return what one step is where that is not simply one piece: "0,5 m", "1 kg", "20 buah"; else nothing."""
    if unit in (METRE, KILOGRAM):
        return quantity_words(unit, step_units, 1, speech)
    return speech.t("item.pieces", count=step_units) if step_units > 1 else ""


def quantity_words(unit: str, step_units: int, steps: int, speech: Speech) -> str:
    """Return how much so many steps are: "1,5 m", "2 kg", "12 buah"."""
    if unit == METRE:
        return f"{decimal(step_units * steps, speech.language, places=3, trim=True)} m"
    if unit == KILOGRAM:
        return speech.weight(step_units * steps)
    return speech.t(_COUNTED.get(unit, "item.pieces"), count=steps)
