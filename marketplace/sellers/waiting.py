"""What waits for the office: shops that applied, and papers to look up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import ColumnElement

from marketplace.kernel.clock import local_day
from marketplace.kernel.ids import ShopId
from marketplace.kernel.workdays import working_days_after
from marketplace.places.models import District

from .models import Permit, Shop, ShopState

ANSWERED_WITHIN = 2  # working days


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits: its id, since when, and whose it is. `what` is a good's name or a paper's kind."""

    id: int
    what: str
    shop_id: ShopId
    shop_name: str
    district_code: str
    district_name: str
    since: datetime

    def is_late(self, now: datetime) -> bool:
        """Tell whether the office has had its two working days."""
        return local_day(now) > working_days_after(local_day(self.since), ANSWERED_WITHIN)


def applies() -> ColumnElement[bool]:
    """Return the condition under which a shop waits to be let in."""
    unanswered = or_(Shop.returned_at.is_(None), Shop.returned_at < Shop.submitted_at)
    return and_(Shop.state == ShopState.APPLIED, Shop.submitted_at.is_not(None), unanswered)


def unchecked() -> ColumnElement[bool]:
    """Return the condition under which a paper waits to be looked up."""
    return and_(Permit.verified_at.is_(None), Permit.returned_at.is_(None), Shop.state != ShopState.CLOSED)


def waiting_shops(session: Session) -> tuple[Waiting, ...]:
    """Return the shops that applied, oldest first. One statement."""
    rows = session.execute(
        select(Shop.id, Shop.name, Shop.district_code, District.name, func.coalesce(Shop.submitted_at, Shop.joined_at))
        .join(District, District.code == Shop.district_code)
        .where(applies())
        .order_by(Shop.submitted_at, Shop.id)
    )
    return tuple(Waiting(id_, name, id_, name, code, district, since) for id_, name, code, district, since in rows)


def waiting_permits(session: Session) -> tuple[Waiting, ...]:
    """Return the papers to check, oldest first. One statement."""
    rows = session.execute(
        select(Permit.id, Permit.kind, Shop.id, Shop.name, Shop.district_code, District.name, Permit.created_at)
        .join(Shop, Shop.id == Permit.shop_id)
        .join(District, District.code == Shop.district_code)
        .where(unchecked())
        .order_by(Permit.created_at, Permit.id)
    )
    return tuple(
        Waiting(id_, str(kind), shop_id, shop_name, code, district, since)
        for id_, kind, shop_id, shop_name, code, district, since in rows
    )
