"""Why the office sends a listing back: a list, so that a seller reads the same words for the same thing."""

from __future__ import annotations

from enum import StrEnum


class ListingReason(StrEnum):
    """Why a revision is returned."""

    PHOTO_UNCLEAR = "photo_unclear"
    WORDS_UNCLEAR = "words_unclear"
    HEALTH_CLAIM = "health_claim"
    PERMIT_MISSING = "permit_missing"
    WRONG_CATEGORY = "wrong_category"
    NOT_LOCAL = "not_local"
    FORBIDDEN = "forbidden"
    OTHER = "other"
