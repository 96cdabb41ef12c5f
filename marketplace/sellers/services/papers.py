"""Commands on the papers of a shop's wallet."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts import audit
from marketplace.kernel.ids import PersonId, ShopId
from marketplace.sellers.errors import PermitNotFound
from marketplace.sellers.models import Permit, PermitKind
from marketplace.sellers.permits import read_permit_number

from .shared import emit_changed


def add_permit(
    session: Session, *, shop_id: ShopId, kind: PermitKind, number: str, actor_id: PersonId, now: datetime,
    expires_on: date | None = None, issued_on: date | None = None, is_example: bool = False,
) -> Permit:  # fmt: skip
    """Put a paper into a shop's wallet, not yet verified (flushes for the id). Raises: PermitNumberWrong."""
    permit = Permit(
        shop_id=shop_id, kind=kind, number=read_permit_number(kind, number), is_example=is_example, issued_on=issued_on,
        expires_on=expires_on, created_at=now,
    )  # fmt: skip
    session.add(permit)
    session.flush()
    audit.record(session, action="permit.add", object_kind="permit", object_id=permit.id, actor_id=actor_id, now=now)
    return permit


def verify_permit(session: Session, *, shop_id: ShopId, permit_id: int, actor_id: PersonId, now: datetime) -> None:
    """Say that the office looked a paper up; its badge shows from now to its last day. Raises: PermitNotFound."""
    permit = session.scalar(select(Permit).where(Permit.id == permit_id, Permit.shop_id == shop_id).with_for_update())
    if permit is None:
        raise PermitNotFound(permit_id=permit_id)
    permit.verified_at, permit.verified_by = now, actor_id
    audit.record(session, action="permit.verify", object_kind="permit", object_id=permit_id, actor_id=actor_id, now=now)
    emit_changed(session, shop_id, now)
