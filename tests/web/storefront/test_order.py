"""An order's page and what its buyer does there."""

from __future__ import annotations

import os
from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from marketplace.aftersales.services import expire_unpaid
from marketplace.files.models import PrivateFile
from marketplace.fulfilment.services import hand_over
from marketplace.orders.models import Order, OrderLifecycle, OrderLine, SubOrder, SubOrderLifecycle
from marketplace.orders.services import accept_sub_order
from marketplace.payments.models import Payment, PaymentState, Refund
from marketplace.payments.services import settle
from marketplace.reviews.models import Review, ReviewPhoto, ReviewState
from tests.conftest import NOW
from tests.factories.market import Stall
from tests.web.buying import buy
from tests.web.conftest import HandClock, SignIn

Stalls = tuple[Stall, Stall]


def slip(kind: str = "PNG") -> bytes:
    """Return a small picture of a transfer slip."""
    out = BytesIO()
    Image.new("RGB", (40, 60), "white").save(out, kind)
    return out.getvalue()


def send_proof(client: FlaskClient, number: str, content: bytes, name: str = "bukti.png") -> TestResponse:
    """Send a file as proof. The body is built here: the client's own way leaves a temporary file open."""
    head = f'--cut\r\nContent-Disposition: form-data; name="proof"; filename="{name}"\r\n\r\n'
    body = head.encode() + content + b"\r\n--cut--\r\n"
    return client.post(f"/id/orders/{number}/proof", data=body, content_type="multipart/form-data; boundary=cut")


def pay_for(session: Session, number: str) -> Payment:
    """Let the exact amount arrive."""
    payment = session.scalars(select(Payment).join(Order, Order.id == Payment.order_id).where(Order.number == number)).one()
    settle(
        session, payment_id=payment.id, received_minor=payment.amount_minor, currency=payment.currency, source="statement",
        source_id=f"line-{number}", actor_id=None, now=NOW,
    )  # fmt: skip
    session.flush()
    return payment


def send_off(session: Session, number: str, stall: Stall) -> SubOrder:
    """Let a seller accept their part and hand it over."""
    part = session.scalars(select(SubOrder).where(SubOrder.number.startswith(number), SubOrder.shop_id == stall.shop.id)).one()
    accept_sub_order(session, shop_id=stall.shop.id, number=part.number, promised_on=NOW.date(), actor_id=stall.owner.id, now=NOW)
    session.flush()
    hand_over(session, shop_id=stall.shop.id, number=part.number, tracking_number="", actor_id=stall.owner.id, now=NOW)
    session.flush()
    return part


@pytest.mark.row("P2")
@pytest.mark.parametrize("language", ["id", "en", "ko"])
def test_a_transfer_says_how_much_where_and_until_when(
    client: FlaskClient, session: Session, stalls: Stalls, language: str
) -> None:
    number = buy(client, *stalls)
    amount = session.scalars(select(Payment.amount_minor)).one()
    page = client.get(f"/{language}/orders/{number}")
    assert page.status_code == 200
    assert f'data-copy="{amount}"' in page.text
    assert 'data-copy="0001"' in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert "noindex" in page.text
    assert all(stall.shop.name in page.text for stall in stalls)


@pytest.mark.row("O6")
def test_the_timeline_tells_what_happened_and_what_comes(client: FlaskClient, session: Session, stalls: Stalls) -> None:
    number = buy(client, stalls[0])
    before = client.get(f"/id/orders/{number}").text
    assert before.index("Pesanan dibuat") < before.index("Menunggu pembayaran") < before.index("Sudah diambil")
    pay_for(session, number)
    after = client.get(f"/id/orders/{number}").text
    assert "Menunggu penjual" in after
    assert "menjawab paling lambat" in after


def test_a_stranger_is_led_to_the_look_up(client: FlaskClient, browse: SignIn, stalls: Stalls) -> None:
    number = buy(client, stalls[0])
    stranger = browse(None)
    for address in ("", "/cancel", "/review/1", "/files/1"):
        answer = stranger.get(f"/id/orders/{number}{address}")
        assert (answer.status_code, answer.headers["Location"]) == (303, "/id/orders")
    for address in ("/proof", "/cancel", "/parts/x/received", "/review/1"):
        assert stranger.post(f"/id/orders/{number}{address}").headers["Location"] == "/id/orders"


