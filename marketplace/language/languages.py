"""The languages we speak, and which of them a stranger's browser asks for."""

from __future__ import annotations

import re
from enum import StrEnum

from babel import negotiate_locale


class Language(StrEnum):
    """A language of the pages, by its code in addresses (`/id/ /en/ /ko/`) and in `lang` attributes."""

    ID = "id"
    EN = "en"
    KO = "ko"

    @property
    def native_name(self) -> str:
        """Return the language's name in itself, for lists and `title` attributes."""
        return _NATIVE_NAMES[self]

    @property
    def short_name(self) -> str:
        """Return the short word of the language switch, in itself."""
        return _SHORT_NAMES[self]


DEFAULT = Language.ID
WORK_LANGUAGES = (Language.ID, Language.EN)  # sellers and staff; Korean readers are buyers only

_NATIVE_NAMES = {Language.ID: "Indonesia", Language.EN: "English", Language.KO: "한국어"}
_SHORT_NAMES = {Language.ID: "ID", Language.EN: "EN", Language.KO: "한국어"}

# "in" is what old Android phones still send for Indonesian; readers of Sundanese and Javanese read Indonesian before English.
_READ_AS = {"in": "id", "su": "id", "jv": "id"}
_MOST_HEADER_CHARACTERS = 512
_WANTED = re.compile(r"\s*([a-z]{1,8})(?:-[a-z0-9]{1,8})*\s*(?:;\s*q\s*=\s*(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)\s*)?", re.ASCII)


def choose(accept_language_header: str | None) -> Language:
    """Return the language a browser's Accept-Language asks for most, else Indonesian; never raises, whatever is sent.

    Source: RFC 9110 §12.5.4. Ranges that do not follow its grammar are passed over.
    """
    wanted = _wanted_codes((accept_language_header or "")[:_MOST_HEADER_CHARACTERS].lower())
    found = negotiate_locale(wanted, [language.value for language in Language], sep="-")
    return Language(found) if found else DEFAULT


def work_language(language: Language) -> Language:
    """Return the language in which seller and staff pages answer someone who reads `language`."""
    return language if language in WORK_LANGUAGES else Language.EN


def _wanted_codes(header: str) -> list[str]:
    ranges = [_WANTED.fullmatch(part) for part in header.split(",")]
    weighed = [(_READ_AS.get(found[1], found[1]), float(found[2] or 1)) for found in ranges if found]
    return [code for code, weight in sorted(weighed, key=lambda pair: -pair[1]) if weight > 0]
