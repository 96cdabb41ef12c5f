"""Phone numbers as people write them, and as we keep them: E.164."""

from __future__ import annotations

import re
from dataclasses import dataclass

from marketplace.kernel.errors import DomainError

INDONESIA = "62"

# Between the digits people write spaces, dots, dashes, slashes and brackets; anything else is not a phone number.
_BETWEEN = re.compile(r"[ \u00a0.\-\u2010-\u2015/()]+")
_INTERNATIONAL = re.compile(r"\+[1-9][0-9]{6,14}")  # ITU-T E.164: at most 15 digits, the country code first
_INDONESIAN = re.compile(r"62[2-9][0-9]{6,12}")


@dataclass(eq=False)
class BadPhone(DomainError):
    """This is not a phone number we could call."""

    typed: str


def normalise_phone(typed: str) -> str:
    """Return a number as E.164 (`+6281234567890`) from `0812…`, `62812…`, `+62 812…`, `812…` or `+82 10-…`.

    Without a plus it is Indonesian. Raises: BadPhone.
    """
    if len(typed) > 40:
        raise BadPhone(typed[:40])
    written = _BETWEEN.sub("", typed.strip())
    plus, digits = written.startswith("+"), written.removeprefix("+")
    if not (digits.isascii() and digits.isdigit()):
        raise BadPhone(typed)
    if plus and not digits.startswith(INDONESIA):
        if not _INTERNATIONAL.fullmatch(f"+{digits}"):
            raise BadPhone(typed)
        return f"+{digits}"
    national = digits.removeprefix(INDONESIA).removeprefix("0")
    if not _INDONESIAN.fullmatch(INDONESIA + national):
        raise BadPhone(typed)
    return f"+{INDONESIA}{national}"


def display_phone(e164: str) -> str:
    """Return a number as people read it: `0812-3456-7890` at home, `+82 10…` grouped elsewhere."""
    if e164.startswith(f"+{INDONESIA}"):
        national = "0" + e164[3:]
        return "-".join(filter(None, (national[:4], national[4:8], national[8:])))
    return e164


def whatsapp_digits(e164: str) -> str:
    """Return the number as wa.me addresses want it: digits alone."""
    return e164.removeprefix("+")
