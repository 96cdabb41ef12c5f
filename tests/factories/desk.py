"""Things that wait at the verification desk."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from itertools import count
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.accounts.permissions import Role
from marketplace.catalog.models import Product, ProductRevision, RevisionState
from marketplace.catalog.revisions import rules_of, write_revision
from marketplace.catalog.services import make_product, send_to_review
from marketplace.kernel.ids import RevisionId
from marketplace.language.languages import Language
from marketplace.sellers.models import Permit, PermitKind, Shop, ShopMember, ShopState
from tests.conftest import NOW
from tests.factories.listings import VARIANT, make_draft
from tests.factories.people import make_person
from tests.factories.shops import make_shop

_numbers = count(1)


def make_applicant(session: Session, *, since: datetime = NOW, **given: Any) -> tuple[Shop, Person]:
    """Return a shop that asked to be let in, and its owner."""
    shop = make_shop(session, **({"state": ShopState.APPLIED, "verified_at": None, "submitted_at": since} | given))
    owner = make_person(session, name="Bu Rohani", role=Role.OWNER, shop_id=shop.id)
    session.add(ShopMember(shop_id=shop.id, person_id=owner.id, joined_at=NOW))
    session.flush()
    return shop, owner


def make_permit(session: Session, *, shop: Shop, since: datetime = NOW, **given: Any) -> Permit:
    """Return a paper nobody has looked up yet."""
    values = {"kind": PermitKind.NIB, "number": f"{next(_numbers):013d}", "created_at": since, "is_example": True}
    permit = Permit(shop_id=shop.id, **(values | given))
    session.add(permit)
    session.flush()
    return permit


def make_waiting_listing(session: Session, *, shop: Shop, now: datetime = NOW, **given: Any) -> tuple[Product, RevisionId]:
    """Return a product that waits for its first review, and its revision."""
    variants = (replace(VARIANT, sku=f"W-{next(_numbers)}"),)
    draft = make_draft(session, shop=shop, **({"variants": variants} | given))
    product = make_product(session, shop_id=shop.id, draft=draft, actor_id=None, now=now)
    send_to_review(session, shop_id=shop.id, product_id=product.id, actor_id=None, now=now)
    session.flush()
    revision = session.scalars(select(ProductRevision).where(ProductRevision.product_id == product.id)).one()
    revision.submitted_at = now
    session.flush()
    return product, revision.id


def make_edit(session: Session, *, product: Product, shop: Shop, name: str, now: datetime = NOW) -> RevisionId:
    """Return an edit of a published product's name that waits for review."""
    draft = make_draft(session, shop=shop).revision
    rules, words = rules_of(session, draft.category), {**draft.words, Language.ID: replace(draft.words[Language.ID], name=name)}
    revision = write_revision(
        session, product_id=product.id, shop_id=shop.id, draft=replace(draft, words=words), rules=rules,
        actor_id=None, now=now,
    )  # fmt: skip
    revision.state, revision.submitted_at = RevisionState.IN_REVIEW, now
    session.flush()
    return revision.id
