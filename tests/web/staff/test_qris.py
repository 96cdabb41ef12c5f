"""Registering the market's QRIS code, buying by it, and confirming what arrived."""

from __future__ import annotations

import json
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.models import AuditEntry
from marketplace.accounts.permissions import Role
from marketplace.aftersales.services import expire_unpaid
from marketplace.checkout.terms import QRIS_HOLD
from marketplace.orders.models import Order, OrderLifecycle, PaymentMethod
from marketplace.payments.models import BankAccount, Payment, PaymentState, QrisCode
from marketplace.payments.qris import read_merchant
from marketplace.payments.queries import payment_of_order
from tests.factories.market import Stall
from tests.factories.people import make_person
from tests.web.buying import buy, fill_in, hidden, pay, put_in_cart
from tests.web.conftest import HandClock, SignIn
from tests.web.storefront.test_order import send_proof, slip

Stalls = tuple[Stall, Stall]
VECTORS = json.loads((Path(__file__).parents[2] / "data" / "qris_test_vectors.json").read_text())["vectors"]
STATIC = VECTORS[0]["payload"]


@pytest.fixture
def finance(browse: SignIn, session: Session) -> FlaskClient:
    """Somebody of the finance desk."""
    return browse(make_person(session, name="Pak Dedi", role=Role.FINANCE))


def bank_id(session: Session) -> int:
    """Return the account in use."""
    return session.scalars(select(BankAccount.id).where(BankAccount.is_active)).one()


def register(finance: FlaskClient, session: Session, payload: str = STATIC) -> str:
    """Register a code; return where its name is read back."""
    answer = finance.post("/staff/settings/qris", data={"payload": payload, "bank_account_id": bank_id(session)})
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def use(finance: FlaskClient, session: Session) -> int:
    """Register a code and make it active; return its id."""
    where = register(finance, session)
    assert finance.post(where, data={"act": "activate"}).status_code == 303
    return int(where.rsplit("/", 1)[-1])


@pytest.mark.row("P3")
def test_a_pasted_code_is_read_back_before_any_buyer_sees_it(
    client: FlaskClient, finance: FlaskClient, session: Session, stalls: Stalls
) -> None:
    where = register(finance, session)
    page = finance.get(where)
    assert "PASAR LEBAK DEMO" in page.text
    assert "ID1020000000001" in page.text
    put_in_cart(client, stalls[0])
    fill_in(client, stalls[0])
    assert 'value="qris"' not in client.get("/id/checkout/pay").text
    assert finance.post(where, data={"act": "activate"}).status_code == 303
    assert finance.post(where, data={"act": "activate"}).status_code == 303  # sent twice acts once
    assert 'value="qris"' in client.get("/id/checkout/pay").text
    acts = session.scalars(select(AuditEntry.action).where(AuditEntry.object_kind == "qris_code").order_by(AuditEntry.id)).all()
    assert acts == ["qris.register", "qris.activate"]


@pytest.mark.row("P3")
@pytest.mark.parametrize("vector", VECTORS[1:], ids=[vector["name"] for vector in VECTORS[1:]])
def test_what_is_no_static_code_is_refused_and_stays_typed(
    finance: FlaskClient, session: Session, stalls: Stalls, vector: dict[str, str]
) -> None:
    del stalls
    answer = finance.post("/staff/settings/qris", data={"payload": vector["payload"], "bank_account_id": bank_id(session)})
    assert answer.status_code == 422
    assert vector["payload"] in answer.text
    assert session.scalar(select(QrisCode.id)) is None


@pytest.mark.row("P3")
def test_a_new_code_takes_the_place_of_the_old_and_an_ended_one_never_comes_back(
    finance: FlaskClient, session: Session, stalls: Stalls
) -> None:
    del stalls
    first = use(finance, session)
    second = use(finance, session)
    states = {row.id: row.is_active for row in session.execute(select(QrisCode.id, QrisCode.is_active))}
    assert states == {first: False, second: True}
    assert finance.post(f"/staff/settings/qris/{first}", data={"act": "activate"}).status_code == 409
    assert finance.post(f"/staff/settings/qris/{second}", data={"act": "retire"}).status_code == 303
    assert session.scalar(select(QrisCode.id).where(QrisCode.is_active)) is None


@pytest.mark.row("P3")
def test_who_may_not_change_bank_data_cannot_register_a_code(browse: SignIn, session: Session, stalls: Stalls) -> None:
    del stalls
    clerk = browse(make_person(session, name="Bu Tuti", role=Role.SUPPORT))
    answer = clerk.post("/staff/settings/qris", data={"payload": STATIC, "bank_account_id": bank_id(session)})
    assert answer.status_code == 403
    assert session.scalar(select(QrisCode.id)) is None


