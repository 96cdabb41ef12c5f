"""An order in words: where each part stands, what happens next, and what its buyer can do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from marketplace.fulfilment.queries import ParcelView
from marketplace.kernel.clock import local_day
from marketplace.orders.models import FulfilmentFact, OrderLifecycle, PaymentMethod, SubOrderLifecycle
from marketplace.orders.views import OrderHead, OrderView, PartRow, TimelineRow
from marketplace.payments.models import PaymentState
from marketplace.payments.queries import PaymentView
from marketplace.shipping.models import DeliveryKind
from marketplace.web.speech import Speech

_L, _F = SubOrderLifecycle, FulfilmentFact
ENDED = {_L.EXPIRED: "order.expired", _L.CANCELLED: "order.cancelled", _L.REJECTED: "order.rejected"}
TRAVELS = frozenset({_F.PART_SHIPPED, _F.SHIPPED})


@dataclass(frozen=True, slots=True)
class Step:
    """One node of a timeline."""

    title: str
    state: str
    state_word: str = ""
    when: str = ""
    note: str = ""
    url: str = ""


def status_key(part: PartRow, payment: PaymentView | None) -> str:
    """Return the key of the words for where a part stands, as its buyer reads them."""
    if part.lifecycle in ENDED:
        return ENDED[part.lifecycle]
    if part.lifecycle is _L.AWAITING_PAYMENT:
        is_sent = payment is not None and payment.state is PaymentState.PROCESSING
        return "order.payment_review" if is_sent else "order.awaiting_payment"
    if part.lifecycle is _L.NEW:
        return "order.waiting_seller"
    if part.lifecycle is _L.CLOSED:
        return "order.completed"
    by_goods = {_F.DELIVERED: "order.delivered", _F.RETURNED: "order.returned"}
    if part.fulfilment in by_goods:
        return by_goods[part.fulfilment]
    if part.fulfilment in TRAVELS:
        return "order.shipped"
    return "order.processing"


def headline_key(view: OrderView, payment: PaymentView | None) -> str:
    """Return the key of the one word for a whole order; parts that differ make it an order on its way."""
    if view.head.lifecycle is OrderLifecycle.EXPIRED:
        return "order.expired"
    keys = {status_key(part, payment) for part in view.parts}
    return keys.pop() if len(keys) == 1 else "order.in_progress"


def first_at(timeline: tuple[TimelineRow, ...], kinds: tuple[str, ...], number: str) -> TimelineRow | None:
    """Return the last event of these kinds in a part's story (or the whole order's)."""
    found = [row for row in timeline if row.kind in kinds and row.sub_order_number in (number, None)]
    return found[-1] if found else None


def part_steps(
    view: OrderView, part: PartRow, payment: PaymentView | None, parcels: list[ParcelView], speech: Speech
) -> list[Step]:
    """Return a part's way from order to arrival: what is done and when, what happens now and until when, what follows."""
    head, paid = view.head, first_at(view.timeline, ("paid", "deposit_paid"), part.number)
    points: list[tuple[str, datetime | None]] = [("created", head.created_at)]
    if head.method is not PaymentMethod.COD:
        points.append(("paid", paid.at if paid is not None else None))
    is_gone = part.fulfilment not in (_F.UNFULFILLED, _F.PART_SHIPPED)
    points += [("accepted", part.accepted_at), ("sent", part.handed_over_at if is_gone else None), ("arrived", part.delivered_at)]
    steps = [_done(name, at, part, parcels, speech) for name, at in points if at is not None]
    if part.lifecycle in ENDED:
        return [*steps, _ended(view, part, speech)]
    waiting = [name for name, at in points if at is None]
    return [*steps, *(_coming(name, part, payment, speech, is_now=place == 0) for place, name in enumerate(waiting))]


def _title(name: str, part: PartRow, speech: Speech, *, is_now: bool = False) -> str:
    """Return what a step is called: once done, as done; while it is awaited, as what is going on."""
    is_pickup = name in ("sent", "arrived") and part.delivery_kind is DeliveryKind.PICKUP
    return speech.t(f"order.step_{name}{'_pickup' if is_pickup else ''}{'_now' if is_now else ''}")


