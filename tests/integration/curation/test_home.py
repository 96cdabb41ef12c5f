"""What curators placed, at one instant."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.models import AuditEntry
from marketplace.catalog.errors import ProductNotFound
from marketplace.curation.errors import CollectionSlugTaken, PickNotFound, ReasonMissing, WindowWrong
from marketplace.curation.queries import collection_page, home, picks_in
from marketplace.curation.services import Titled, feature_shop, make_collection, place_pick, withdraw_pick
from marketplace.db.public_version import bump_if_moved, public_version
from marketplace.kernel.ids import ProductId
from marketplace.language.languages import Language
from marketplace.sellers.services import suspend_shop
from tests.counting import statements_of
from tests.factories.listings import VARIANT, make_listing
from tests.factories.people import make_person
from tests.factories.shops import make_shop

REASONS = {Language.ID: "Kering dan rata", Language.KO: "고른 과립"}
HOUR = timedelta(hours=1)


@pytest.mark.row("S4")
def test_a_pick_shows_from_its_start_to_just_before_its_end(session: Session, now: datetime) -> None:
    product = make_listing(session, shop=make_shop(session))
    place_pick(session, slot="home", product_id=product.id, reasons=REASONS, starts_at=now, ends_at=now + HOUR,
               author_id=None, now=now)  # fmt: skip
    assert home(session, Language.KO, now - timedelta(seconds=1)).picks == ()
    (pick,) = home(session, Language.KO, now).picks
    assert (pick.card.product_id, pick.card.name, pick.reason) == (product.id, "아렌 팜슈가", "고른 과립")
    assert home(session, Language.EN, now).picks[0].reason == "Kering dan rata"
    assert home(session, Language.KO, now + HOUR).picks == ()


def test_the_next_change_is_the_nearest_start_or_end(session: Session, now: datetime) -> None:
    shop = make_shop(session)
    product = make_listing(session, shop=shop)
    assert home(session, Language.ID, now).next_change_at is None
    given: dict[str, Any] = {"slot": "home", "product_id": product.id, "reasons": REASONS, "author_id": None, "now": now}
    place_pick(session, starts_at=now - HOUR, ends_at=now + 5 * HOUR, **given)
    later = place_pick(session, starts_at=now + 2 * HOUR, ends_at=None, **given)
    feature_shop(session, shop_id=shop.id, words={Language.ID: Titled("Cerita")}, position=1, starts_at=now,
                 ends_at=now + 4 * HOUR, author_id=None, now=now)  # fmt: skip
    assert home(session, Language.ID, now).next_change_at == now + 2 * HOUR
    withdraw_pick(session, pick_id=later.id, actor_id=make_person(session).id, now=now)
    assert home(session, Language.ID, now).next_change_at == now + 4 * HOUR
    assert home(session, Language.ID, now + 4 * HOUR).next_change_at == now + 5 * HOUR


def test_picks_keep_their_order_and_their_slot(session: Session, now: datetime) -> None:
    shop = make_shop(session)
    first, second = make_listing(session, shop=shop), make_listing(session, shop=make_shop(session))
    given: dict[str, Any] = {"reasons": REASONS, "author_id": None, "now": now, "starts_at": now, "ends_at": None}
    place_pick(session, slot="home", product_id=first.id, **given)
    place_pick(session, slot="home", product_id=second.id, **given)
    place_pick(session, slot="category:gula", product_id=second.id, **given)
    assert [pick.card.product_id for pick in picks_in(session, "home", Language.ID, now)] == [first.id, second.id]
    assert [pick.card.product_id for pick in picks_in(session, "category:gula", Language.ID, now)] == [second.id]


@pytest.mark.promise("B3")
def test_nothing_of_a_suspended_shop_shows(session: Session, now: datetime) -> None:
    shop, clerk = make_shop(session), make_person(session)
    product = make_listing(session, shop=shop)
    place_pick(session, slot="home", product_id=product.id, reasons=REASONS, starts_at=now, ends_at=None, author_id=None, now=now)
    feature_shop(session, shop_id=shop.id, words={Language.ID: Titled("Cerita", "Awal")}, position=1, starts_at=now, ends_at=None,
                 author_id=None, now=now)  # fmt: skip
    make_collection(session, slug="dapur", words={Language.ID: Titled("Dapur")}, product_ids=[product.id], position=1,
                    starts_at=now, ends_at=None, author_id=None, now=now)  # fmt: skip
    session.flush()
    with statements_of(session) as sent:
        shown = home(session, Language.EN, now)
    assert len(sent) == 4
    assert [(story.title, story.teaser, story.shop_slug) for story in shown.stories] == [("Cerita", "Awal", shop.slug)]
    assert [len(collection.cards) for collection in shown.collections] == [1]
    suspend_shop(session, shop_id=shop.id, reason="aduan", actor_id=clerk.id, now=now)
    hidden = home(session, Language.EN, now)
    assert (hidden.picks, hidden.stories, hidden.collections) == ((), (), ())


def test_a_collection_in_its_order_and_its_language(session: Session, now: datetime) -> None:
    shop = make_shop(session)
    one, two = make_listing(session, shop=shop), make_listing(session, shop=make_shop(session))
    words = {Language.ID: Titled("Untuk dapur", "Alat"), Language.KO: Titled("부엌", "도구")}
    given: dict[str, Any] = {"position": 1, "author_id": None, "now": now, "starts_at": now, "ends_at": now + HOUR}
    make_collection(session, slug="dapur", words=words, product_ids=[two.id, one.id], **given)
    make_collection(session, slug="kosong", words=words, product_ids=[], **given)
    page = collection_page(session, "dapur", Language.KO, now)
    assert page is not None
    assert (page.name, page.description, [card.product_id for card in page.cards]) == ("부엌", "도구", [two.id, one.id])
    english = collection_page(session, "dapur", Language.EN, now)
    assert english is not None
    assert english.name == "Untuk dapur"
    empty = collection_page(session, "kosong", Language.EN, now)
    assert empty is not None
    assert empty.cards == ()
    assert collection_page(session, "dapur", Language.KO, now + HOUR) is None
    assert collection_page(session, "lain", Language.KO, now) is None
    with pytest.raises(CollectionSlugTaken):
        make_collection(session, slug="dapur", words=words, product_ids=[], **given)


def test_what_is_placed_is_refused_without_reason_goods_or_time(session: Session, now: datetime) -> None:
    product = make_listing(session, shop=make_shop(session))
    given: dict[str, Any] = {"slot": "home", "author_id": None, "now": now, "starts_at": now}
    with pytest.raises(ReasonMissing):
        place_pick(session, product_id=product.id, reasons={Language.ID: " ", Language.KO: "이유"}, ends_at=None, **given)
    with pytest.raises(WindowWrong):
        place_pick(session, product_id=product.id, reasons=REASONS, ends_at=now, **given)
    with pytest.raises(ProductNotFound):
        place_pick(session, product_id=ProductId(10**9), reasons=REASONS, ends_at=None, **given)


def test_placing_and_withdrawing_are_audited_once_and_end_cached_pages(session: Session, now: datetime) -> None:
    curator = make_person(session)
    product = make_listing(session, shop=make_shop(session), variants=(VARIANT,))
    bump_if_moved(session)
    before = public_version(session)
    pick = place_pick(session, slot="home", product_id=product.id, reasons=REASONS, starts_at=now + HOUR, ends_at=None,
                      author_id=curator.id, now=now)  # fmt: skip
    bump_if_moved(session)
    assert public_version(session) == before + 1
    withdraw_pick(session, pick_id=pick.id, actor_id=curator.id, now=now)
    with pytest.raises(PickNotFound):
        withdraw_pick(session, pick_id=pick.id, actor_id=curator.id, now=now)
    session.flush()
    entries = session.execute(
        select(AuditEntry.action, AuditEntry.actor_id).where(AuditEntry.object_kind == "pick").order_by(AuditEntry.id)
    ).all()
    assert [tuple(entry) for entry in entries] == [("pick.place", curator.id), ("pick.withdraw", curator.id)]
