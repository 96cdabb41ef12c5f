"""Write the catalogue's fixed vocabulary into a market: categories, attributes, choices. What is there stays as it is."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.db import move_public_version
from marketplace.kernel.ids import CategoryId

from . import definitions
from .models import (
    Attribute,
    AttributeChoice,
    AttributeChoiceText,
    AttributeKind,
    AttributeText,
    Category,
    CategoryAttribute,
    CategoryText,
)

NO_PICTURES: Mapping[str, str] = {}


def define_catalogue(session: Session, *, pictures: Mapping[str, str] = NO_PICTURES) -> None:
    """Add the categories and attributes that are missing; `pictures` are image hashes by category slug. Flushes."""
    attributes = _add_attributes(session)
    known = set(session.scalars(select(Category.slug)))
    for entry in definitions.read_categories():
        if entry.slug not in known:
            _add_category(session, entry, attributes, pictures.get(entry.slug))
    session.flush()
    move_public_version(session)


def _add_attributes(session: Session) -> dict[str, int]:
    """Return the id of every attribute by code, after those that are missing were added."""
    ids: dict[str, int] = dict(session.execute(select(Attribute.code, Attribute.id)).all())
    for position, entry in enumerate(definitions.read_attributes(), start=1):
        if entry.code not in ids:
            ids[entry.code] = _add_attribute(session, entry, position)
    return ids


def _add_attribute(session: Session, entry: definitions.Attribute, position: int) -> int:
    attribute = Attribute(
        code=entry.code, kind=AttributeKind(entry.kind.value), unit=entry.unit.value if entry.unit else "", position=position,
        is_filterable=entry.filterable,
    )  # fmt: skip
    session.add(attribute)
    session.flush()
    session.add_all(
        AttributeText(attribute_id=attribute.id, language=language, name=name)
        for language, name in entry.name.model_dump().items()
    )
    choices = [
        AttributeChoice(attribute_id=attribute.id, code=choice.code, position=place)
        for place, choice in enumerate(entry.choices, start=1)
    ]
    session.add_all(choices)
    session.flush()
    session.add_all(
        AttributeChoiceText(choice_id=row.id, language=language, name=name)
        for row, choice in zip(choices, entry.choices, strict=True)
        for language, name in choice.name.model_dump().items()
    )
    return attribute.id


def _add_category(
    session: Session, entry: definitions.Category, attributes: Mapping[str, int], picture: str | None
) -> CategoryId:
    category = Category(slug=entry.slug, position=entry.position, picture_hash=picture)
    session.add(category)
    session.flush()
    descriptions = entry.description.model_dump()
    session.add_all(
        CategoryText(category_id=category.id, language=language, name=name, description=descriptions[language])
        for language, name in entry.name.model_dump().items()
    )
    session.add_all(
        CategoryAttribute(category_id=category.id, attribute_id=attributes[code], position=place)
        for place, code in enumerate(entry.attributes, start=1)
    )
    return category.id
