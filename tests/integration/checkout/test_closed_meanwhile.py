"""A shop suspended while somebody buys there: the suspension waits for the purchase, or the purchase sees it."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.checkout import checks, placing
from marketplace.db import in_unit
from marketplace.kernel.ids import CartId, PersonId
from marketplace.sellers.models import Shop, ShopState
from marketplace.sellers.services import suspend_shop
from tests.conftest import NOW, FreshDatabases, app_on
from tests.factories.people import make_person
from tests.integration.checkout.racing import buy
from tests.integration.checkout.test_races import set_up


def race(databases: FreshDatabases, folder: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> tuple[str, bool]:
    """Suspend the shop after a purchase was priced and before it commits; return its outcome, and whether that was in between."""
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
                in_unit(
                    lambda session: suspend_shop(session, shop_id=buyer.shop_id, reason="contoh", actor_id=actor_id, now=NOW)  # type: ignore[arg-type]
                )
                suspended.set()

        with app.app_context():
            officer = in_unit(lambda session: make_person(session).id)
        thread = threading.Thread(target=suspend, args=(officer,))
        thread.start()
        with app.app_context():
            outcome = buy(buyer)
        thread.join()
        with app.app_context():
            assert in_unit(lambda session: session.scalars(select(Shop.state)).one()) is ShopState.SUSPENDED
    return outcome, came_between[0]


@pytest.mark.row("K3")
def test_a_suspension_waits_for_the_purchase_that_was_first(
    databases: FreshDatabases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcome, came_between = race(databases, tmp_path, "closed", monkeypatch)
    assert outcome.startswith("LBK-")
    assert not came_between


@pytest.mark.row("K3")
def test_without_the_lock_a_suspended_shop_sells(
    databases: FreshDatabases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin. On SQLite the unit itself is the lock, so there nothing changes."""

    def unlocked(session: Session, cart_id: CartId) -> None:
        """Lock nothing."""

    monkeypatch.setattr(placing, "lock_shops", unlocked)
    outcome, came_between = race(databases, tmp_path, "closed_twin", monkeypatch)
    assert outcome.startswith("LBK-")
    assert came_between is (databases.kind == "postgresql")
