"""A morning at the shop whose owner may sign in: orders to answer and to send, one of them late, and something that runs low."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.inventory.models import StockItem, VariantStock
from marketplace.inventory.services import adjust

from .loading_goods import Shelved
from .past_orders import RARE_FLAGS, SEED, PastOrder, Wanted, make_buyer
from .people_cast import OWNER
from .trading import Market, Stage, Times, trade
from .worlds import World

_NUMBER = 960
_FAR = "31.74.04"  # far enough for a courier: these are parcels with labels
_LEFT_STEPS = 2
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One order of the morning: how far, since how many hours, and in how many days from now it is promised."""

    stage: Stage
    hours_ago: int
    promised_in: int = 1


MORNING = (
    Waiting(Stage.PAID, 4),
    Waiting(Stage.PAID, 41),
    Waiting(Stage.ACCEPTED, 70, promised_in=-1),
    Waiting(Stage.ACCEPTED, 46, promised_in=0),
    Waiting(Stage.ACCEPTED, 28, promised_in=0),
    Waiting(Stage.ACCEPTED, 20, promised_in=2),
)


def plan_morning(world: World) -> tuple[PastOrder, ...]:
    """Return an order of the owner's goods for each entry of `MORNING`; the same for the same world."""
    dice = random.Random(f"{SEED} morning")
    mine = next((shop.items for shop in world.shops if shop.slug == OWNER.shop), ())
    goods = [
        good for good in world.goods
        if good.item_id in mine and not good.lead_time_days and not RARE_FLAGS & {flag.value for flag in good.ship_flags}
    ]  # fmt: skip
    orders = []
    for number, _ in enumerate(MORNING if goods else (), start=_NUMBER):
        picked = dice.sample(goods, k=min(len(goods), dice.choice((1, 1, 2))))
        wanted = tuple(Wanted(good, good.variants[0], 0, good.variants[0].min_steps + dice.randrange(2)) for good in picked)
        buyer = make_buyer(dice, number)
        far = type(buyer)(name=buyer.name, phone=buyer.phone, district=_FAR, street=buyer.street)
        orders.append(PastOrder(number=number, days_ago=0, hour=0, buyer=far, language="id", wanted=wanted, lead_days=1))
    return tuple(orders)


def load_morning(session: Session, market: Market, orders: tuple[PastOrder, ...], *, now: datetime) -> None:
    """Let each order run as far as it is this morning, and let a good run low that is not the shop's first."""
    for entry, order in zip(MORNING, orders, strict=False):
        placed = now - entry.hours_ago * HOUR
        promised = now + entry.promised_in * DAY
        times = Times(
            placed=placed, paid=placed + HOUR, accepted=placed + 2 * HOUR, handed_over=promised, arrived=promised, closed=promised
        )
        trade(session, market, order, times=times, until=entry.stage)
    if orders:
        scarce = max(wanted.good.item_id for order in orders for wanted in order.wanted)
        _run_low(session, market.shelved[scarce], now=now)


def _run_low(session: Session, shelved: Shelved, *, now: datetime) -> None:
    """Count what is left of a good and find little."""
    row = session.execute(
        select(StockItem, VariantStock.units_per_step)
        .join(VariantStock, VariantStock.stock_item_id == StockItem.id)
        .where(VariantStock.variant_id == shelved.variant_ids[0], StockItem.is_tracked)
    ).first()
    if row is not None:
        item, per_step = row
        fewer = _LEFT_STEPS * per_step - (item.on_hand - item.held - item.allocated)
        adjust(session, item_id=item.id, units=min(0, fewer), reason="counted", actor_id=shelved.shop.owner_id, now=now - HOUR)
