"""Shops: their page, the directory, their papers, and what the office does to them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.models import AuditEntry
from marketplace.accounts.permissions import Role
from marketplace.accounts.queries import roles_of
from marketplace.kernel.clock import end_of_day
from marketplace.kernel.ids import PersonId
from marketplace.language.languages import Language
from marketplace.sellers.errors import PermitNotFound, PermitNumberWrong, SlugTaken
from marketplace.sellers.models import PermitKind, Shop, ShopState, ShopText
from marketplace.sellers.permits import read_permit_number
from marketplace.sellers.queries import Moved, ShopPage, permits_in_force, shop_page, shops_directory
from marketplace.sellers.services import (
    NewShop,
    ShopWords,
    add_permit,
    open_shop,
    reinstate_shop,
    rename_shop_slug,
    set_holiday,
    suspend_shop,
    verify_permit,
    verify_shop,
)
from marketplace.sellers.states import ShopMoveRefused
from tests.counting import statements_of
from tests.factories.people import make_person
from tests.factories.places import make_district
from tests.factories.shops import make_shop

WORDS = {Language.ID: ShopWords("Nira pagi", "Cerita kami."), Language.KO: ShopWords("아침 수액", "이야기입니다.")}


def new_shop(session: Session, slug: str = "nira") -> NewShop:
    """Return what a shop in Sobang opens with."""
    return NewShop(slug=slug, code=slug[:4].upper(), name="Nira Girang", district_code=make_district(session).code,
                   phone="+6281200000001", words=WORDS)  # fmt: skip


def read(session: Session, slug: str, language: Language, now: datetime) -> ShopPage:
    """Return the page, which must be there."""
    page = shop_page(session, slug, language, now)
    assert isinstance(page, ShopPage)
    return page


def test_a_shop_shows_once_verified(session: Session, now: datetime) -> None:
    owner, clerk = make_person(session), make_person(session)
    shop = open_shop(session, shop=new_shop(session), owner_id=owner.id, now=now)
    assert shop_page(session, "nira", Language.ID, now) is None
    assert roles_of(session, owner.id) == [(Role.OWNER, shop.id)]
    verify_shop(session, shop_id=shop.id, actor_id=clerk.id, now=now)
    session.flush()
    with statements_of(session) as sent:
        page = read(session, "nira", Language.KO, now)
    assert (page.card.tagline, page.story, page.is_fallback) == ("아침 수액", "이야기입니다.", False)
    assert (page.card.district_name, page.verified_at) == ("Sobang", now)
    assert len(sent) == 2
    english = read(session, "nira", Language.EN, now)
    assert (english.story, english.story_language, english.is_fallback) == ("Cerita kami.", Language.ID, True)


@pytest.mark.promise("B3")
def test_suspension_hides_at_once_and_reinstatement_brings_back(session: Session, now: datetime) -> None:
    shop, clerk = make_shop(session), make_person(session)
    suspend_shop(session, shop_id=shop.id, reason="aduan", actor_id=clerk.id, now=now)
    assert shop_page(session, shop.slug, Language.ID, now) is None
    assert shops_directory(session, Language.ID).rows == ()
    with pytest.raises(ShopMoveRefused):
        suspend_shop(session, shop_id=shop.id, reason="lagi", actor_id=clerk.id, now=now)
    reinstate_shop(session, shop_id=shop.id, actor_id=clerk.id, now=now)
    read(session, shop.slug, Language.ID, now)
    with pytest.raises(ShopMoveRefused):
        reinstate_shop(session, shop_id=shop.id, actor_id=clerk.id, now=now)
    assert (shop.state, shop.state_reason) == (ShopState.ACTIVE, "")
    session.flush()
    acts = session.scalars(select(AuditEntry.action).where(AuditEntry.object_kind == "shop").order_by(AuditEntry.id)).all()
    assert acts == ["shop.suspend", "shop.reinstate"]


def test_old_slugs_lead_on_and_are_never_given_away(session: Session, now: datetime) -> None:
    shop, clerk = make_shop(session, slug="lama"), make_person(session)
    rename_shop_slug(session, shop_id=shop.id, slug="baru", actor_id=clerk.id, now=now)
    assert shop_page(session, "lama", Language.ID, now) == Moved("baru")
    with pytest.raises(SlugTaken):
        open_shop(session, shop=new_shop(session, "lama"), owner_id=clerk.id, now=now)
    suspend_shop(session, shop_id=shop.id, reason="aduan", actor_id=clerk.id, now=now)
    assert shop_page(session, "lama", Language.ID, now) is None


def test_directory_by_name_in_pages_and_by_kecamatan(session: Session, now: datetime) -> None:
    for name in ("banyu", "Air", "Cai"):
        make_shop(session, name=name)
    away = make_shop(session, name="Dapur", district_code="36.02.18")
    make_shop(session, name="Esok", verified_at=None)
    with statements_of(session) as sent:
        page = shops_directory(session, Language.EN, 1, size=3)
    assert [card.name for card in page.rows] == ["Air", "banyu", "Cai"]
    assert (page.total, page.has_next, len(sent)) == (4, True, 2)
    assert [card.id for card in shops_directory(session, Language.EN, 1, district_code="36.02.18").rows] == [away.id]


def test_permits_count_while_verified_and_to_the_end_of_their_last_day(session: Session, now: datetime) -> None:
    shop, rival, clerk = make_shop(session), make_shop(session), make_person(session)
    last = date(2026, 12, 1)
    permit = add_permit(
        session, shop_id=shop.id, kind=PermitKind.PIRT, number="209360201000026", actor_id=PersonId(1), expires_on=last, now=now
    )
    assert permit.number == "2093602010000-26"
    assert permits_in_force(session, shop.id, now) == ()
    with pytest.raises(PermitNotFound):
        verify_permit(session, shop_id=rival.id, permit_id=permit.id, actor_id=clerk.id, now=now)
    verify_permit(session, shop_id=shop.id, permit_id=permit.id, actor_id=clerk.id, now=now)
    ends = end_of_day(last)
    assert len(permits_in_force(session, shop.id, ends - timedelta(seconds=1))) == 1
    assert permits_in_force(session, shop.id, ends) == ()


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        (PermitKind.NIB, "000 000 0000001", "0000000000001"),
        (PermitKind.PIRT, "P-IRT No. 2093602010000-31", "2093602010000-31"),
        (PermitKind.HALAL, "id36000000000000001", "ID36000000000000001"),
        (PermitKind.BPOM_MD, "MD 123456789012", "MD123456789012"),
    ],
)
def test_permit_numbers_are_read(kind: PermitKind, typed: str, kept: str) -> None:
    assert read_permit_number(kind, typed) == kept


@pytest.mark.parametrize(("kind", "typed"), [(PermitKind.NIB, "123"), (PermitKind.PIRT, "123"), (PermitKind.HALAL, "36"),
                                             (PermitKind.BRAND, "<b>")])  # fmt: skip
def test_permit_numbers_of_another_form_are_refused(kind: PermitKind, typed: str) -> None:
    with pytest.raises(PermitNumberWrong):
        read_permit_number(kind, typed)


def test_holiday_is_said_and_ends_by_itself(session: Session, now: datetime) -> None:
    shop, clerk = make_shop(session), make_person(session)
    with pytest.raises(ValueError):
        set_holiday(session, shop_id=shop.id, starts=date(2026, 12, 2), ends=date(2026, 12, 1), actor_id=clerk.id, now=now)
    set_holiday(session, shop_id=shop.id, starts=date(2026, 11, 25), ends=None, actor_id=clerk.id, now=now)
    assert not read(session, shop.slug, Language.ID, now).is_on_holiday
    assert read(session, shop.slug, Language.ID, now + timedelta(days=400)).is_on_holiday
    set_holiday(session, shop_id=shop.id, starts=None, ends=None, actor_id=clerk.id, now=now)
    assert not read(session, shop.slug, Language.ID, now + timedelta(days=400)).is_on_holiday


def test_a_missing_translation_of_the_tagline_is_filled(session: Session, now: datetime) -> None:
    shop = make_shop(session)
    session.get_one(ShopText, (shop.id, "id")).tagline = "Dari Sobang"
    session.flush()
    assert shops_directory(session, Language.KO).rows[0].tagline == "Dari Sobang"
    assert session.get_one(Shop, shop.id).picture_hash is None