@pytest.mark.row("P3")
def test_an_order_by_qris_shows_its_amount_inside_the_code_and_is_settled_by_the_desk(
    client: FlaskClient, finance: FlaskClient, session: Session, stalls: Stalls, clock: HandClock
) -> None:
    use(finance, session)
    number = buy(client, stalls[0], method="qris")
    payment = session.scalars(select(Payment)).one()
    assert (payment.method, payment.amount_minor, payment.unique_code_minor) == (PaymentMethod.QRIS, 25_000, 0)
    assert payment.expires_at == clock.now() + QRIS_HOLD
    order = session.scalars(select(Order)).one()
    view = payment_of_order(session, order.id)
    assert view is not None
    assert view.qris is not None
    inside = read_merchant(view.qris.payload)
    assert (inside.amount_minor, inside.reference, inside.is_dynamic) == (25_000, number, True)
    page = client.get(f"/id/orders/{number}")
    assert "<svg" in page.text
    assert f"kepada PASAR LEBAK DEMO, pesanan {number}" in page.text
    picture = client.get(f"/id/orders/{number}/qris.png")
    assert (picture.status_code, picture.content_type, picture.headers["Cache-Control"]) == (200, "image/png", "no-store")
    assert Image.open(BytesIO(picture.data)).format == "PNG"
    send_proof(client, number, slip())
    queue = finance.get("/staff/payments").text
    assert number in queue
    assert "QRIS, Bank Contoh" in queue
    desk = finance.get(f"/staff/payments/{payment.id}")
    assert "QRIS" in desk.text
    for _ in range(2):  # the same form twice settles once
        assert finance.post(f"/staff/payments/{payment.id}/confirm", data=hidden(desk)).status_code == 303
    session.refresh(payment)
    session.refresh(order)
    assert (payment.state, payment.received_minor, order.lifecycle) == (PaymentState.CAPTURED, 25_000, OrderLifecycle.PLACED)
    assert client.get(f"/id/orders/{number}/qris.png").status_code == 404


@pytest.mark.row("P3")
def test_what_came_short_is_asked_for_again_by_a_code_over_the_rest(
    client: FlaskClient, finance: FlaskClient, session: Session, stalls: Stalls
) -> None:
    use(finance, session)
    buy(client, stalls[0], method="qris")
    payment = session.scalars(select(Payment)).one()
    preview = finance.get(f"/staff/payments/{payment.id}/confirm?amount=20000")
    assert finance.post(f"/staff/payments/{payment.id}/confirm", data=hidden(preview)).status_code == 303
    view = payment_of_order(session, payment.order_id)
    assert view is not None
    assert view.qris is not None
    assert read_merchant(view.qris.payload).amount_minor == 5_000


@pytest.mark.row("P3")
def test_a_code_not_paid_in_time_frees_the_goods_and_late_money_still_counts(
    client: FlaskClient, finance: FlaskClient, session: Session, stalls: Stalls, clock: HandClock
) -> None:
    use(finance, session)
    number = buy(client, stalls[0], method="qris")
    payment = session.scalars(select(Payment)).one()
    clock.move(QRIS_HOLD + timedelta(minutes=1))
    expire_unpaid(session, payment_id=payment.id, now=clock.now())
    session.refresh(payment)
    assert payment.state is PaymentState.EXPIRED
    assert "<figure" not in client.get(f"/id/orders/{number}").text
    preview = finance.get(f"/staff/payments/{payment.id}/confirm?amount=25000")
    assert finance.post(f"/staff/payments/{payment.id}/confirm", data=hidden(preview)).status_code == 303
    session.expire_all()
    assert session.scalars(select(Order.lifecycle)).one() is OrderLifecycle.PLACED


@pytest.mark.row("P3")
def test_above_the_limit_the_code_is_not_offered_and_a_sentence_says_why(
    client: FlaskClient, finance: FlaskClient, session: Session, stalls: Stalls
) -> None:
    use(finance, session)
    stalls[0].variant.price_minor = 10_000_001
    session.flush()
    put_in_cart(client, stalls[0])
    fill_in(client, stalls[0])
    page = client.get("/id/checkout/pay")
    assert "Sekali bayar QRIS paling banyak Rp10.000.000" in page.text.replace("\xa0", "")
    refused = pay(client, "qris")
    assert refused.status_code in (409, 422)
    assert session.scalar(select(Order.id)) is None


@pytest.mark.row("F12")
def test_accounts_are_added_put_first_and_retired_and_open_payments_stay_on_theirs(
    client: FlaskClient, finance: FlaskClient, session: Session, stalls: Stalls
) -> None:
    old = bank_id(session)
    buy(client, stalls[0])
    added = {"bank_name": "Bank Baru", "number": "12 34-5678", "holder": "Koperasi"}
    assert finance.post("/staff/settings/accounts", data=added).status_code == 303
    assert finance.post("/staff/settings/accounts", data=added).status_code == 422  # on the list already
    wrong = finance.post("/staff/settings/accounts", data=added | {"number": "abc", "holder": "Bu Ani"})
    assert wrong.status_code == 422
    assert 'value="Bu Ani"' in wrong.text
    new = session.scalars(select(BankAccount).where(BankAccount.bank_name == "Bank Baru")).one()
    assert new.number == "12345678"
    assert finance.post(f"/staff/settings/accounts/{new.id}", data={"act": "current"}).status_code == 303
    assert finance.post(f"/staff/settings/accounts/{old}", data={"act": "retire"}).status_code == 303
    buy(client, stalls[1])
    accounts = session.scalars(select(Payment.bank_account_id).order_by(Payment.id)).all()
    assert accounts == [old, new.id]


@pytest.mark.row("F12")
def test_the_account_of_the_active_code_cannot_be_retired(finance: FlaskClient, session: Session, stalls: Stalls) -> None:
    del stalls
    use(finance, session)
    answer = finance.post(f"/staff/settings/accounts/{bank_id(session)}", data={"act": "retire"})
    assert answer.status_code == 409
    assert session.scalars(select(BankAccount.is_active)).one()
