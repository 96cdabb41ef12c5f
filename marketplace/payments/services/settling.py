"""The one function through which money arrives, whoever noticed it: staff, a statement line, a provider, a seller's cash."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from marketplace.inventory.services import claim_holds
from marketplace.kernel.ids import OrderId, PaymentId, PersonId
from marketplace.kernel.money import Currency
from marketplace.orders.services import record_paid
from marketplace.outbox.emitting import emit
from marketplace.payments.attention import end_attention, raise_attention
from marketplace.payments.errors import EventOfAnotherPayment, WrongAmount, WrongCurrency
from marketplace.payments.events import find_event, write_event
from marketplace.payments.locking import lock_payment, shares_of
from marketplace.payments.models import (
    AttentionKind,
    Payment,
    PaymentEvent,
    PaymentPurpose,
    PaymentState,
    RefundSource,
)
from marketplace.payments.outcomes import ATTENTION, Outcome, Verdict, decide
from marketplace.payments.states import move_payment
from marketplace.payments.suspense import in_suspense

from .late import hold_everything_again
from .posting import post_arrival
from .refunding import request_refund

KIND = "settled."


@dataclass(frozen=True, slots=True)
class Settlement:
    """What became of one arrival of money. `is_counted`: it paid the price; else it waits, or goes back."""

    payment_id: PaymentId
    order_id: OrderId
    outcome: Outcome
    state: PaymentState
    received_minor: int
    excess_minor: int
    is_counted: bool
    is_repeat: bool = False


class SettledMeanwhile(Exception):
    """The payment changed although it was locked: a bug of ours, and the compare-and-set stops it."""


def settle(
    session: Session,
    *,
    payment_id: PaymentId,
    received_minor: int,
    currency: Currency,
    source: str,
    source_id: str,
    actor_id: PersonId | None,
    now: datetime,
) -> Settlement:
    """Record that `received_minor` arrived for this payment, and do what follows (the table stands in `outcomes`).

    The same (source, source_id) again returns the first settlement and changes nothing.
    Raises: PaymentNotFound, WrongCurrency, WrongAmount, EventOfAnotherPayment.
    """
    payment = lock_payment(session, payment_id)
    earlier = find_event(session, source=source, source_id=source_id)
    if earlier is not None:
        return _first_settlement(payment, earlier, received_minor)
    if currency is not payment.currency:
        raise WrongCurrency(expected=payment.currency, given=currency)
    if received_minor <= 0:
        raise WrongAmount(amount_minor=received_minor)
    waiting = in_suspense(session, payment)
    verdict = decide(payment.state, due_minor=payment.amount_minor, suspense_minor=waiting, received_minor=received_minor)
    is_counted = verdict.is_enough and (verdict.outcome is not Outcome.LATE or hold_everything_again(session, payment, now=now))
    before = _tried_again(session, payment, now) if verdict.is_enough else payment.state
    settlement = Settlement(
        payment_id=payment_id,
        order_id=payment.order_id,
        outcome=verdict.outcome,
        state=move_payment(before, PaymentState.CAPTURED) if verdict.is_enough else before,
        received_minor=received_minor,
        excess_minor=verdict.excess_minor,
        is_counted=is_counted,
    )
    take(session, payment, settlement, before=before, now=now)
    _remember(session, settlement, before=before, source=source, source_id=source_id, actor_id=actor_id, now=now)
    if is_counted:
        _count(session, payment, is_late=verdict.outcome is Outcome.LATE, now=now)
    post_arrival(
        session, payment, received_minor=received_minor, waiting_minor=waiting, is_counted=is_counted,
        event=f"{source}:{source_id}", now=now,
    )  # fmt: skip
    _follow_up(session, payment, verdict, is_counted=is_counted, actor_id=actor_id, now=now)
    return settlement


def take(session: Session, payment: Payment, settlement: Settlement, *, before: PaymentState, now: datetime) -> None:
    """Change the payment by compare-and-set on its state and on what it had received. Raises: SettledMeanwhile."""
    values: dict[str, object] = {
        "state": settlement.state,
        "received_minor": Payment.received_minor + settlement.received_minor,
    }
    if settlement.is_counted:
        values["counted_minor"] = payment.amount_minor
    if settlement.state is not before:
        values |= {"captured_at": now, "closed_at": payment.closed_at or now}
    done = session.scalar(
        update(Payment)
        .where(Payment.id == payment.id, Payment.state == before, Payment.received_minor == payment.received_minor)
        .values(**values)
        .returning(Payment.id)
        .execution_options(synchronize_session=False)
    )
    if done is None:
        raise SettledMeanwhile
    session.refresh(payment)


def _first_settlement(payment: Payment, event: PaymentEvent, received_minor: int) -> Settlement:
    """Return what this source's event did the first time. Raises: EventOfAnotherPayment."""
    is_same = event.payment_id == payment.id and event.kind.startswith(KIND) and event.amount_minor == received_minor
    if not is_same:
        raise EventOfAnotherPayment(source=event.source, source_id=event.source_id)
    return Settlement(
        payment_id=payment.id,
        order_id=payment.order_id,
        outcome=Outcome(event.kind.removeprefix(KIND)),
        state=PaymentState(event.to_state),
        received_minor=received_minor,
        excess_minor=int(event.data["excess_minor"]),
        is_counted=bool(event.data["is_counted"]),
        is_repeat=True,
    )


