"""The catalogue's fixed vocabulary: categories and typed attributes, read from TOML and checked once."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, Strict, StringConstraints, model_validator

_DATA = Path(__file__).parent / "data"

Line = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
ChoiceCode = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]+(-[a-z0-9]+)*$")]
AttributeCode = Annotated[str, StringConstraints(pattern=r"^[a-z]+(_[a-z]+)*$")]


class Row(BaseModel):
    """A frozen row of a data file; a key nobody knows is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Words(Row):
    """One short text in the three languages."""

    id: Line
    en: Line
    ko: Line


class AttributeKind(StrEnum):
    """What a value of the attribute is: a code from a list, a number with a unit, or free words."""

    CHOICE = "choice"
    NUMBER = "number"
    TEXT = "text"


class Unit(StrEnum):
    """Units in which number attributes are written."""

    GRAM = "g"
    MILLILITRE = "ml"
    MILLIMETRE = "mm"
    CENTIMETRE = "cm"
    CARAT = "ct"
    METRES_ABOVE_SEA = "masl"
    PIECES = "pcs"


class Choice(Row):
    """One allowed value of a choice attribute."""

    code: ChoiceCode
    name: Words


AttributeValue = Words | Annotated[str, Strict()] | Annotated[int, Strict()] | Annotated[Decimal, Strict()]


class Attribute(Row):
    """A typed property that goods may have (feature C1)."""

    code: AttributeCode
    kind: AttributeKind
    unit: Unit | None = None
    filterable: bool
    name: Words
    choices: tuple[Choice, ...] = ()

    @model_validator(mode="after")
    def _fits_kind(self) -> Self:
        if (self.kind is AttributeKind.NUMBER) != (self.unit is not None):
            raise ValueError(f"{self.code}: a number, and nothing else, has a unit")
        if (self.kind is AttributeKind.CHOICE) != bool(self.choices):
            raise ValueError(f"{self.code}: a choice, and nothing else, has choices")
        _refuse_twins(f"{self.code} choices", (choice.code for choice in self.choices))
        return self

    def accepts(self, value: AttributeValue) -> bool:
        """Tell whether `value` is a known choice, a positive number or words, as the kind asks."""
        if self.kind is AttributeKind.CHOICE:
            return value in {choice.code for choice in self.choices}
        if self.kind is AttributeKind.NUMBER:
            return isinstance(value, int | Decimal) and value > 0
        return isinstance(value, Words)


class Category(Row):
    """A shelf of the market and the attributes that make sense on it, in the order they are shown."""

    slug: Slug
    position: Annotated[int, Strict(), Field(gt=0)]
    name: Words
    description: Words
    attributes: tuple[AttributeCode, ...]


class _AttributeFile(Row):
    attribute: tuple[Attribute, ...]


class _CategoryFile(Row):
    category: tuple[Category, ...]


@cache
def read_attributes() -> tuple[Attribute, ...]:
    """Return every attribute, in the order of the file. Raises: ValueError for a file that breaks a rule."""
    found = _AttributeFile.model_validate(tomllib.loads((_DATA / "attributes.toml").read_text("utf-8"))).attribute
    _refuse_twins("attributes", (attribute.code for attribute in found))
    return found


@cache
def read_categories() -> tuple[Category, ...]:
    """Return every category by position. Raises: ValueError for a file that breaks a rule or names an unknown attribute."""
    found = _CategoryFile.model_validate(tomllib.loads((_DATA / "categories.toml").read_text("utf-8"))).category
    _refuse_twins("categories", (category.slug for category in found))
    _refuse_twins("positions", (str(category.position) for category in found))
    known = {attribute.code for attribute in read_attributes()}
    for category in found:
        _refuse_twins(f"{category.slug} attributes", category.attributes)
        if unknown := set(category.attributes) - known:
            raise ValueError(f"{category.slug}: unknown attributes {sorted(unknown)}")
    return tuple(sorted(found, key=lambda category: category.position))


def _refuse_twins(what: str, codes: Iterable[str]) -> None:
    seen = list(codes)
    if len(seen) != len(set(seen)):
        raise ValueError(f"{what}: a code appears twice")
