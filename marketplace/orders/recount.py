"""Writing the derived facts back to a sub-order's columns after its quantities or amounts changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from marketplace.kernel.ids import OrderLineId

from .errors import QuantityRefused
from .facts import LineCount, derive
from .models import OrderLine, SubOrder


def count_of(line: OrderLine) -> LineCount:
    """Return what became of a line, as the pure rules read it."""
    return LineCount(
        quantity=line.quantity,
        unit_price_minor=line.unit_price_minor,
        cancelled=line.cancelled,
        handed_over=line.handed_over,
        delivered=line.delivered,
        returned=line.returned,
    )


def refresh_facts(sub_order: SubOrder, lines: Collection[OrderLine]) -> None:
    """Derive the facts of a sub-order anew from its lines and amounts."""
    facts = derive(
        [count_of(line) for line in lines],
        paid_minor=sub_order.paid_minor,
        refunded_minor=sub_order.refunded_minor,
        total_minor=sub_order.total_minor,
    )
    sub_order.payment, sub_order.fulfilment = facts.payment, facts.fulfilment


def check_quantities(
    lines: Sequence[OrderLine], quantities: Mapping[OrderLineId, int], allowed: Mapping[OrderLineId, int]
) -> None:
    """Refuse quantities below 1, above what is allowed, or of a line that is not here. Raises: QuantityRefused."""
    known = {line.id for line in lines}
    if not quantities:
        raise ValueError("no line was named")
    for line_id, wanted in quantities.items():
        limit = allowed[line_id] if line_id in known else 0
        if not 1 <= wanted <= limit:
            raise QuantityRefused(line_id=line_id, wanted=wanted, allowed=limit)


def as_data(quantities: Mapping[OrderLineId, int]) -> dict[str, int]:
    """Return quantities as an event keeps them: line ids as text, for JSON knows no other keys."""
    return {str(line_id): steps for line_id, steps in sorted(quantities.items())}
