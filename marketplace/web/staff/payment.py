"""One payment at the finance desk: the proof beside the amount, and all that happened."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, current_app, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from marketplace.accounts.permissions import Permission
from marketplace.accounts.tokens import issue_form_token
from marketplace.db import reading
from marketplace.files.private import StoredDocument, find_document, read_content
from marketplace.kernel.errors import NotFound
from marketplace.kernel.ids import PaymentId
from marketplace.kernel.phone import display_phone
from marketplace.orders.models import PaymentMethod
from marketplace.payments.errors import PaymentNotFound
from marketplace.payments.models import AttentionKind, RefundSource, RefundState
from marketplace.payments.queries import PaymentForStaff, payment_for_staff
from marketplace.payments.services import Resolution
from marketplace.payments.states import CONFIRMED_BY_HAND, OPEN
from marketplace.web import current, sessions
from marketplace.web.guards import guarded
from marketplace.web.speech import Speech
from marketplace.web.staff.blueprint import bp
from marketplace.web.staff.frame import note_access, staff_wing
from marketplace.web.staff.payments import refund_reason
from marketplace.web.storefront.order_acts import file_response
from marketplace.web.storefront.order_words import Step
from marketplace.web.wings import Column

PURPOSE = "confirm_payment"  # of the one-time token
METHOD_WORDS = {
    PaymentMethod.TRANSFER: "pay.bank_transfer", PaymentMethod.QRIS: "pay.qris", PaymentMethod.COD: "pay.cod",
    PaymentMethod.CARD: "settings.card", PaymentMethod.TEMPO: "staff_settings.tempo",
}  # fmt: skip
DONE = frozenset({"confirmed", "resolved", "refunded", "failed", "retried"})
LARGEST_ID = 2**63


@dataclass(frozen=True, slots=True)
class Found:
    """All the page is made from."""

    payment: PaymentForStaff
    proof: StoredDocument | None

    @property
    def id(self) -> PaymentId:
        """Return the payment's id."""
        return self.payment.row.payment_id


def read_payment(session: Session, payment_id: int) -> Found:
    """Return a payment with its proof. Raises: PaymentNotFound."""
    found = payment_for_staff(session, PaymentId(payment_id)) if payment_id < LARGEST_ID else None
    if found is None:
        raise PaymentNotFound
    return Found(found, _proof(session, found))


def _proof(session: Session, found: PaymentForStaff) -> StoredDocument | None:
    if found.row.proof_file_id is None:
        return None
    try:
        return find_document(session, owner_kind="payment", owner_id=found.row.payment_id, file_id=found.row.proof_file_id)
    except NotFound:
        return None


def waiting_minor(found: PaymentForStaff) -> int:
    """Return what came for a payment and has no place yet, in minor units."""
    going_back = sum(
        refund.amount_minor
        for refund in found.refunds
        if refund.source is RefundSource.SUSPENSE and refund.state is not RefundState.FAILED
    )
    return max(0, found.row.received_minor - found.row.counted_minor - going_back)


def missing_minor(found: PaymentForStaff) -> int:
    """Return what is still to come, in minor units."""
    return max(0, found.row.amount_minor - waiting_minor(found))


def holder(payment_id: int) -> str:
    """Return whom a one-time token of this payment's form is for."""
    return f"payment:{payment_id}:{sessions.acting().person_id}"


@bp.get("/payments/<int:payment_id>")
@guarded(Permission.STAFF_PAYMENT_VIEW)
def payment(payment_id: int) -> ResponseReturnValue:
    """Show one payment."""
    with reading() as session:
        found = read_payment(session, payment_id)
    note_access("payment.view", "payment", payment_id)
    done = request.args.get("done", "")
    return show_payment(found, done=done if done in DONE else "")


