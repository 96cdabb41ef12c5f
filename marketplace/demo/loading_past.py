"""Let the planned orders happen, and their buyers say what they thought."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from marketplace.accounts.permissions import Role
from marketplace.kernel.ids import OrderId, OrderLineId
from marketplace.language.languages import Language
from marketplace.reviews.models import ReviewState
from marketplace.reviews.services import ReviewDraft, moderate, reply, write_review

from .calendar import DemoDay
from .loading_people import Office
from .past_orders import CLOSING_DAYS, TRAVEL_DAYS, PastOrder
from .people import ReviewEntry
from .trading import Market, Stage, Times, trade


def load_past(session: Session, market: Market, orders: tuple[PastOrder, ...], *, day: DemoDay, office: Office) -> None:
    """Run every past order to its end, or to its arrival where its end lies ahead, and write its review."""
    for order in orders:
        times = times_of(order, day)
        until = Stage.CLOSED if times.closed <= day.now else Stage.ARRIVED
        bought = trade(session, market, order, times=times, until=until)
        if order.review is not None:
            _review(session, market, order.review, bought, day, office)
        # What is done with is let go of: hundreds of orders in one session make every flush slower.
        session.flush()
        session.expunge_all()


def times_of(order: PastOrder, day: DemoDay) -> Times:
    """Return when an order of the past reached each stage."""
    placed = day.at(order.days_ago, order.hour)
    handed_over = day.at(order.days_ago - order.lead_days, 15)
    arrived = day.at(order.days_ago - order.lead_days - TRAVEL_DAYS, 11)
    return Times(
        placed=placed, paid=placed + timedelta(minutes=35), accepted=placed + timedelta(hours=2), handed_over=handed_over,
        arrived=arrived, closed=arrived + timedelta(days=CLOSING_DAYS, hours=1),
    )  # fmt: skip


def _review(
    session: Session, market: Market, entry: ReviewEntry, bought: tuple[OrderId, OrderLineId], day: DemoDay, office: Office
) -> None:
    order_id, line_id = bought
    written = day.at(entry.days_ago, 19)
    draft = ReviewDraft(author_name=entry.author, stars=entry.stars, language=Language(entry.language), words=entry.text)
    review = write_review(session, order_id=order_id, line_id=line_id, draft=draft, now=written)
    moderate(
        session, review_id=review.id, wanted=ReviewState.SHOWN, actor_id=office[Role.SUPPORT], now=written + timedelta(hours=1),
        shelves=market.shelves,
    )  # fmt: skip
    if entry.reply is not None and entry.reply_days_ago is not None:
        shop = market.shelved[entry.item].shop
        answered = max(day.at(entry.reply_days_ago, 20, 30), written + timedelta(hours=1))
        reply(session, shop_id=shop.id, review_id=review.id, words=entry.reply, actor_id=shop.owner_id, now=answered)
