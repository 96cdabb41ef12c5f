"""When a paper counts, and what its number looks like."""

from __future__ import annotations

import re
from datetime import date, datetime

from sqlalchemy import and_, or_
from sqlalchemy.sql.elements import ColumnElement

from marketplace.kernel.clock import local_day

from .errors import PermitNumberWrong
from .models import Permit, PermitKind

# Source: domain.md §7. Only the form is checked here; whether a number is real, a verifier looks up at OSS, BPJPH and BPOM.
_FORMS: dict[PermitKind, re.Pattern[str]] = {
    PermitKind.NIB: re.compile(r"\d{13}"),
    PermitKind.PIRT: re.compile(r"\d{13}-\d{2}"),
    PermitKind.HALAL: re.compile(r"ID\d{17}"),
    PermitKind.BPOM_MD: re.compile(r"MD\d{12}"),
    PermitKind.BRAND: re.compile(r"[A-Z0-9][A-Z0-9/.-]{4,39}"),
}


def read_permit_number(kind: PermitKind, typed: str) -> str:
    """Return a number as we keep it: upper case, without spaces or its own label. Raises: PermitNumberWrong."""
    number = re.sub(r"\s+", "", typed.upper())
    if kind is PermitKind.PIRT:
        digits = re.sub(r"\D", "", number)
        number = f"{digits[:13]}-{digits[13:]}"
    if _FORMS[kind].fullmatch(number) is None:
        raise PermitNumberWrong(kind=kind, number=typed)
    return number


def is_in_force(*, verified_at: datetime | None, expires_on: date | None, now: datetime) -> bool:
    """Tell whether a paper's badge may show: verified, and not past the end of its last day in the shop's time zone."""
    return verified_at is not None and (expires_on is None or local_day(now) <= expires_on)


def in_force(now: datetime) -> ColumnElement[bool]:
    """Return the same rule as a condition on `Permit`."""
    return holds_on(local_day(now))


def holds_on(day: date) -> ColumnElement[bool]:
    """Return the condition under which a paper counts on a day, in the shop's time zone."""
    return and_(Permit.verified_at.is_not(None), or_(Permit.expires_on.is_(None), Permit.expires_on >= day))