def show_payment(
    found: Found, *, status: int = 200, done: str = "", problem: str = "", errors: dict[str, str] | None = None
) -> ResponseReturnValue:
    """Return the page; `errors` are sentences by field."""
    speech, viewer, row = current.speech(), sessions.acting(), found.payment.row
    token = issue_form_token(current.settings().secret_key, purpose=PURPOSE, holder=holder(row.payment_id), now=current.now())
    return make_response(
        render_template(
            "pages/staff/payment.html",
            wing=staff_wing(here="payments"),
            row=row,
            found=found.payment,
            proof=found.proof,
            proof_is_picture=found.proof is not None and found.proof.media_type == "image/jpeg",
            phone=display_phone(row.buyer_phone),
            state=speech.t(f"staff.payment_{row.state}"),
            missing=missing_minor(found.payment),
            waiting=waiting_minor(found.payment),
            may_confirm=row.method in CONFIRMED_BY_HAND and viewer.may(Permission.STAFF_PAYMENT_CONFIRM),
            method=speech.t(METHOD_WORDS[row.method]),
            is_open=row.state in OPEN,
            may_refund=viewer.may(Permission.STAFF_REFUND_FINISH),
            may_see_order=viewer.may(Permission.STAFF_ORDER_VIEW),
            resolutions=_resolutions(found.payment, speech),
            reasons={refund.id: refund_reason(refund.reason, speech) for refund in found.payment.refunds},
            share_columns=[
                Column(speech.t("staff.column_part")), Column(speech.t("staff.column_shop")),
                Column(speech.t("staff.column_amount"), numeric=True), Column(speech.t("staff.column_refunded"), numeric=True),
            ],
            share_rows=[
                [share.sub_order_number, share.shop_name, speech.money(share.amount_minor), speech.money(share.refunded_minor)]
                for share in found.payment.shares
            ],
            story=_story(found.payment, speech),
            token=token,
            given={name: request.values.get(name, "")[:80] for name in ("amount", "reference")},
            done=done,
            problem=problem,
            errors=errors or {},
        ),
        status,
    )  # fmt: skip


def _resolutions(found: PaymentForStaff, speech: Speech) -> dict[int, list[tuple[str, str]]]:
    """Return, for everything that needs a person, the ways out that fit its kind."""
    ways: dict[int, list[tuple[str, str]]] = {}
    for attention in found.attentions:
        fitting = [Resolution.REFUND]
        if attention.kind in (AttentionKind.OVER, AttentionKind.DOUBLE) and found.row.counted_minor:
            fitting.append(Resolution.KEPT)
        ways[attention.id] = [(str(way), speech.t(f"staff.resolve_{way}")) for way in fitting]
    return ways


def _story(found: PaymentForStaff, speech: Speech) -> list[Step]:
    return [
        Step(
            title=event_words(event.kind, speech),
            state="done",
            when=speech.moment(event.at),
            note=" · ".join(
                word
                for word in (
                    speech.money(event.amount_minor, found.row.currency) if event.amount_minor is not None else "",
                    speech.t(f"staff.source_{event.source}")
                    if speech.words.has(f"staff.source_{event.source}")
                    else event.source,
                )
                if word
            ),
        )
        for event in found.events
    ]


def event_words(kind: str, speech: Speech) -> str:
    """Return what happened to a payment, in words where we have them."""
    key = f"staff.event_{kind.replace('.', '_')}"
    return speech.t(key) if speech.words.has(key) else kind


@bp.get("/payments/<int:payment_id>/files/<int:file_id>")
@guarded(Permission.STAFF_PAYMENT_VIEW)
def payment_file(payment_id: int, file_id: int) -> ResponseReturnValue:
    """Show a slip a buyer sent; that it was looked at is written down."""
    if max(payment_id, file_id) >= LARGEST_ID:
        abort(404)
    with reading() as session:
        document = find_document(session, owner_kind="payment", owner_id=payment_id, file_id=file_id)
    note_access("file.view", "private_file", file_id)
    content = read_content(document, storage=current_app.extensions["market_documents"])
    return file_response(content, document.media_type, document.file_name)


def payment_url(payment_id: int, done: str) -> str:
    """Return where a payment's page is, saying what was done."""
    return url_for("staff.payment", payment_id=payment_id, done=done)
