"""The one door to every format: `formats.money(amount, language)`, `formats.date_short(day, language)`."""

from __future__ import annotations

from .dates import date_long, date_range, date_short, date_table, moment, moment_short, month, time_of_day
from .figures import (
    approximate_money,
    compact_count,
    decimal,
    file_size,
    length_mm,
    list_of,
    money,
    money_range,
    number,
    percent,
    rating,
    weight,
)

__all__ = [
    "approximate_money",
    "compact_count",
    "date_long",
    "date_range",
    "date_short",
    "date_table",
    "decimal",
    "file_size",
    "length_mm",
    "list_of",
    "moment",
    "moment_short",
    "money",
    "money_range",
    "month",
    "number",
    "percent",
    "rating",
    "time_of_day",
    "weight",
]
