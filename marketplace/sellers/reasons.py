"""Why the office sends a shop or a paper back: a list, so that a seller reads the same words for the same thing."""

from __future__ import annotations

from enum import StrEnum


class ShopReason(StrEnum):
    """Why an application is returned."""

    PHONE_UNREACHABLE = "phone_unreachable"
    PLACE_UNCLEAR = "place_unclear"
    NAME_UNFIT = "name_unfit"
    STORY_UNFIT = "story_unfit"
    NOT_FROM_HERE = "not_from_here"
    DOUBLE = "double"
    OTHER = "other"


class PermitReason(StrEnum):
    """Why a paper is returned."""

    NUMBER_NOT_FOUND = "number_not_found"
    NAME_DIFFERS = "name_differs"
    UNREADABLE = "unreadable"
    EXPIRED = "expired"
    WRONG_KIND = "wrong_kind"
    OTHER = "other"