def test_another_buyer_does_not_find_it(client: FlaskClient, browse: SignIn, session: Session, stalls: Stalls) -> None:
    mine = buy(client, stalls[0])
    other = browse(stalls[1].owner)
    theirs = buy(other, stalls[0])
    assert other.get(f"/id/orders/{theirs}").status_code == 200
    assert other.get(f"/id/orders/{mine}").status_code == 404
    assert other.post(f"/id/orders/{mine}/cancel").status_code == 404
    assert other.get(f"/id/orders/{mine}?t={'x' * 43}").status_code == 404
    assert session.scalars(select(Order.lifecycle).where(Order.number == mine)).one() is OrderLifecycle.AWAITING_PAYMENT


def test_an_unknown_order_is_not_found_with_a_cookie_of_another(client: FlaskClient, stalls: Stalls) -> None:
    buy(client, stalls[0])
    assert client.get("/id/orders/LBK-0000-0000").status_code == 303
    assert client.get("/id/orders/LBK-0000-0000?t=" + "x" * 43).status_code == 404
    assert client.get("/id/orders/" + "A" * 3000).status_code in (303, 404)


@pytest.mark.row("P2")
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_slip_is_kept_and_shown_to_its_owner_alone(
    client: FlaskClient, browse: SignIn, session: Session, stalls: Stalls, kind: str
) -> None:
    number = buy(client, stalls[0])
    sent = send_proof(client, number, slip(kind))
    assert (sent.status_code, sent.headers["Location"]) == (303, f"/id/orders/{number}?done=proof")
    payment = session.scalars(select(Payment)).one()
    session.refresh(payment)
    assert payment.state is PaymentState.PROCESSING
    assert "Pembayaran diperiksa" in client.get(f"/id/orders/{number}").text
    shown = client.get(f"/id/orders/{number}/files/{payment.proof_file_id}")
    assert (shown.status_code, shown.content_type) == (200, "image/jpeg")
    assert shown.headers["Cache-Control"] == "no-store"
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert browse(None).get(f"/id/orders/{number}/files/{payment.proof_file_id}").status_code == 303
    assert client.get(f"/id/orders/{number}/files/{payment.proof_file_id + 1}").status_code == 404  # type: ignore[operator]


def test_a_pdf_is_only_ever_saved(client: FlaskClient, session: Session, stalls: Stalls) -> None:
    number = buy(client, stalls[0])
    assert send_proof(client, number, b"%PDF-1.4 slip", "../../etc/bukti.pdf").status_code == 303
    file_id, name = session.execute(select(PrivateFile.id, PrivateFile.file_name)).one()
    shown = client.get(f"/id/orders/{number}/files/{file_id}")
    assert shown.headers["Content-Disposition"].startswith("attachment")
    assert name == "bukti.pdf"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Pilih dulu foto"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "bukan foto atau PDF"),
        (b"MZ" + b"\0" * 100, "bukan foto atau PDF"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 100, "bukan foto atau PDF"),
        (b"%PDF-" + b"x" * (5 * 1024 * 1024), "Berkas terlalu besar"),
    ],
)
def test_what_is_no_slip_is_refused_in_a_sentence(
    client: FlaskClient, session: Session, stalls: Stalls, content: bytes, words: str
) -> None:
    number = buy(client, stalls[0])
    answer = send_proof(client, number, content)
    assert answer.status_code == 422
    assert words in answer.text
    assert session.scalar(select(func.count()).select_from(PrivateFile)) == 0


def test_proofs_are_limited(client: FlaskClient, session: Session, stalls: Stalls) -> None:
    number = buy(client, stalls[0])
    answers = [send_proof(client, number, slip()).status_code for _ in range(11)]
    assert answers == [303] * 10 + [429]


