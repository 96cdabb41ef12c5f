"""Numbers, money and measures as a reader of each language writes them.

Separators come from babel (CLDR); grouping is done here because a listing formats a hundred numbers a page and babel's own
`format_decimal` costs fifty times as much (a test holds the two equal). Every space is a plain one: what must not break
across lines (prices) gets `white-space: nowrap` from the style sheet, so texts can be searched, compared and copied.
The minus is the true one (−), which screen readers say.
"""

from __future__ import annotations

from collections.abc import Sequence

from babel import Locale
from babel.lists import format_list

from marketplace.kernel.money import EXPONENTS, Currency, CurrencyMismatchError, Money

from .languages import Language

_SYMBOLS = {language: Locale(language.value).number_symbols["latn"] for language in Language}
# Python groups the English way; this turns its comma and point into the language's own.
_SEPARATORS = {language: str.maketrans(",.", symbols["group"] + symbols["decimal"]) for language, symbols in _SYMBOLS.items()}

# What stands before and after an amount. babel's own patterns print rupiah cents, and ₩, which our Latin face lacks.
_AROUND_MONEY: dict[Language, dict[Currency, tuple[str, str]]] = {
    Language.ID: {Currency.IDR: ("Rp", ""), Currency.USD: ("US$", ""), Currency.KRW: ("KRW ", "")},
    Language.EN: {Currency.IDR: ("IDR ", ""), Currency.USD: ("USD ", ""), Currency.KRW: ("KRW ", "")},
    Language.KO: {Currency.IDR: ("", "루피아"), Currency.USD: ("", "달러"), Currency.KRW: ("", "원")},
}
_COMPACT: dict[Language, tuple[tuple[int, str], ...]] = {
    Language.ID: ((10**12, " T"), (10**9, " M"), (10**6, " jt"), (10**3, " rb")),
    Language.EN: ((10**12, "T"), (10**9, "B"), (10**6, "M"), (10**3, "K")),
    Language.KO: ((10**12, "조"), (10**8, "억"), (10**4, "만"), (10**3, "천")),
}
# An approximate amount is rounded to (step) from (amount, minor units) up, so that it does not look exact.
_ABOUT: dict[Currency, tuple[tuple[int, int], ...]] = {
    Currency.IDR: ((100_000, 1_000), (1_000, 100), (0, 10)),
    Currency.KRW: ((100_000, 1_000), (1_000, 100), (0, 10)),
    Currency.USD: ((100_000, 1_000), (10_000, 100), (1_000, 10), (0, 1)),
}


def decimal(scaled: int, language: Language, *, places: int, trim: bool = False) -> str:
    """Return `scaled` / 10^`places` in digits: `decimal(12345, Language.ID, places=2)` is "123,45".

    `trim` drops zeros at the end of the fraction. Raises: ValueError for a negative number of places.
    """
    if places < 0:
        raise ValueError("a number has no negative number of places")
    whole, rest = divmod(abs(scaled), 10**places)
    fraction = f"{rest:0{places}d}" if places else ""
    if trim:
        fraction = fraction.rstrip("0")
    sign = "−" if scaled < 0 else ""
    return f"{sign}{whole:,}{'.' if fraction else ''}{fraction}".translate(_SEPARATORS[language])


def number(value: int, language: Language) -> str:
    """Return a whole number, grouped by thousands: "1.234" in Indonesian."""
    return decimal(value, language, places=0)


def compact_count(value: int, language: Language) -> str:
    """Return a count short enough for a card: "1,2 rb", "1.2K", "1.2천"; cut, never rounded up, and exact below 1,000."""
    for unit, word in _COMPACT[language]:
        if value >= unit:
            tenths = value * 10 // unit
            shown = tenths if tenths < 100 else tenths // 10 * 10
            return decimal(shown, language, places=1, trim=True) + word
    return number(value, language)


def rating(hundredths: int, language: Language) -> str:
    """Return an average of stars, kept in hundredths, with one decimal rounded half up: 484 is "4,8"."""
    return decimal((hundredths + 5) // 10, language, places=1)


def percent(basis_points: int, language: Language) -> str:
    """Return hundredths of a per cent as a percentage: 1250 is "12,5%"."""
    return decimal(basis_points, language, places=2, trim=True) + "%"


def money(amount: Money, language: Language) -> str:
    """Return an amount exactly: "Rp25.000", "IDR 25,000", "25,000루피아"."""
    before, after = _AROUND_MONEY[language][amount.currency]
    sign = "−" if amount.amount_minor < 0 else ""
    return f"{sign}{before}{_digits(abs(amount.amount_minor), amount.currency, language)}{after}"


def money_range(low: Money, high: Money, language: Language) -> str:
    """Return "Rp18.500 – Rp45.000", or one amount when the two are equal.

    Raises: CurrencyMismatchError; ValueError if `low` is above `high`.
    """
    if low.currency is not high.currency:
        raise CurrencyMismatchError(f"{low.currency} and {high.currency} make no range")
    if high < low:
        raise ValueError("a range runs from low to high")
    if low == high:
        return money(low, language)
    if language is Language.KO and low.amount_minor >= 0:
        return f"{_digits(low.amount_minor, low.currency, language)}~{money(high, language)}"
    return f"{money(low, language)} – {money(high, language)}"


def approximate_money(amount: Money, language: Language) -> str:
    """Return a converted amount rounded so that it does not look exact; the text around it says "about" and the rate's date."""
    size = abs(amount.amount_minor)
    step = next(step for least, step in _ABOUT[amount.currency] if size >= least)
    rounded = (size + step // 2) // step * step
    return money(Money(-rounded if amount.amount_minor < 0 else rounded, amount.currency), language)


def _digits(amount_minor: int, currency: Currency, language: Language) -> str:
    return decimal(amount_minor, language, places=EXPONENTS[currency])


def weight(grams: int, language: Language) -> str:
    """Return a weight in grams or, from 1,000 g, kilograms: "250 g", "1,5 kg"; Korean sets no space before the unit."""
    if abs(grams) < 1_000:
        return _measure(number(grams, language), "g", language)
    return _measure(decimal(grams, language, places=3, trim=True), "kg", language)


def length_mm(millimetres: int, language: Language) -> str:
    """Return a length in millimetres below 1 cm, metres from 10 m, else centimetres: "8 mm", "2,5 cm", "12 m"."""
    if abs(millimetres) < 10:
        return _measure(number(millimetres, language), "mm", language)
    if abs(millimetres) < 10_000:
        return _measure(decimal(millimetres, language, places=1, trim=True), "cm", language)
    return _measure(decimal(millimetres, language, places=3, trim=True), "m", language)


def file_size(size_bytes: int, language: Language) -> str:
    """Return a size in kB or, from 1,000,000 bytes, MB with one decimal; cut, so that a stated limit is never too high."""
    if size_bytes < 1_000_000:
        return _measure(number(max(size_bytes // 1_000, 1), language), "kB", language)
    return _measure(decimal(size_bytes // 100_000, language, places=1, trim=True), "MB", language)


def list_of(items: Sequence[str], language: Language) -> str:
    """Return items as a sentence lists them: "A, B, dan C", "A, B and C", "A, B 및 C"."""
    return format_list(list(items), locale="en_GB" if language is Language.EN else language.value)


def _measure(digits: str, unit: str, language: Language) -> str:
    return f"{digits}{unit}" if language is Language.KO else f"{digits} {unit}"
