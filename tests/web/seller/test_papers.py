"""Labels and slips: readable, printable twice, several at once, hostile words printed as they are, nothing of other shops."""

from __future__ import annotations

import io

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from marketplace.orders.models import Order, PaymentFact, SubOrder, SubOrderLifecycle
from tests.conftest import NOW
from tests.factories.market import Stall
from tests.web.buying import buy
from tests.web.conftest import SignIn
from tests.web.storefront.test_order import pay_for

Stalls = tuple[Stall, Stall]
HOSTILE = "#pagebreak() $x$ *tebal* _miring_ `kode` @rujuk <i> \\ ~ = 김민준 Ž"


def accepted(client: FlaskClient, session: Session, stall: Stall, *, method: str = "transfer") -> SubOrder:
    """Return an accepted part."""
    number = buy(client, stall, method=method)
    if method == "transfer":
        pay_for(session, number)
    part = session.scalars(select(SubOrder).where(SubOrder.number == f"{number}-1")).one()
    part.lifecycle, part.promised_on = SubOrderLifecycle.ACCEPTED, NOW.date()
    session.flush()
    return part


def read(answer: TestResponse) -> PdfReader:
    """Return the PDF of an answer."""
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    return PdfReader(io.BytesIO(answer.data))


def words(answer: TestResponse) -> str:
    """Return a PDF's words with every run of white space as one space."""
    return " ".join(" ".join(page.extract_text() for page in read(answer).pages).replace("\u200b", "").split())


def address(kind: str, *parts: SubOrder) -> str:
    """Return where these parts are printed."""
    return f"/seller/papers?kind={kind}" + "".join(f"&number={part.number}" for part in parts)


@pytest.mark.row("H5")
@pytest.mark.parametrize("kind", ["label", "slip"])
def test_a_paper_says_where_the_parcel_goes(
    client: FlaskClient, browse: SignIn, session: Session, stalls: Stalls, kind: str
) -> None:
    part = accepted(client, session, stalls[0])
    order = session.get_one(Order, part.order_id)
    order.street, order.postal_code, order.landmark = "Jl. Multatuli 5", "42314", "Dekat alun-alun"
    session.flush()
    owner = browse(stalls[0].owner)
    first, second = owner.get(address(kind, part)), owner.get(address(kind, part))
    text = words(first)
    for wanted in (
        part.number,
        order.buyer_name,
        "0812-3456-7890",
        "Jl. Multatuli 5",
        "42314",
        "Rangkasbitung",
        stalls[0].shop.name,
    ):
        assert wanted in text, wanted
    assert words(second) == text
    assert first.headers["Cache-Control"] == "no-store"


@pytest.mark.row("H5")
def test_a_label_is_as_large_as_the_sticker_and_names_the_cash(
    client: FlaskClient, browse: SignIn, session: Session, stalls: Stalls
) -> None:
    part = accepted(client, session, stalls[0])
    owner = browse(stalls[0].owner)
    answer = owner.get(address("label", part))
    box = read(answer).pages[0].mediabox
    assert (round(float(box.width) / 72 * 25.4), round(float(box.height) / 72 * 25.4)) == (100, 150)
    assert "Sudah dibayar. Jangan menagih penerima." in words(answer)
    order = session.get_one(Order, part.order_id)
    order.method, part.payment = order.method.COD, PaymentFact.UNPAID
    session.flush()
    owed = words(owner.get(address("label", part)))
    assert "Bayar di tempat" in owed
    assert f"Rp{part.total_minor:,}".replace(",", ".") in owed


@pytest.mark.row("H5")
@pytest.mark.parametrize("kind", ["label", "slip"])
def test_what_people_wrote_is_printed_as_they_wrote_it(
    client: FlaskClient, browse: SignIn, session: Session, stalls: Stalls, kind: str
) -> None:
    part = accepted(client, session, stalls[0])
    order = session.get_one(Order, part.order_id)
    order.buyer_name, order.street = HOSTILE, 'Jl. \x07[#read("/etc/passwd")] ' + "x" * 120
    session.flush()
    answer = browse(stalls[0].owner).get(address(kind, part))
    text = words(answer)
    # A narrow column breaks lines where it likes, so spaces say nothing.
    assert HOSTILE.replace(" ", "") in text.replace(" ", "")
    assert '[#read("/etc/passwd")]' in text
    assert "x" * 120 in text.replace(" ", "")
    assert len(read(answer).pages) == 1


@pytest.mark.row("H5")
def test_several_are_one_file_and_each_only_once(client: FlaskClient, browse: SignIn, session: Session, stalls: Stalls) -> None:
    one, two = accepted(client, session, stalls[0]), accepted(client, session, stalls[0])
    answer = browse(stalls[0].owner).get(address("label", one, two, one))
    pages = [page.extract_text() for page in read(answer).pages]
    assert len(pages) == 2
    assert one.number in pages[0]
    assert two.number in pages[1]


@pytest.mark.row("H5", "O1")
def test_nobody_prints_anothers_orders(client: FlaskClient, browse: SignIn, session: Session, stalls: Stalls) -> None:
    mine, theirs = accepted(client, session, stalls[0]), accepted(client, session, stalls[1])
    owner = browse(stalls[0].owner)
    assert owner.get(address("label", theirs)).status_code == 404
    assert owner.get(address("label", mine, theirs)).status_code == 404
    mine.lifecycle = SubOrderLifecycle.NEW
    session.flush()
    assert owner.get(address("label", mine)).status_code == 404, "what is not accepted is not sent"


@pytest.mark.parametrize("query", ["", "?kind=label", "?kind=nonsense&number=x"])
def test_nothing_picked_leads_back_with_a_word(browse: SignIn, stalls: Stalls, query: str) -> None:
    answer = browse(stalls[0].owner).get(f"/seller/papers{query}", follow_redirects=True)
    assert "Pilih dulu pesanan yang mau dicetak." in answer.text
