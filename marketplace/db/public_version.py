"""One number that moves with every unit that changes what anonymous pages show; cached pages die when it moves."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from marketplace.db.engine import dialect_name
from marketplace.db.model import Model

_MOVED = "public_version_moved"


class PublicVersion(Model):
    """The single row that holds the number."""

    __tablename__ = "public_version"
    __table_args__ = (CheckConstraint("id = 1", name="single_row"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]


def move_public_version(session: Session) -> None:
    """Say that this unit changes what an anonymous page shows. The number moves once, as the unit's last statement."""
    session.info[_MOVED] = True


def bump_if_moved(session: Session) -> None:
    """Move the number if the unit asked for it; last, so that the contended row is locked as briefly as possible."""
    if not session.info.pop(_MOVED, False):
        return
    insert = sqlite.insert if dialect_name(session) == "sqlite" else postgresql.insert
    raised = insert(PublicVersion).values(id=1, number=1)
    session.execute(raised.on_conflict_do_update(index_elements=[PublicVersion.id], set_={"number": PublicVersion.number + 1}))


def public_version(session: Session) -> int:
    """Return the present number, 0 before the first change."""
    return session.scalar(select(PublicVersion.number).where(PublicVersion.id == 1)) or 0
