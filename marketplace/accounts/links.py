"""Links that open one object to whoever holds them: signed with the object's own secret, ended by renewing it."""

from __future__ import annotations

from enum import StrEnum

from marketplace.accounts.tokens import is_signed, sign


class LinkPurpose(StrEnum):
    """What a signed link opens."""

    ORDER = "order"


def link_token(key: str, *, purpose: LinkPurpose, number: str, secret: str) -> str:
    """Return the `t` of a link: signed with the market's key and the object's secret, so that either can end it."""
    return sign(key, "link", purpose, number, secret)


def opens(key: str, token: str, *, purpose: LinkPurpose, number: str, secret: str) -> bool:
    """Tell whether this token opens the object."""
    return is_signed(key, token, "link", purpose, number, secret)
