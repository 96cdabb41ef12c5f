"""What buyers are told beside the steps of their order: of money that needs a word, and of a review that is not shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.db import Document
from marketplace.kernel.ids import OrderId, PaymentId
from marketplace.language.languages import Language
from marketplace.notices.letters import Message, Told, compose
from marketplace.orders.models import OrderLine, PaymentMethod, SubOrder
from marketplace.payments.models import AttentionKind, Payment, PaymentAttention, Refund
from marketplace.reviews.models import Review, ReviewState


@dataclass(frozen=True, slots=True)
class About:
    """What a message is about, what makes it one, and how it is written."""

    order_id: OrderId
    key: str
    write: Callable[[Told], Message]
    payment_id: PaymentId | None = None


def proof_received(session: Session, payload: Document) -> About:
    """Say that the slip is there; every further slip is further news."""
    payment = session.get_one(Payment, payload["payment_id"])
    key = f"payment.proof_received:{payment.id}:{payment.proof_file_id}"
    return About(payment.order_id, key, lambda told: compose(told, "proof_received"), payment.id)


def attention(session: Session, payload: Document) -> About | None:
    """Say what is missing or too much. Money that came too late has a letter of its own."""
    row = session.get_one(PaymentAttention, payload["attention_id"])
    payment = session.get_one(Payment, row.payment_id)
    if payment.method is PaymentMethod.COD or row.kind is AttentionKind.LATE or row.resolved_at is not None:
        return None
    key, amount, missing = f"payment.attention:{row.id}", row.amount_minor, payment.amount_minor - payment.received_minor

    def write(told: Told) -> Message:
        if row.kind is not AttentionKind.SHORT:
            return compose(told, "excess", amount=told.money(amount))
        facts = ((told.say("exact_amount"), told.money(missing)),)
        return compose(told, "short", facts=facts, amount=told.money(amount), missing=told.money(missing))

    if row.kind is AttentionKind.SHORT and missing <= 0:
        return None  # the rest came while this letter waited
    return About(payment.order_id, key, write, payment.id)


def _refund(name: str) -> Callable[[Session, Document], About | None]:
    def find(session: Session, payload: Document) -> About | None:
        refund = session.get_one(Refund, payload["refund_id"])
        # The letters of a cancelled part and of late money announce their refunds themselves.
        if name == "refund_requested" and (refund.sub_order_id is not None or refund.reason == "late"):
            return None
        payment, amount = session.get_one(Payment, refund.payment_id), refund.amount_minor

        def write(told: Told) -> Message:
            words = told.money(amount)
            return compose(told, name, facts=((told.say("refund"), words),), amount=words)

        return About(payment.order_id, f"{name}:{refund.id}", write, payment.id)

    return find


def review_decided(session: Session, payload: Document) -> About | None:
    """Say why a review is not shown; that one is shown, its writer sees."""
    review = session.get_one(Review, payload["review_id"])
    if review.state is not ReviewState.REFUSED or review.reason is None or review.decided_at is None:
        return None
    line = session.get_one(OrderLine, review.line_id)
    order_id = session.execute(select(SubOrder.order_id).where(SubOrder.id == line.sub_order_id)).scalar_one()
    reason, when = review.reason, int(review.decided_at.timestamp())

    def write(told: Told) -> Message:
        goods = line.name if told.language is not Language.ID else line.name_id
        return compose(told, "review_refused", goods=goods, reason=told.say(f"review_reason_{reason}"))

    return About(order_id, f"review.refused:{review.id}:{when}", write)


FINDERS: dict[str, Callable[[Session, Document], About | None]] = {
    "payment.proof_received": proof_received,
    "payment.attention": attention,
    "refund.requested": _refund("refund_requested"),
    "refund.succeeded": _refund("refund_sent"),
    "refund.failed": _refund("refund_failed"),
    "review.decided": review_decided,
}
