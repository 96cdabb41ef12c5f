"""Limits on trying: counted in the database, so that they hold across processes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from ipaddress import IPv6Address, ip_address, ip_network
from math import ceil

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Attempt
from marketplace.accounts.tokens import digest_of
from marketplace.db import lock_name
from marketplace.kernel.errors import DomainError


class Scope(StrEnum):
    """What is being tried."""

    SIGN_IN_ACCOUNT = "sign-in:account"
    SIGN_IN_ADDRESS = "sign-in:address"
    SIGN_IN_ALL = "sign-in:all"
    SIGN_UP_ADDRESS = "sign-up:address"
    SIGN_UP_PHONE = "sign-up:phone"
    ORDER_LOOKUP = "order-lookup:address"
    ORDER_LOOKUP_NUMBER = "order-lookup:number"
    PLACE_ORDER = "place-order:address"
    PROOF_UPLOAD = "proof:order"
    SEEN = "seen:address"
    REVIEW_PHOTOS = "review-photos:order"


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `times` tries within `window`."""

    times: int
    window: timedelta


# promises §4; look-ups guess 40-bit numbers, so a low limit per number and a generous one per address suffice.
LIMITS: dict[Scope, Limit] = {
    Scope.SIGN_IN_ACCOUNT: Limit(10, timedelta(minutes=5)),
    Scope.SIGN_IN_ADDRESS: Limit(100, timedelta(minutes=5)),
    Scope.SIGN_IN_ALL: Limit(1000, timedelta(minutes=5)),
    # A training signs up a room of makers over one connection; one number is asked about rarely.
    Scope.SIGN_UP_ADDRESS: Limit(60, timedelta(minutes=10)),
    Scope.SIGN_UP_PHONE: Limit(10, timedelta(minutes=10)),
    Scope.ORDER_LOOKUP: Limit(60, timedelta(minutes=5)),
    Scope.ORDER_LOOKUP_NUMBER: Limit(10, timedelta(minutes=5)),
    # Phones of one mobile network often share an address.
    Scope.PLACE_ORDER: Limit(300, timedelta(minutes=10)),
    Scope.PROOF_UPLOAD: Limit(10, timedelta(minutes=10)),
    # A page sends a batch or two; phones of one network share an address here too.
    Scope.SEEN: Limit(600, timedelta(minutes=5)),
    Scope.REVIEW_PHOTOS: Limit(20, timedelta(minutes=10)),
}


@dataclass(eq=False)
class TooManyAttempts(DomainError):
    """Tried too often; `wait_seconds` until the window has room again."""

    scope: Scope
    wait_seconds: int


def count_attempt(session: Session, *, scope: Scope, key: str, now: datetime) -> None:
    """Record one try and refuse it when it is over the limit. Raises: TooManyAttempts.

    Tries of one key are counted one after another, so that simultaneous ones in several processes cannot pass the limit
    together. A refused try is undone with its unit: only what was let through counts.
    """
    limit = LIMITS[scope]
    digest = _digest(scope, key)
    lock_name(session, f"attempt:{digest}")
    session.add(Attempt(scope=scope, key_digest=digest, at=now))
    session.flush()
    inside = (Attempt.scope == scope, Attempt.key_digest == digest, Attempt.at > now - limit.window)
    times, oldest = session.execute(select(func.count(), func.min(Attempt.at)).where(*inside)).one()
    if times > limit.times:
        wait = min(oldest + limit.window - now, limit.window)  # a clock set back makes nobody wait longer
        raise TooManyAttempts(scope=scope, wait_seconds=max(1, ceil(wait.total_seconds())))


def _digest(scope: Scope, key: str) -> str:
    return digest_of(f"{scope}:{address_key(key) if scope.endswith(':address') else key}")


def address_key(address: str) -> str:
    """Return what an internet address is counted by: IPv4 whole, IPv6 by its /64, all of which is one subscriber's."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address):
        if parsed.ipv4_mapped is not None:
            return str(parsed.ipv4_mapped)
        return str(ip_network((int(parsed) >> 64 << 64, 64)))
    return str(parsed)


def forget_attempts(session: Session, *, scope: Scope, key: str) -> None:
    """Forget the tries of this key: it has proved itself."""
    session.execute(delete(Attempt).where(Attempt.scope == scope, Attempt.key_digest == _digest(scope, key)))


def sweep_attempts(session: Session, *, now: datetime) -> None:
    """Delete tries that no window can see any more."""
    longest = max(limit.window for limit in LIMITS.values())
    session.execute(delete(Attempt).where(Attempt.at < now - longest))
