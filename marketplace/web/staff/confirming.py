"""Confirming that money came: the exact amount by one click, another amount after reading what would follow."""

from __future__ import annotations

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from marketplace.accounts import audit
from marketplace.accounts.permissions import Permission
from marketplace.accounts.tokens import AlreadySpent, BadFormToken, FormToken, issue_form_token, read_form_token, spend
from marketplace.db import in_unit, reading
from marketplace.kernel.ids import PaymentId
from marketplace.payments.errors import AttentionNotFound, AttentionResolved, RefundTooMuch, WrongAmount
from marketplace.payments.outcomes import decide
from marketplace.payments.services import Resolution, resolve_attention, settle
from marketplace.payments.states import CONFIRMED_BY_HAND
from marketplace.web import current, sessions
from marketplace.web.fields import FieldErrors, parse
from marketplace.web.guards import guarded
from marketplace.web.staff.blueprint import bp
from marketplace.web.staff.frame import staff_wing
from marketplace.web.staff.payment import (
    LARGEST_ID,
    PURPOSE,
    Found,
    holder,
    payment_url,
    read_payment,
    show_payment,
    waiting_minor,
)
from marketplace.web.staff.payments import typed_amount


class ConfirmForm(BaseModel):
    """The received amount in minor units, and the one-time token."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    amount: int = Field(ge=1, le=10**12)
    token: str = Field(min_length=1, max_length=200)


class ResolveForm(BaseModel):
    """How a person finishes what did not fit."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    resolution: Resolution
    payment_id: int = Field(ge=1, lt=LARGEST_ID)


def _read(payment_id: int) -> Found:
    with reading() as session:
        return read_payment(session, payment_id)


@bp.get("/payments/<int:payment_id>/confirm")
@guarded(Permission.STAFF_PAYMENT_CONFIRM)
def preview(payment_id: int) -> ResponseReturnValue:
    """Say what confirming another amount would do, before anything is done."""
    found, speech = _read(payment_id), current.speech()
    amount = typed_amount(request.args.get("amount", "")[:20])
    if found.payment.row.method not in CONFIRMED_BY_HAND:
        return show_payment(found, status=409, problem=speech.t("staff.not_a_transfer"))
    if not amount:
        return show_payment(found, status=422, errors={"amount": speech.t("staff.error_amount")})
    row = found.payment.row
    verdict = decide(row.state, due_minor=row.amount_minor, suspense_minor=waiting_minor(found.payment), received_minor=amount)
    missing = row.amount_minor - waiting_minor(found.payment) - amount
    token = issue_form_token(current.settings().secret_key, purpose=PURPOSE, holder=holder(payment_id), now=current.now())
    return render_template(
        "pages/staff/payment_confirm.html",
        wing=staff_wing(here="payments"),
        row=row,
        amount=amount,
        outcome=speech.t(
            f"staff.outcome_{verdict.outcome}",
            missing=speech.money(max(0, missing)),
            excess=speech.money(verdict.excess_minor),
        ),
        token=token,
    )


@bp.post("/payments/<int:payment_id>/confirm")
@guarded(Permission.STAFF_PAYMENT_CONFIRM)
def confirm(payment_id: int) -> ResponseReturnValue:
    """Record that money came for a transfer; the same form sent again changes nothing."""
    found, speech = _read(payment_id), current.speech()
    form = parse(ConfirmForm, request.form.to_dict())
    if isinstance(form, FieldErrors):
        return show_payment(found, status=422, errors={"amount": speech.t("staff.error_amount")})
    if found.payment.row.method not in CONFIRMED_BY_HAND:
        return show_payment(found, status=409, problem=speech.t("staff.not_a_transfer"))
    try:
        token = read_form_token(
            current.settings().secret_key, form.token, purpose=PURPOSE, holder=holder(payment_id), now=current.now()
        )
        _settle(found, form.amount, token)
    except BadFormToken:
        return show_payment(found, status=422, problem=speech.t("checkout.form_too_old"))
    except AlreadySpent:
        pass  # sent twice: the first time counted
    except WrongAmount:
        return show_payment(found, status=422, errors={"amount": speech.t("staff.error_amount")})
    return redirect(payment_url(payment_id, "confirmed"), 303)


def _settle(found: Found, amount: int, token: FormToken) -> None:
    actor_id, now, payment_id = sessions.acting().person_id, current.now(), found.id

    def work(session: Session) -> None:
        spend(session, token=token, outcome=str(payment_id), now=now)
        settle(
            session, payment_id=PaymentId(payment_id), received_minor=amount, currency=found.payment.row.currency,
            source="staff", source_id=f"form:{token.digest}", actor_id=actor_id, now=now,
        )  # fmt: skip
        audit.record(session, action="payment.confirm", object_kind="payment", object_id=payment_id, actor_id=actor_id, now=now)

    in_unit(work)


@bp.post("/attention/<int:attention_id>")
@guarded(Permission.STAFF_PAYMENT_CONFIRM)
def resolve(attention_id: int) -> ResponseReturnValue:
    """Finish what did not fit by itself."""
    speech, now, actor_id = current.speech(), current.now(), sessions.acting().person_id
    if attention_id >= LARGEST_ID:
        raise AttentionNotFound(attention_id)
    form = parse(ResolveForm, request.form.to_dict())
    if isinstance(form, FieldErrors):
        given = request.form.get("payment_id", "")
        if not (given.isascii() and given.isdigit() and len(given) < 19):
            raise AttentionNotFound(attention_id)
        return show_payment(_read(int(given)), status=422, problem=speech.t("checkout.error_choose"))
    found = _read(form.payment_id)
    if attention_id not in {attention.id for attention in found.payment.attentions}:
        raise AttentionNotFound(attention_id)

    def work(session: Session) -> None:
        resolve_attention(session, attention_id=attention_id, resolution=form.resolution, actor_id=actor_id, now=now)
        audit.record(
            session, action=f"attention.{form.resolution}", object_kind="payment_attention", object_id=attention_id,
            actor_id=actor_id, now=now,
        )  # fmt: skip

    try:
        in_unit(work)
    except (AttentionResolved, RefundTooMuch):
        return show_payment(_read(form.payment_id), status=409, problem=speech.t("staff.changed_meanwhile"))
    return redirect(payment_url(form.payment_id, "resolved"), 303)
