"""Many buyers, few units: never oversold, by threads and by processes; and one click is one order.

`RACE_BUYERS` and `RACE_ROUNDS` set the counts; `make prove` runs 100 buyers for 20 rounds.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from marketplace.checkout import checks, placing
from marketplace.checkout.reviewing import Review, prepare
from marketplace.checkout.terms import MOST_OPEN_PER_PHONE
from marketplace.db import in_unit, reading
from marketplace.inventory.demands import Demand
from marketplace.inventory.models import Hold, Movement, StockItem
from marketplace.kernel.ids import CartId
from marketplace.orders.history import broken_paths
from marketplace.orders.models import Order, SubOrder
from marketplace.payments.models import Payment
from tests.conftest import NOW, FreshDatabases, app_on
from tests.factories.carts import BUYER_DISTRICT, make_bank_account, make_cart
from tests.factories.goods import make_product, make_variant
from tests.factories.places import make_district
from tests.factories.shops import make_shop
from tests.integration.checkout.racing import Buyer, as_json, buy, rush, tally

BUYERS = int(os.environ.get("RACE_BUYERS", "20"))
ROUNDS = int(os.environ.get("RACE_ROUNDS", "1"))
UNITS = 5
TWINS = 12  # buyers without the guard: enough to oversell, few enough for the pool of one process
PRICE = 25_000

Rush = Callable[[str, Path, Sequence[Buyer]], list[str]]


def set_up(url: str, folder: Path, *, buyers: int) -> list[Buyer]:
    """Put one good with five units on sale, and one cart per buyer with one of it."""

    def work(session: Session) -> list[Buyer]:
        make_bank_account(session)
        make_district(session, BUYER_DISTRICT)
        shop = make_shop(session)
        variant = make_variant(session, product=make_product(session, shop=shop), price_minor=PRICE, stock=UNITS)
        return [Buyer(make_cart(session, {variant: 1}), shop.id, f"+62813{n:08d}", PRICE, f"click-{n}") for n in range(buyers)]

    with app_on(url, folder) as app, app.app_context():
        return in_unit(work)


def by_two_processes(url: str, folder: Path, buyers: Sequence[Buyer]) -> list[str]:
    """Let half of the buyers come to one process and half to another, once both applications stand."""
    halves = [buyers[::2], buyers[1::2]]
    command = [sys.executable, "-m", "tests.integration.checkout.racing", url, str(folder)]
    pipe = subprocess.PIPE
    running = [subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True) for _ in halves]
    try:
        for process, half in zip(running, halves, strict=True):
            tell(process, as_json(half))
        for process in running:
            assert hear(process) == "ready\n"
        for process in running:
            tell(process, "go")
        return [outcome for process in running for outcome in json.loads(hear(process))]
    finally:
        for process in running:
            process.kill()
            process.communicate()


def tell(process: subprocess.Popen[str], line: str) -> None:
    assert process.stdin is not None
    process.stdin.write(line + "\n")
    process.stdin.flush()


def hear(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    assert process.stderr is not None
    return process.stdout.readline() or process.stderr.read()


def look(url: str, folder: Path) -> dict[str, int]:
    """Return what the database holds after a race, having checked that the ledger of stock adds up."""
    with app_on(url, folder) as app, app.app_context():

        def work(session: Session) -> dict[str, int]:
            item = session.scalars(select(StockItem)).one()
            sums = session.execute(select(func.sum(Movement.on_hand_change), func.sum(Movement.held_change))).one()
            assert (item.on_hand, item.held) == (int(sums[0]), int(sums[1] or 0))
            assert broken_paths(session) == []
            counted = {
                model.__tablename__: session.scalar(select(func.count()).select_from(model)) or 0
                for model in (Order, SubOrder, Payment)
            }
            return {**counted, "held": item.held, "on_hand": item.on_hand}

        return in_unit(work)


@pytest.mark.row("K3")
@pytest.mark.promise("R1")
@pytest.mark.parametrize("round_", range(ROUNDS))
@pytest.mark.parametrize("run", [rush, by_two_processes], ids=["threads", "processes"])
def test_five_units_make_five_orders(databases: FreshDatabases, tmp_path: Path, run: Rush, round_: int) -> None:
    url = databases.make("race")
    outcomes = run(url, tmp_path, set_up(url, tmp_path, buyers=BUYERS))
    counted = tally(outcomes)
    refused = counted.pop("StockShort", 0) + counted.pop("NotPurchasable", 0)
    assert counted == {"order": UNITS}
    assert refused == BUYERS - UNITS
    assert look(url, tmp_path) == {"order": UNITS, "sub_order": UNITS, "payment": UNITS, "held": UNITS, "on_hand": UNITS}


@pytest.mark.promise("R1")
def test_the_same_race_without_the_guard_oversells(
    databases: FreshDatabases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin: stock is looked at first and written later, as a program does that trusts what it has read."""
    url = databases.make("race_twin")
    buyers = set_up(url, tmp_path, buyers=TWINS)
    seen = threading.local()
    everybody_looked = threading.Barrier(TWINS)

    def look_then_buy(buyer: Buyer) -> str:
        with reading() as session:
            seen.review = prepare(
                session, cart_id=CartId(buyer.cart_id), district_code=BUYER_DISTRICT, choices=buyer.form.contact.choices,
                language="id", now=NOW,
            )  # fmt: skip
            seen.held = session.scalars(select(StockItem.held)).one()
        everybody_looked.wait()
        return buy(buyer)

    def unguarded_hold(session: Session, *, demands: Sequence[Demand], **given: Any) -> None:
        (demand,) = demands
        item = update(StockItem).where(StockItem.id == demand.stock_item_id)
        session.execute(item.values(held=seen.held + demand.units))
        created_at = given.pop("now")
        session.add(
            Hold(stock_item_id=demand.stock_item_id, line_id=demand.line_id, units=demand.units, created_at=created_at, **given)
        )

    def remembered(session: Session, **given: Any) -> Review:
        return seen.review  # type: ignore[no-any-return]

    monkeypatch.setattr(placing, "prepare", remembered)
    monkeypatch.setattr(placing, "hold", unguarded_hold)
    outcomes = rush(url, tmp_path, buyers, look_then_buy)
    assert tally(outcomes) == {"order": TWINS}
    assert TWINS > UNITS


