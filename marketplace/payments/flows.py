"""What the clock does in the payments room."""

from __future__ import annotations

from datetime import datetime, timedelta

from marketplace.db import in_unit
from marketplace.outbox.handlers import Periodic

from .codes import free_codes


def free_old_codes(now: datetime) -> int:
    """Give back transfer amounts whose payments closed seven days ago; return how many. May run any number of times."""
    return in_unit(lambda session: free_codes(session, now=now))


PERIODIC = (Periodic("payments.free_codes", timedelta(hours=1), free_old_codes),)
