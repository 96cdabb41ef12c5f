"""The words of the product: keys such as `cart.title` looked up in PO files, one file per area and language."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from babel.messages.pofile import read_po
from markupsafe import Markup, escape

from .figures import number
from .languages import WORK_LANGUAGES, Language

CATALOGUES = Path(__file__).parent / "catalogues"

# What a message may hold besides plain text. Messages with tags have keys that end in `_html` and are read with `markup`.
SAFE_TAG = re.compile(r'(</?(?:b|strong)>|<span lang="[a-z]{2}">|</span>|<br>)')
PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")

_log = logging.getLogger(__name__)


@dataclass(eq=False)
class UnknownText(LookupError):
    """Somebody asked for words that no catalogue holds: a bug of ours."""

    key: str
    language: Language


@dataclass(eq=False)
class MissingValue(LookupError):
    """A message was asked for without a value it shows, or with None in its place: a bug of ours."""

    key: str
    name: str


@dataclass(eq=False)
class DoubledText(ValueError):
    """Two areas define the same key."""

    key: str
    area: str


class Catalogue:
    """All words of one folder of PO areas in one language; what it lacks is looked up in the catalogue `behind` it."""

    def __init__(self, folder: Path, language: Language, *, strict: bool = True, behind: Catalogue | None = None) -> None:
        """Read every `{area}.{language}.po` of `folder`. Raises: DoubledText."""
        self.language = language
        self._strict = strict
        self._forms: dict[str, tuple[str, ...]] = dict(behind._forms) if behind else {}
        for path in sorted(folder.glob(f"*.{language}.po")):
            for key, forms in read_area(path, language).items():
                if key in self._forms:
                    raise DoubledText(key=key, area=path.name)
                self._forms[key] = forms

    def has(self, key: str) -> bool:
        """Tell whether there are words for `key`."""
        return key in self._forms

    def forms(self, key: str) -> tuple[str, ...]:
        """Return the message of `key` in one or two forms, with its placeholders. Raises: KeyError."""
        return self._forms[key]

    def text(self, key: str, /, **values: object) -> str:
        """Return the words of `key` as plain text, with `values` in their places.

        `count` picks the plural. Give it as an int and it is shown grouped (1.200); give it as text already formatted
        ("1,2 rb") and the plural for many is taken.
        Raises: UnknownText (only when strict; else the key itself is the answer), MissingValue.
        """
        message = self._message(key, values)

        def value(found: re.Match[str]) -> str:
            return self._shown(key, found[1], values)

        return PLACEHOLDER.sub(value, message)

    def markup(self, key: str, /, **values: object) -> Markup:
        """Return the words of `key` as HTML: our few safe tags kept, everything else and every value escaped.

        A value that is already Markup is inserted as it is. Raises: as `text`.
        """
        pieces = SAFE_TAG.split(self._message(key, values))
        return Markup("").join(
            Markup(piece) if place % 2 else self._escaped(key, piece, values)  # noqa: S704 (odd pieces are the tags of SAFE_TAG)
            for place, piece in enumerate(pieces)
        )

    def _message(self, key: str, values: Mapping[str, object]) -> str:
        forms = self._forms.get(key)
        if forms is None:
            if self._strict:
                raise UnknownText(key=key, language=self.language)
            _log.warning("no words for %s in %s", key, self.language)
            return key
        if len(forms) == 1:
            return forms[0]
        if values.get("count") is None:
            raise MissingValue(key=key, name="count")
        return forms[0] if values["count"] == 1 else forms[-1]

    def _escaped(self, key: str, piece: str, values: Mapping[str, object]) -> Markup:
        parts = PLACEHOLDER.split(piece)
        return Markup("").join(
            self._escaped_value(key, part, values) if place % 2 else escape(part) for place, part in enumerate(parts)
        )

    def _escaped_value(self, key: str, name: str, values: Mapping[str, object]) -> Markup:
        value = values.get(name)
        return escape(value if hasattr(value, "__html__") else self._shown(key, name, values))

    def _shown(self, key: str, name: str, values: Mapping[str, object]) -> str:
        value = values.get(name)
        if value is None:
            raise MissingValue(key=key, name=name)
        if name == "count" and isinstance(value, int):
            return number(value, self.language)
        return str(value)


def read_area(path: Path, language: Language) -> dict[str, tuple[str, ...]]:
    """Return the messages of one PO file: one form each, or (one, other) where English tells them apart."""
    with path.open("rb") as file:
        area = read_po(file, locale=language.value, abort_invalid=True)
    forms: dict[str, tuple[str, ...]] = {}
    for message in area:
        if message.id:
            key = message.id if isinstance(message.id, str) else message.id[0]
            forms[key] = (message.string,) if isinstance(message.string, str) else tuple(message.string)
    return forms


@cache
def catalogue(name: Literal["public", "work"], language: Language, *, strict: bool = True) -> Catalogue:
    """Return the words for `public` pages, or for `work` (sellers, staff), which may also use the public ones.

    Read once per process. Raises: ValueError for work pages in a language they are not written in (see `work_language`).
    """
    if name == "public":
        return Catalogue(CATALOGUES / "public", language, strict=strict)
    if language not in WORK_LANGUAGES:
        raise ValueError(f"work pages are not written in {language}")
    return Catalogue(CATALOGUES / "work", language, strict=strict, behind=catalogue("public", language, strict=strict))
