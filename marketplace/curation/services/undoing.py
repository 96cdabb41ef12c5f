"""Taking back the last act of a curator by the opposite act, while nobody has touched the same picks since."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.curation.errors import ChangedMeanwhile, NothingToUndo
from marketplace.curation.models import CurationAct, Pick
from marketplace.curation.windows import UNDO_WINDOW
from marketplace.db import lock_rows
from marketplace.kernel.ids import PersonId

from .checks import note
from .remembering import restore


def undo_last(session: Session, *, act_id: int, actor_id: PersonId, now: datetime) -> str:
    """Take this curator's last act back and return what kind it was.

    Raises: NothingToUndo when it is not the last one, not theirs, too old or taken back already; ChangedMeanwhile.
    """
    last = session.scalars(
        select(CurationAct)
        .where(CurationAct.actor_id == actor_id, CurationAct.undone_at.is_(None), CurationAct.at > now - UNDO_WINDOW)
        .order_by(CurationAct.id.desc())
        .limit(1)
        .with_for_update()
    ).first()
    if last is None or last.id != act_id:
        raise NothingToUndo
    after: dict[str, int] = last.data["after"]
    picks = lock_rows(session, Pick, map(int, after))
    for pick in picks:
        if pick.version != after[str(pick.id)]:
            raise ChangedMeanwhile(pick_id=pick.id)
    before = {was["id"]: was for was in last.data["before"]}
    for pick in picks:
        if pick.id in before:
            restore(session, pick, before[pick.id])
        else:
            pick.withdrawn_at = now
        pick.version += 1
        note(session, f"pick.undo-{last.kind}", "pick", pick.id, actor_id, now)
    last.undone_at = now
    session.flush()
    return last.kind
