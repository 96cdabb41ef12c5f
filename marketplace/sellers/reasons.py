"""Why the office sends a shop or a paper back: codes; the words stand in the catalogues."""

from __future__ import annotations

from enum import StrEnum


class ShopReason(StrEnum):
    """Why a shop, or a change to it, is not shown yet."""

    PHONE_NOT_REACHED = "phone_not_reached"
    NOT_IN_REGENCY = "not_in_regency"
    NAME_UNCLEAR = "name_unclear"
    STORY_MISSING = "story_missing"
    GOODS_NOT_OWN = "goods_not_own"
    DUPLICATE = "duplicate"
    OTHER = "other"


class PermitReason(StrEnum):
    """Why a paper does not count."""

    NUMBER_NOT_FOUND = "number_not_found"
    FILE_UNREADABLE = "file_unreadable"
    NAME_DIFFERS = "name_differs"
    EXPIRED = "expired"
    WRONG_KIND = "wrong_kind"
    OTHER = "other"
