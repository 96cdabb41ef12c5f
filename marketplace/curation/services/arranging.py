"""Moving picks: up, down, to another slot, to their end, away."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from marketplace.curation.errors import PickEnded
from marketplace.curation.models import Pick
from marketplace.db import lock_name, lock_rows
from marketplace.kernel.ids import PersonId

from .checks import note
from .picks import next_position
from .remembering import held_pick, remember, snapshot


def move_pick(session: Session, *, pick_id: int, up: bool, seen: int, actor_id: PersonId, now: datetime) -> None:
    """Let a pick change places with its neighbour; at the end of the row nothing happens.

    Every pick that is not over gets a place of its own. Raises: PickNotFound, ChangedMeanwhile.
    """
    slot = session.scalar(select(Pick.slot).where(Pick.id == pick_id))
    lock_name(session, f"curation:{slot}")
    pick = held_pick(session, pick_id, seen)
    row = _row(session, pick.slot, now)
    place = next((index for index, other in enumerate(row) if other.id == pick_id), None)
    if place is None:
        raise PickEnded(pick_id=pick_id)
    target = place + (-1 if up else 1)
    if not 0 <= target < len(row):
        return
    wanted = list(row)
    wanted[place], wanted[target] = wanted[target], wanted[place]
    moved = [other for position, other in enumerate(wanted, start=1) if other.position != position]
    before = [snapshot(session, other) for other in moved]
    for position, other in enumerate(wanted, start=1):
        other.position = position
    remember(session, kind="move", picks=moved, before=before, actor_id=actor_id, now=now)
    note(session, "pick.move", "pick", pick_id, actor_id, now)


def move_to_slot(session: Session, *, pick_id: int, slot: str, seen: int, actor_id: PersonId, now: datetime) -> None:
    """Put a pick behind those of another slot. Raises: PickNotFound, ChangedMeanwhile."""
    lock_name(session, f"curation:{slot}")
    pick = held_pick(session, pick_id, seen)
    if pick.slot == slot:
        return
    before = snapshot(session, pick)
    pick.position = next_position(session, slot)
    pick.slot = slot
    remember(session, kind="slot", picks=[pick], before=[before], actor_id=actor_id, now=now)
    note(session, "pick.slot", "pick", pick_id, actor_id, now)


def end_pick(session: Session, *, pick_id: int, seen: int, actor_id: PersonId, now: datetime) -> None:
    """Let a pick that shows end now. Raises: PickNotFound, ChangedMeanwhile, PickEnded when it does not show."""
    pick = held_pick(session, pick_id, seen)
    if pick.starts_at >= now or (pick.ends_at is not None and pick.ends_at <= now):
        raise PickEnded(pick_id=pick_id)
    before = snapshot(session, pick)
    pick.ends_at = now
    remember(session, kind="end", picks=[pick], before=[before], actor_id=actor_id, now=now)
    note(session, "pick.end", "pick", pick_id, actor_id, now)


def withdraw_pick(session: Session, *, pick_id: int, actor_id: PersonId, now: datetime, seen: int | None = None) -> None:
    """Take a pick back at once; its row stays. Raises: PickNotFound, ChangedMeanwhile."""
    pick = held_pick(session, pick_id, seen)
    before = snapshot(session, pick)
    pick.withdrawn_at = now
    remember(session, kind="withdraw", picks=[pick], before=[before], actor_id=actor_id, now=now)
    note(session, "pick.withdraw", "pick", pick_id, actor_id, now)


def _row(session: Session, slot: str, now: datetime) -> list[Pick]:
    """Lock the picks of a slot that are not over and return them in their order."""
    living = or_(Pick.ends_at.is_(None), Pick.ends_at > now)
    ids = session.scalars(select(Pick.id).where(Pick.slot == slot, Pick.withdrawn_at.is_(None), living)).all()
    return sorted(lock_rows(session, Pick, ids), key=lambda pick: (pick.position, pick.id))
