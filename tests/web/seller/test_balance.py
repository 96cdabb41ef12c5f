"""The shop's balance: the ledger's own sums, every line with its order, for the owner alone."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from marketplace.accounts.permissions import Role
from marketplace.orders.models import SubOrder
from marketplace.payments import accounts
from marketplace.payments.ledger import balance_of
from marketplace.payments.models import LedgerAccount, LedgerEntry
from marketplace.payments.queries import balance_rows, shop_balance
from marketplace.payments.services import release_earnings
from tests.conftest import NOW
from tests.factories.market import Stall, make_seller
from tests.web.buying import buy
from tests.web.conftest import SignIn
from tests.web.storefront.test_order import pay_for

Stalls = tuple[Stall, Stall]


@pytest.mark.row("P8")
def test_the_sums_are_the_ledgers(client: FlaskClient, browse: SignIn, session: Session, stalls: Stalls) -> None:
    shop_id = stalls[0].shop.id
    numbers = [buy(client, stalls[0], stalls[1]), buy(client, stalls[0], quantity=2)]
    for number in numbers:
        pay_for(session, number)
    closed = session.scalars(select(SubOrder).where(SubOrder.number == f"{numbers[1]}-1")).one()
    release_earnings(session, sub_order_id=closed.id, now=NOW)
    session.flush()
    sums = shop_balance(session, shop_id)
    assert (sums.waiting_minor, sums.payable_minor, sums.received_minor) == (25_000, 50_000, 0)
    assert sums.waiting_minor == -balance_of(session, accounts.pending(shop_id))
    assert sums.payable_minor == -balance_of(session, accounts.payable(shop_id))
    rows = balance_rows(session, shop_id).rows
    assert sum(row.waiting_minor for row in rows) == sums.waiting_minor
    assert sum(row.payable_minor for row in rows) == sums.payable_minor
    entries = session.scalar(
        select(func.sum(LedgerEntry.amount_minor)).join(LedgerAccount, LedgerAccount.id == LedgerEntry.account_id)
        .where(LedgerAccount.code.startswith(f"seller:{shop_id}:"))
    )  # fmt: skip
    assert sums.waiting_minor + sums.payable_minor == -int(entries or 0)
    page = browse(stalls[0].owner).get("/seller/balance").text
    assert "Rp25.000" in page
    assert "Rp50.000" in page
    for number in numbers:
        assert f'href="/seller/orders/{number}-1"' in page
    assert f"{numbers[0]}-2" not in page, "another shop's part of the same order is not ours"


@pytest.mark.row("P8", "O1")
def test_only_the_owner_sees_money(client: FlaskClient, browse: SignIn, session: Session, stalls: Stalls) -> None:
    number = buy(client, stalls[0])
    pay_for(session, number)
    assert browse(make_seller(session, stalls[0].shop, Role.SHOP_STAFF)).get("/seller/balance").status_code == 403
    rival = browse(stalls[1].owner).get("/seller/balance")
    assert rival.status_code == 200
    assert number not in rival.text
    assert "Belum ada uang masuk." in rival.text
