"""Curators at work: order, slots, taking acts back, two of them at once, and what is counted."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.models import AuditEntry, Person
from marketplace.catalog.models import Product
from marketplace.curation.board import GoodFilter, goods_to_choose, last_act, picks_of
from marketplace.curation.errors import ChangedMeanwhile, CollectionChanged, NothingToUndo, PickEnded, PickNotFound
from marketplace.curation.exposure import Surface, exposure_by_seller, record_impressions
from marketplace.curation.models import Exposure, Pick
from marketplace.curation.queries import collection_page, picks_in
from marketplace.curation.services import (
    Titled,
    change_collection,
    change_pick,
    end_pick,
    make_collection,
    move_pick,
    move_to_slot,
    place_pick,
    undo_last,
    withdraw_pick,
)
from marketplace.kernel.clock import local_day
from marketplace.language.languages import Language
from tests.factories.listings import make_listing
from tests.factories.people import make_person
from tests.factories.shops import make_shop

REASON = {Language.ID: "Rata"}
HOUR = timedelta(hours=1)


@pytest.fixture
def curator(session: Session) -> Person:
    """Who acts."""
    return make_person(session)


def place(session: Session, product: Product, curator: Person, now: datetime, **given: Any) -> Pick:
    """Return a pick on the front page from now on."""
    values: dict[str, Any] = {"slot": "home", "reasons": REASON, "starts_at": now, "ends_at": None}
    return place_pick(session, product_id=product.id, author_id=curator.id, now=now, **(values | given))


def order(session: Session, now: datetime) -> list[int]:
    """Return the products on the front page, in their order."""
    return [pick.card.product_id for pick in picks_in(session, "home", Language.ID, now)]


@pytest.mark.row("F3")
def test_picks_change_places_and_that_is_taken_back(session: Session, now: datetime, curator: Person) -> None:
    goods = [make_listing(session, shop=make_shop(session)) for _ in range(3)]
    picks = [place(session, product, curator, now) for product in goods]
    first, second, third = (product.id for product in goods)
    move_pick(session, pick_id=picks[2].id, up=True, seen=picks[2].version, actor_id=curator.id, now=now)
    assert order(session, now) == [first, third, second]
    move_pick(session, pick_id=picks[0].id, up=True, seen=picks[0].version, actor_id=curator.id, now=now)
    assert order(session, now) == [first, third, second]  # already first: nothing happened, nothing to undo
    act = last_act(session, curator.id, now)
    assert act is not None
    assert undo_last(session, act_id=act.id, actor_id=curator.id, now=now + HOUR / 60) == "move"
    assert order(session, now) == [first, second, third]


@pytest.mark.row("F3")
def test_every_act_is_taken_back_by_its_opposite(session: Session, now: datetime, curator: Person) -> None:
    product, before = make_listing(session, shop=make_shop(session)), now - HOUR
    pick = place(session, product, curator, before)

    def undo() -> None:
        act = last_act(session, curator.id, now)
        assert act is not None
        undo_last(session, act_id=act.id, actor_id=curator.id, now=now)

    def shown(slot: str = "home") -> list[str]:
        return [one.reason for one in picks_in(session, slot, Language.ID, now)]

    end_pick(session, pick_id=pick.id, seen=pick.version, actor_id=curator.id, now=now)
    assert shown() == []
    undo()
    assert shown() == ["Rata"]
    withdraw_pick(session, pick_id=pick.id, seen=pick.version, actor_id=curator.id, now=now)
    with pytest.raises(PickNotFound):
        move_pick(session, pick_id=pick.id, up=True, seen=pick.version, actor_id=curator.id, now=now)
    undo()
    assert shown() == ["Rata"]
    move_to_slot(session, pick_id=pick.id, slot="category:gula", seen=pick.version, actor_id=curator.id, now=now)
    assert (shown(), shown("category:gula")) == ([], ["Rata"])
    undo()
    assert (shown(), shown("category:gula")) == (["Rata"], [])
    change_pick(session, pick_id=pick.id, reasons={Language.ID: "Lain"}, starts_at=before, ends_at=None, seen=pick.version,
                actor_id=curator.id, now=now)  # fmt: skip
    assert shown() == ["Lain"]
    undo()
    assert shown() == ["Rata"]
    done = session.scalars(select(AuditEntry.action).where(AuditEntry.object_kind == "pick").order_by(AuditEntry.id)).all()
    assert done == [
        "pick.place", "pick.end", "pick.undo-end", "pick.withdraw", "pick.undo-withdraw", "pick.slot", "pick.undo-slot",
        "pick.change", "pick.undo-change",
    ]  # fmt: skip


@pytest.mark.row("F3")
def test_what_somebody_else_changed_is_neither_overwritten_nor_taken_back(
    session: Session, now: datetime, curator: Person
) -> None:
    other = make_person(session)
    pick = place(session, make_listing(session, shop=make_shop(session)), curator, now)
    act, seen = last_act(session, curator.id, now), pick.version
    assert act is not None
    change_pick(session, pick_id=pick.id, reasons={Language.ID: "Lain"}, starts_at=now, ends_at=None, seen=seen,
                actor_id=other.id, now=now)  # fmt: skip
    with pytest.raises(ChangedMeanwhile):
        withdraw_pick(session, pick_id=pick.id, seen=seen, actor_id=curator.id, now=now)
    with pytest.raises(ChangedMeanwhile):
        undo_last(session, act_id=act.id, actor_id=curator.id, now=now)
    with pytest.raises(NothingToUndo):
        undo_last(session, act_id=act.id, actor_id=other.id, now=now)
    theirs = last_act(session, other.id, now)
    assert theirs is not None
    with pytest.raises(NothingToUndo):
        undo_last(session, act_id=theirs.id, actor_id=other.id, now=now + timedelta(minutes=10))


def test_a_pick_that_does_not_show_cannot_end(session: Session, now: datetime, curator: Person) -> None:
    coming = place(session, make_listing(session, shop=make_shop(session)), curator, now, starts_at=now + HOUR)
    with pytest.raises(PickEnded):
        end_pick(session, pick_id=coming.id, seen=coming.version, actor_id=curator.id, now=now)


@pytest.mark.row("F5")
def test_a_collection_keeps_its_order_and_refuses_an_old_version(session: Session, now: datetime, curator: Person) -> None:
    goods = [make_listing(session, shop=make_shop(session)) for _ in range(3)]
    made = make_collection(session, slug="dapur", words={Language.ID: Titled("Dapur")}, product_ids=[goods[0].id], starts_at=now,
                           ends_at=None, author_id=curator.id, now=now)  # fmt: skip
    given: dict[str, Any] = {"collection_id": made.id, "words": {Language.ID: Titled("Meja")}, "starts_at": now, "ends_at": None,
                             "seen": 1, "actor_id": curator.id, "now": now}  # fmt: skip
    change_collection(session, product_ids=[goods[2].id, goods[0].id], **given)
    page = collection_page(session, "dapur", Language.KO, now)
    assert page is not None
    assert (page.name, [card.product_id for card in page.cards]) == ("Meja", [goods[2].id, goods[0].id])
    with pytest.raises(CollectionChanged):
        change_collection(session, product_ids=[], **given)


@pytest.mark.row("F4")
def test_cards_that_were_seen_are_added_up_by_day_and_page(session: Session, now: datetime) -> None:
    shop = make_shop(session)
    product = make_listing(session, shop=shop)
    for _ in range(2):
        assert record_impressions(session, slugs=[product.slug, product.slug, "tidak-ada"], surface=Surface.HOME, now=now) == 1
    record_impressions(session, slugs=[product.slug], surface=Surface.SEARCH, now=now)
    record_impressions(session, slugs=[product.slug], surface=Surface.HOME, now=now + timedelta(days=1))
    rows = session.execute(select(Exposure.day, Exposure.surface, Exposure.impressions).order_by(Exposure.day, Exposure.surface))
    day = local_day(now)
    assert [tuple(row) for row in rows] == [(day, "home", 2), (day, "search", 1), (day + timedelta(days=1), "home", 1)]
    (share,) = exposure_by_seller(session, first=day, last=day)
    assert (share.shop_name, share.goods, share.home, share.impressions) == (shop.name, 1, 2, 3)


@pytest.mark.row("F4")
def test_goods_to_choose_come_least_seen_first_without_those_that_stand(session: Session, now: datetime, curator: Person) -> None:
    goods = [make_listing(session, shop=make_shop(session)) for _ in range(3)]
    record_impressions(session, slugs=[goods[0].slug], surface=Surface.HOME, now=now)
    assert [one.id for one in goods_to_choose(session, "home", GoodFilter(), now)] == [goods[1].id, goods[2].id, goods[0].id]
    place(session, goods[1], curator, now)
    assert [one.id for one in goods_to_choose(session, "home", GoodFilter(), now)] == [goods[2].id, goods[0].id]
    assert len(goods_to_choose(session, "category:gula", GoodFilter(), now)) == 3
    assert goods_to_choose(session, "home", GoodFilter(words="batik"), now) == []
    assert goods_to_choose(session, "home", GoodFilter(category="batik"), now) == []
    assert len(goods_to_choose(session, "home", GoodFilter(category="gula", age="new", words="aren"), now)) == 2
    (row,) = picks_of(session, "home", now)
    assert (row.reasons, row.author) == ({"id": "Rata"}, curator.name)
