"""What must always hold of money."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from marketplace.kernel.broken import Broken

from . import books, histories, sums


def find_broken(session: Session, now: datetime) -> Iterator[Broken]:
    """Yield every offence of payments against I2, I3, I4, I8 and I9, and every id that leads nowhere."""
    yield from sums.find_broken(session, now)
    yield from books.find_broken(session)
    yield from histories.find_broken(session)
