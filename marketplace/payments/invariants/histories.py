"""Each payment and refund is where its events lead, by allowed moves only."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.kernel.broken import Broken
from marketplace.payments.models import Payment, PaymentEvent, PaymentState, Refund, RefundState
from marketplace.payments.states import PAYMENT_MOVES, REFUND_MOVES

BATCH = 500
_REFUND = "refund."


def find_broken(session: Session) -> Iterator[Broken]:
    """Yield payments and refunds whose history is not a path to where they stand (I9)."""
    payments: dict[int, list[tuple[str | None, str]]] = defaultdict(list)
    refunds: dict[int, list[str]] = defaultdict(list)
    query = select(
        PaymentEvent.payment_id, PaymentEvent.kind, PaymentEvent.from_state, PaymentEvent.to_state, PaymentEvent.data
    ).order_by(PaymentEvent.id)
    for payment_id, kind, before, after, data in session.execute(query.execution_options(yield_per=BATCH)):
        payments[payment_id].append((before, after))
        if kind.startswith(_REFUND):
            refunds[int(data["refund_id"])].append(kind.removeprefix(_REFUND))
    for payment_id, state in session.execute(select(Payment.id, Payment.state)):
        if not leads_to(payments[payment_id], state):
            yield Broken("I9", "payment", (payment_id,), f"its history does not lead to {state}")
    for refund_id, refund_state in session.execute(select(Refund.id, Refund.state)):
        if not refund_leads_to(refunds[refund_id], refund_state):
            yield Broken("I9", "refund", (refund_id,), f"its history does not lead to {refund_state}")


def leads_to(path: Sequence[tuple[str | None, str]], end: PaymentState) -> bool:
    """Tell whether these moves (from, to) begin with the opening, follow one another, and end here."""
    if not path or path[0] != (None, PaymentState.CREATED.value):
        return False
    for (_, was), (before, after) in itertools.pairwise(path):
        stays = before == after
        if before is None or was != before or not (stays or PaymentState(after) in PAYMENT_MOVES[PaymentState(before)]):
            return False
    return path[-1][1] == end.value


def refund_leads_to(path: Sequence[str], end: RefundState) -> bool:
    """Tell whether these states begin with the request, follow one another, and end here."""
    if not path or path[0] != RefundState.REQUESTED.value or path[-1] != end.value:
        return False
    return all(RefundState(after) in REFUND_MOVES[RefundState(before)] for before, after in itertools.pairwise(path))
