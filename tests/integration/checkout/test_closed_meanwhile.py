"""A shop or a good suspended while somebody buys it: the suspension waits for the purchase, or the purchase sees it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.catalog.models import Product, ProductState
from marketplace.catalog.services import move_product
from marketplace.checkout import checks, placing
from marketplace.db import in_unit
from marketplace.kernel.ids import CartId, PersonId
from marketplace.sellers.models import Shop, ShopState
from marketplace.sellers.services import suspend_shop
from tests.conftest import NOW, FreshDatabases, app_on
from tests.factories.people import make_person
from tests.integration.checkout.racing import buy
from tests.integration.checkout.test_races import set_up

Suspension = Callable[[Session, PersonId], None]
_numbers = count(1)


def suspend_the_shop(session: Session, actor_id: PersonId) -> None:
    shop_id = session.scalars(select(Shop.id)).one()
    suspend_shop(session, shop_id=shop_id, reason="contoh", actor_id=actor_id, now=NOW)


def suspend_the_good(session: Session, actor_id: PersonId) -> None:
    product_id = session.scalars(select(Product.id)).one()
    move_product(session, product_id=product_id, wanted=ProductState.SUSPENDED, reason="contoh", actor_id=actor_id, now=NOW)


SUSPENSIONS = pytest.mark.parametrize("suspension", [suspend_the_shop, suspend_the_good])


def race(databases: FreshDatabases, folder: Path, suspension: Suspension, monkeypatch: pytest.MonkeyPatch) -> tuple[str, bool]:
    """Suspend after a purchase was priced and before it commits; return its outcome, and whether that was in between."""
    name = f"closed_{next(_numbers)}"
    url = databases.make(name)
    (buyer,) = set_up(url, folder, buyers=1)
    priced, suspended, came_between = threading.Event(), threading.Event(), []

    def check_and_wait(session: Session, *, phone: str) -> None:
        checks.check_open_orders(session, phone=phone)
        priced.set()
        came_between.append(suspended.wait(1.5))

    monkeypatch.setattr(placing, "check_open_orders", check_and_wait)
    with app_on(url, folder) as app:

        def suspend(actor_id: PersonId) -> None:
            with app.app_context():
                assert priced.wait(10)
                in_unit(lambda session: suspension(session, actor_id))
                suspended.set()

        with app.app_context():
            officer = in_unit(lambda session: make_person(session).id)
        thread = threading.Thread(target=suspend, args=(officer,))
        thread.start()
        with app.app_context():
            outcome = buy(buyer)
        thread.join()
        with app.app_context():
            states = in_unit(lambda session: session.execute(select(Shop.state, Product.state).join(Product)).one())
            assert (ShopState.SUSPENDED in states) or (ProductState.SUSPENDED in states)
    return outcome, came_between[0]


@SUSPENSIONS
@pytest.mark.row("K3")
def test_a_suspension_waits_for_the_purchase_that_was_first(
    databases: FreshDatabases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suspension: Suspension
) -> None:
    outcome, came_between = race(databases, tmp_path, suspension, monkeypatch)
    assert outcome.startswith("LBK-")
    assert not came_between


@SUSPENSIONS
@pytest.mark.row("K3")
def test_without_the_lock_a_suspended_shop_sells(
    databases: FreshDatabases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suspension: Suspension
) -> None:
    """The twin. On SQLite the unit itself is the lock, so there nothing changes."""

    def unlocked(session: Session, cart_id: CartId) -> None:
        """Lock nothing."""

    monkeypatch.setattr(placing, "lock_sellers", unlocked)
    outcome, came_between = race(databases, tmp_path, suspension, monkeypatch)
    assert outcome.startswith("LBK-")
    assert came_between is (databases.kind == "postgresql")
