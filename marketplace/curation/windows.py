"""When something placed is in force; `ends_at` is exclusive."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import and_, or_
from sqlalchemy.sql.elements import ColumnElement

from .models import Collection, FeaturedShop, Pick

# How long a curator may take an act back.
UNDO_WINDOW = timedelta(minutes=10)


def in_window(placed: type[Pick] | type[Collection] | type[FeaturedShop], now: datetime) -> ColumnElement[bool]:
    """Return the condition that `now` lies from its start on and before its end."""
    return and_(placed.starts_at <= now, or_(placed.ends_at.is_(None), placed.ends_at > now))