def test_a_paid_order_takes_no_more_proof(client: FlaskClient, session: Session, stalls: Stalls) -> None:
    number = buy(client, stalls[0])
    pay_for(session, number)
    assert send_proof(client, number, slip()).status_code == 409


def test_an_expired_order_says_so_and_still_takes_a_proof(
    client: FlaskClient, session: Session, stalls: Stalls, clock: HandClock
) -> None:
    number = buy(client, stalls[0])
    clock.move(timedelta(hours=25))
    expire_unpaid(session, payment_id=session.scalars(select(Payment.id)).one(), now=clock.now())
    session.flush()
    page = client.get(f"/id/orders/{number}")
    assert "Waktu bayar habis" in page.text
    assert send_proof(client, number, slip()).status_code == 303


def test_an_unpaid_order_is_cancelled_once_after_a_question(client: FlaskClient, session: Session, stalls: Stalls) -> None:
    number = buy(client, *stalls)
    asked = client.get(f"/id/orders/{number}/cancel")
    assert asked.status_code == 200
    assert session.scalars(select(Order.lifecycle)).one() is OrderLifecycle.AWAITING_PAYMENT
    done = client.post(f"/id/orders/{number}/cancel")
    assert done.headers["Location"] == f"/id/orders/{number}?done=cancelled"
    assert client.post(f"/id/orders/{number}/cancel").status_code == 409
    session.expire_all()
    assert session.scalars(select(Order.lifecycle)).one() is OrderLifecycle.CANCELLED
    assert "Dibatalkan pembeli" in client.get(f"/id/orders/{number}").text


def test_a_paid_part_nobody_accepted_is_cancelled_with_its_refund(client: FlaskClient, session: Session, stalls: Stalls) -> None:
    number = buy(client, stalls[0])
    payment = pay_for(session, number)
    assert client.post(f"/id/orders/{number}/cancel").status_code == 303
    refunds = session.scalars(select(Refund)).all()
    assert sum(refund.amount_minor for refund in refunds) == payment.amount_minor
    assert "Dana kembali" in client.get(f"/id/orders/{number}").text


def test_an_accepted_part_is_not_cancelled_by_the_buyer(client: FlaskClient, session: Session, stalls: Stalls) -> None:
    number = buy(client, stalls[0])
    pay_for(session, number)
    send_off(session, number, stalls[0])
    assert client.post(f"/id/orders/{number}/cancel").status_code == 409
    assert "Penjual sudah menerima pesanan" in client.get(f"/id/orders/{number}/cancel").text


def test_the_buyer_says_that_it_arrived(client: FlaskClient, session: Session, stalls: Stalls) -> None:
    number = buy(client, *stalls)
    pay_for(session, number)
    early = client.post(f"/id/orders/{number}/parts/{number}-1/received")
    assert early.status_code == 409
    part = send_off(session, number, stalls[0])
    assert "Barang sudah diterima" in client.get(f"/id/orders/{number}").text
    for _ in range(2):  # sent twice, it counts once
        assert client.post(f"/id/orders/{number}/parts/{part.number}/received").status_code == 303
    session.expire_all()
    assert session.scalars(select(OrderLine.delivered).where(OrderLine.sub_order_id == part.id)).one() == 1
    assert client.post(f"/id/orders/{number}/parts/{number}-9/received").status_code == 404


def test_acts_are_posts(client: FlaskClient, stalls: Stalls) -> None:
    number = buy(client, stalls[0])
    for address in ("/proof", f"/parts/{number}-1/received"):
        assert client.get(f"/id/orders/{number}{address}").status_code == 405


def delivered(client: FlaskClient, session: Session, stall: Stall) -> tuple[str, int]:
    """Return the number of an order that has arrived, and its line."""
    number = buy(client, stall)
    pay_for(session, number)
    part = send_off(session, number, stall)
    client.post(f"/id/orders/{number}/parts/{part.number}/received")
    return number, session.scalars(select(OrderLine.id).where(OrderLine.sub_order_id == part.id)).one()