@pytest.mark.row("K4")
@pytest.mark.promise("R2", "I6")
@pytest.mark.parametrize("run", [rush, by_two_processes], ids=["threads", "processes"])
def test_one_click_sent_many_times_is_one_order(databases: FreshDatabases, tmp_path: Path, run: Rush) -> None:
    url = databases.make("click")
    (buyer,) = set_up(url, tmp_path, buyers=1)
    outcomes = run(url, tmp_path, [buyer] * BUYERS)
    assert len(outcomes) == BUYERS
    assert len(set(outcomes)) == 1
    assert outcomes[0].startswith("LBK-")
    assert look(url, tmp_path) == {"order": 1, "sub_order": 1, "payment": 1, "held": 1, "on_hand": UNITS}


@pytest.mark.row("K4")
@pytest.mark.promise("R2")
def test_two_tabs_of_one_cart_are_one_order(databases: FreshDatabases, tmp_path: Path) -> None:
    url = databases.make("tabs")
    (buyer,) = set_up(url, tmp_path, buyers=1)
    tabs = [Buyer(buyer.cart_id, buyer.shop_id, buyer.phone, buyer.seen_total_minor, f"tab-{n}") for n in range(BUYERS)]
    outcomes = rush(url, tmp_path, tabs)
    assert len(set(outcomes)) == 1
    assert look(url, tmp_path)["order"] == 1


@pytest.mark.row("K3")
def test_one_phone_cannot_open_more_at_once_than_it_may(databases: FreshDatabases, tmp_path: Path) -> None:
    url = databases.make("phone")
    buyers = [replace(buyer, phone="+6281355556666") for buyer in set_up(url, tmp_path, buyers=UNITS)]
    assert tally(rush(url, tmp_path, buyers)) == {"order": MOST_OPEN_PER_PHONE, "TooManyOpenHolds": UNITS - MOST_OPEN_PER_PHONE}


@pytest.mark.row("K3")
def test_the_same_phone_without_its_lock_opens_too_many(
    databases: FreshDatabases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin: everybody counts before anybody writes. On SQLite the unit itself is the lock, so there nothing changes."""
    url = databases.make("phone_twin")
    buyers = [replace(buyer, phone="+6281355556666") for buyer in set_up(url, tmp_path, buyers=UNITS)]
    everybody_counted = threading.Barrier(UNITS if databases.kind == "postgresql" else 1)

    def unlocked(session: Session, name: str) -> None:
        """Lock nothing."""

    def count_and_wait(session: Session, *, phone: str) -> None:
        checks.check_open_orders(session, phone=phone)
        everybody_counted.wait()

    monkeypatch.setattr(checks, "lock_name", unlocked)
    monkeypatch.setattr(placing, "check_open_orders", count_and_wait)
    orders = tally(rush(url, tmp_path, buyers))["order"]
    assert orders == (UNITS if databases.kind == "postgresql" else MOST_OPEN_PER_PHONE)
