"""Units kept for unpaid lines. A hold ends exactly once: `held → claimed | released | expired`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from marketplace.inventory.changes import announce, change_item
from marketplace.inventory.demands import Demand, merged, summed
from marketplace.inventory.models import Hold, HoldState, MovementKind
from marketplace.inventory.movements import note, per_unit
from marketplace.kernel.ids import OrderId, OrderLineId, PaymentId, StockItemId

_ENDINGS = {
    HoldState.CLAIMED: MovementKind.CLAIMED,
    HoldState.RELEASED: MovementKind.RELEASED,
    HoldState.EXPIRED: MovementKind.EXPIRED,
}


def hold(
    session: Session, *, demands: Sequence[Demand], order_id: OrderId, payment_id: PaymentId, expires_at: datetime, now: datetime
) -> None:
    """Keep units for unpaid lines until `expires_at`, summed per item before checking. Flushes. Raises: StockShort."""
    wanted = merged(demands)
    changes = [change_item(session, item_id=item, change=per_unit(MovementKind.HELD, units)) for item, units in summed(wanted)]
    made = [
        Hold(
            stock_item_id=demand.stock_item_id,
            order_id=order_id,
            line_id=demand.line_id,
            payment_id=payment_id,
            units=demand.units,
            created_at=now,
            expires_at=expires_at,
        )
        for demand in wanted
    ]
    session.add_all(made)
    session.flush()
    for demand, row in zip(wanted, made, strict=True):
        note(session, kind=MovementKind.HELD, demand=demand, now=now, hold=row)
    announce(session, changes, now=now)


def claim_holds(session: Session, *, payment_id: PaymentId, now: datetime) -> tuple[Demand, ...]:
    """Turn a paid payment's holds into sold units; returns what was claimed, nothing when its holds had ended."""
    return _end(session, payment_id=payment_id, state=HoldState.CLAIMED, now=now)


def end_holds(session: Session, *, payment_id: PaymentId, state: HoldState, now: datetime) -> tuple[Demand, ...]:
    """Give back what a payment still holds, as released or expired; returns what came free. Calling again does nothing."""
    if state not in (HoldState.RELEASED, HoldState.EXPIRED):
        raise ValueError("holds end as released or expired; claiming is another act")
    return _end(session, payment_id=payment_id, state=state, now=now)


def extend_holds(session: Session, *, payment_id: PaymentId, until: datetime) -> None:
    """Keep what a payment still holds until a later instant; holds never end sooner than was promised."""
    open_holds = (Hold.payment_id == payment_id, Hold.state == HoldState.HELD, Hold.expires_at < until)
    session.execute(update(Hold).where(*open_holds).values(expires_at=until))


def hold_again(
    session: Session, *, payment_id: PaymentId, demands: Sequence[Demand], order_id: OrderId, now: datetime
) -> tuple[Demand, ...]:
    """Allocate for money that came late: a hold of the next round, claimed at once. Flushes. Raises: StockShort."""
    wanted = merged(demands)
    changes = [
        change_item(session, item_id=item, change=per_unit(MovementKind.ALLOCATED, units)) for item, units in summed(wanted)
    ]
    rounds = _last_rounds(session, wanted)
    made = [
        Hold(
            stock_item_id=demand.stock_item_id,
            order_id=order_id,
            line_id=demand.line_id,
            payment_id=payment_id,
            round=rounds.get((demand.line_id, demand.stock_item_id), 0) + 1,
            units=demand.units,
            state=HoldState.CLAIMED,
            created_at=now,
            expires_at=now,
            ended_at=now,
        )
        for demand in wanted
    ]
    session.add_all(made)
    session.flush()
    for demand, row in zip(wanted, made, strict=True):
        note(session, kind=MovementKind.ALLOCATED, demand=demand, now=now, hold=row)
    announce(session, changes, now=now)
    return wanted


def _end(session: Session, *, payment_id: PaymentId, state: HoldState, now: datetime) -> tuple[Demand, ...]:
    """End this payment's open holds by compare-and-set, so that each ends once whoever comes first."""
    statement = (
        update(Hold)
        .where(Hold.payment_id == payment_id, Hold.state == HoldState.HELD)
        .values(state=state, ended_at=now, waits_for_provider=False)
        .returning(Hold)
    )
    ended = session.scalars(statement, execution_options={"synchronize_session": False, "populate_existing": True}).all()
    kind = _ENDINGS[state]
    demands = {row.id: Demand(line_id=row.line_id, stock_item_id=row.stock_item_id, units=row.units) for row in ended}
    changes = [change_item(session, item_id=item, change=per_unit(kind, units)) for item, units in summed(demands.values())]
    for row in ended:
        note(session, kind=kind, demand=demands[row.id], now=now, hold=row)
    announce(session, changes, now=now)
    return merged(demands.values())


def _last_rounds(session: Session, demands: Sequence[Demand]) -> dict[tuple[OrderLineId, StockItemId], int]:
    lines = {demand.line_id for demand in demands}
    rows = session.execute(
        select(Hold.line_id, Hold.stock_item_id, func.max(Hold.round))
        .where(Hold.line_id.in_(lines))
        .group_by(Hold.line_id, Hold.stock_item_id)
    )
    return {(line, item): last for line, item, last in rows}
