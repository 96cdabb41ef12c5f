"""Words, figures and dates in the language of the page that is being answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from markupsafe import Markup

from marketplace.kernel.money import Currency, Money
from marketplace.language import formats
from marketplace.language.catalogue import Catalogue, catalogue
from marketplace.language.languages import Language, work_language


@dataclass(frozen=True, slots=True)
class Speech:
    """One language and one catalogue; templates know it as `say`, and its `t` and `m` by themselves."""

    language: Language
    words: Catalogue

    def t(self, key: str, /, **values: object) -> str:
        """Return the words of this key. Raises: UnknownText in strict catalogues."""
        return self.words.text(key, **values)

    def m(self, key: str, /, **values: object) -> Markup:
        """Return words that hold our own inline tags; values are escaped."""
        return self.words.markup(key, **values)

    def money(self, minor: int, currency: Currency = Currency.IDR) -> str:
        """Return an amount of minor units as people write it."""
        return formats.money(Money(minor, currency), self.language)

    def price(self, low_minor: int, high_minor: int) -> str:
        """Return one price, or a range when the two differ."""
        return formats.money_range(Money(low_minor), Money(high_minor), self.language)

    def number(self, value: int) -> str:
        """Return a whole number with its grouping."""
        return formats.number(value, self.language)

    def compact(self, value: int) -> str:
        """Return a count, shortened from a thousand on."""
        return formats.compact_count(value, self.language)

    def rating(self, hundredths: int) -> str:
        """Return stars with one decimal."""
        return formats.rating(hundredths, self.language)

    def weight(self, grams: int) -> str:
        """Return a weight in grams or kilograms."""
        return formats.weight(grams, self.language)

    def day(self, value: date) -> str:
        """Return a short date with its weekday."""
        return formats.date_short(value, self.language)

    def long_day(self, value: date) -> str:
        """Return a full date."""
        return formats.date_long(value, self.language)

    def days(self, first: date, last: date) -> str:
        """Return a span of days."""
        return formats.date_range(first, last, self.language)

    def moment(self, at: datetime) -> str:
        """Return date and time in WIB."""
        return formats.moment(at, self.language)

    def deadline(self, at: datetime) -> str:
        """Return weekday, date and time in WIB, short."""
        return formats.moment_short(at, self.language)


def speak(name: Literal["public", "work"], language: Language, *, strict: bool) -> Speech:
    """Return the speech of a page; work pages know Indonesian and English only."""
    spoken = work_language(language) if name == "work" else language
    return Speech(spoken, catalogue(name, spoken, strict=strict))
