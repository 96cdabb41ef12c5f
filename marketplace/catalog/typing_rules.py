"""Which values a property takes, and what they are kept as. Pure: no session here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType

from marketplace.language.languages import DEFAULT, Language

from .errors import AttributeValueWrong
from .models import AttributeKind

Given = str | int | Decimal | Mapping[Language, str]
MOST_WORDS = 200
NO_WORDS: Mapping[Language, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class AttributeRule:
    """What an attribute is: its kind, and the ids of its choices by code."""

    id: int
    code: str
    kind: AttributeKind
    choices: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class TypedValue:
    """A value as rows hold it: exactly one of a choice, thousandths of the attribute's unit, or words per language."""

    attribute_id: int
    choice_id: int | None = None
    number_milli: int | None = None
    words: Mapping[Language, str] = field(default_factory=lambda: NO_WORDS)


def typed_value(rule: AttributeRule, given: Given) -> TypedValue:
    """Return `given` as the attribute keeps it. Raises: AttributeValueWrong."""
    if rule.kind is AttributeKind.CHOICE and isinstance(given, str) and given in rule.choices:
        return TypedValue(rule.id, choice_id=rule.choices[given])
    if rule.kind is AttributeKind.NUMBER and isinstance(given, int | Decimal) and not isinstance(given, bool):
        milli = given * 1000
        if milli > 0 and milli == int(milli):
            return TypedValue(rule.id, number_milli=int(milli))
    if rule.kind is AttributeKind.TEXT and isinstance(given, Mapping) and given.get(DEFAULT, "").strip():
        words = {language: text.strip() for language, text in given.items() if text.strip()}
        if all(len(text) <= MOST_WORDS for text in words.values()):
            return TypedValue(rule.id, words=words)
    raise AttributeValueWrong(code=rule.code, value=given)
