"""What accounts clean up by the clock."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from marketplace.accounts.attempts import sweep_attempts
from marketplace.accounts.tokens import sweep_spent
from marketplace.db import in_unit
from marketplace.outbox.handlers import Periodic
from marketplace.outbox.work import sweep_done


def sweep(now: datetime) -> None:
    """Delete tries and spent tokens that nothing can see any more, and effects done long ago."""

    def work(session: Session) -> None:
        sweep_attempts(session, now=now)
        sweep_spent(session, now=now)
        sweep_done(session, now=now)

    in_unit(work)


PERIODIC = (Periodic("accounts.sweep", timedelta(minutes=10), sweep),)
