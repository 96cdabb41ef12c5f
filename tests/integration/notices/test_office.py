"""From what happened to who is told: once each, the right people, and never lost with the mail server."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.adapters.mail import SmtpMailer
from marketplace.db import Document, in_unit, reading
from marketplace.fulfilment.models import Parcel
from marketplace.notices.handlers import SEND, Office
from marketplace.notices.models import Channel, Notice
from marketplace.notices.queries import mailbox, message, order_facts
from marketplace.orders.models import OrderLine, PaymentMethod
from marketplace.outbox.emitting import emit
from marketplace.outbox.handlers import HANDLERS, Handlers
from marketplace.outbox.models import OutboxRow, OutboxState
from marketplace.outbox.work import RETRY_AFTER, Worker
from marketplace.payments.models import PaymentShare
from marketplace.sellers.models import ShopMember
from marketplace.web.links import PublicLinks
from tests.conftest import NOW, FreshDatabases, app_on
from tests.counting import statements_of
from tests.factories.goods import make_product, make_variant
from tests.factories.payments import Placed, make_order
from tests.factories.people import make_person
from tests.factories.shops import make_shop
from tests.fakes.clocks import HandClock
from tests.fakes.smtp import Inbox, serving

ROOT = Path(__file__).resolve().parents[3]
ORIGIN = "https://pasar.contoh.id"


def office(inbox: Inbox, clock: HandClock) -> Office:
    """Return an office that sends through this server."""
    return Office(PublicLinks(ORIGIN, "k" * 40), SmtpMailer(inbox.url, "a@contoh.id"), clock, "Pasar Lebak", "pasar.contoh.id")


@pytest.fixture
def desk(session: Session) -> Iterator[Office]:
    """An office whose handlers alone stand in the market's table."""
    kept = HANDLERS.__dict__.copy()
    HANDLERS.__dict__.update(Handlers().__dict__)
    found = office(Inbox(), HandClock(NOW))
    HANDLERS.register(found.handlers())
    try:
        yield found
    finally:
        HANDLERS.__dict__.update(kept)


def seller_of(session: Session, shop_id: Any, *, email: str | None = None, language: str = "id") -> Person:
    """Return somebody who works in this shop."""
    person = make_person(session)
    person.email, person.language = email, language
    session.add(ShopMember(shop_id=shop_id, person_id=person.id, joined_at=NOW))
    session.flush()
    return person


def order_of_two(session: Session, *, method: PaymentMethod = PaymentMethod.TRANSFER) -> tuple[Placed, list[Person]]:
    """Return an order from two shops, and who sells in each."""
    variants = [make_variant(session, product=make_product(session, shop=make_shop(session))) for _ in range(2)]
    placed = make_order(session, parts=[[(variant, 1)] for variant in variants], method=method)
    placed.order.buyer_email = "sari@contoh.id"
    session.flush()
    return placed, [seller_of(session, part.shop_id) for part in placed.parts]


def happen(session: Session, kind: str, payload: Document, times: int = 1) -> None:
    """Let something happen and everybody who reacts in a unit react."""
    for _ in range(times):
        for handler in HANDLERS.for_kind(kind):
            assert handler.in_unit is not None
            handler.in_unit(session, payload, NOW)
            session.flush()


def notices(session: Session, kind: str | None = None) -> list[Notice]:
    """Return what was written, oldest first."""
    query = select(Notice).order_by(Notice.id)
    return list(session.scalars(query if kind is None else query.where(Notice.kind == kind)))


def settled(placed: Placed, n: int = 0) -> Document:
    """Return the payload of a settled payment."""
    return {"order_id": placed.order.id, "payment_id": placed.payments[n].id}


def count_money(placed: Placed) -> None:
    """Let the payment have arrived in time."""
    for payment in placed.payments:
        payment.received_minor = payment.counted_minor = payment.amount_minor


