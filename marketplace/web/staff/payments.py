"""The finance desk's lists: transfers to check, money that does not fit, money to give back."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.accounts.permissions import Permission
from marketplace.db import reading
from marketplace.orders.models import PaymentMethod
from marketplace.payments.queries import AttentionRow, RefundRow, TransferRow, attention_list, refund_queue, transfer_queue
from marketplace.web import current, sessions
from marketplace.web.guards import guarded
from marketplace.web.speech import Speech
from marketplace.web.staff.blueprint import bp
from marketplace.web.staff.frame import note_access, staff_wing
from marketplace.web.wings import Tab

TABS = ("transfers", "attention", "refunds")


@dataclass(frozen=True, slots=True)
class QueueView:
    """One thing that waits at the desk, in words."""

    title: str
    url: str
    meta: list[str]
    due: str
    due_kind: str
    badge: str
    badge_kind: str
    action: str


def typed_amount(typed: str) -> int | None:
    """Return an amount of rupiah as people type it ("Rp197.321", "197321"); none when it is no amount."""
    digits = typed.strip().removeprefix("Rp").removeprefix("IDR").replace(".", "").replace(",", "").replace(" ", "")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 12 else None


@bp.get("/payments")
@guarded(Permission.STAFF_PAYMENT_VIEW)
def payments() -> ResponseReturnValue:
    """Show one of the three lists; transfers may be searched by their exact amount."""
    speech, asked = current.speech(), request.args.get("tab", "")
    tab = asked if asked in TABS else "transfers"
    typed = request.args.get("amount", "")[:20]
    with reading() as session:
        transfers = transfer_queue(session, now=current.now(), amount_minor=typed_amount(typed) if typed else None)
        attention, refunds = attention_list(session), refund_queue(session)
    note_access("payment.list", "payment", tab)
    counts = {"transfers": len(transfers), "attention": len(attention), "refunds": len(refunds)}
    rows = {
        "transfers": [transfer_view(row, speech) for row in transfers],
        "attention": [attention_view(row, speech) for row in attention],
        "refunds": [refund_view(row, speech) for row in refunds],
    }
    return render_template(
        "pages/staff/payments.html",
        wing=staff_wing(here="payments"),
        tabs=[
            Tab(speech.t(f"staff.tab_{name}"), url_for("staff.payments", tab=name), speech.number(counts[name]), name == tab)
            for name in TABS
        ],
        tab=tab,
        rows=rows[tab],
        amount=typed,
        may_confirm=sessions.acting().may(Permission.STAFF_PAYMENT_CONFIRM),
    )


def transfer_view(row: TransferRow, speech: Speech) -> QueueView:
    """Return one transfer in words: its amount first, for that is what the bank's list says."""
    is_late = row.expires_at is not None and row.expires_at < current.now()
    due = speech.t("pay.deadline", time=speech.deadline(row.expires_at)) if row.expires_at is not None else ""
    return QueueView(
        title=speech.money(row.amount_minor, row.currency),
        url=url_for("staff.payment", payment_id=row.payment_id),
        meta=[row.order_number, row.buyer_name, _way(row, speech)],
        due=due,
        due_kind="late" if is_late else "",
        badge=speech.t("staff.has_proof") if row.proof_at is not None else speech.t("staff.no_proof"),
        badge_kind="kunyit" if row.proof_at is not None else "neutral",
        action=speech.t("staff.check"),
    )


def _way(row: TransferRow, speech: Speech) -> str:
    """Return how the money comes, as the bank's list tells the two apart."""
    bank = row.bank.bank_name if row.bank is not None else ""
    return f"{speech.t('pay.qris')}, {bank}" if row.method is PaymentMethod.QRIS else bank


def attention_view(row: AttentionRow, speech: Speech) -> QueueView:
    """Return one thing that needs a person in words."""
    return QueueView(
        title=f"{speech.t(f'staff.attention_{row.kind}')}: {speech.money(row.amount_minor, row.currency)}",
        url=url_for("staff.payment", payment_id=row.payment_id),
        meta=[row.order_number, row.buyer_name],
        due=speech.t("staff.since", time=speech.deadline(row.raised_at)),
        due_kind="soon",
        badge="",
        badge_kind="neutral",
        action=speech.t("staff.resolve"),
    )


def refund_view(row: RefundRow, speech: Speech) -> QueueView:
    """Return one refund in words."""
    return QueueView(
        title=speech.money(row.amount_minor, row.currency),
        url=url_for("staff.payment", payment_id=row.payment_id, _anchor="refunds"),
        meta=[row.order_number, row.buyer_name, refund_reason(row.reason, speech)],
        due=speech.t("staff.since", time=speech.deadline(row.requested_at)),
        due_kind="",
        badge=speech.t(f"staff.refund_{row.state}"),
        badge_kind="merah" if row.state == "failed" else "neutral",
        action=speech.t("staff.resolve"),
    )


def refund_reason(reason: str, speech: Speech) -> str:
    """Return why money goes back, in words where we have them."""
    for key in (f"order.reason_{reason}", f"staff.attention_{reason}"):
        if speech.words.has(key):
            return speech.t(key)
    return reason
