"""Giving money back: noting that the bank sent it, that it failed, and asking again."""

from __future__ import annotations

from typing import Literal

from flask import redirect, request
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from marketplace.accounts import audit
from marketplace.accounts.permissions import Permission
from marketplace.db import in_unit, reading
from marketplace.payments.errors import PaymentNotOpen, RefundEnded, RefundNotFound, RefundTooMuch
from marketplace.payments.services import finish_refund, retry_refund
from marketplace.web import current, sessions
from marketplace.web.fields import FieldErrors, parse
from marketplace.web.guards import guarded
from marketplace.web.staff.blueprint import bp
from marketplace.web.staff.payment import LARGEST_ID, Found, payment_url, read_payment, show_payment

DONE = {"finish": "refunded", "fail": "failed", "retry": "retried"}


class RefundForm(BaseModel):
    """What became of a refund, and what the bank calls it."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    act: Literal["finish", "fail", "retry"]
    reference: str = Field(default="", max_length=80)


def _read(payment_id: int, refund_id: int) -> Found:
    """Return the payment a refund belongs to. Raises: PaymentNotFound, RefundNotFound."""
    with reading() as session:
        found = read_payment(session, payment_id)
    if refund_id not in {refund.id for refund in found.payment.refunds}:
        raise RefundNotFound(refund_id if refund_id < LARGEST_ID else 0)
    return found


@bp.post("/payments/<int:payment_id>/refunds/<int:refund_id>")
@guarded(Permission.STAFF_REFUND_FINISH)
def end_refund(payment_id: int, refund_id: int) -> ResponseReturnValue:
    """Note what became of a refund."""
    found, speech = _read(payment_id, refund_id), current.speech()
    form = parse(RefundForm, request.form.to_dict())
    if isinstance(form, FieldErrors):
        return show_payment(found, status=422, errors={"reference": speech.t("staff.error_reference")})
    if form.act != "retry" and not form.reference:
        return show_payment(found, status=422, errors={"reference": speech.t("staff.error_reference")})
    now, actor_id = current.now(), sessions.acting().person_id

    def work(session: Session) -> None:
        if form.act == "retry":
            retry_refund(session, refund_id=refund_id, actor_id=actor_id, now=now)
        else:
            finish_refund(
                session, refund_id=refund_id, is_success=form.act == "finish", reference=form.reference, actor_id=actor_id,
                now=now,
            )  # fmt: skip
        audit.record(session, action=f"refund.{form.act}", object_kind="refund", object_id=refund_id, actor_id=actor_id, now=now)

    try:
        in_unit(work)
    except (RefundEnded, RefundTooMuch, PaymentNotOpen):
        return show_payment(_read(payment_id, refund_id), status=409, problem=speech.t("staff.changed_meanwhile"))
    return redirect(payment_url(payment_id, DONE[form.act]), 303)