@pytest.mark.promise("R10")
@pytest.mark.row("A4")
def test_each_is_told_once(session: Session, desk: Office) -> None:
    """The buyer by mail and WhatsApp; replays of the event add nothing; each mail waits once to be sent."""
    placed, _ = order_of_two(session)
    happen(session, "order.placed", {"order_id": placed.order.id}, times=3)
    mail, whatsapp = notices(session)
    assert (mail.channel, mail.to, whatsapp.channel, whatsapp.to) == (
        Channel.MAIL, "sari@contoh.id", Channel.WHATSAPP, placed.order.buyer_phone,
    )  # fmt: skip
    assert len({mail.message_id, whatsapp.message_id}) == 2
    assert mail.message_id.endswith("@pasar.contoh.id>")
    rows = session.execute(select(OutboxRow.handler, OutboxRow.payload).where(OutboxRow.kind == SEND)).all()
    assert [tuple(row) for row in rows] == [("notices.send", {"notice_id": mail.id})]


def test_a_buyer_without_address_gets_no_mail(session: Session, desk: Office) -> None:
    """WhatsApp alone."""
    placed = make_order(session)
    happen(session, "order.placed", {"order_id": placed.order.id})
    assert [row.channel for row in notices(session)] == [Channel.WHATSAPP]


@pytest.mark.promise("N3")
def test_links_lead_to_the_configured_origin(session: Session, desk: Office) -> None:
    """Signed, in the buyer's language, in every form of the message."""
    placed, _ = order_of_two(session)
    placed.order.language = "ko"
    session.flush()
    happen(session, "order.placed", {"order_id": placed.order.id})
    link = PublicLinks(ORIGIN, "k" * 40).order(placed.order.number, placed.order.link_secret, "ko")
    assert link.startswith(f"{ORIGIN}/ko/orders/{placed.order.number}?t=")
    mail, whatsapp = notices(session)
    assert link in mail.text
    assert link in mail.html
    assert whatsapp.text.endswith(link)


@pytest.mark.row("P2")
def test_a_payment_tells_the_sellers_it_pays(session: Session, desk: Office) -> None:
    """It covers the first part only: the second seller hears nothing, and the buyer reads of what was paid."""
    placed, (first, second) = order_of_two(session)
    count_money(placed)
    session.delete(session.get_one(PaymentShare, (placed.payment.id, placed.parts[1].id)))
    session.flush()
    happen(session, "payment.settled", settled(placed), times=2)
    assert [row.to for row in notices(session, "seller.new_order")] == [first.phone]
    assert second.phone not in [row.to for row in notices(session)]
    mail = notices(session, "payment.settled")[0]
    assert placed.parts[0].number.removesuffix("-1") in mail.subject


@pytest.mark.promise("R5")
def test_money_that_came_too_late_sets_nothing_going(session: Session, desk: Office) -> None:
    """No seller is told of an order; the buyer is told that the money goes back."""
    placed, _ = order_of_two(session)
    placed.payment.received_minor = placed.payment.amount_minor
    session.flush()
    happen(session, "payment.settled", settled(placed))
    assert notices(session, "seller.new_order") == []
    mail, whatsapp = notices(session, "payment.settled")
    assert "terlambat" in mail.subject
    assert "kembalikan" in whatsapp.text


@pytest.mark.row("P1")
def test_cash_tells_its_sellers_at_once_and_nobody_at_the_door(session: Session, desk: Office) -> None:
    """The order itself is the news; the cash that ends it is none."""
    placed, sellers = order_of_two(session, method=PaymentMethod.COD)
    happen(session, "order.placed", {"order_id": placed.order.id})
    assert [row.to for row in notices(session, "seller.new_order")] == [person.phone for person in sellers]
    before = len(notices(session))
    count_money(placed)
    session.flush()
    for n in range(len(placed.payments)):
        happen(session, "payment.settled", settled(placed, n))
    assert len(notices(session)) == before


def test_everybody_who_works_in_a_shop_is_told(session: Session, desk: Office) -> None:
    """In their own language, by each way they can be reached; who left or is not active is not."""
    placed, (first, _) = order_of_two(session)
    count_money(placed)
    shop = placed.parts[0].shop_id
    english = seller_of(session, shop, email="rani@contoh.id", language="ko")
    gone, inactive = seller_of(session, shop), seller_of(session, shop)
    session.get_one(ShopMember, (shop, gone.id)).left_at = NOW
    inactive.is_active = False
    session.flush()
    happen(session, "payment.settled", settled(placed))
    told = [(row.to, row.language) for row in notices(session, "seller.new_order") if row.order_number == placed.parts[0].number]
    assert told == [(first.phone, "id"), ("rani@contoh.id", "en"), (english.phone, "en")]


