"""What an earlier version of goods says, as values for the next one."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.kernel.ids import RevisionId
from marketplace.language.languages import DEFAULT, Language

from .drafts import ProductWords
from .models import (
    Attribute,
    AttributeChoice,
    Category,
    CategoryAttribute,
    ProductText,
    RevisionAttribute,
    RevisionAttributeText,
)
from .typing_rules import Given


def kept_words(session: Session, revision_id: RevisionId) -> dict[Language, ProductWords]:
    """Return a version's words by language."""
    rows = session.scalars(select(ProductText).where(ProductText.revision_id == revision_id))
    return {
        Language(row.language): ProductWords(row.name, row.summary, row.description, row.care, row.human_reviewed) for row in rows
    }


def kept_attributes(session: Session, revision_id: RevisionId, category: str) -> dict[str, Given]:
    """Return a version's properties by code, as far as goods of this category have them."""
    rows = session.execute(
        select(
            RevisionAttribute.id, RevisionAttribute.choice_id, Attribute.code, AttributeChoice.code,
            RevisionAttribute.number_milli, RevisionAttribute.words,
        )
        .join(Attribute, Attribute.id == RevisionAttribute.attribute_id)
        .join(CategoryAttribute, CategoryAttribute.attribute_id == Attribute.id)
        .join(Category, Category.id == CategoryAttribute.category_id)
        .outerjoin(AttributeChoice, AttributeChoice.id == RevisionAttribute.choice_id)
        .where(RevisionAttribute.revision_id == revision_id, Category.slug == category)
    ).all()  # fmt: skip
    others = session.scalars(
        select(RevisionAttributeText).where(RevisionAttributeText.revision_attribute_id.in_([row[0] for row in rows]))
    ).all()
    kept: dict[str, Given] = {}
    for id_, choice_id, code, choice, number_milli, words in rows:
        if choice_id is not None:
            kept[code] = choice
        elif number_milli is not None:
            kept[code] = Decimal(number_milli) / 1000
        else:
            more = {Language(row.language): row.words for row in others if row.revision_attribute_id == id_}
            kept[code] = {DEFAULT: words or "", **more}
    return kept
