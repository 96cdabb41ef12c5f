"""Why a part is not fulfilled: codes that pages have words for."""

from __future__ import annotations

from enum import StrEnum


class RejectReason(StrEnum):
    """What a seller may say when rejecting, or giving up, a part."""

    SOLD_OUT = "sold_out"
    CANNOT_MAKE_IN_TIME = "cannot_make_in_time"
    DAMAGED = "damaged"
    CANNOT_DELIVER_THERE = "cannot_deliver_there"
    PRICE_WRONG = "price_wrong"
    ON_HOLIDAY = "on_holiday"
    BUYER_ASKED = "buyer_asked"


class EndReason(StrEnum):
    """Why a part ended without its seller saying so."""

    UNPAID = "unpaid"
    BUYER_CANCELLED = "buyer_cancelled"
    NO_ANSWER = "no_answer"