def _done(name: str, at: datetime, part: PartRow, parcels: list[ParcelView], speech: Speech) -> Step:
    numbers = ", ".join(parcel.tracking_number for parcel in parcels if parcel.tracking_number) if name == "sent" else ""
    note = f"{part.delivery_name} · {speech.t('ship.tracking_no')} {numbers}" if numbers else ""
    return Step(_title(name, part, speech), "done", speech.t("order.state_done"), speech.moment(at), note)


def _coming(name: str, part: PartRow, payment: PaymentView | None, speech: Speech, *, is_now: bool) -> Step:
    note = next_words(name, part, payment, speech) if is_now else ""
    word = speech.t("order.state_now" if is_now else "order.state_later")
    return Step(_title(name, part, speech, is_now=is_now), "now" if is_now else "later", word, note=note)


def next_words(name: str, part: PartRow, payment: PaymentView | None, speech: Speech) -> str:
    """Return what happens next in a part's story, and until when."""
    match name:
        case "paid" if payment is not None and payment.state is PaymentState.PROCESSING:
            return speech.t("order.next_checked")
        case "paid" if payment is not None and payment.expires_at is not None:
            return speech.t("pay.deadline", time=speech.deadline(payment.expires_at))
        case "accepted" if part.accept_by is not None:
            return speech.t("order.next_accepted", shop=part.shop_name, time=speech.deadline(part.accept_by))
        case "sent" if part.promised_on is not None:
            key = "order.next_pickup" if part.delivery_kind is DeliveryKind.PICKUP else "order.next_sent"
            return speech.t(key, date=speech.day(part.promised_on))
        case "arrived":
            return arrival_words(part, speech)
    return ""


def arrival_words(part: PartRow, speech: Speech) -> str:
    """Return when goods on their way arrive; what was handed over in person only waits for the buyer's word."""
    if part.delivery_kind is DeliveryKind.PICKUP or part.handed_over_at is None:
        return speech.t("order.next_confirm")
    left: date = local_day(part.handed_over_at)
    span = speech.days(left + timedelta(days=part.eta_days_min), left + timedelta(days=part.eta_days_max))
    return speech.t("ship.eta", date=span)


def _ended(view: OrderView, part: PartRow, speech: Speech) -> Step:
    event = first_at(view.timeline, ("expired", "cancelled", "rejected"), part.number)
    when = speech.moment(event.at) if event is not None else ""
    return Step(speech.t(ENDED[part.lifecycle]), "stopped", when=when, note=reason_words(event, speech))


def reason_words(event: TimelineRow | None, speech: Speech) -> str:
    """Return why a part ended, where its event says so in a way we have words for."""
    reason = str(event.data.get("reason", "")) if event is not None else ""
    key = f"order.reason_{reason}"
    return speech.t(key) if reason and speech.words.has(key) else ""


def story(timeline: tuple[TimelineRow, ...], speech: Speech, *, names_parts: bool = True) -> list[Step]:
    """Return everything that happened, who did it and when (feature O6); each with its part's number where there are several."""
    return [
        Step(
            speech.t(f"order.event_{row.kind}"),
            "done",
            when=speech.moment(row.at),
            note=_note(row, speech, names_parts=names_parts),
        )
        for row in timeline
    ]


def _note(row: TimelineRow, speech: Speech, *, names_parts: bool) -> str:
    words = (speech.t(f"order.actor_{row.actor_kind}"), (row.sub_order_number or "") if names_parts else "", _detail(row, speech))
    return " · ".join(word for word in words if word)


def _detail(row: TimelineRow, speech: Speech) -> str:
    if row.data.get("tracking_number"):
        return str(row.data["tracking_number"])
    if isinstance(row.data.get("amount_minor"), int):
        return speech.money(row.data["amount_minor"])
    if row.data.get("promised_on"):
        return speech.day(date.fromisoformat(str(row.data["promised_on"])))
    return reason_words(row, speech)


def may_cancel(view: OrderView) -> bool:
    """Tell whether the buyer may still cancel something alone."""
    if view.head.lifecycle is OrderLifecycle.AWAITING_PAYMENT:
        return True
    return any(part.lifecycle is _L.NEW for part in view.parts)


def address_lines(head: OrderHead) -> list[str]:
    """Return where an order goes, line by line."""
    return [line for line in (head.street, f"{head.place_name} {head.postal_code}".strip(), head.landmark) if line]
