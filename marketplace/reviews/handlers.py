"""What follows when the shown reviews of a product change: its cards say the new rating."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from marketplace.catalog.search.signals import set_signals
from marketplace.db import Document
from marketplace.kernel.ids import ProductId
from marketplace.outbox.handlers import Handler

from .queries import product_rating


def report_rating(session: Session, product_id: ProductId, *, now: datetime) -> None:
    """Tell search how a product is rated now."""
    rating = product_rating(session, product_id)
    set_signals(session, product_id, rating_hundredths=rating.average_hundredths, rating_count=rating.count, now=now)


def _on_shown(session: Session, payload: Document, now: datetime) -> None:
    report_rating(session, ProductId(payload["product_id"]), now=now)


HANDLERS: tuple[Handler, ...] = (Handler("review.shown", "reviews.rating", in_unit=_on_shown),)