@pytest.mark.row("T1")
def test_what_arrived_can_be_reviewed_once(client: FlaskClient, session: Session, stalls: Stalls) -> None:
    number, line_id = delivered(client, session, stalls[0])
    address = f"/id/orders/{number}/review/{line_id}"
    assert "Tulis ulasan" in client.get(f"/id/orders/{number}").text
    page = client.get(address)
    assert page.status_code == 200
    assert "Bagus sekali" in page.text
    sent = {"stars": "5", "words": "Harum <b>sekali</b>", "author_name": "Ratna"}
    assert client.post(address, data=sent).headers["Location"] == f"/id/orders/{number}?done=review"
    assert client.post(address, data=sent).status_code == 409
    review = session.scalars(select(Review)).one()
    assert (review.stars, review.words, review.author_name, review.state) == (
        5,
        "Harum <b>sekali</b>",
        "Ratna",
        ReviewState.WAITING,
    )
    assert "Tulis ulasan" not in client.get(f"/id/orders/{number}").text


def photo(kind: str = "JPEG") -> BytesIO:
    """Return an upload of a photo nobody took before: pictures are kept by their content, and outlive a test."""
    out = BytesIO()
    Image.frombytes("RGB", (8, 6), os.urandom(144)).resize((400, 300), Image.Resampling.NEAREST).save(out, kind)
    out.seek(0)
    return out


@pytest.mark.row("T1")
@pytest.mark.promise("B3")
def test_photos_of_a_review_are_nobodys_until_approved(client: FlaskClient, session: Session, stalls: Stalls) -> None:
    number, line_id = delivered(client, session, stalls[0])
    whole = {"stars": "5", "words": "Harum", "author_name": "Ratna"}
    first = photo().getvalue()
    sent = whole | {"photos": [(BytesIO(first), "a.jpg"), (photo(), "b.jpg"), (BytesIO(first), "again.jpg")]}
    assert client.post(f"/id/orders/{number}/review/{line_id}", data=sent).status_code == 303
    hashes = session.scalars(select(ReviewPhoto.image_hash).order_by(ReviewPhoto.position)).all()
    assert len(hashes) == 2  # the same photo twice is one
    for image in hashes:
        with client.get(f"/media/{image}-160.webp") as answer:
            assert answer.status_code == 404