def _tried_again(session: Session, payment: Payment, now: datetime) -> PaymentState:
    """Return the state to capture from: a failed payment that is paid after all was tried again in between."""
    if payment.state is PaymentState.FAILED:
        payment.state = move_payment(PaymentState.FAILED, PaymentState.PROCESSING)
        write_event(
            session,
            payment_id=payment.id,
            kind="tried_again",
            states=(PaymentState.FAILED, PaymentState.PROCESSING),
            now=now,
            source_id=f"payment:{payment.id}:tried_again:{payment.received_minor}",
        )
    return payment.state


def _remember(
    session: Session,
    settlement: Settlement,
    *,
    before: PaymentState,
    source: str,
    source_id: str,
    actor_id: PersonId | None,
    now: datetime,
) -> None:
    """Add the event that makes this arrival count once. Raises: EventOfAnotherPayment."""
    is_first = write_event(
        session,
        payment_id=settlement.payment_id,
        kind=f"{KIND}{settlement.outcome.value}",
        states=(before, settlement.state),
        now=now,
        source=source,
        source_id=source_id,
        amount_minor=settlement.received_minor,
        actor_id=actor_id,
        data={"excess_minor": settlement.excess_minor, "is_counted": settlement.is_counted},
    )
    if not is_first:  # another payment's unit was faster with the same bank line
        raise EventOfAnotherPayment(source=source, source_id=source_id)


def _count(session: Session, payment: Payment, *, is_late: bool, now: datetime) -> None:
    """Tell orders and stock that the price is paid. Late money has its stock already."""
    record_paid(
        session,
        order_id=payment.order_id,
        shares={share.sub_order_id: share.amount_minor for share in shares_of(session, payment.id)},
        is_deposit=payment.purpose is PaymentPurpose.DEPOSIT,
        now=now,
    )
    if not is_late:
        claim_holds(session, payment_id=payment.id, now=now)


def _follow_up(
    session: Session, payment: Payment, verdict: Verdict, *, is_counted: bool, actor_id: PersonId | None, now: datetime
) -> None:
    """Put on the list what needs a person, ask back what cannot be used, and tell whoever listens."""
    left = in_suspense(session, payment)
    if verdict.is_enough:
        end_attention(
            session,
            payment_id=payment.id,
            kinds=(AttentionKind.SHORT,),
            resolution="completed" if is_counted else "late",
            actor_id=actor_id,
            now=now,
        )
        emit(session, "payment.settled", {"payment_id": payment.id, "order_id": payment.order_id}, now=now)
    if verdict.is_enough and not is_counted:
        request_refund(
            session, payment_id=payment.id, sub_order_id=None, amount_minor=left, reason="late", actor_id=None, now=now,
            source=RefundSource.SUSPENSE,
        )  # fmt: skip
    kind = AttentionKind.OVER if is_counted else ATTENTION[verdict.outcome]
    if left and kind is not None:
        raise_attention(
            session, payment_id=payment.id, kind=kind, amount_minor=left if verdict.is_enough else verdict.excess_minor, now=now
        )
