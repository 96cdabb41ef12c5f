"""Numbers, money and measures, letter for letter."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from marketplace.kernel.money import Currency, CurrencyMismatchError, Money
from marketplace.language import formats
from marketplace.language.languages import Language

ID, EN, KO = Language.ID, Language.EN, Language.KO
IDR, USD, KRW = Currency.IDR, Currency.USD, Currency.KRW
languages = st.sampled_from(Language)
amounts = st.integers(min_value=-(10**15), max_value=10**15)


@pytest.mark.parametrize(
    ("minor", "currency", "indonesian", "english", "korean"),
    [
        (25_000, IDR, "Rp25.000", "IDR 25,000", "25,000루피아"),
        (0, IDR, "Rp0", "IDR 0", "0루피아"),
        (999, IDR, "Rp999", "IDR 999", "999루피아"),
        (1_234_567_890, IDR, "Rp1.234.567.890", "IDR 1,234,567,890", "1,234,567,890루피아"),
        (-12_000, IDR, "−Rp12.000", "−IDR 12,000", "−12,000루피아"),
        (235, USD, "US$2,35", "USD 2.35", "2.35달러"),
        (5, USD, "US$0,05", "USD 0.05", "0.05달러"),
        (-117_500, USD, "−US$1.175,00", "−USD 1,175.00", "−1,175.00달러"),
        (2_200, KRW, "KRW 2.200", "KRW 2,200", "2,200원"),
    ],
)
def test_money(minor: int, currency: Currency, indonesian: str, english: str, korean: str) -> None:
    amount = Money(minor, currency)
    assert [formats.money(amount, language) for language in (ID, EN, KO)] == [indonesian, english, korean]


@given(amounts, st.sampled_from(Currency), languages)
def test_money_loses_no_digit(minor: int, currency: Currency, language: Language) -> None:
    shown = formats.money(Money(minor, currency), language)
    assert int(re.sub(r"\D", "", shown)) == abs(minor)
    assert shown.startswith("−") == (minor < 0)


@given(amounts, st.integers(min_value=0, max_value=6), languages)
def test_decimals_are_what_babel_would_write(scaled: int, places: int, language: Language) -> None:
    exact = Decimal(scaled).scaleb(-places)
    pattern = "#,##0" + ("." + "0" * places if places else "")
    wanted = format_decimal(exact, pattern, locale=language.value).replace("-", "−")
    assert formats.decimal(scaled, language, places=places) == wanted


def test_decimals_can_be_trimmed() -> None:
    assert formats.decimal(12_345, ID, places=2) == "123,45"
    assert formats.decimal(12_500, ID, places=3, trim=True) == "12,5"
    assert formats.decimal(12_000, EN, places=3, trim=True) == "12"
    assert formats.decimal(1_200_000, EN, places=3, trim=True) == "1,200"
    with pytest.raises(ValueError):
        formats.decimal(1, EN, places=-1)


def test_money_ranges() -> None:
    low, high = Money(18_500), Money(45_000)
    assert [formats.money_range(low, high, language) for language in Language] == [
        "Rp18.500 – Rp45.000",
        "IDR 18,500 – IDR 45,000",
        "18,500~45,000루피아",
    ]
    assert formats.money_range(low, low, ID) == "Rp18.500"
    with pytest.raises(ValueError):
        formats.money_range(high, low, ID)
    with pytest.raises(CurrencyMismatchError):
        formats.money_range(low, Money(1, USD), ID)


@pytest.mark.parametrize(
    ("minor", "currency", "wanted"),
    [
        (2_214, KRW, "KRW 2,200"),
        (2_250, KRW, "KRW 2,300"),
        (864, KRW, "KRW 860"),
        (164_450, KRW, "KRW 164,000"),
        (0, KRW, "KRW 0"),
        (154, USD, "USD 1.54"),
        (1_154, USD, "USD 11.50"),
        (11_549, USD, "USD 115.00"),
        (115_499, USD, "USD 1,150.00"),
        (-2_214, KRW, "−KRW 2,200"),
        (24_987, IDR, "IDR 25,000"),
    ],
)
def test_approximate_amounts_do_not_look_exact(minor: int, currency: Currency, wanted: str) -> None:
    assert formats.approximate_money(Money(minor, currency), EN) == wanted


@given(st.integers(min_value=0, max_value=10**12), st.sampled_from(Currency))
def test_approximate_amounts_stay_near(minor: int, currency: Currency) -> None:
    shown = int(re.sub(r"\D", "", formats.approximate_money(Money(minor, currency), EN)))
    assert abs(shown - minor) <= max(5, minor * 5 // 100)


def test_whole_numbers() -> None:
    assert [formats.number(1_234_567, language) for language in Language] == ["1.234.567", "1,234,567", "1,234,567"]
    assert formats.number(-1_000, ID) == "−1.000"


@pytest.mark.parametrize(
    ("value", "indonesian", "english", "korean"),
    [
        (0, "0", "0", "0"),
        (999, "999", "999", "999"),
        (1_000, "1 rb", "1K", "1천"),
        (1_299, "1,2 rb", "1.2K", "1.2천"),
        (9_999, "9,9 rb", "9.9K", "9.9천"),
        (12_990, "12 rb", "12K", "1.2만"),
        (999_999, "999 rb", "999K", "99만"),
        (1_250_000, "1,2 jt", "1.2M", "125만"),
        (84_000_000, "84 jt", "84M", "8,400만"),
        (1_200_000_000, "1,2 M", "1.2B", "12억"),
    ],
)
def test_counts_on_cards(value: int, indonesian: str, english: str, korean: str) -> None:
    assert [formats.compact_count(value, language) for language in Language] == [indonesian, english, korean]


def test_ratings_round_half_up_to_one_decimal() -> None:
    assert [formats.rating(484, language) for language in Language] == ["4,8", "4.8", "4.8"]
    assert [formats.rating(value, EN) for value in (485, 500, 494, 495, 100)] == ["4.9", "5.0", "4.9", "5.0", "1.0"]


def test_percentages() -> None:
    assert [formats.percent(1_250, language) for language in Language] == ["12,5%", "12.5%", "12.5%"]
    assert formats.percent(1_100, ID) == "11%"
    assert formats.percent(-5, EN) == "−0.05%"


@pytest.mark.parametrize(
    ("grams", "indonesian", "english", "korean"),
    [
        (250, "250 g", "250 g", "250g"),
        (999, "999 g", "999 g", "999g"),
        (1_000, "1 kg", "1 kg", "1kg"),
        (1_500, "1,5 kg", "1.5 kg", "1.5kg"),
        (1_255, "1,255 kg", "1.255 kg", "1.255kg"),
        (1_200_000, "1.200 kg", "1,200 kg", "1,200kg"),
    ],
)
def test_weights(grams: int, indonesian: str, english: str, korean: str) -> None:
    assert [formats.weight(grams, language) for language in Language] == [indonesian, english, korean]


@pytest.mark.parametrize(
    ("millimetres", "indonesian", "korean"),
    [
        (8, "8 mm", "8mm"),
        (10, "1 cm", "1cm"),
        (25, "2,5 cm", "2.5cm"),
        (2_400, "240 cm", "240cm"),
        (12_000, "12 m", "12m"),
        (12_345, "12,345 m", "12.345m"),
    ],
)
def test_lengths(millimetres: int, indonesian: str, korean: str) -> None:
    assert [formats.length_mm(millimetres, language) for language in (ID, KO)] == [indonesian, korean]


@pytest.mark.parametrize(
    ("size", "wanted"), [(0, "1 kB"), (1, "1 kB"), (300_999, "300 kB"), (5_000_000, "5 MB"), (10_485_760, "10,4 MB")]
)
def test_file_sizes_never_overstate_a_limit(size: int, wanted: str) -> None:
    assert formats.file_size(size, ID) == wanted


def test_lists() -> None:
    items = ["batik", "gula {0}", "bambu"]
    assert [formats.list_of(items, language) for language in Language] == [
        "batik, gula {0}, dan bambu",
        "batik, gula {0} and bambu",
        "batik, gula {0} 및 bambu",
    ]
    assert formats.list_of(["batik"], ID) == "batik"
    assert formats.list_of([], ID) == ""


@given(st.integers(min_value=0, max_value=10**13), languages)
def test_spaces_are_plain_ones(value: int, language: Language) -> None:
    shown = [
        formats.money(Money(value), language),
        formats.compact_count(value, language),
        formats.weight(value, language),
        formats.file_size(value, language),
    ]
    assert not re.search(r"[^\S ]", "".join(shown))
