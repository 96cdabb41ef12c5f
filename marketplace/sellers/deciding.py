"""The office's word on shops and papers. It counts only for what the officer saw, and only while nobody else has spoken."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts import audit
from marketplace.accounts.models import Person, RoleGrant
from marketplace.accounts.permissions import Role
from marketplace.files.shelves import Shelves, publish_image
from marketplace.kernel.errors import DomainError
from marketplace.kernel.ids import PersonId, ShopId
from marketplace.outbox.emitting import emit

from .errors import PermitNotFound
from .models import Permit, Shop, ShopState, ShopText
from .reasons import PermitReason, ShopReason
from .services import get_shop_locked, reinstate_shop, suspend_shop, verify_permit, verify_shop

SHOP_DECIDED = "shop.decided"
PERMIT_DECIDED = "permit.decided"


class Decision(StrEnum):
    """What the office says."""

    APPROVED = "approved"
    RETURNED = "returned"
    SUSPENDED = "suspended"
    REINSTATED = "reinstated"


@dataclass(eq=False)
class DecidedMeanwhile(DomainError):
    """Somebody else has decided, or its owner has taken it back: it waits no longer."""

    what: str  # the object's kind in the audit log
    id: int


@dataclass(eq=False)
class ChangedMeanwhile(DomainError):
    """Its owner has changed it since the officer opened it."""

    what: str
    id: int


@dataclass(eq=False)
class PhoneNotReached(DomainError):
    """A shop shows only when the office has reached its owner by phone."""

    shop_id: ShopId


def digest_of(*values: object) -> str:
    """Return a short digest of what an officer is shown; a form carries it back."""
    return hashlib.sha256(json.dumps(values, default=str).encode()).hexdigest()[:24]


def shop_digest(session: Session, shop: Shop) -> str:
    """Return the digest of what is judged of a shop."""
    words = session.execute(
        select(ShopText.language, ShopText.tagline, ShopText.story).where(ShopText.shop_id == shop.id).order_by(ShopText.language)
    )
    phones = [owner.phone for owner in shop_owners(session, shop.id)]
    return digest_of(
        shop.id, shop.submitted_at, shop.name, shop.district_code, shop.village, shop.phone, shop.picture_hash,
        [tuple(row) for row in words], phones,
    )  # fmt: skip


def permit_digest(permit: Permit) -> str:
    """Return the digest of what is judged of a paper."""
    return digest_of(permit.id, permit.kind, permit.number, permit.file_id, permit.issued_on, permit.expires_on)


def shop_owners(session: Session, shop_id: ShopId) -> Sequence[Person]:
    """Return who owns a shop now, by id."""
    is_owner = (RoleGrant.shop_id == shop_id, RoleGrant.role == Role.OWNER, RoleGrant.ended_at.is_(None))
    owns = select(RoleGrant.person_id).where(*is_owner)
    return session.scalars(select(Person).where(Person.id.in_(owns)).order_by(Person.id)).all()


def approve_shop(
    session: Session, *, shop_id: ShopId, seen: str, phone_reached: bool, shelves: Shelves, actor_id: PersonId, now: datetime
) -> None:
    """Let a shop in. Raises: ShopNotFound, DecidedMeanwhile, ChangedMeanwhile, PhoneNotReached."""
    shop = _waiting_shop(session, shop_id, seen)
    owners = shop_owners(session, shop_id)
    if phone_reached:
        for owner in owners:
            owner.phone_verified_at = owner.phone_verified_at or (now if owner.phone else None)
    if not any(owner.phone_verified_at for owner in owners):
        raise PhoneNotReached(shop_id=shop_id)
    if shop.picture_hash is not None:
        publish_image(session, shop.picture_hash, shelves=shelves)
    shop.returned_at, shop.return_reasons, shop.return_words = None, [], ""
    verify_shop(session, shop_id=shop_id, actor_id=actor_id, now=now)
    _tell_shop(session, shop_id, Decision.APPROVED, (), "", now)


def return_shop(
    session: Session, *, shop_id: ShopId, seen: str, reasons: Sequence[ShopReason], words: str, actor_id: PersonId, now: datetime
) -> None:
    """Send an application back with reasons. Raises: ShopNotFound, DecidedMeanwhile, ChangedMeanwhile."""
    shop = _waiting_shop(session, shop_id, seen)
    shop.returned_at, shop.return_reasons, shop.return_words = now, [str(reason) for reason in reasons], words
    audit.record(
        session, action="shop.return", object_kind="shop", object_id=shop_id, actor_id=actor_id, now=now,
        data={"reasons": [str(reason) for reason in reasons]},
    )  # fmt: skip
    _tell_shop(session, shop_id, Decision.RETURNED, reasons, words, now)


def approve_permit(session: Session, *, permit_id: int, seen: str, actor_id: PersonId, now: datetime) -> None:
    """Say that a paper is real. Raises: PermitNotFound, DecidedMeanwhile, ChangedMeanwhile."""
    permit = _waiting_permit(session, permit_id, seen)
    verify_permit(session, shop_id=permit.shop_id, permit_id=permit_id, actor_id=actor_id, now=now)
    _tell_permit(session, permit, Decision.APPROVED, (), "", now)


def return_permit(
    session: Session, *, permit_id: int, seen: str, reasons: Sequence[PermitReason], words: str, actor_id: PersonId, now: datetime
) -> None:
    """Send a paper back with reasons. Raises: PermitNotFound, DecidedMeanwhile, ChangedMeanwhile."""
    permit = _waiting_permit(session, permit_id, seen)
    permit.returned_at, permit.return_reasons, permit.return_words = now, [str(reason) for reason in reasons], words
    audit.record(
        session, action="permit.return", object_kind="permit", object_id=permit_id, actor_id=actor_id, now=now,
        data={"reasons": [str(reason) for reason in reasons]},
    )  # fmt: skip
    _tell_permit(session, permit, Decision.RETURNED, reasons, words, now)


def suspend(session: Session, *, shop_id: ShopId, words: str, actor_id: PersonId, now: datetime) -> None:
    """Hide a shop with all its goods and tell its people why. Raises: ShopNotFound, ShopMoveRefused."""
    suspend_shop(session, shop_id=shop_id, reason=words, actor_id=actor_id, now=now)
    _tell_shop(session, shop_id, Decision.SUSPENDED, (), words, now)


def reinstate(session: Session, *, shop_id: ShopId, actor_id: PersonId, now: datetime) -> None:
    """Bring a suspended shop back and tell its people. Raises: ShopNotFound, ShopMoveRefused."""
    reinstate_shop(session, shop_id=shop_id, actor_id=actor_id, now=now)
    _tell_shop(session, shop_id, Decision.REINSTATED, (), "", now)


def _waiting_shop(session: Session, shop_id: ShopId, seen: str) -> Shop:
    shop = get_shop_locked(session, shop_id)
    answered = shop.submitted_at is None or (shop.returned_at is not None and shop.returned_at >= shop.submitted_at)
    if shop.state is not ShopState.APPLIED or answered:
        raise DecidedMeanwhile(what="shop", id=shop_id)
    if shop_digest(session, shop) != seen:
        raise ChangedMeanwhile(what="shop", id=shop_id)
    return shop


def _waiting_permit(session: Session, permit_id: int, seen: str) -> Permit:
    permit = session.scalar(
        select(Permit).where(Permit.id == permit_id).with_for_update().execution_options(populate_existing=True)
    )
    if permit is None:
        raise PermitNotFound(permit_id=permit_id)
    if permit.verified_at is not None or permit.returned_at is not None:
        raise DecidedMeanwhile(what="permit", id=permit_id)
    if permit_digest(permit) != seen:
        raise ChangedMeanwhile(what="permit", id=permit_id)
    return permit


def _tell_shop(
    session: Session, shop_id: ShopId, decision: Decision, reasons: Sequence[ShopReason], words: str, now: datetime
) -> None:
    payload = {"shop_id": shop_id, "decision": str(decision), "reasons": [str(reason) for reason in reasons], "words": words}
    emit(session, SHOP_DECIDED, {**payload, "at": now.isoformat()}, now=now)


def _tell_permit(
    session: Session, permit: Permit, decision: Decision, reasons: Sequence[PermitReason], words: str, now: datetime
) -> None:
    emit(
        session, PERMIT_DECIDED,
        {
            "shop_id": permit.shop_id, "permit_id": permit.id, "kind": str(permit.kind), "number": permit.number,
            "decision": str(decision), "reasons": [str(reason) for reason in reasons], "words": words, "at": now.isoformat(),
        },
        now=now,
    )  # fmt: skip
