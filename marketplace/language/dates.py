"""Days and instants as a reader of each language writes them.

Instants are told in one zone, Lebak's (WIB) unless another is given. English puts the day first, as the British do; spaces
are plain ones (see `figures`).
"""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date

from marketplace.kernel.clock import WIB, local_day

from .languages import Language

Day = date | datetime

_LONG = {Language.ID: "d MMMM y", Language.EN: "d MMMM y", Language.KO: "y년 M월 d일"}
_SHORT = {Language.ID: "EEE, d MMM", Language.EN: "EEE, d MMM", Language.KO: "M월 d일(EEE)"}
_TABLE = {Language.ID: "d MMM y", Language.EN: "d MMM y", Language.KO: "y. M. d."}
_DAY = {Language.ID: "d", Language.EN: "d", Language.KO: "d일"}
_DAY_MONTH = {Language.ID: "d MMM", Language.EN: "d MMM", Language.KO: "M월 d일"}
_DAY_MONTH_YEAR = {Language.ID: "d MMM y", Language.EN: "d MMM y", Language.KO: "y년 M월 d일"}
_MONTH = {Language.ID: "MMMM y", Language.EN: "MMMM y", Language.KO: "y년 M월"}


def date_long(day: Day, language: Language, zone: ZoneInfo = WIB) -> str:
    """Return "27 November 2025", "2025년 11월 27일": for sentences and papers."""
    return _written(_day(day, zone), _LONG[language], language)


def date_short(day: Day, language: Language, zone: ZoneInfo = WIB) -> str:
    """Return "Kam, 27 Nov", "11월 27일(목)": for days near enough to need no year."""
    return _written(_day(day, zone), _SHORT[language], language)


def date_table(day: Day, language: Language, zone: ZoneInfo = WIB) -> str:
    """Return "27 Nov 2025", "2025. 11. 27.": for columns."""
    return _written(_day(day, zone), _TABLE[language], language)


def month(day: Day, language: Language, zone: ZoneInfo = WIB) -> str:
    """Return "November 2025", "2025년 11월"."""
    return _written(_day(day, zone), _MONTH[language], language)


def date_range(first: Day, last: Day, language: Language, zone: ZoneInfo = WIB) -> str:
    """Return "27–29 Nov", "27 Nov – 2 Des", with years only when they differ; one day when first is last.

    Raises: ValueError if `last` is before `first`.
    """
    start, end = _day(first, zone), _day(last, zone)
    if end < start:
        raise ValueError("a range of days runs forward")
    korean = language is Language.KO
    if start == end:
        return _written(start, _DAY_MONTH[language], language)
    if start.year != end.year:
        pattern = _DAY_MONTH_YEAR[language]
        return ("~" if korean else " – ").join(_written(day, pattern, language) for day in (start, end))
    pattern = _DAY_MONTH[language]
    if start.month != end.month:
        return ("~" if korean else " – ").join(_written(day, pattern, language) for day in (start, end))
    if korean:  # the month stands before the days: 11월 27~29일
        return f"{_written(start, pattern, language).removesuffix('일')}~{_written(end, _DAY[language], language)}"
    return f"{start.day}–{_written(end, pattern, language)}"


def time_of_day(at: datetime, language: Language, zone: ZoneInfo = WIB) -> str:
    """Return "09.12" in Indonesian, else "09:12". Raises: ValueError for an instant without a zone."""
    local = _local(at, zone)
    return f"{local:%H.%M}" if language is Language.ID else f"{local:%H:%M}"


def moment(at: datetime, language: Language, zone: ZoneInfo = WIB) -> str:
    """Return day with year, time and zone: "27 Nov 2025, 09.12 WIB", "2025년 11월 27일 09:12(WIB)"."""
    return _with_time(_written(_day(at, zone), _DAY_MONTH_YEAR[language], language), at, language, zone)


def moment_short(at: datetime, language: Language, zone: ZoneInfo = WIB) -> str:
    """Return weekday, day, time and zone, for deadlines: "Kam, 27 Nov, 09.12 WIB", "11월 27일(목) 09:12(WIB)"."""
    return _with_time(date_short(at, language, zone), at, language, zone)


def _with_time(day: str, at: datetime, language: Language, zone: ZoneInfo) -> str:
    time, name = time_of_day(at, language, zone), _local(at, zone).tzname()
    return f"{day} {time}({name})" if language is Language.KO else f"{day}, {time} {name}"


def _local(at: datetime, zone: ZoneInfo) -> datetime:
    if at.tzinfo is None:
        raise ValueError("an instant without a zone cannot be told")
    return at.astimezone(zone)


def _day(day: Day, zone: ZoneInfo) -> date:
    if not isinstance(day, datetime):
        return day
    if day.tzinfo is None:
        raise ValueError("an instant without a zone cannot be told")
    return local_day(day, zone)


@lru_cache(maxsize=4096)
def _written(day: date, pattern: str, language: Language) -> str:
    return format_date(day, pattern, locale=language.value)
