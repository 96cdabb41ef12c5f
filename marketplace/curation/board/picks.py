"""The picks of a slot with everything a curator decides by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.catalog.models import Product
from marketplace.curation.models import CurationAct, Pick, PickText
from marketplace.curation.planning import Planned
from marketplace.curation.windows import UNDO_WINDOW
from marketplace.kernel.ids import PersonId

from .goods import Good, good_of, good_select

# Older picks are in the audit log; the board keeps what may still be learned from.
PAST = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class PickRow:
    """One pick with its good, its reasons by language, and who placed it."""

    id: int
    slot: str
    version: int
    starts_at: datetime
    ends_at: datetime | None
    author: str
    reasons: dict[str, str]
    good: Good

    @property
    def planned(self) -> Planned:
        """Return it as the plan sees it."""
        standing = self.good.standing
        shows = standing.is_published and standing.shop_is_open
        return Planned(self.id, self.good.id, self.starts_at, self.ends_at, shows)

    def is_past(self, now: datetime) -> bool:
        """Tell whether it is over."""
        return self.ends_at is not None and self.ends_at <= now


@dataclass(frozen=True, slots=True)
class LastAct:
    """The act a curator may still take back."""

    id: int
    kind: str
    at: datetime


def picks_of(session: Session, slot: str, now: datetime) -> list[PickRow]:
    """Return the picks of a slot that show, will show, or ended lately, in their order. Two statements."""
    recent = or_(Pick.ends_at.is_(None), Pick.ends_at > now - PAST)
    return _read(session, [Pick.slot == slot, recent], now)


def pick_row(session: Session, pick_id: int, now: datetime) -> PickRow | None:
    """Return one pick that was not withdrawn, or None. Two statements."""
    found = _read(session, [Pick.id == pick_id], now)
    return found[0] if found else None


def _read(session: Session, conditions: Sequence[object], now: datetime) -> list[PickRow]:
    rows = session.execute(
        good_select(now)
        .join(Pick, Pick.product_id == Product.id)
        .outerjoin(Person, Person.id == Pick.author_id)
        .where(Pick.withdrawn_at.is_(None), *conditions)  # type: ignore[arg-type]  # conditions of ours
        .order_by(Pick.position, Pick.id)
        .add_columns(
            Pick.id.label("pick_id"), Pick.slot, Pick.version, Pick.starts_at, Pick.ends_at, Person.name.label("author"),
        )
    ).all()  # fmt: skip
    reasons: defaultdict[int, dict[str, str]] = defaultdict(dict)
    for text in session.scalars(select(PickText).where(PickText.pick_id.in_([row.pick_id for row in rows]))):
        reasons[text.pick_id][text.language] = text.reason
    return [
        PickRow(
            id=row.pick_id, slot=row.slot, version=row.version, starts_at=row.starts_at, ends_at=row.ends_at,
            author=row.author or "", reasons=reasons[row.pick_id], good=good_of(row, now),
        )
        for row in rows
    ]  # fmt: skip


def last_act(session: Session, actor_id: PersonId, now: datetime) -> LastAct | None:
    """Return what this curator may still take back, or None. One statement."""
    row = session.execute(
        select(CurationAct.id, CurationAct.kind, CurationAct.at)
        .where(CurationAct.actor_id == actor_id, CurationAct.undone_at.is_(None), CurationAct.at > now - UNDO_WINDOW)
        .order_by(CurationAct.id.desc())
        .limit(1)
    ).first()
    return LastAct(row.id, row.kind, row.at) if row is not None else None
