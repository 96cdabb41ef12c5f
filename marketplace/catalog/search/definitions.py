"""The words and shape of the catalogue's definitions, read in one statement and kept while nothing public changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import literal, null, select, union_all
from sqlalchemy.orm import Session

from marketplace.catalog.models import (
    Attribute,
    AttributeChoice,
    AttributeChoiceText,
    AttributeText,
    Category,
    CategoryText,
)
from marketplace.catalog.search.facet_cache import CachePerDatabase
from marketplace.kernel.ids import CategoryId

BUILT_IN = ("category", "kecamatan", "ready", "permit", "export", "seller")
_MOST_DEFINITIONS = 5_000


@dataclass(frozen=True, slots=True)
class Definitions:
    """Categories by slug, attributes by code and choices by (attribute, code), named in one language."""

    category_names: Mapping[str, str]
    category_ids: Mapping[str, tuple[CategoryId, ...]]  # with everything below
    attribute_names: Mapping[str, str]
    choice_names: Mapping[tuple[str, str], str]

    @property
    def groups(self) -> tuple[str, ...]:
        """Return every facet there is, in the order pages show them."""
        return (*BUILT_IN[:2], *self.attribute_names, *BUILT_IN[2:])


_kept: CachePerDatabase[Definitions] = CachePerDatabase(most=12)


def definitions(session: Session, language: str, version: int) -> Definitions:
    """Return the definitions in a language; read again when `version`, the public one, moves."""
    return _kept.get(session, (language, version), lambda: _read(session, language))


def _read(session: Session, language: str) -> Definitions:
    categories: dict[CategoryId, tuple[str, CategoryId | None]] = {}
    names: dict[str, str] = {}
    attributes: dict[str, str] = {}
    choices: dict[tuple[str, str], str] = {}
    for kind, key, parent, code, name, number in session.execute(_statement(language)):
        if kind == "category":
            categories[CategoryId(number)] = (code, parent)
            names[code] = name or code
        elif kind == "attribute":
            attributes[code] = name or code
        else:
            choices[key, code] = name or code
    return Definitions(names, _with_descendants(categories), attributes, choices)


def _statement(language: str):  # type: ignore[no-untyped-def]  # a union's columns have no useful static type
    """Return one select over the three kinds of definition; those without a text in the language keep their code."""
    category = (
        select(
            literal("category").label("kind"), literal("").label("key"), Category.parent_id.label("parent"),
            Category.slug.label("code"), CategoryText.name.label("name"), Category.id.label("number"),
            Category.position.label("position"),
        )
        .outerjoin(CategoryText, (CategoryText.category_id == Category.id) & (CategoryText.language == language))
    )  # fmt: skip
    attribute = (
        select(literal("attribute"), literal(""), null(), Attribute.code, AttributeText.name, Attribute.id, Attribute.position)
        .outerjoin(AttributeText, (AttributeText.attribute_id == Attribute.id) & (AttributeText.language == language))
        .where(Attribute.is_filterable)
    )
    texts = (AttributeChoiceText.choice_id == AttributeChoice.id) & (AttributeChoiceText.language == language)
    choice = (
        select(
            literal("choice"), Attribute.code, null(), AttributeChoice.code, AttributeChoiceText.name, AttributeChoice.id,
            AttributeChoice.position,
        )
        .join(Attribute, Attribute.id == AttributeChoice.attribute_id)
        .outerjoin(AttributeChoiceText, texts)
        .where(Attribute.is_filterable)
    )  # fmt: skip
    every = union_all(category, attribute, choice).subquery()
    ordered = select(every.c.kind, every.c.key, every.c.parent, every.c.code, every.c.name, every.c.number)
    return ordered.order_by(every.c.kind, every.c.position, every.c.number).limit(_MOST_DEFINITIONS)


def _with_descendants(
    categories: Mapping[CategoryId, tuple[str, CategoryId | None]],
) -> dict[str, tuple[CategoryId, ...]]:
    below: dict[CategoryId, set[CategoryId]] = defaultdict(set)
    for number in categories:
        above: CategoryId | None = number
        climbed: set[CategoryId] = set()
        while above is not None and above not in climbed:
            climbed.add(above)
            below[above].add(number)
            above = categories[above][1] if above in categories else None
    return {slug: tuple(sorted(below[number])) for number, (slug, _) in categories.items()}
