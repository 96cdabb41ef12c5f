"""The office's front page: what waits for a person."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from marketplace.accounts.permissions import Permission
from marketplace.db import reading
from marketplace.orders.models import OrderLifecycle
from marketplace.orders.queries import staff_orders
from marketplace.outbox.queries import dead_rows
from marketplace.payments.queries import attention_list, refund_queue, transfer_queue
from marketplace.reviews.desk import count_waiting
from marketplace.web import current, sessions
from marketplace.web.guards import guarded
from marketplace.web.staff.blueprint import bp
from marketplace.web.staff.desk_queue import kinds_for_viewer, read_queue
from marketplace.web.staff.frame import staff_wing


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits, how much of it, and where it is done."""

    label: str
    count: int
    url: str


@bp.get("/")
@guarded(Permission.STAFF_HOME_VIEW)
def home() -> ResponseReturnValue:
    """Show what waits, as far as this person may see it."""
    with reading() as session:
        waiting = _waiting(session)
    return render_template("pages/staff/home.html", wing=staff_wing(here="home"), waiting=waiting, person=sessions.acting().name)


def _waiting(session: Session) -> list[Waiting]:
    speech, viewer, found = current.speech(), sessions.acting(), []
    queue = read_queue(session)
    found += [
        Waiting(
            speech.t(f"staff.waiting_desk_{kind}"), sum(item.kind is kind for item in queue), url_for("staff.desk", kind=kind)
        )
        for kind in kinds_for_viewer()
    ]
    if viewer.may(Permission.STAFF_PAYMENT_VIEW):
        transfers = transfer_queue(session, now=current.now())
        proven = sum(row.proof_at is not None for row in transfers)
        attention, refunds = len(attention_list(session)), len(refund_queue(session))
        payments = url_for("staff.payments")
        found += [
            Waiting(speech.t("staff.waiting_proofs"), proven, payments),
            Waiting(speech.t("staff.waiting_transfers"), len(transfers) - proven, payments),
            Waiting(speech.t("staff.waiting_attention"), attention, url_for("staff.payments", tab="attention")),
            Waiting(speech.t("staff.waiting_refunds"), refunds, url_for("staff.payments", tab="refunds")),
        ]
    if viewer.may(Permission.STAFF_ORDER_VIEW):
        unpaid = staff_orders(session, lifecycle=OrderLifecycle.AWAITING_PAYMENT, size=1).total
        url = url_for("staff.orders", lifecycle=str(OrderLifecycle.AWAITING_PAYMENT))
        found.append(Waiting(speech.t("staff.waiting_unpaid"), unpaid, url))
    if viewer.may(Permission.STAFF_REVIEW_MODERATE):
        found.append(Waiting(speech.t("staff.waiting_reviews"), count_waiting(session), url_for("staff.reviews")))
    if viewer.may(Permission.STAFF_JOBS_VIEW):
        found.append(Waiting(speech.t("staff.waiting_jobs"), len(dead_rows(session)), url_for("staff.jobs")))
    return found
