"""The small world of the test profile, its commands, and that a demo is the same for the same day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from config import Profile
from marketplace.accounts.models import Person, RoleGrant
from marketplace.accounts.permissions import SHOP_ROLES, Role
from marketplace.accounts.services import check_credentials
from marketplace.catalog.models import Product, Variant
from marketplace.catalog.search.models import SearchRow
from marketplace.cli.invariants import find_broken
from marketplace.curation.models import Pick
from marketplace.db import reading
from marketplace.demo.loading import load_demo
from marketplace.demo.past_orders import plan_past, sold_steps
from marketplace.demo.worlds import full_world, small_world
from marketplace.files.shelves import Shelves
from marketplace.files.storage import FolderStorage
from marketplace.inventory.models import StockItem
from marketplace.orders.models import Order, OrderLine, SubOrder
from marketplace.reviews.models import Review
from marketplace.sellers.models import Permit, Shop
from tests.conftest import NOW, FreshDatabases, app_on


@pytest.fixture
def empty(databases: FreshDatabases) -> Iterator[Flask]:
    """An empty market on a database of its own."""
    with app_on(databases.make("small_world"), databases.folder / "small-world") as app:
        yield app


def test_the_command_loads_once_and_says_who_may_sign_in(empty: Flask) -> None:
    runner = empty.test_cli_runner()
    first, second = runner.invoke(args=["demo"]), runner.invoke(args=["demo"])
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert first.output.startswith("Loaded 2 shops, 20 goods and ")
    assert second.output.startswith("The demo is loaded already.")
    assert first.output.splitlines()[1:] == second.output.splitlines()[1:]
    with empty.app_context(), reading() as session:
        assert session.scalar(select(func.count()).select_from(Product)) == 20
        roles = Counter(session.scalars(select(RoleGrant.role)))
        assert sum(roles[role] for role in SHOP_ROLES) == 4
        assert set(roles) == set(Role)
        now = empty.extensions["market_clock"].now()
        assert list(find_broken(session, now)) == []


def test_a_production_market_is_never_filled(empty: Flask) -> None:
    settings = empty.extensions["market_settings"]
    empty.extensions["market_settings"] = replace(settings, profile=Profile.PRODUCTION)
    result = empty.test_cli_runner().invoke(args=["demo"])
    assert result.exit_code == 1
    with empty.app_context(), reading() as session:
        assert session.scalar(select(func.count()).select_from(Shop)) == 0


def test_people_are_made_by_command(empty: Flask) -> None:
    runner = empty.test_cli_runner()
    given = ["user", "create", "--name", "Ani", "--phone", "0812 3456 7890", "--role", "finance", "--password", "rahasia-sekali"]
    assert runner.invoke(args=given).output == "Ani may sign in.\n"
    again = runner.invoke(args=given)
    assert (again.exit_code, "phone already" in again.output) == (1, True)
    for option, value in (("--phone", "12"), ("--password", "pendek")):
        wrong = [*given]
        wrong[wrong.index(option) + 1] = value
        wrong[wrong.index("Ani")] = "Budi"
        if option == "--password":
            wrong[wrong.index("0812 3456 7890")] = "0812 3456 7891"
        assert runner.invoke(args=wrong).exit_code == 1
    with empty.app_context(), reading() as session:
        assert session.scalars(select(Person.name)).all() == ["Ani"]
        assert list(session.scalars(select(RoleGrant.role))) == [Role.FINANCE]
        assert check_credentials(session, login="+6281234567890", password="rahasia-sekali") is not None


def snapshot(session: Session) -> dict[str, list[Any]]:
    """Return what a load wrote, without the numbers and codes that nobody may guess."""
    session.flush()
    wanted = {
        "goods": select(Product.slug, Product.state, Product.created_at, Product.published_at),
        "variants": select(Variant.sku, Variant.price_minor, Variant.position),
        "stock": select(StockItem.label, StockItem.on_hand, StockItem.held, StockItem.allocated),
        "permits": select(Permit.number, Permit.expires_on, Permit.verified_at),
        "orders": select(Order.created_at, Order.buyer_name, Order.method, Order.lifecycle, Order.goods_minor,
                         Order.shipping_minor),
        "parts": select(SubOrder.shop_name, SubOrder.lifecycle, SubOrder.delivery_name, SubOrder.closed_at, SubOrder.created_at),
        "lines": select(OrderLine.sku, OrderLine.quantity, OrderLine.unit_price_minor, OrderLine.delivered),
        "reviews": select(Review.author_name, Review.stars, Review.words, Review.created_at, Review.reply, Review.replied_at),
        "picks": select(Pick.position, Pick.starts_at, Pick.ends_at),
        "cards": select(SearchRow.slug, SearchRow.language, SearchRow.name, SearchRow.sold, SearchRow.rating_hundredths,
                        SearchRow.stock_left, SearchRow.is_available),
    }  # fmt: skip
    return {name: sorted(map(repr, session.execute(query).all())) for name, query in wanted.items()}


def load(session: Session, folder: Path, now: datetime) -> dict[str, list[Any]]:
    """Load the small world and return what it holds."""
    load_demo(
        session, small_world(), region="lebak", shelves=Shelves(FolderStorage(folder), FolderStorage(folder / "waiting")), now=now
    )
    return snapshot(session)


def test_the_same_day_gives_the_same_demo(app: Flask, connection: Any, tmp_path: Path) -> None:
    snapshots = []
    for _ in range(2):
        nested = connection.begin_nested()
        with Session(connection, join_transaction_mode="create_savepoint") as session:
            snapshots.append(load(session, tmp_path, NOW))
        nested.rollback()
    first, second = snapshots
    assert first == second
    assert all(first.values())


def test_the_plan_of_the_past_is_the_same_and_fits_the_goods() -> None:
    world = full_world()
    orders = plan_past(world)
    assert orders == plan_past(world)
    assert len(orders) >= len(world.reviews) + 60
    assert len({order.number for order in orders}) == len(orders)
    skus = {variant.sku: variant for good in world.goods for variant in good.variants}
    assert all(skus[sku].min_steps <= steps for sku, steps in sold_steps(orders).items())
    joined = {item: shop.joined_days_ago for item, shop in world.shop_of_item.items()}
    for order in orders:
        assert all(order.days_ago < joined[wanted.good.item_id] for wanted in order.wanted), order
        assert timedelta(days=order.days_ago) >= timedelta(days=order.lead_days + 4)


def test_the_small_world_is_cut_whole() -> None:
    world = small_world()
    items = {good.item_id for good in world.goods}
    assert len(items) == 20
    assert {item for shop in world.shops for item in shop.items} == items
    assert {review.item for review in world.reviews} <= items
    assert {pick.item for pick in world.curation.picks} <= items
    assert {story.shop for story in world.curation.stories} <= {shop.slug for shop in world.shops}
    assert {member.role for member in world.cast} == set(Role)
