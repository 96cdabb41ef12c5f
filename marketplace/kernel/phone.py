"""Phone numbers: what people type, as one E.164 form."""

from __future__ import annotations

import re

_SEPARATORS = re.compile(r"[\s().\-/]+")
_E164 = re.compile(r"\+[1-9][0-9]{7,14}")
_INDONESIAN_MOBILE = re.compile(r"\+628[0-9]{7,11}")


class BadPhone(ValueError):
    """These characters are no whole phone number."""


def normalise_phone(typed: str) -> str:
    """Return E.164 (`+6281234567890`) from `0812-3456-7890`, `62 812…`, `+62…` or `+82 10-…`. Raises: BadPhone."""
    digits = _SEPARATORS.sub("", typed.strip())
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    elif digits.startswith("0"):
        digits = "+62" + digits[1:]
    elif digits.startswith("62"):
        digits = "+" + digits
    elif digits.startswith("8"):
        digits = "+62" + digits
    if not _E164.fullmatch(digits) or (digits.startswith("+62") and not _INDONESIAN_MOBILE.fullmatch(digits)):
        raise BadPhone
    return digits


def show_phone(e164: str) -> str:
    """Return the number as people read it: `0812 3456 7890` for Indonesia, else groups behind the country's plus."""
    national = "0" + e164[3:] if e164.startswith("+62") else e164
    first = 4 if national.startswith("0") else 3
    rest = national[first:]
    return " ".join([national[:first], *(rest[i : i + 4] for i in range(0, len(rest), 4))])
