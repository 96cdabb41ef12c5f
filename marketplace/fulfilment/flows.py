"""What the clock does to parts on their way: each in a unit of its own, so that one refusal stops no other."""

from __future__ import annotations

from datetime import datetime, timedelta

from marketplace.db import in_unit, reading
from marketplace.kernel.ids import SubOrderId
from marketplace.orders.errors import MoveRefused, NotClosable
from marketplace.outbox.handlers import Periodic

from .queries import closable, presumable
from .services import close_part, presume_delivered


def close_delivered(now: datetime) -> tuple[int, int]:
    """Presume arrival after seven days, close three days after arrival; return how many of each. May run any number of times."""
    with reading() as session:
        travelling = presumable(session, now=now)
    for sub_order_id in travelling:
        _presume(sub_order_id, now)
    with reading() as session:
        arrived = closable(session, now=now)
    return len(travelling), sum(_close(sub_order_id, now) for sub_order_id in arrived)


def _presume(sub_order_id: SubOrderId, now: datetime) -> None:
    in_unit(lambda session: presume_delivered(session, sub_order_id=sub_order_id, now=now))


def _close(sub_order_id: SubOrderId, now: datetime) -> bool:
    try:
        in_unit(lambda session: close_part(session, sub_order_id=sub_order_id, now=now))
    except (NotClosable, MoveRefused):  # a case was opened, or somebody else closed it, a moment ago
        return False
    return True


PERIODIC = (Periodic("fulfilment.close_delivered", timedelta(minutes=30), close_delivered),)
