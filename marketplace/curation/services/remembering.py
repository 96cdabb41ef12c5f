"""What a pick was before an act, kept so that the act can be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from marketplace.curation.errors import ChangedMeanwhile, PickNotFound
from marketplace.curation.models import CurationAct, Pick, PickText
from marketplace.db import Document, lock_rows
from marketplace.kernel.ids import PersonId
from marketplace.language.languages import Language


def held_pick(session: Session, pick_id: int, seen: int | None) -> Pick:
    """Lock a pick that was not withdrawn. Raises: PickNotFound, ChangedMeanwhile when it is not the version that was seen."""
    found = lock_rows(session, Pick, [pick_id])
    if not found or found[0].withdrawn_at is not None:
        raise PickNotFound(pick_id=pick_id)
    if seen is not None and found[0].version != seen:
        raise ChangedMeanwhile(pick_id=pick_id)
    return found[0]


def reasons_of(session: Session, pick_id: int) -> dict[str, str]:
    """Return why it was picked, by language."""
    return {text.language: text.reason for text in session.scalars(select(PickText).where(PickText.pick_id == pick_id))}


def write_reasons(session: Session, pick_id: int, reasons: dict[Language, str] | dict[str, str]) -> None:
    """Put these reasons in the place of the old ones."""
    session.execute(delete(PickText).where(PickText.pick_id == pick_id), execution_options={"synchronize_session": "fetch"})
    session.add_all(PickText(pick_id=pick_id, language=str(language), reason=reason) for language, reason in reasons.items())


def snapshot(session: Session, pick: Pick) -> dict[str, Any]:
    """Return everything an act may change about a pick."""
    return {
        "id": pick.id, "slot": pick.slot, "position": pick.position, "starts_at": _written(pick.starts_at),
        "ends_at": _written(pick.ends_at), "withdrawn_at": _written(pick.withdrawn_at), "reasons": reasons_of(session, pick.id),
    }  # fmt: skip


def restore(session: Session, pick: Pick, was: Document) -> None:
    """Make a pick what it was."""
    pick.slot, pick.position = was["slot"], was["position"]
    starts_at = _read(was["starts_at"])
    if starts_at is None:
        raise ValueError("a pick always starts")
    pick.starts_at, pick.ends_at, pick.withdrawn_at = starts_at, _read(was["ends_at"]), _read(was["withdrawn_at"])
    write_reasons(session, pick.id, was["reasons"])


def remember(
    session: Session, *, kind: str, picks: Sequence[Pick], before: Sequence[Document], actor_id: PersonId | None, now: datetime
) -> None:
    """Raise the versions of the picks and keep what they were; `before` is empty for a pick that is new."""
    for pick in picks:
        pick.version += 1
    session.flush()
    if actor_id is not None:
        after = {str(pick.id): pick.version for pick in picks}
        session.add(CurationAct(actor_id=actor_id, at=now, kind=kind, data={"before": list(before), "after": after}))
        session.flush()


def _written(at: datetime | None) -> str | None:
    return at.isoformat() if at is not None else None


def _read(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written is not None else None
