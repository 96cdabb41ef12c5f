"""The page number in an address."""

from __future__ import annotations

from marketplace.kernel.paging import LAST_NUMBERED_PAGE
from marketplace.web import current


def asked_page() -> int:
    """Return the page this request asks for: 1 for anything that is no page number of ours."""
    typed = dict(current.asked()).get("page", "")
    is_number = typed.isascii() and typed.isdecimal() and len(typed) < 4
    return max(1, min(int(typed), LAST_NUMBERED_PAGE)) if is_number else 1
