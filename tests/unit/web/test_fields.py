"""Forms become typed values or one sentence a field, and there are words for every refusal."""

from __future__ import annotations

from typing import Annotated, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from marketplace.language.catalogue import catalogue
from marketplace.language.languages import Language
from marketplace.web import fields
from marketplace.web.fields import LONGEST_FIELD, FieldErrors, parse


def _odd(value: int) -> int:
    if value % 2 == 0:
        raise ValueError("error.stock")
    return value


class Form(BaseModel):
    """A form with one field of each kind."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(min_length=1, max_length=10)
    count: Annotated[int, AfterValidator(_odd)] = Field(default=1, ge=0, le=99)
    kind: Literal["a", "b"] = "a"
    tags: list[str] = Field(default_factory=list, max_length=2)


@pytest.mark.parametrize(
    ("given_form", "keys"),
    [
        ({}, {"name": "error.required"}),
        ({"name": ""}, {"name": "error.required"}),
        ({"name": "x" * 11}, {"name": "error.too_long"}),
        ({"name": "x" * (LONGEST_FIELD + 1)}, {"name": "error.too_long"}),
        ({"name": "a\0b"}, {"name": "error.characters"}),
        ({"name": "a", "tags": ["x", "\0"]}, {"tags": "error.characters"}),
        ({"name": "a", "count": "x"}, {"count": "error.number"}),
        ({"name": "a", "count": "100"}, {"count": "error.number"}),
        ({"name": "a", "count": "-1"}, {"count": "error.number"}),
        ({"name": "a", "count": "2"}, {"count": "error.stock"}),
        ({"name": "a", "kind": "c"}, {"kind": "error.choice"}),
        ({"name": "a", "role": "admin"}, {"role": "error.unknown_field"}),
        ({"name": "", "count": "x"}, {"name": "error.required", "count": "error.number"}),
    ],
)
@pytest.mark.promise("V1", "B2")
def test_each_mistake_has_its_key(given_form: dict[str, str | list[str]], keys: dict[str, str]) -> None:
    """The first mistake of every field; nothing unknown gets in."""
    found = parse(Form, given_form)
    assert isinstance(found, FieldErrors)
    assert dict(found.keys) == keys


def test_a_good_form_is_typed() -> None:
    """Text becomes what the form says it is."""
    assert parse(Form, {"name": "Sari", "count": "3"}) == Form(name="Sari", count=3)


@given(
    st.dictionaries(st.sampled_from(["name", "count", "kind", "tags", "x"]), st.text(max_size=30) | st.lists(st.text(max_size=5)))
)
def test_no_form_breaks_it(form: dict[str, str | list[str]]) -> None:
    """A typed form or a refusal, whatever is sent."""
    found = parse(Form, form)
    assert isinstance(found, Form | FieldErrors)
    if isinstance(found, FieldErrors):
        assert found.keys


@pytest.mark.parametrize("language", Language)
def test_there_are_words_for_every_refusal(language: Language) -> None:
    """A key without words would turn a refusal into an error of ours."""
    words = catalogue("public", language)
    for key in {*fields._BY_TYPE.values(), "error.characters", "error.too_long", "error.choice", "account.error_wrong"}:
        assert words.has(key), key
