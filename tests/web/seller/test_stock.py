"""The stock page: what is there and kept, counting and taking in, and nothing of it for rivals."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.permissions import Role
from marketplace.inventory.models import Movement, MovementKind, StockItem, VariantStock
from marketplace.web.sessions import COOKIE
from tests.factories.market import Stall, make_seller
from tests.factories.people import make_person
from tests.factories.stock import columns
from tests.web.buying import buy
from tests.web.conftest import SignIn
from tests.web.storefront.test_order import pay_for

Stalls = tuple[Stall, Stall]


@pytest.fixture
def item(session: Session, stalls: Stalls) -> StockItem:
    """What the first shop's good takes from: ten of them."""
    return session.scalars(
        select(StockItem).join(VariantStock, VariantStock.stock_item_id == StockItem.id)
        .where(VariantStock.variant_id == stalls[0].variant.id)
    ).one()  # fmt: skip


def count_of(session: Session, item: StockItem, kind: MovementKind) -> int:
    """Return how many movements of a kind an item has."""
    return len(session.scalars(select(Movement).where(Movement.stock_item_id == item.id, Movement.kind == kind)).all())


@pytest.mark.row("C9")
def test_the_list_and_the_item_say_what_is_there(
    client: FlaskClient, browse: SignIn, session: Session, stalls: Stalls, item: StockItem
) -> None:
    number = buy(client, stalls[0], quantity=2)
    owner = browse(stalls[0].owner)
    assert "2 buah menunggu dibayar" in owner.get("/seller/stock").text
    pay_for(session, number)
    page = owner.get("/seller/stock").text
    assert "Bisa dijual 8 buah" in page
    assert "2 buah harus dikirim" in page
    one = owner.get(f"/seller/stock/{item.id}").text
    assert f"{number}-1" in one, "who keeps the units is said"
    assert "Sudah dibayar" in one


@pytest.mark.row("C9")
def test_what_comes_in_is_added_once(browse: SignIn, session: Session, stalls: Stalls, item: StockItem) -> None:
    owner = browse(stalls[0].owner)
    sent = {"seen": "10", "units": "5", "note": "dari kebun"}
    assert owner.post(f"/seller/stock/{item.id}/receive", data=sent).status_code == 303
    again = owner.post(f"/seller/stock/{item.id}/receive", data=sent)
    assert again.status_code == 409
    assert columns(session, item) == (15, 0, 0)
    page = owner.get(f"/seller/stock/{item.id}").text
    assert "dari kebun" in page
    assert stalls[0].owner.name in page


@pytest.mark.row("C9")
def test_a_count_sets_what_is_there_and_says_why(browse: SignIn, session: Session, stalls: Stalls, item: StockItem) -> None:
    owner = browse(stalls[0].owner)
    sent = {"seen": "10", "counted": "7", "reason": "damaged", "words": "pecah"}
    assert owner.post(f"/seller/stock/{item.id}/count", data=sent).status_code == 303
    assert columns(session, item) == (7, 0, 0)
    assert "Rusak: pecah" in owner.get(f"/seller/stock/{item.id}").text
    assert count_of(session, item, MovementKind.ADJUSTED) == 1


@pytest.mark.row("C9")
def test_a_count_is_never_below_what_buyers_have(
    client: FlaskClient, browse: SignIn, session: Session, stalls: Stalls, item: StockItem
) -> None:
    pay_for(session, buy(client, stalls[0], quantity=3))
    client.delete_cookie(COOKIE)
    buy(client, stalls[0], quantity=2)
    answer = browse(stalls[0].owner).post(
        f"/seller/stock/{item.id}/count", data={"seen": "10", "counted": "4", "reason": "lost", "words": "entah"}
    )
    assert answer.status_code == 422
    assert "Paling sedikit 5 buah: 2 buah menunggu dibayar dan 3 buah sudah terjual." in answer.text
    assert 'value="entah"' in answer.text
    assert columns(session, item) == (10, 2, 3)


@pytest.mark.parametrize(
    ("act", "sent"),
    [
        ("receive", {"seen": "10", "units": "0"}),
        ("receive", {"seen": "10", "units": "1_0"}),
        ("receive", {"seen": "10", "units": "-3"}),
        ("receive", {"seen": "10", "units": "9" * 30}),
        ("receive", {"units": "3"}),
        ("receive", {"seen": "10", "units": "3", "extra": "1"}),
        ("count", {"seen": "10", "counted": "lima", "reason": "counted"}),
        ("count", {"seen": "10", "counted": "5", "reason": "nonsense"}),
        ("count", {"seen": "10", "counted": "5", "reason": "counted", "words": "x" * 200}),
        ("low", {"low": "-1"}),
    ],
)
def test_wrong_input_is_said_and_kept(
    browse: SignIn, session: Session, stalls: Stalls, item: StockItem, act: str, sent: dict[str, str]
) -> None:
    answer = browse(stalls[0].owner).post(f"/seller/stock/{item.id}/{act}", data=sent)
    assert answer.status_code == 422
    assert columns(session, item) == (10, 0, 0)
    typed = sent.get("units") or sent.get("counted") or sent["low"]
    assert f'value="{typed}"' in answer.text


@pytest.mark.row("C9", "O1")
@pytest.mark.parametrize(
    ("act", "sent"),
    [
        ("receive", {"seen": "10", "units": "5"}),
        ("count", {"seen": "10", "counted": "5", "reason": "counted"}),
        ("low", {"low": "4"}),
    ],
)
def test_others_change_nothing(
    browse: SignIn, session: Session, stalls: Stalls, item: StockItem, act: str, sent: dict[str, str]
) -> None:
    address = f"/seller/stock/{item.id}"
    rival, clerk = browse(stalls[1].owner), browse(make_person(session, role=Role.SUPPORT))
    assert rival.get(address).status_code == rival.post(f"{address}/{act}", data=sent).status_code == 404
    assert clerk.get(address).status_code == clerk.post(f"{address}/{act}", data=sent).status_code == 403
    assert browse(None).post(f"{address}/{act}", data=sent).status_code == 303
    owner = browse(stalls[0].owner)
    assert owner.get(f"{address}/{act}").status_code == 405
    assert owner.post(f"/seller/stock/{10**25}/{act}", data=sent).status_code == 404
    assert columns(session, item) == (10, 0, 0)
    assert item.low_at is None


@pytest.mark.row("C9")
def test_the_dashboard_warns_of_what_runs_low(browse: SignIn, session: Session, stalls: Stalls, item: StockItem) -> None:
    worker = browse(make_seller(session, stalls[0].shop, Role.SHOP_STAFF))
    assert "Stok hampir habis" not in worker.get("/seller/").text
    assert worker.post(f"/seller/stock/{item.id}/low", data={"low": "12"}).status_code == 303
    page = worker.get("/seller/").text
    assert "Stok hampir habis" in page
    assert "tinggal 10 buah" in page
    assert worker.post(f"/seller/stock/{item.id}/low", data={"low": "0"}).status_code == 303
    assert "Stok hampir habis" not in worker.get("/seller/").text
