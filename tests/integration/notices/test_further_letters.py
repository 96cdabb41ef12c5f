"""Letters beside the steps of an order: each said once, in the buyer's language, and none that another letter says."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.notices.handlers import Office
from marketplace.payments.models import AttentionKind, PaymentAttention, Refund, RefundSource
from marketplace.payments.services import finish_refund, request_refund, settle
from tests.conftest import NOW
from tests.factories.payments import Placed, make_order
from tests.integration.notices.test_office import desk as desk
from tests.integration.notices.test_office import happen, notices


def arrive(session: Session, placed: Placed, amount: int, name: str) -> None:
    """Let this much money come."""
    settle(session, payment_id=placed.payment.id, received_minor=amount, currency=placed.payment.currency, source="staff",
           source_id=name, actor_id=None, now=NOW)  # fmt: skip
    session.flush()


@pytest.mark.row("A4")
@pytest.mark.parametrize("language", ["id", "en", "ko"])
def test_what_is_missing_is_said_once(session: Session, desk: Office, language: str) -> None:
    placed = make_order(session)
    placed.order.language, placed.order.buyer_email = language, "sari@contoh.id"
    arrive(session, placed, placed.payment.amount_minor - 1_500, "short")
    attention = session.scalars(select(PaymentAttention)).one()
    assert attention.kind is AttentionKind.SHORT
    happen(session, "payment.attention", {"attention_id": attention.id}, times=2)
    mail, whatsapp = notices(session, "payment.attention")
    assert all("1.500" in each.text or "1,500" in each.text for each in (mail, whatsapp))
    assert (mail.language, len(whatsapp.text) <= 300) == (language, True)


@pytest.mark.row("A4")
def test_nothing_is_missing_once_the_rest_came(session: Session, desk: Office) -> None:
    placed = make_order(session)
    arrive(session, placed, 1_000, "first")
    attention = session.scalars(select(PaymentAttention)).one()
    arrive(session, placed, placed.payment.amount_minor - 1_000, "rest")
    session.expire_all()
    happen(session, "payment.attention", {"attention_id": attention.id})
    assert notices(session, "payment.attention") == []


@pytest.mark.row("A4")
@pytest.mark.parametrize("language", ["id", "en", "ko"])
@pytest.mark.parametrize("is_success", [True, False])
def test_a_refund_is_announced_and_its_end_is_told(session: Session, desk: Office, language: str, is_success: bool) -> None:
    placed = make_order(session)
    placed.order.language = language
    arrive(session, placed, placed.payment.amount_minor + 2_500, "over")
    request_refund(session, payment_id=placed.payment.id, sub_order_id=None, amount_minor=2_500, reason="over", actor_id=None,
                   now=NOW, source=RefundSource.SUSPENSE)  # fmt: skip
    refund = session.scalars(select(Refund)).one()
    happen(session, "refund.requested", {"refund_id": refund.id}, times=2)
    assert len(notices(session, "refund.requested")) == 1
    finish_refund(session, refund_id=refund.id, is_success=is_success, reference="x", actor_id=None, now=NOW)
    kind = "refund.succeeded" if is_success else "refund.failed"
    happen(session, kind, {"refund_id": refund.id}, times=2)
    (told,) = notices(session, kind)
    assert "2.500" in told.text or "2,500" in told.text


@pytest.mark.row("P2")
def test_a_proof_is_acknowledged(session: Session, desk: Office) -> None:
    placed = make_order(session)
    happen(session, "payment.proof_received", {"payment_id": placed.payment.id}, times=3)
    (told,) = notices(session, "payment.proof_received")
    assert placed.order.number in told.text