def test_a_second_parcel_is_further_news(session: Session, desk: Office) -> None:
    """Each parcel's number is told; the same parcel only once."""
    placed, _ = order_of_two(session)
    part = placed.parts[0]
    for number in ("JP1", "JP2"):
        session.add(Parcel(sub_order_id=part.id, tracking_number=number, handed_over_at=NOW))
        session.flush()
        happen(session, "sub_order.handed_over", {"sub_order_id": part.id}, times=2)
    mails = [row.text for row in notices(session, "sub_order.handed_over") if row.channel is Channel.MAIL]
    assert ["JP1" in text for text in mails] == [True, False]
    assert ["JP2" in text for text in mails] == [False, True]


def test_a_further_cancellation_is_further_news(session: Session, desk: Office) -> None:
    """Two lines of a part cancelled one after another are two messages."""
    placed, _ = order_of_two(session)
    part = placed.parts[0]
    line = session.scalars(select(OrderLine).where(OrderLine.sub_order_id == part.id)).one()
    line.quantity = 2
    for gone in (1, 2):
        line.cancelled = gone
        session.flush()
        happen(session, "sub_order.cancelled", {"sub_order_id": part.id}, times=2)
    assert len(notices(session, "sub_order.cancelled")) == 4


@pytest.mark.parametrize(
    "kind", ["sub_order.accepted", "sub_order.delivered", "sub_order.rejected", "order.expired", "sub_order.accept_reminder"]
)
def test_every_kind_is_written_and_kept(session: Session, desk: Office, kind: str) -> None:
    """Within the columns of the table, on both databases, even with the longest names."""
    placed, _ = order_of_two(session)
    placed.order.buyer_name = "W" * 80
    placed.parts[0].shop_name = "M" * 80
    session.flush()
    happen(session, kind, {"order_id": placed.order.id} if kind.startswith("order") else {"sub_order_id": placed.parts[0].id})
    assert notices(session)


def test_facts_cost_four_statements(session: Session, desk: Office) -> None:
    """However many parts and lines."""
    placed, _ = order_of_two(session)
    session.expire_all()
    order_id = placed.order.id
    with statements_of(session) as sent:
        facts = order_facts(session, order_id)
    assert len(sent) == 4
    assert len(facts.parts) == 2


def test_the_mailbox_is_read_in_pages(session: Session, now: datetime) -> None:
    """Newest first, bounded, by key; one message whole, a missing one not at all."""
    for n in range(130):
        session.add(Notice(key=f"k{n}", channel=Channel.MAIL, kind="x", language="id", to="a@x.id", subject=f"s{n}", text="t",
                           message_id="<m>", made_at=now))  # fmt: skip
    session.flush()
    first = mailbox(session)
    assert [row.subject for row in first] == [f"s{n}" for n in range(129, 79, -1)]
    second = mailbox(session, before=first[-1].id)
    assert second[0].subject == "s79"
    assert len(mailbox(session, limit=1_000)) == 100
    found = message(session, first[0].id)
    assert found is not None
    assert (found.subject, found.sent_at) == ("s129", None)
    assert message(session, 10**9) is None


@pytest.fixture
def market(databases: FreshDatabases) -> Iterator[Flask]:
    """An application on a database of its own, for mail that really goes."""
    kept = HANDLERS.__dict__.copy()
    with app_on(databases.make("mail"), databases.folder) as app:
        HANDLERS.__dict__.update(Handlers().__dict__)
        yield app
        HANDLERS.__dict__.update(kept)


def add_mail(session: Session, n: int) -> None:
    """Write one mail and the row that sends it."""
    notice = Notice(key=f"k{n}", channel=Channel.MAIL, kind="x", language="id", to="sari@contoh.id", subject=f"s{n}", text="t",
                    html="<p>t</p>", message_id=f"<m{n}@pasar.contoh.id>", made_at=NOW)  # fmt: skip
    session.add(notice)
    session.flush()
    emit(session, SEND, {"notice_id": notice.id}, now=NOW)


