"""What a product's page is made of, and for whom it exists."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from marketplace.catalog.drafts import PhotoDraft, VariantDraft
from marketplace.catalog.models import AttributeKind, ProductState
from marketplace.catalog.pages import ProductPage
from marketplace.catalog.queries import Moved, categories, category_page, product_page, related
from marketplace.catalog.services import move_product, rename_product_slug
from marketplace.kernel.clock import end_of_day
from marketplace.kernel.ids import PersonId
from marketplace.language.languages import Language
from marketplace.sellers.models import PermitKind
from marketplace.sellers.services import add_permit, set_holiday, suspend_shop, verify_permit
from tests.counting import statements_of
from tests.factories.goods import make_category
from tests.factories.listings import VARIANT, make_attribute, make_image, make_listing
from tests.factories.people import make_person
from tests.factories.shops import make_shop


def read(session: Session, slug: str, language: Language, now: datetime) -> ProductPage:
    """Return the page, which must be there."""
    page = product_page(session, slug, language, now)
    assert isinstance(page, ProductPage)
    return page


def test_words_come_in_the_readers_language_or_say_that_they_do_not(session: Session, now: datetime) -> None:
    product = make_listing(session, shop=make_shop(session))
    korean = read(session, product.slug, Language.KO, now)
    assert (korean.name, korean.text_language, korean.is_fallback) == ("아렌 팜슈가", Language.KO, False)
    english = read(session, product.slug, Language.EN, now)
    assert (english.name, english.text_language, english.is_fallback) == ("Gula Semut Aren", Language.ID, True)
    assert english.photos[0].alt == "Kantong gula"
    assert korean.photos[0].alt == "팜슈가 봉지"
    assert korean.photos[0].widths == (160, 320, 480, 720)


def test_the_whole_page_takes_five_statements(session: Session, now: datetime) -> None:
    product = make_listing(session, shop=make_shop(session))
    with statements_of(session) as sent:
        page = read(session, product.slug, Language.KO, now)
    assert len(sent) == 5
    with statements_of(session) as sent:
        related(session, page, Language.KO)
    assert len(sent) == 2


def test_variants_have_labels_tiers_and_a_price_per_100_g(session: Session, now: datetime) -> None:
    variants = (
        VariantDraft(sku="A", price_minor=16_500, ship_weight_grams=280, box_mm=(1, 2, 3), net_weight_grams=250,
                     labels={Language.ID: "250 g", Language.KO: "250g"}, tiers=((12, 15_800), (48, 15_000))),
        VariantDraft(sku="B", price_minor=10_000, ship_weight_grams=400, box_mm=(1, 2, 3), net_weight_grams=333,
                     labels={Language.ID: "333 g"}),
    )  # fmt: skip
    product = make_listing(session, shop=make_shop(session), variants=variants)
    small, odd = read(session, product.slug, Language.KO, now).variants
    assert (small.label, odd.label) == ("250g", "333 g")
    assert [(tier.min_steps, tier.price_minor) for tier in small.tiers] == [(12, 15_800), (48, 15_000)]
    assert odd.tiers == ()
    assert (small.per_100g_minor, odd.per_100g_minor) == (6_600, 3_003)


def test_only_food_has_a_price_by_weight(session: Session, now: datetime) -> None:
    product = make_listing(session, shop=make_shop(session), shelf_life_days=None)
    assert read(session, product.slug, Language.ID, now).variants[0].per_100g_minor is None


def test_facts_are_named_and_typed_in_the_readers_language(session: Session, now: datetime) -> None:
    category_id = make_category(session).id
    make_attribute(session, category_id=category_id, code="form", kind=AttributeKind.CHOICE, choices=("granules", "block"))
    make_attribute(session, category_id=category_id, code="net", kind=AttributeKind.NUMBER, unit="g")
    make_attribute(session, category_id=category_id, code="ingredients", kind=AttributeKind.TEXT)
    values = {"net": Decimal("2.5"), "ingredients": {Language.ID: "Nira aren", Language.KO: "아렌야자 수액"}, "form": "block"}
    product = make_listing(session, shop=make_shop(session), revision={"attributes": values})
    facts = read(session, product.slug, Language.KO, now).facts
    assert [(fact.code, fact.name, fact.words, fact.number_milli, fact.unit) for fact in facts] == [
        ("form", "FORM", "BLOCK", None, ""), ("net", "NET", "", 2_500, "g"),
        ("ingredients", "INGREDIENTS", "아렌야자 수액", None, ""),
    ]  # fmt: skip
    assert read(session, product.slug, Language.EN, now).facts[2].words == "Nira aren"
    with statements_of(session) as sent:
        page = category_page(session, "gula", Language.KO)
    assert page is not None
    assert [(named.code, named.name) for named in page.filters] == [("form", "FORM")]
    assert len(sent) == 2


@pytest.mark.promise("R12")
def test_a_permit_counts_to_the_end_of_its_last_day_in_wib(session: Session, now: datetime) -> None:
    shop, verifier = make_shop(session), make_person(session)
    last = date(2026, 11, 30)
    permit = add_permit(
        session, shop_id=shop.id, kind=PermitKind.PIRT, number="2093602010000-26", actor_id=PersonId(1), expires_on=last, now=now
    )
    product = make_listing(session, shop=shop, revision={"permit_ids": (permit.id,)})
    assert read(session, product.slug, Language.ID, now).permits == ()  # nobody verified it
    verify_permit(session, shop_id=shop.id, permit_id=permit.id, actor_id=verifier.id, now=now)
    ends = end_of_day(last)
    assert ends.hour == 17  # UTC
    before = read(session, product.slug, Language.ID, ends - timedelta(seconds=1)).permits
    assert [badge.number for badge in before] == ["2093602010000-26"]
    assert read(session, product.slug, Language.ID, ends).permits == ()


def test_permits_of_other_goods_do_not_count_but_those_of_the_shop_do(session: Session, now: datetime) -> None:
    shop, verifier = make_shop(session), make_person(session)
    for kind, number in ((PermitKind.HALAL, "ID36000000000000001"), (PermitKind.NIB, "0000000000001")):
        permit = add_permit(session, shop_id=shop.id, kind=kind, number=number, actor_id=PersonId(1), now=now)
        verify_permit(session, shop_id=shop.id, permit_id=permit.id, actor_id=verifier.id, now=now)
    product = make_listing(session, shop=shop)
    assert [badge.kind for badge in read(session, product.slug, Language.ID, now).permits] == [PermitKind.NIB]


@pytest.mark.promise("B3")
def test_a_suspended_shop_and_product_are_gone_at_once(session: Session, now: datetime) -> None:
    shop, clerk = make_shop(session), make_person(session)
    product, other = make_listing(session, shop=shop), make_listing(session, shop=shop, variants=(VARIANT_B,))
    page = read(session, product.slug, Language.ID, now)
    assert [card.product_id for card in related(session, page, Language.ID).from_shop] == [other.id]
    move_product(session, product_id=product.id, wanted=ProductState.SUSPENDED, reason="foto", actor_id=clerk.id, now=now)
    assert product_page(session, product.slug, Language.ID, now) is None
    suspend_shop(session, shop_id=shop.id, reason="aduan", actor_id=clerk.id, now=now)
    assert product_page(session, other.slug, Language.ID, now) is None
    assert related(session, page, Language.ID).from_shop == ()  # though its search rows still say it is listed


def test_a_draft_and_an_unverified_shop_show_nothing(session: Session, now: datetime) -> None:
    hidden = make_listing(session, shop=make_shop(session, verified_at=None))
    assert product_page(session, hidden.slug, Language.ID, now) is None
    assert product_page(session, "tidak-ada", Language.ID, now) is None


def test_an_old_slug_leads_to_the_new_one(session: Session, now: datetime) -> None:
    product = make_listing(session, shop=make_shop(session))
    old = product.slug
    rename_product_slug(session, product_id=product.id, slug="gula-baru", actor_id=make_person(session).id, now=now)
    assert product_page(session, old, Language.ID, now) == Moved("gula-baru")
    assert read(session, "gula-baru", Language.ID, now).id == product.id


def test_a_shop_on_holiday_shows_its_goods_and_says_so(session: Session, now: datetime) -> None:
    shop = make_shop(session)
    product = make_listing(session, shop=shop)
    assert read(session, product.slug, Language.ID, now).is_sold_now
    starts, ends = date(2026, 11, 24), date(2026, 11, 26)
    set_holiday(session, shop_id=shop.id, starts=starts, ends=ends, actor_id=make_person(session).id, now=now)
    page = read(session, product.slug, Language.ID, now)
    assert (page.is_sold_now, page.shop.holiday_until) == (False, ends)
    assert not read(session, product.slug, Language.ID, end_of_day(ends) - timedelta(seconds=1)).is_sold_now
    assert read(session, product.slug, Language.ID, end_of_day(ends)).is_sold_now


def test_related_goods_of_the_shelf_come_from_other_shops(session: Session, now: datetime) -> None:
    mine, theirs = make_shop(session), make_shop(session)
    product, neighbour = make_listing(session, shop=mine), make_listing(session, shop=theirs)
    make_listing(session, shop=theirs, category="batik", variants=(VARIANT_B,))
    found = related(session, read(session, product.slug, Language.ID, now), Language.ID)
    assert [card.product_id for card in found.from_category] == [neighbour.id]
    assert found.from_shop == ()


def test_categories_in_their_order(session: Session) -> None:
    make_category(session, "gula")
    make_category(session, "batik").position = 0
    session.flush()
    with statements_of(session) as sent:
        assert [shelf.slug for shelf in categories(session, Language.KO)] == ["batik", "gula"]
    assert len(sent) == 1
    assert category_page(session, "tidak-ada", Language.ID) is None


def test_photos_keep_their_order(session: Session, now: datetime) -> None:
    hashes = [make_image(session) for _ in range(3)]
    photos = tuple(PhotoDraft(image_hash=image, alts={Language.ID: image}) for image in reversed(hashes))
    product = make_listing(session, shop=make_shop(session), revision={"photos": photos})
    assert [photo.hash for photo in read(session, product.slug, Language.ID, now).photos] == hashes[::-1]


VARIANT_B = VariantDraft(sku="GS-500", price_minor=30_000, ship_weight_grams=VARIANT.ship_weight_grams, box_mm=VARIANT.box_mm)