@pytest.mark.row("T1")
@pytest.mark.promise("X2")
@pytest.mark.parametrize(
    ("photos", "sentence"),
    [
        ([(BytesIO(b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "a.svg")], "bukan foto"),
        ([(BytesIO(b"GIF89a" + b"x" * 40), "a.jpg")], "bukan foto"),
        ([(photo("GIF"), "a.jpg")], "bukan foto"),
        ([(BytesIO(b""), "a.jpg")], "bukan foto"),
        ([(photo(), f"{n}.jpg") for n in range(5)], "Paling banyak 4 foto"),
    ],
)
def test_an_unfit_photo_gets_a_sentence_and_loses_no_words(
    client: FlaskClient, session: Session, stalls: Stalls, photos: list[tuple[BytesIO, str]], sentence: str
) -> None:
    number, line_id = delivered(client, session, stalls[0])
    fresh = [(BytesIO(stream.getvalue()), name) for stream, name in photos]
    sent = {"stars": "5", "words": "Wangi dan kering", "author_name": "Ratna", "photos": fresh}
    answer = client.post(f"/id/orders/{number}/review/{line_id}", data=sent)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Wangi dan kering" in answer.text
    assert session.scalar(select(func.count()).select_from(Review)) == 0


@pytest.mark.row("T1")
@pytest.mark.parametrize(
    "sent",
    [
        {}, {"stars": "6"}, {"stars": "0"}, {"stars": "x"}, {"author_name": ""}, {"author_name": "a" * 41}, {"words": "a" * 2001},
        {"words": "a\0b"}, {"state": "shown"},
    ],
)  # fmt: skip
def test_a_bent_review_keeps_what_was_written(
    client: FlaskClient, session: Session, stalls: Stalls, sent: dict[str, str]
) -> None:
    number, line_id = delivered(client, session, stalls[0])
    whole = {"stars": "4", "words": "Wangi dan kering", "author_name": "Ratna"}
    answer = client.post(f"/id/orders/{number}/review/{line_id}", data=(whole | sent) if sent else {"words": "Wangi dan kering"})
    assert answer.status_code == 422
    assert "Ada yang perlu diperbaiki" in answer.text
    assert "Wangi dan kering" in answer.text or "words" in sent
    assert session.scalar(select(func.count()).select_from(Review)) == 0


def test_only_what_arrived_can_be_reviewed(client: FlaskClient, session: Session, stalls: Stalls) -> None:
    number = buy(client, stalls[0])
    line_id = session.scalars(select(OrderLine.id)).one()
    assert client.get(f"/id/orders/{number}/review/{line_id}").status_code == 404
    assert client.post(f"/id/orders/{number}/review/{line_id}", data={"stars": "5", "author_name": "x"}).status_code == 404


def test_a_link_leaves_its_cookie_and_a_clean_address(app: Flask, client: FlaskClient, browse: SignIn, stalls: Stalls) -> None:
    number = buy(client, stalls[0])
    page = client.get(f"/id/orders/{number}").text
    token = page.split("?t=")[1][:43]
    other = browse(None)
    opened = other.get(f"/ko/orders/{number}?t={token}")
    assert (opened.status_code, opened.headers["Location"]) == (303, f"/ko/orders/{number}")
    assert other.get(f"/en/orders/{number}").status_code == 200


@pytest.mark.row("H3")
def test_pick_up_says_where(client: FlaskClient, session: Session, stalls: Stalls) -> None:
    stalls[0].shop.pickup_address = "Kampung Cisungsang RT 3"
    session.flush()
    number = buy(client, stalls[0])
    assert "Kampung Cisungsang RT 3" in client.get(f"/id/orders/{number}").text


@pytest.mark.parametrize(("phone", "typed"), [("0812 3456 7890", "{}"), ("+62 812-3456-7890", " {} ")])
def test_an_order_is_found_by_number_and_phone(
    client: FlaskClient, browse: SignIn, stalls: Stalls, phone: str, typed: str
) -> None:
    number = buy(client, stalls[0])
    other = browse(None)
    answer = other.post("/en/orders", data={"number": typed.format(number).lower(), "phone": phone})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/en/orders/{number}")
    assert other.get(f"/id/orders/{number}").status_code == 200


def test_an_unknown_number_and_a_wrong_phone_get_one_answer(client: FlaskClient, browse: SignIn, stalls: Stalls) -> None:
    number = buy(client, stalls[0])
    stranger = browse(None)
    wrong = stranger.post("/id/orders", data={"number": number, "phone": "081299998888"})
    unknown = stranger.post("/id/orders", data={"number": "LBK-0000-0000", "phone": "0812 3456 7890"})
    assert (wrong.status_code, unknown.status_code) == (422, 422)
    assert "Belum ketemu" in wrong.text
    assert wrong.text.replace(number, "N").replace("081299998888", "P") == unknown.text.replace("LBK-0000-0000", "N").replace(
        "0812 3456 7890", "P"
    )


def test_guessing_numbers_ends(client: FlaskClient, stalls: Stalls) -> None:
    answers = [
        client.post("/id/orders", data={"number": "LBK-0000-0000", "phone": f"0812345678{n:02d}"}).status_code for n in range(11)
    ]
    assert answers == [422] * 10 + [429]


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"number": "", "phone": ""},
        {"number": "a" * 900, "phone": "1"},
        {"number": "x\0", "phone": "1"},
        {"number": "x", "phone": "1", "owner": "1"},
    ],
)
def test_a_bent_look_up_is_refused(client: FlaskClient, stalls: Stalls, sent: dict[str, str]) -> None:
    assert client.post("/id/orders", data=sent).status_code == 422


def test_an_unpaid_part_starts_as_awaiting(client: FlaskClient, session: Session, stalls: Stalls) -> None:
    buy(client, stalls[0])
    assert session.scalars(select(SubOrder.lifecycle)).one() is SubOrderLifecycle.AWAITING_PAYMENT
