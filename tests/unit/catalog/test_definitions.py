"""Categories and attributes: complete, named in three languages, and none without use."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from pydantic import ValidationError

from marketplace.catalog.definitions import Attribute, AttributeKind, Words, read_attributes, read_categories
from marketplace.demo.goods import read_goods

CATEGORIES = [
    "gula",
    "batik",
    "tenun",
    "baduy",
    "bambu",
    "kayu",
    "logam",
    "madu",
    "camilan",
    "kopi",
    "minuman",
    "perhiasan",
    "katering",
]
SAME_EVERYWHERE = {"S", "M", "L", "XL", "XXL", "e27"}
WORDS = {"id": "Nira aren", "en": "Palm sap", "ko": "아렌야자 수액"}


def attribute(code: str) -> Attribute:
    """Return the attribute of that code."""
    return next(found for found in read_attributes() if found.code == code)


def test_the_thirteen_categories_in_order() -> None:
    """Positions run from 1 without a gap."""
    assert [category.slug for category in read_categories()] == CATEGORIES
    assert [category.position for category in read_categories()] == list(range(1, 14))


def test_names_are_in_their_own_languages() -> None:
    """Korean names are Hangul, the others are not; descriptions are one sentence and differ."""
    for category in read_categories():
        assert len({category.description.id, category.description.en, category.description.ko}) == 3
        for words in (category.name, category.description):
            assert re.search(r"[가-힣]", words.ko), category.slug
            assert not re.search(r"[가-힣]", words.id + words.en), category.slug
        for sentence in (category.description.id, category.description.en, category.description.ko):
            assert re.fullmatch(r"[^.]+\.", sentence), category.slug
        assert category.description.ko.endswith("니다.")
    for found in read_attributes():
        for code, name in [(found.code, found.name), *((choice.code, choice.name) for choice in found.choices)]:
            assert re.search(r"[가-힣]", name.ko) or code in SAME_EVERYWHERE, code


def test_nothing_is_defined_in_vain() -> None:
    """Every attribute of a category is used by its goods, and so is every choice."""
    used: dict[str, set[str]] = {}
    chosen: set[tuple[str, object]] = set()
    for good in read_goods():
        for values in (good.attributes, *(variant.attributes for variant in good.variants)):
            used.setdefault(good.category, set()).update(values)
            chosen |= {(code, value) for code, value in values.items() if isinstance(value, str)}
    for category in read_categories():
        assert set(category.attributes) == used[category.slug], category.slug
    defined = {(found.code, choice.code) for found in read_attributes() for choice in found.choices}
    assert defined == chosen


def test_all_twelve_registered_motifs() -> None:
    """The twelve motifs that the regency registered, and no other."""
    assert len(attribute("motif").choices) == 12


def test_values_are_judged_by_kind() -> None:
    """A choice wants a known code, a number a positive number, a text words in three languages."""
    assert attribute("technique").accepts("cap")
    assert not attribute("technique").accepts("laser")
    assert not attribute("technique").accepts(3)
    assert attribute("carat").accepts(Decimal("1.2"))
    assert not attribute("carat").accepts(0)
    assert not attribute("carat").accepts("1.2")
    assert attribute("ingredients").accepts(Words.model_validate(WORDS))
    assert not attribute("ingredients").accepts("Nira aren")


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "number"},
        {"kind": "choice"},
        {"kind": "text", "unit": "g"},
        {"kind": "number", "unit": "stone"},
        {"kind": "text", "colour": "red"},
        {"kind": "choice", "choices": [{"code": "a", "name": WORDS}, {"code": "a", "name": WORDS}]},
        {"kind": "text", "name": {"id": "Bahan", "en": "Material", "ko": ""}},
    ],
)
def test_a_definition_that_does_not_fit_is_refused(wrong: dict[str, object]) -> None:
    """Units belong to numbers, choices to choices, and every name has three languages."""
    sound: dict[str, object] = {"code": "x", "kind": "text", "filterable": False, "name": WORDS}
    assert Attribute.model_validate(sound).kind is AttributeKind.TEXT
    with pytest.raises(ValidationError):
        Attribute.model_validate(sound | wrong)
