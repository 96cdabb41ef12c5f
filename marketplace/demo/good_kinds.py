"""The closed lists a demo good chooses from."""

from __future__ import annotations

from enum import StrEnum


class Unit(StrEnum):
    """What the buyer counts; base units are pieces, grams (kg) and millimetres (metre)."""

    PIECE = "piece"
    PACK = "pack"
    BOX = "box"
    KODI = "kodi"
    KG = "kg"
    METRE = "metre"


class ShipFlag(StrEnum):
    """Traits that carriers ask about (domain §6)."""

    BLADE = "blade"
    LIQUID = "liquid"
    FRAGILE = "fragile"
    BULKY = "bulky"
    OVERSIZE = "oversize"
    HEAVY = "heavy"
    PERISHABLE = "perishable"
    VALUABLE = "valuable"
    UNIQUE = "unique"
    ELECTRIC = "electric"
    HANDMADE = "handmade"
    PREORDER = "preorder"
    LOCAL = "local"
    PICKUP = "pickup"


class Permit(StrEnum):
    """Papers the seller must hold for the good: food and halal numbers, motif right, communal IP record, gem memo."""

    PIRT = "PIRT"
    HALAL = "HALAL"
    HKI_MOTIF = "HKI_MOTIF"
    KIK = "KIK"
    GEM_MEMO = "GEM_MEMO"


class Confidence(StrEnum):
    """How far a customs code was checked: read in a source, or general knowledge."""

    VERIFIED = "V"
    UNCHECKED = "U"


class PriceBasis(StrEnum):
    """Where the price comes from: read in a source, or estimated."""

    VERIFIED = "V"
    ESTIMATE = "E"


class Fulfilment(StrEnum):
    """Whether the good stands on a shelf or is made after the order."""

    READY = "ready"
    MADE_TO_ORDER = "made_to_order"


class ExportFit(StrEnum):
    """Whether the good suits export: yes, only after a check, or no."""

    YES = "yes"
    CHECK = "check"
    NO = "no"
