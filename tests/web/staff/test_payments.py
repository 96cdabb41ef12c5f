"""The finance desk: proofs beside amounts, money confirmed once, what does not fit, money that goes back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from marketplace.accounts.models import AuditEntry
from marketplace.accounts.permissions import Role
from marketplace.aftersales.services import expire_unpaid
from marketplace.orders.models import Order, OrderLifecycle, SubOrder, SubOrderLifecycle
from marketplace.payments.models import AttentionKind, Payment, PaymentAttention, PaymentState, Refund, RefundState
from tests.factories.market import Stall
from tests.factories.people import make_person
from tests.web.buying import buy, hidden
from tests.web.conftest import HandClock, SignIn
from tests.web.storefront.test_order import send_proof, slip

Stalls = tuple[Stall, Stall]


@pytest.fixture
def number(client: FlaskClient, stalls: Stalls) -> str:
    """An order of two shops that awaits its transfer."""
    return buy(client, *stalls)


@pytest.fixture
def payment(session: Session, number: str) -> Payment:
    """Its payment."""
    return session.scalars(select(Payment)).one()


@pytest.fixture
def finance(browse: SignIn, session: Session) -> FlaskClient:
    """Somebody of the finance desk."""
    return browse(make_person(session, name="Pak Dedi", role=Role.FINANCE))


def confirm(finance: FlaskClient, payment: Payment, amount: int) -> TestResponse:
    """Read what an amount would do, then record it."""
    page = finance.get(f"/staff/payments/{payment.id}/confirm?amount={amount}")
    assert page.status_code == 200, page.text
    return finance.post(f"/staff/payments/{payment.id}/confirm", data=hidden(page))


def attention(session: Session) -> PaymentAttention:
    """Return the one thing that needs a person."""
    session.expire_all()
    return session.scalars(select(PaymentAttention).where(PaymentAttention.resolved_at.is_(None))).one()


@pytest.mark.row("P2")
def test_the_queue_shows_the_exact_amount_and_the_proof_beside_it(
    client: FlaskClient, finance: FlaskClient, session: Session, payment: Payment, number: str
) -> None:
    send_proof(client, number, slip())
    queue = finance.get(f"/staff/payments?amount={payment.amount_minor}")
    assert queue.status_code == 200
    assert number in queue.text
    assert number not in finance.get(f"/staff/payments?amount={payment.amount_minor + 1}").text
    page = finance.get(f"/staff/payments/{payment.id}")
    session.refresh(payment)
    file = f"/staff/payments/{payment.id}/files/{payment.proof_file_id}"
    assert f'src="{file}"' in page.text
    shown = finance.get(file)
    assert (shown.status_code, shown.content_type, shown.headers["Cache-Control"]) == (200, "image/jpeg", "no-store")
    seen = set(session.execute(select(AuditEntry.action, AuditEntry.object_id)).all())
    assert {("payment.view", str(payment.id)), ("file.view", str(payment.proof_file_id))} <= seen


@pytest.mark.row("P2")
def test_the_exact_amount_is_confirmed_by_one_click_once(
    client: FlaskClient, finance: FlaskClient, session: Session, payment: Payment, number: str
) -> None:
    form = hidden(finance.get(f"/staff/payments/{payment.id}"))
    assert form["amount"] == str(payment.amount_minor)
    answers = [finance.post(f"/staff/payments/{payment.id}/confirm", data=form).status_code for _ in range(2)]
    assert answers == [303, 303]
    session.expire_all()
    assert (payment.state, payment.received_minor) == (PaymentState.CAPTURED, payment.amount_minor)
    assert session.scalar(select(func.count()).select_from(PaymentAttention)) == 0
    assert set(session.scalars(select(SubOrder.lifecycle))) == {SubOrderLifecycle.NEW}
    assert "Menunggu penjual" in client.get(f"/id/orders/{number}").text
    assert session.scalar(select(func.count()).where(AuditEntry.action == "payment.confirm")) == 1


def test_too_little_waits_and_the_rest_completes_it(finance: FlaskClient, session: Session, payment: Payment) -> None:
    page = finance.get(f"/staff/payments/{payment.id}/confirm?amount={payment.amount_minor - 1000}")
    assert "Masih kurang Rp1.000" in page.text
    assert payment.received_minor == 0  # reading does nothing
    assert confirm(finance, payment, payment.amount_minor - 1000).status_code == 303
    assert attention(session).kind is AttentionKind.SHORT
    assert session.scalars(select(Order.lifecycle)).one() is OrderLifecycle.AWAITING_PAYMENT
    assert f'value="{1000}"' in finance.get(f"/staff/payments/{payment.id}").text
    assert confirm(finance, payment, 1000).status_code == 303
    session.expire_all()
    assert payment.state is PaymentState.CAPTURED


@pytest.mark.parametrize(("way", "refunds"), [("kept", 0), ("refund", 1)])
def test_too_much_is_kept_or_returned(finance: FlaskClient, session: Session, payment: Payment, way: str, refunds: int) -> None:
    confirm(finance, payment, payment.amount_minor + 500)
    row = attention(session)
    assert (row.kind, row.amount_minor) == (AttentionKind.OVER, 500)
    assert "Rp500" in finance.get("/staff/payments?tab=attention").text
    sent = {"payment_id": payment.id, "resolution": way}
    answers = [finance.post(f"/staff/attention/{row.id}", data=sent).status_code for _ in range(2)]
    assert answers == [303, 409]
    assert session.scalar(select(func.count()).select_from(Refund)) == refunds


def test_late_money_is_explained(finance: FlaskClient, session: Session, payment: Payment, clock: HandClock) -> None:
    clock.move(timedelta(hours=25))
    expire_unpaid(session, payment_id=payment.id, now=clock.now())
    session.flush()
    page = finance.get(f"/staff/payments/{payment.id}/confirm?amount={payment.amount_minor}")
    assert "Waktu bayar sudah habis" in page.text
    assert confirm(finance, payment, payment.amount_minor).status_code == 303
    session.expire_all()
    assert payment.state is PaymentState.CAPTURED


@pytest.mark.parametrize("amount", ["", "0", "-5", "seribu", "1e9", "9" * 30, "\0"])
def test_an_amount_that_is_none_gets_a_sentence(finance: FlaskClient, session: Session, payment: Payment, amount: str) -> None:
    read = finance.get(f"/staff/payments/{payment.id}/confirm", query_string={"amount": amount})
    token = hidden(finance.get(f"/staff/payments/{payment.id}"))["token"]
    written = finance.post(f"/staff/payments/{payment.id}/confirm", data={"amount": amount, "token": token})
    assert (read.status_code, written.status_code) == (422, 422)
    assert "Tulis jumlah rupiah dengan angka" in read.text
    session.expire_all()
    assert payment.received_minor == 0


@pytest.mark.parametrize("token", ["x", "a.b.c", "a" * 500])
def test_a_forged_token_confirms_nothing(finance: FlaskClient, session: Session, payment: Payment, token: str) -> None:
    assert finance.post(f"/staff/payments/{payment.id}/confirm", data={"amount": 5, "token": token}).status_code == 422
    session.expire_all()
    assert payment.received_minor == 0


def test_a_token_of_another_payment_confirms_nothing(
    client: FlaskClient, finance: FlaskClient, session: Session, payment: Payment, stalls: Stalls
) -> None:
    buy(client, stalls[0])
    other = session.scalars(select(Payment).where(Payment.id != payment.id)).one()
    form = hidden(finance.get(f"/staff/payments/{other.id}"))
    assert finance.post(f"/staff/payments/{payment.id}/confirm", data=form).status_code == 422


@pytest.mark.row("P4")
def test_cash_is_not_the_offices_to_confirm(client: FlaskClient, finance: FlaskClient, session: Session, stalls: Stalls) -> None:
    buy(client, stalls[0], method="cod")
    payment = session.scalars(select(Payment)).one()
    page = finance.get(f"/staff/payments/{payment.id}")
    assert "/confirm" not in page.text
    assert finance.get(f"/staff/payments/{payment.id}/confirm?amount=5").status_code == 409


@pytest.fixture
def refund(client: FlaskClient, finance: FlaskClient, session: Session, payment: Payment, number: str) -> Refund:
    """Money that must go back: a paid order whose buyer cancelled."""
    confirm(finance, payment, payment.amount_minor)
    client.post(f"/id/orders/{number}/cancel")
    return session.scalars(select(Refund).order_by(Refund.id)).first()  # type: ignore[return-value]


def end(finance: FlaskClient, refund: Refund, **sent: str) -> int:
    """Say what became of a refund."""
    return finance.post(f"/staff/payments/{refund.payment_id}/refunds/{refund.id}", data=sent).status_code


def test_a_refund_is_finished_once_with_the_banks_reference(finance: FlaskClient, session: Session, refund: Refund) -> None:
    assert "Sudah ditransfer kembali" in finance.get(f"/staff/payments/{refund.payment_id}").text
    assert finance.get("/staff/payments?tab=refunds").status_code == 200
    assert end(finance, refund, act="finish", reference="") == 422
    assert end(finance, refund, act="burn", reference="x") == 422
    assert end(finance, refund, act="finish", reference="a" * 81) == 422
    assert [end(finance, refund, act="finish", reference="BCA 0012") for _ in range(2)] == [303, 409]
    session.expire_all()
    assert (refund.state, refund.reference) == (RefundState.SUCCEEDED, "BCA 0012")


def test_a_refund_that_failed_is_asked_for_again(finance: FlaskClient, session: Session, refund: Refund) -> None:
    assert end(finance, refund, act="fail", reference="rekening salah") == 303
    count = session.scalar(select(func.count()).select_from(Refund)) or 0
    assert end(finance, refund, act="retry") == 303
    assert session.scalar(select(func.count()).select_from(Refund)) == count + 1


def addresses(payment: Payment) -> list[tuple[str, str]]:
    """Return every address of the desk with its method."""
    one = f"/staff/payments/{payment.id}"
    return [
        ("GET", "/staff/payments"), ("GET", one), ("GET", f"{one}/files/1"), ("GET", f"{one}/confirm?amount=5"),
        ("POST", f"{one}/confirm"), ("POST", "/staff/attention/1"), ("POST", f"{one}/refunds/1"),
    ]  # fmt: skip


@pytest.mark.row("F6")
@pytest.mark.parametrize("role", [Role.SUPPORT, Role.CURATOR, Role.OWNER])
def test_a_clerk_without_the_right_is_refused_and_nothing_changes(
    browse: SignIn, session: Session, payment: Payment, stalls: Stalls, role: Role
) -> None:
    person = stalls[0].owner if role is Role.OWNER else make_person(session, role=role)
    clerk = browse(person)
    for method, address in addresses(payment):
        assert clerk.open(address, method=method, data={"amount": "5"}).status_code == 403, address
    session.expire_all()
    assert payment.received_minor == 0


def test_a_stranger_signs_in_first(browse: SignIn, payment: Payment) -> None:
    for method, address in addresses(payment):
        assert browse(None).open(address, method=method).headers["Location"].startswith("/account/sign-in")


def test_what_is_not_there_is_not_found(finance: FlaskClient, payment: Payment) -> None:
    for number in (10**6, 2**63, 10**30):
        assert finance.get(f"/staff/payments/{number}").status_code == 404
        assert finance.get(f"/staff/payments/{number}/files/1").status_code == 404
        assert finance.get(f"/staff/payments/{payment.id}/files/{number}").status_code == 404
        assert (
            finance.post(f"/staff/attention/{number}", data={"payment_id": payment.id, "resolution": "refund"}).status_code == 404
        )
        assert finance.post(f"/staff/payments/{payment.id}/refunds/{number}", data={"act": "retry"}).status_code == 404
        assert finance.post(f"/staff/payments/{number}/confirm", data={"amount": 5}).status_code == 404


def test_acts_are_posts_of_our_own_pages(finance: FlaskClient, payment: Payment) -> None:
    assert finance.get("/staff/attention/1").status_code == 405
    assert finance.get(f"/staff/payments/{payment.id}/refunds/1").status_code == 405
    bad = finance.post(f"/staff/payments/{payment.id}/confirm", headers={"Sec-Fetch-Site": "cross-site"})
    assert bad.status_code == 403
