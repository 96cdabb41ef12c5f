"""A few orders that are under way today, one at each stage, so that sellers, buyers and the office find work waiting."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.aftersales.reasons import RejectReason
from marketplace.aftersales.services import expire_unpaid, reject_sub_order
from marketplace.orders.models import SubOrder
from marketplace.payments.models import Payment

from .past_orders import RARE_FLAGS, SEED, PastOrder, Wanted, make_buyer
from .trading import Market, Stage, Times, trade
from .worlds import World

_NUMBER = 900
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Living:
    """One order under way: how far, since how many hours, and whether its goods are made for it."""

    stage: Stage
    hours_ago: int
    is_made: bool = False


UNDER_WAY = (
    Living(Stage.PLACED, 3),
    Living(Stage.PLACED, 9),
    Living(Stage.PAID, 6),
    Living(Stage.PAID, 20),
    Living(Stage.PAID, 12, is_made=True),
    Living(Stage.ACCEPTED, 30),
    Living(Stage.ACCEPTED, 40),
    Living(Stage.IN_PRODUCTION, 60, is_made=True),
    Living(Stage.HANDED_OVER, 70),
    Living(Stage.HANDED_OVER, 90),
    Living(Stage.ARRIVED, 130),
)
REJECTED_HOURS_AGO = 50
EXPIRED_HOURS_AGO = 80


def plan_living(world: World) -> tuple[PastOrder, ...]:
    """Return an order for each entry of `UNDER_WAY`, then one to be rejected and one to expire. The same for the same world."""
    dice = random.Random(f"{SEED} living")
    plain = [good for good in world.goods if not RARE_FLAGS & {flag.value for flag in good.ship_flags}]
    ready = [good for good in plain if not good.lead_time_days]
    made = [good for good in plain if good.lead_time_days and not {"perishable", "pickup"} & {f.value for f in good.ship_flags}]
    kinds = [entry.is_made for entry in UNDER_WAY] + [False, False]
    orders = []
    for number, is_made in enumerate(kinds, start=_NUMBER):
        good = dice.choice(made if is_made and made else ready)
        wanted = (Wanted(good, good.variants[0], 0, good.variants[0].min_steps),)
        orders.append(
            PastOrder(
                number=number, days_ago=0, hour=0, buyer=make_buyer(dice, number), language="id", wanted=wanted, lead_days=1
            )
        )
    return tuple(orders)


def load_ended(session: Session, market: Market, orders: tuple[PastOrder, ...], *, now: datetime) -> None:
    """Let the last two of the plan end badly: one refused by its seller, whose refund waits, and one never paid."""
    refused, unpaid = orders[-2:]
    since = now - REJECTED_HOURS_AGO * HOUR
    order_id, _ = trade(session, market, refused, times=_times(since), until=Stage.PAID)
    part = session.scalars(select(SubOrder).where(SubOrder.order_id == order_id)).first()
    if part is not None:
        reject_sub_order(
            session, shop_id=part.shop_id, number=part.number, reason=RejectReason.SOLD_OUT,
            actor_id=market.owner_of(part.shop_id), now=since + 5 * HOUR,
        )  # fmt: skip
    since = now - EXPIRED_HOURS_AGO * HOUR
    order_id, _ = trade(session, market, unpaid, times=_times(since), until=Stage.PLACED)
    for payment_id in session.scalars(select(Payment.id).where(Payment.order_id == order_id)):
        expire_unpaid(session, payment_id=payment_id, now=since + DAY + HOUR)


def load_living(session: Session, market: Market, orders: tuple[PastOrder, ...], *, now: datetime) -> None:
    """Let the others run as far as they are today."""
    for entry, order in zip(UNDER_WAY, orders, strict=False):
        trade(session, market, order, times=_times(now - entry.hours_ago * HOUR), until=entry.stage)


def _times(placed: datetime) -> Times:
    return Times(
        placed=placed, paid=placed + HOUR, accepted=placed + 4 * HOUR, handed_over=placed + 2 * DAY + HOUR,
        arrived=placed + 5 * DAY, closed=placed + 9 * DAY,
    )  # fmt: skip
