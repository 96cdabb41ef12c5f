"""From what a form sent to typed, bounded values, or one sentence per field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from marketplace.web import current

M = TypeVar("M", bound=BaseModel)

LONGEST_FIELD = 5_000


@dataclass(frozen=True, slots=True)
class FieldErrors:
    """What was wrong: a catalogue key (and its values) for each field."""

    keys: Mapping[str, str]
    values: Mapping[str, Mapping[str, object]] = field(default_factory=dict)

    def words(self, name: str) -> str:
        """Return the sentence for a field, empty when the field is fine."""
        if name not in self.keys:
            return ""
        return current.speech().t(self.keys[name], **self.values.get(name, {}))

    def summary(self) -> list[tuple[str, str]]:
        """Return (id of the control, sentence) for the list at the top of the form."""
        return [(f"f-{name.replace('.', '-')}", self.words(name)) for name in self.keys]


# pydantic's error types that need another sentence than "fill in this field"
_BY_TYPE = {
    "missing": "error.required",
    "string_too_short": "error.required",
    "string_too_long": "error.too_long",
    "extra_forbidden": "error.unknown_field",
    "int_parsing": "error.number",
    "int_type": "error.number",
    "greater_than": "error.number",
    "greater_than_equal": "error.number",
    "less_than": "error.number",
    "less_than_equal": "error.number",
    "enum": "error.choice",
    "literal_error": "error.choice",
}


def errors_of(failure: ValidationError) -> FieldErrors:
    """Return the first error of each field. A `ValueError("some.key")` raised in a validator is itself the key."""
    keys: dict[str, str] = {}
    for error in failure.errors(include_url=False, include_input=False):
        name = ".".join(str(part) for part in error["loc"]) or "form"
        words = str(error.get("ctx", {}).get("error", "")) if error["type"] == "value_error" else ""
        keys.setdefault(name, words or _BY_TYPE.get(error["type"], "error.choice"))
    return FieldErrors(keys)


def parse(model: type[M], given: Mapping[str, str | list[str]]) -> M | FieldErrors:
    """Return the typed form, or what was wrong with it. NUL bytes and over-long texts never get further than here."""
    for name, value in given.items():
        for text in value if isinstance(value, list) else [value]:
            if "\0" in text:
                return FieldErrors({name: "error.characters"})
            if len(text) > LONGEST_FIELD:
                return FieldErrors({name: "error.too_long"})
    try:
        return model.model_validate(dict(given))
    except ValidationError as failure:
        return errors_of(failure)
