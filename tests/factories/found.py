"""Goods with words in three languages, for tests of search."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.catalog.models import (
    Attribute,
    AttributeChoice,
    AttributeChoiceText,
    AttributeKind,
    AttributeText,
    Product,
    ProductText,
    RevisionAttribute,
    RevisionPermit,
)
from marketplace.catalog.search.models import SearchSynonym
from marketplace.kernel.ids import RevisionId
from marketplace.sellers.models import Permit, PermitKind
from tests.conftest import NOW
from tests.factories.goods import make_product, make_variant

Words = str | tuple[str, str]  # a name, or a name and its description


def make_found(session: Session, *, price_minor: int = 25_000, texts: dict[str, Words], **given: Any) -> Product:
    """Return a published product whose words are those given per language, with one variant; languages left out have none."""
    product = make_product(session, **({"category": "aneka"} | given))
    for row in session.scalars(select(ProductText).where(ProductText.revision_id == product.published_revision_id)):
        if row.language not in texts:
            session.delete(row)
            continue
        words = texts[row.language]
        row.name, row.description = words if isinstance(words, tuple) else (words, "")
    session.flush()
    make_variant(session, product=product, price_minor=price_minor)
    return product


def make_choice(session: Session, attribute: str, code: str) -> AttributeChoice:
    """Return a value of a filterable choice attribute, each made once per test, named by its code in every language."""
    kind = session.scalar(select(Attribute).where(Attribute.code == attribute))
    if kind is None:
        kind = Attribute(code=attribute, kind=AttributeKind.CHOICE, is_filterable=True)
        session.add(kind)
        session.flush()
        session.add_all(
            AttributeText(attribute_id=kind.id, language=language, name=attribute.title()) for language in ("id", "en", "ko")
        )
    choice = session.scalar(select(AttributeChoice).where(AttributeChoice.attribute_id == kind.id, AttributeChoice.code == code))
    if choice is None:
        choice = AttributeChoice(attribute_id=kind.id, code=code)
        session.add(choice)
        session.flush()
        session.add_all(
            AttributeChoiceText(choice_id=choice.id, language=language, name=code.title()) for language in ("id", "en", "ko")
        )
        session.flush()
    return choice


def give_choice(session: Session, product: Product, attribute: str, code: str) -> None:
    """Let the product's published revision carry a choice."""
    choice = make_choice(session, attribute, code)
    session.add(RevisionAttribute(revision_id=_revision(product), attribute_id=choice.attribute_id, choice_id=choice.id))
    session.flush()


def give_permit(session: Session, product: Product, kind: PermitKind, **given: Any) -> Permit:
    """Let the product's published revision be covered by a verified permit that does not end, unless told otherwise."""
    values: dict[str, Any] = {"verified_at": NOW, "number": f"CONTOH-{product.id}-{kind}", "created_at": NOW}
    permit = Permit(shop_id=product.shop_id, kind=kind, **(values | given))
    session.add(permit)
    session.flush()
    session.add(RevisionPermit(revision_id=_revision(product), permit_id=permit.id))
    session.flush()
    return permit


def make_synonym(session: Session, language: str, word: str, canonical: str) -> None:
    """Let a word stand for what we call something."""
    session.add(SearchSynonym(language=language, word=word, canonical=canonical))
    session.flush()


def _revision(product: Product) -> RevisionId:
    if product.published_revision_id is None:
        raise ValueError("the product has no published revision")
    return product.published_revision_id