def states(session: Session) -> list[OutboxState]:
    """Return how the outbox stands."""
    return list(session.scalars(select(OutboxRow.state).order_by(OutboxRow.id)))


@pytest.mark.promise("R9", "R10")
def test_mail_waits_for_its_server_and_drains(market: Flask) -> None:
    """Down for a while: nothing is lost; up again: everything goes, each letter once, and replays send nothing."""
    clock, inbox = HandClock(NOW), Inbox()
    with serving(inbox):
        pass
    HANDLERS.register(office(inbox, clock).handlers())
    failures: list[dict[str, Any]] = []

    def report(event: str, facts: dict[str, Any]) -> None:
        if "failed" in event:
            failures.append(facts)

    worker = Worker(HANDLERS, in_unit, clock, report, "one")
    with market.app_context():
        for n in range(5):
            in_unit(lambda session, n=n: add_mail(session, n))  # type: ignore[misc]
        for wait in RETRY_AFTER[:4]:
            assert worker.perform_waiting() == 5
            clock.move(wait)
        assert len(failures) == 20
        with serving(inbox):
            worker.perform_waiting()
            assert [str(letter["Subject"]) for letter in inbox.messages] == [f"s{n}" for n in range(5)]
            with reading() as session:
                assert set(states(session)) == {OutboxState.DONE}
                assert session.scalars(select(Notice.sent_at)).all() == [clock.now()] * 5
            for handler in HANDLERS.for_kind(SEND):
                assert handler.effect is not None
                handler.effect({"notice_id": 1})
        assert len(inbox.messages) == 5


PROGRAM = """
import sys
from datetime import timedelta
from pathlib import Path
from marketplace.db import in_unit
from marketplace.kernel.clock import SystemClock
from marketplace.outbox.handlers import HANDLERS
from marketplace.outbox.work import Worker
from tests.conftest import app_on
url, folder, point, smtp, minutes = sys.argv[1:]
with app_on(url, Path(folder), FAULT_POINT=point, SMTP_URL=smtp) as app, app.app_context():
    clock = SystemClock(timedelta(minutes=int(minutes)))
    print(Worker(HANDLERS, in_unit, clock, lambda *_: None, "w" + minutes).perform_waiting())
"""


@pytest.mark.promise("R10")
@pytest.mark.parametrize(("point", "copies"), [("after_send", 2), ("before_ack", 1)])
def test_a_crash_after_sending_repeats_at_most_once(market: Flask, databases: FreshDatabases, point: str, copies: int) -> None:
    """Killed between server and mark: sent once more under the same Message-ID; killed after the mark: not again."""
    with serving(Inbox()) as inbox:
        HANDLERS.register(office(inbox, HandClock(NOW)).handlers())
        with market.app_context():
            in_unit(lambda session: add_mail(session, 1))
        url = market.config["SQLALCHEMY_DATABASE_URI"]
        ended = []
        for armed, minutes in ((point, "0"), ("", "5"), ("", "15")):
            run = [sys.executable, "-c", PROGRAM, url, str(databases.folder), armed, inbox.url, minutes]
            ended.append(subprocess.run(run, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False))
    assert [process.returncode for process in ended] == [-signal.SIGKILL, 0, 0], ended[1].stderr
    assert [process.stdout.strip() for process in ended[1:]] == ["1", "0"]
    assert [str(letter["Message-ID"]) for letter in inbox.messages] == ["<m1@pasar.contoh.id>"] * copies
    with market.app_context(), reading() as session:
        assert states(session) == [OutboxState.DONE]


def test_times_are_told_in_the_market_zone(session: Session, desk: Office) -> None:
    """A deadline at 17:30 UTC is half past midnight of the next day in Lebak, and says so."""
    placed, _ = order_of_two(session)
    placed.payment.expires_at = NOW.replace(hour=17, minute=30) + timedelta(days=1)
    session.flush()
    happen(session, "order.placed", {"order_id": placed.order.id})
    assert "26 Nov 2026" in notices(session)[0].text
    assert "00.30 WIB" in notices(session)[0].text
