"""Making, reviewing, publishing and renaming goods by command."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from marketplace.accounts.models import AuditEntry
from marketplace.catalog.drafts import VariantDraft
from marketplace.catalog.errors import (
    AttributeNotHere,
    AttributeValueWrong,
    CategoryNotFound,
    NothingToSell,
    ProductNotFound,
    ProductSlugTaken,
    TiersWrong,
    WordsMissing,
)
from marketplace.catalog.models import AttributeKind, Product, ProductRevision, ProductState, RevisionState
from marketplace.catalog.revisions import rules_of, write_revision
from marketplace.catalog.services import make_product, move_product, publish_product, rename_product_slug, send_to_review
from marketplace.catalog.states import ProductMoveRefused
from marketplace.kernel.ids import PersonId
from marketplace.language.languages import Language
from marketplace.outbox.models import OutboxRow
from marketplace.sellers.errors import PermitNotFound
from marketplace.sellers.models import PermitKind
from marketplace.sellers.services import add_permit
from tests.factories.goods import make_category
from tests.factories.listings import VARIANT, make_attribute, make_draft, make_listing
from tests.factories.people import make_person
from tests.factories.shops import make_shop


def test_a_first_product_goes_from_draft_to_published(session: Session, now: datetime) -> None:
    shop, clerk = make_shop(session), make_person(session)
    product = make_product(session, shop_id=shop.id, draft=make_draft(session, shop=shop), actor_id=None, now=now)
    assert (product.state, product.published_revision_id) == (ProductState.DRAFT, None)
    with pytest.raises(ProductMoveRefused):
        move_product(session, product_id=product.id, wanted=ProductState.PUBLISHED, reason="", actor_id=clerk.id, now=now)
    send_to_review(session, shop_id=shop.id, product_id=product.id, actor_id=None, now=now)
    publish_product(session, product_id=product.id, actor_id=clerk.id, now=now)
    revision = session.get_one(ProductRevision, product.published_revision_id)
    assert (product.state, product.published_at) == (ProductState.PUBLISHED, now)
    assert (revision.state, revision.number, revision.decided_by) == (RevisionState.APPROVED, 1, clerk.id)
    session.flush()
    actions = session.scalars(select(AuditEntry.action).where(AuditEntry.object_kind == "product").order_by(AuditEntry.id)).all()
    assert actions == ["product.send-to-review", "product.publish"]
    with pytest.raises(ProductMoveRefused):
        send_to_review(session, shop_id=shop.id, product_id=product.id, actor_id=None, now=now)


def test_an_edit_is_a_new_revision_and_the_old_one_stays_public_until_approved(session: Session, now: datetime) -> None:
    shop, clerk = make_shop(session), make_person(session)
    product = make_listing(session, shop=shop)
    first = product.published_revision_id
    draft = make_draft(session, shop=shop).revision
    edit = write_revision(session, product_id=product.id, shop_id=shop.id, draft=draft, rules=rules_of(session, "gula"),
                          actor_id=None, now=now)  # fmt: skip
    edit.state = RevisionState.IN_REVIEW
    assert (edit.number, product.published_revision_id) == (2, first)
    publish_product(session, product_id=product.id, actor_id=clerk.id, now=now)
    assert (product.published_revision_id, product.state) == (edit.id, ProductState.PUBLISHED)
    assert session.get_one(ProductRevision, first).state is RevisionState.SUPERSEDED


def test_slugs_are_never_used_again(session: Session, now: datetime) -> None:
    shop, clerk = make_shop(session), make_person(session)
    product = make_listing(session, shop=shop, slug="gula-lama")
    rename_product_slug(session, product_id=product.id, slug="gula-baru", actor_id=clerk.id, now=now)
    for slug in ("gula-lama", "gula-baru"):
        with pytest.raises(ProductSlugTaken):
            make_product(session, shop_id=shop.id, draft=make_draft(session, shop=shop, slug=slug), actor_id=None, now=now)
    rename_product_slug(session, product_id=product.id, slug="gula-lama", actor_id=clerk.id, now=now)
    assert product.slug == "gula-lama"


def test_a_rival_cannot_send_my_product(session: Session, now: datetime) -> None:
    product = make_listing(session, shop=make_shop(session))
    with pytest.raises(ProductNotFound):
        send_to_review(session, shop_id=make_shop(session).id, product_id=product.id, actor_id=None, now=now)


def test_what_cannot_be_sold_is_not_sent(session: Session, now: datetime) -> None:
    shop = make_shop(session)
    for given in ({"variants": ()}, {"revision": {"photos": ()}}):
        product = make_product(session, shop_id=shop.id, draft=make_draft(session, shop=shop, **given), actor_id=None, now=now)
        with pytest.raises(NothingToSell):
            send_to_review(session, shop_id=shop.id, product_id=product.id, actor_id=None, now=now)


def test_a_draft_is_refused_for_what_does_not_fit(session: Session, now: datetime) -> None:
    shop, rival = make_shop(session), make_shop(session)
    make_attribute(session, category_id=make_category(session).id, code="form", kind=AttributeKind.CHOICE, choices=("block",))
    foreign = add_permit(session, shop_id=rival.id, kind=PermitKind.NIB, number="0000000000001", actor_id=PersonId(1), now=now)
    draft = make_draft(session, shop=shop)
    wrong = {
        CategoryNotFound: replace(draft, revision=replace(draft.revision, category="tidak-ada")),
        AttributeNotHere: replace(draft, revision=replace(draft.revision, attributes={"motif": "block"})),
        AttributeValueWrong: replace(draft, revision=replace(draft.revision, attributes={"form": "liquid"})),
        WordsMissing: replace(draft, revision=replace(draft.revision, words={Language.KO: draft.revision.words[Language.KO]})),
        PermitNotFound: replace(draft, revision=replace(draft.revision, permit_ids=(foreign.id,))),
        TiersWrong: replace(draft, variants=(replace(VARIANT, tiers=((5, 20_000),)),)),
    }
    for refusal, refused in wrong.items():
        with pytest.raises(refusal), session.begin_nested():
            make_product(session, shop_id=shop.id, draft=refused, actor_id=None, now=now)
    assert session.scalar(select(func.count()).select_from(Product)) == 0


def test_tiers_rise_and_prices_fall() -> None:
    for tiers in (((1, 100),), ((5, 100), (5, 90)), ((5, 100), (9, 100)), ((5, 0),)):
        with pytest.raises(TiersWrong):
            VariantDraft(sku="A", price_minor=200, ship_weight_grams=1, box_mm=(1, 1, 1), tiers=tiers).check_tiers()
    VariantDraft(sku="A", price_minor=200, ship_weight_grams=1, box_mm=(1, 1, 1), tiers=((5, 100), (9, 90))).check_tiers()


def test_search_hears_of_every_change_once(app: object, session: Session, now: datetime) -> None:
    clerk = make_person(session)
    product = make_listing(session, shop=make_shop(session))
    for slug in ("satu", "dua"):
        rename_product_slug(session, product_id=product.id, slug=slug, actor_id=clerk.id, now=now)
    waiting = session.scalars(select(OutboxRow.coalesce_key).where(OutboxRow.kind == "product.changed")).all()
    assert list(waiting) in ([], [f"product:{product.id}"])  # one row for each handler, none where none is registered
