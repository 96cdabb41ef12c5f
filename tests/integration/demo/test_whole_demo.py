"""The whole demo, loaded once on each database and read from every side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from marketplace.accounts.services import check_credentials
from marketplace.catalog.models import Category, Product, ProductState, ProductText, RevisionPhoto, Variant
from marketplace.catalog.pages import ProductPage
from marketplace.catalog.queries import product_page, related
from marketplace.catalog.search.asking import SearchQuery
from marketplace.catalog.search.models import SearchRow
from marketplace.catalog.search.querying import search
from marketplace.cli.invariants import find_broken
from marketplace.curation.queries import collection_page, home
from marketplace.db import in_unit, reading
from marketplace.demo.loading import load_demo
from marketplace.demo.people_cast import FULL_CAST
from marketplace.demo.worlds import full_world
from marketplace.files.models import StoredImage
from marketplace.files.shelves import image_name
from marketplace.inventory.models import Movement, StockItem, VariantStock
from marketplace.kernel.phone import normalise_phone
from marketplace.language.languages import Language
from marketplace.orders.models import (
    FulfilmentFact,
    Order,
    OrderEvent,
    OrderLifecycle,
    OrderLine,
    PaymentMethod,
    SubOrder,
    SubOrderLifecycle,
)
from marketplace.outbox.models import OutboxRow
from marketplace.payments.models import LedgerTransaction, PaymentEvent, TransferCode
from marketplace.places.models import ExchangeRate
from marketplace.reviews.models import Review, ReviewState
from marketplace.reviews.queries import product_reviews
from marketplace.sellers.models import Shop, ShopText
from marketplace.sellers.queries import ShopPage, shop_page, shops_directory
from marketplace.shipping.models import CourierService, DeliveryKind, ZoneRate
from tests.conftest import NOW, FreshDatabases, app_on
from tests.counting import statements_of


@pytest.fixture(scope="module")
def market(databases: FreshDatabases) -> Iterator[Flask]:
    """A market with the whole demo in it."""
    with app_on(databases.make("whole_demo"), databases.folder / "whole-demo") as app, app.app_context():
        shelves = app.extensions["market_shelves"]
        in_unit(lambda session: load_demo(session, full_world(), region="lebak", shelves=shelves, now=NOW))
        yield app


@pytest.fixture
def demo(market: Flask) -> Iterator[Session]:
    """A reading session on it."""
    del market
    with reading() as session:
        yield session


def count(session: Session, table: Any) -> int:
    """Return how many rows a table has."""
    return session.scalar(select(func.count()).select_from(table)) or 0


@pytest.mark.promise("I1", "I2", "I3", "I4", "I9")
def test_every_invariant_holds(demo: Session) -> None:
    assert list(find_broken(demo, NOW)) == []


def test_it_is_all_there(demo: Session) -> None:
    world = full_world()
    assert count(demo, Product) == 65
    assert set(demo.scalars(select(Product.state))) == {ProductState.PUBLISHED}
    assert count(demo, Variant) == sum(len(good.variants) for good in world.goods)
    assert count(demo, Category) == 13
    assert shops_directory(demo, Language.ID).total == 18  # 19, of which one waits to be verified
    assert len(set(demo.scalars(select(Product.district_code)))) >= 10
    assert count(demo, ZoneRate) > 50
    assert "pickup" not in set(demo.scalars(select(CourierService.courier_code)))
    assert {str(currency) for currency in demo.scalars(select(ExchangeRate.currency))} == {"USD", "KRW"}


def test_everything_is_told_in_three_languages(demo: Session) -> None:
    assert Counter(demo.scalars(select(ProductText.language))) == {"id": 65, "en": 65, "ko": 65}
    told = select(ShopText.language).where(ShopText.story != "", ShopText.tagline != "", ShopText.pickup_note != "")
    assert Counter(demo.scalars(told)) == {"id": 19, "en": 19, "ko": 19}
    for language in Language:
        page = shop_page(demo, "nira-girang", language, NOW)
        assert isinstance(page, ShopPage)
        assert not page.is_fallback


@pytest.mark.parametrize("language", list(Language))
def test_every_product_page_stands(demo: Session, language: Language) -> None:
    for slug in demo.scalars(select(Product.slug)).all():
        with statements_of(demo) as sent:
            page = product_page(demo, slug, language, NOW)
        assert isinstance(page, ProductPage)
        assert len(sent) == 5
        assert not page.is_fallback
        assert page.photos[0].alt
        assert page.variants
        assert page.facts
        assert all(fact.words or fact.number_milli for fact in page.facts)
        found = related(demo, page, language)
        assert page.id not in {card.product_id for card in (*found.from_shop, *found.from_category)}


def test_permits_of_food_show_only_where_verified(demo: Session) -> None:
    def kinds(slug: str) -> set[str]:
        page = product_page(demo, slug, Language.ID, NOW)
        assert isinstance(page, ProductPage)
        return {badge.kind.value for badge in page.permits}

    slugs = {good.item_id: good.slug for good in full_world().goods}
    assert kinds(slugs["gs-ori-250"]) == {"nib", "pirt", "halal"}
    assert kinds(slugs["bt-tulis"]) == {"nib"}
    assert "pirt" not in kinds(slugs["wj-baduy"])  # its P-IRT waits for a verifier


def test_every_picture_can_be_served(market: Flask, demo: Session) -> None:
    images = market.extensions["market_images"]
    rows = demo.execute(select(StoredImage.hash, StoredImage.widths)).all()
    assert len(rows) >= 65 + 13
    for image, widths in rows:
        for width in widths.split():
            assert images.read(image_name(image, int(width)))[8:12] == b"WEBP"
    assert count(demo, RevisionPhoto) >= 65
    assert demo.scalar(select(func.count()).where(Category.picture_hash.is_(None))) == 0


def test_reviews_are_of_bought_goods_and_shown(demo: Session) -> None:
    world = full_world()
    assert Counter(demo.scalars(select(Review.state))) == {ReviewState.SHOWN: len(world.reviews)}
    slugs = {good.item_id: good.slug for good in world.goods}
    of_sugar = [review for review in world.reviews if review.item == "gs-ori-250"]
    sugar = demo.scalars(select(Product.id).where(Product.slug == slugs["gs-ori-250"])).one()
    view = product_reviews(demo, sugar)
    assert {(row.author_name, row.stars, row.words, row.reply) for row in view.page.rows} == {
        (review.author, review.stars, review.text, review.reply or "") for review in of_sugar
    }
    card = demo.scalars(select(SearchRow).where(SearchRow.product_id == sugar, SearchRow.language == "id")).one()
    assert (card.rating_hundredths, card.rating_count) == (view.rating.average_hundredths, len(of_sugar))
    assert card.sold >= len(of_sugar)


def test_stock_is_what_the_files_say_less_what_is_under_way(demo: Session) -> None:
    left = dict(
        demo.execute(
            select(Variant.sku, StockItem.on_hand)
            .join(VariantStock, VariantStock.variant_id == Variant.id)
            .join(StockItem, StockItem.id == VariantStock.stock_item_id)
            .where(StockItem.is_tracked)
        ).all()
    )
    written = {variant.sku: variant.stock for good in full_world().goods for variant in good.variants if variant.tracked}
    assert set(left) == set(written)
    more = {sku: left[sku] - written[sku] for sku in left if left[sku] != written[sku]}
    # What was ordered lately has not left yet, or never will: it is still on hand.
    assert sum(units < 0 for units in more.values()) == 1  # the owner's morning begins with a good that runs low
    assert len(more) <= 17


def test_orders_stand_at_every_stage(demo: Session) -> None:
    lifecycles = Counter(demo.scalars(select(SubOrder.lifecycle)))
    assert lifecycles[SubOrderLifecycle.CLOSED] > 150
    for stage in SubOrderLifecycle:
        if stage not in (SubOrderLifecycle.READY, SubOrderLifecycle.CANCELLED):
            assert lifecycles[stage] > 0, stage
    travelling = set(demo.scalars(select(SubOrder.fulfilment).where(SubOrder.lifecycle != SubOrderLifecycle.CLOSED)))
    assert {FulfilmentFact.UNFULFILLED, FulfilmentFact.SHIPPED, FulfilmentFact.DELIVERED} <= travelling
    assert demo.scalar(select(func.count()).where(Order.lifecycle == OrderLifecycle.AWAITING_PAYMENT)) == 2
    assert count(demo, TransferCode) < 20  # what closed long ago gave its amount back
    assert set(demo.scalars(select(SubOrder.delivery_kind))) == set(DeliveryKind)
    assert (demo.scalar(select(func.count()).where(Order.method == PaymentMethod.COD)) or 0) > 5
    several = select(SubOrder.order_id).group_by(SubOrder.order_id).having(func.count() > 1)
    assert len(demo.scalars(several).all()) > 10


@pytest.mark.row("H8")
def test_blades_were_fetched_by_adults(demo: Session) -> None:
    blades = {good.item_id for good in full_world().goods if "blade" in {flag.value for flag in good.ship_flags}}
    skus = [variant.sku for good in full_world().goods if good.item_id in blades for variant in good.variants]
    sold = demo.execute(
        select(SubOrder.delivery_kind, Order.is_adult_confirmed)
        .join(Order, Order.id == SubOrder.order_id)
        .join(OrderLine, OrderLine.sub_order_id == SubOrder.id)
        .where(OrderLine.sku.in_(skus))
    ).all()
    assert set(map(tuple, sold)) == {(DeliveryKind.PICKUP, True)}


def test_nothing_lies_ahead_of_now(demo: Session) -> None:
    for column in (OrderEvent.at, PaymentEvent.at, Movement.at, LedgerTransaction.at, Review.created_at, Review.replied_at,
                   Order.created_at, Product.published_at, Shop.joined_at, SubOrder.closed_at):  # fmt: skip
        assert demo.scalar(select(func.count()).where(column > NOW)) == 0, column
    # And what waits to be told is of these days only: nobody is mailed about an order of last spring.
    waiting = demo.scalars(select(OutboxRow.created_at)).all()
    assert waiting
    assert all((NOW - at).days <= 7 for at in waiting)


@pytest.mark.parametrize("language", list(Language))
def test_the_home_page_is_curated(demo: Session, language: Language) -> None:
    with statements_of(demo) as sent:
        shown = home(demo, language, NOW)
    assert len(sent) == 4
    assert len(shown.picks) >= 6
    assert all(pick.reason for pick in shown.picks)
    assert [collection.slug for collection in shown.collections] == [entry.slug for entry in full_world().curation.collections]
    assert len(shown.stories) == len(full_world().curation.stories)
    assert all(story.title and story.teaser and story.picture_hash for story in shown.stories)
    assert shown.next_change_at is not None
    assert collection_page(demo, "untuk-dapur", language, NOW) is not None


def test_the_list_finds_what_people_type(demo: Session) -> None:
    for language, words in (("id", "gula aren"), ("en", "palm sugar"), ("ko", "팜슈가"), ("id", "btaik")):
        assert search(demo, SearchQuery(language=language, words=words), now=NOW).total > 0, words


def test_a_shop_is_on_holiday_and_one_waits(demo: Session) -> None:
    away = shop_page(demo, "dapur-hajat", Language.EN, NOW)
    assert isinstance(away, ShopPage)
    assert away.is_on_holiday
    assert shop_page(demo, "emping-panenjoan", Language.ID, NOW) is None
    assert set(demo.scalars(select(Shop.is_example))) == {True}


def test_the_cast_may_sign_in(demo: Session) -> None:
    for member in FULL_CAST:
        assert check_credentials(demo, login=normalise_phone(member.phone), password=member.password) is not None
