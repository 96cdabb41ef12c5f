"""Days and instants, letter for letter, told in WIB."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.kernel.clock import KST
from marketplace.language import formats
from marketplace.language.languages import Language

ID, EN, KO = Language.ID, Language.EN, Language.KO
DAY = date(2025, 11, 27)
INSTANT = datetime(2025, 11, 27, 2, 12, tzinfo=UTC)  # 09:12 in Lebak
LATE = datetime(2025, 11, 26, 18, 30, tzinfo=UTC)  # already 01:30 of the 27th in Lebak


@pytest.mark.parametrize("day", [DAY, INSTANT, LATE], ids=["day", "morning", "past midnight"])
def test_days_are_those_of_lebak(day: date) -> None:
    assert [formats.date_long(day, language) for language in Language] == [
        "27 November 2025",
        "27 November 2025",
        "2025년 11월 27일",
    ]
    assert [formats.date_short(day, language) for language in Language] == ["Kam, 27 Nov", "Thu, 27 Nov", "11월 27일(목)"]
    assert [formats.date_table(day, language) for language in Language] == ["27 Nov 2025", "27 Nov 2025", "2025. 11. 27."]
    assert [formats.month(day, language) for language in Language] == ["November 2025", "November 2025", "2025년 11월"]


def test_months_have_their_own_names() -> None:
    assert formats.date_long(date(2026, 8, 17), ID) == "17 Agustus 2026"
    assert formats.date_short(date(2026, 9, 6), EN) == "Sun, 6 Sep"
    assert formats.date_short(date(2026, 5, 2), ID) == "Sab, 2 Mei"


@pytest.mark.parametrize(
    ("last", "indonesian", "english", "korean"),
    [
        (DAY, "27 Nov", "27 Nov", "11월 27일"),
        (date(2025, 11, 29), "27–29 Nov", "27–29 Nov", "11월 27~29일"),
        (date(2025, 12, 2), "27 Nov – 2 Des", "27 Nov – 2 Dec", "11월 27일~12월 2일"),
        (date(2026, 1, 2), "27 Nov 2025 – 2 Jan 2026", "27 Nov 2025 – 2 Jan 2026", "2025년 11월 27일~2026년 1월 2일"),
    ],
)
def test_ranges_of_days(last: date, indonesian: str, english: str, korean: str) -> None:
    assert [formats.date_range(DAY, last, language) for language in Language] == [indonesian, english, korean]


def test_a_range_runs_forward() -> None:
    with pytest.raises(ValueError):
        formats.date_range(DAY, DAY - timedelta(days=1), ID)


def test_instants() -> None:
    assert [formats.time_of_day(INSTANT, language) for language in Language] == ["09.12", "09:12", "09:12"]
    assert [formats.moment(INSTANT, language) for language in Language] == [
        "27 Nov 2025, 09.12 WIB",
        "27 Nov 2025, 09:12 WIB",
        "2025년 11월 27일 09:12(WIB)",
    ]
    assert [formats.moment_short(INSTANT, language) for language in Language] == [
        "Kam, 27 Nov, 09.12 WIB",
        "Thu, 27 Nov, 09:12 WIB",
        "11월 27일(목) 09:12(WIB)",
    ]


def test_another_zone_can_be_asked_for() -> None:
    assert formats.moment(INSTANT, KO, KST) == "2025년 11월 27일 11:12(KST)"
    assert formats.moment(INSTANT, ID, ZoneInfo("Asia/Makassar")) == "27 Nov 2025, 10.12 WITA"
    assert formats.date_table(datetime(2025, 11, 27, 16, 0, tzinfo=UTC), KO, KST) == "2025. 11. 28."


def test_an_instant_without_a_zone_is_refused() -> None:
    bare = datetime(2025, 11, 27, 9, 12)  # noqa: DTZ001 (what is refused)
    for tell in (formats.time_of_day, formats.moment, formats.moment_short, formats.date_long, formats.date_table):
        with pytest.raises(ValueError):
            tell(bare, ID)


@given(
    st.integers(min_value=0, max_value=4_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)),
    st.sampled_from(Language),
)
def test_every_instant_can_be_told_with_plain_spaces(at: datetime, language: Language) -> None:
    told = [formats.moment(at, language), formats.moment_short(at, language), formats.date_range(at, at, language)]
    assert not re.search(r"[^\S ]", "".join(told))
    assert str(at.astimezone(ZoneInfo("Asia/Jakarta")).year) in told[0]
