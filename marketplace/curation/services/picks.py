"""Placing a pick and changing its window and its reasons."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from marketplace.curation.errors import ReasonMissing
from marketplace.curation.models import Pick, PickText
from marketplace.kernel.ids import PersonId, ProductId
from marketplace.language.languages import DEFAULT, Language

from .checks import check_window, note, require_products
from .remembering import held_pick, remember, snapshot, write_reasons


def place_pick(
    session: Session, *, slot: str, product_id: ProductId, reasons: Mapping[Language, str], starts_at: datetime,
    ends_at: datetime | None, author_id: PersonId | None, now: datetime, position: int | None = None,
) -> Pick:  # fmt: skip
    """Put a product forward in a slot, by default behind those that are there; it ends just before `ends_at`. Flushes.

    A product that is not public now may be picked: its card shows when it is. Raises: ProductNotFound, ReasonMissing,
    WindowWrong.
    """
    said = _said(reasons)
    check_window(starts_at, ends_at)
    require_products(session, [product_id])
    pick = Pick(
        slot=slot, product_id=product_id, position=next_position(session, slot) if position is None else position,
        starts_at=starts_at, ends_at=ends_at, author_id=author_id, created_at=now, version=0,
    )  # fmt: skip
    session.add(pick)
    session.flush()
    session.add_all(PickText(pick_id=pick.id, language=language, reason=reason) for language, reason in said.items())
    remember(session, kind="place", picks=[pick], before=[], actor_id=author_id, now=now)
    note(session, "pick.place", "pick", pick.id, author_id, now)
    return pick


def change_pick(
    session: Session, *, pick_id: int, reasons: Mapping[Language, str], starts_at: datetime, ends_at: datetime | None,
    seen: int, actor_id: PersonId, now: datetime,
) -> None:  # fmt: skip
    """Give a pick other reasons and another window. Raises: PickNotFound, ChangedMeanwhile, ReasonMissing, WindowWrong."""
    said = _said(reasons)
    check_window(starts_at, ends_at)
    pick = held_pick(session, pick_id, seen)
    before = snapshot(session, pick)
    pick.starts_at, pick.ends_at = starts_at, ends_at
    write_reasons(session, pick.id, said)
    remember(session, kind="change", picks=[pick], before=[before], actor_id=actor_id, now=now)
    note(session, "pick.change", "pick", pick_id, actor_id, now)


def next_position(session: Session, slot: str) -> int:
    """Return the place behind everything that stands in a slot."""
    last = session.scalar(select(func.max(Pick.position)).where(Pick.slot == slot, Pick.withdrawn_at.is_(None)))
    return (last or 0) + 1


def _said(reasons: Mapping[Language, str]) -> dict[Language, str]:
    said = {language: reason.strip() for language, reason in reasons.items() if reason.strip()}
    if DEFAULT not in said:
        raise ReasonMissing
    return said
