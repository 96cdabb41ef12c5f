"""The curation board in words: slots, picks, the plan of the coming weeks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby

from flask import url_for

from marketplace.curation.board import PickRow
from marketplace.curation.planning import HOME, SHELF_PREFIX, DayPlan, placed_twice, places_in, plan_days, troubles_of
from marketplace.kernel.clock import WIB, local_day
from marketplace.language.languages import Language
from marketplace.web import current
from marketplace.web.navigation import shelves
from marketplace.web.storefront.pictures import thumbnail


@dataclass(frozen=True, slots=True)
class PickCard:
    """One pick on the board."""

    id: int
    version: int
    name: str
    shop: str
    picture: str
    when: str
    reason: str
    author: str
    languages: str
    lacks_language: bool
    troubles: list[str]
    state: str  # now, coming, past


@dataclass(frozen=True, slots=True)
class Bar:
    """A pick in the plan: where its bar begins and how long it is, in percent of the shown weeks."""

    name: str
    start: float
    width: float
    words: str
    is_wrong: bool


@dataclass(frozen=True, slots=True)
class DayMark:
    """One day of the plan: its place in percent, what it is, and the figure."""

    start: float
    width: float
    kind: str  # full, gap, over
    words: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The coming weeks of a slot."""

    bars: list[Bar]
    days: list[DayMark]
    notes: list[str]
    rows: list[list[str]]
    ticks: list[tuple[float, str]]


def slot_names() -> list[tuple[str, str]]:
    """Return every slot there is with its name: the front page, then each category."""
    language = Language(current.speech().language)
    return [(HOME, current.speech().t("curation.slot_home"))] + [
        (SHELF_PREFIX + shelf.slug, shelf.name) for shelf in shelves(language)
    ]


def asked_slot(typed: str) -> str:
    """Return the slot an address names, the front page for anything unknown."""
    return typed if typed in dict(slot_names()) else HOME


def board_url(slot: str, done: str = "", pick_id: int | None = None) -> str:
    """Return the board's address, at one pick."""
    anchor = f"pick-{pick_id}" if pick_id is not None else None
    return url_for("staff.curation", slot=slot, done=done or None, _anchor=anchor)


def day_start(day: date) -> datetime:
    """Return the first instant of a day in WIB."""
    return datetime.combine(day, time(0), WIB).astimezone(UTC)


def last_day(ends_at: datetime | None) -> date | None:
    """Return the last day on which what ends at an exclusive instant still shows."""
    return local_day(ends_at - timedelta(microseconds=1)) if ends_at is not None else None


def window_words(starts_at: datetime, ends_at: datetime | None) -> str:
    """Return a window as people say it."""
    speech, last = current.speech(), last_day(ends_at)
    if last is None:
        return speech.t("curation.from_on", day=speech.day(local_day(starts_at)))
    return speech.days(local_day(starts_at), max(last, local_day(starts_at)))


def pick_cards(rows: Sequence[PickRow]) -> list[PickCard]:
    """Return the picks in words, with what is wrong with each that is not over."""
    speech, now = current.speech(), current.now()
    twice = placed_twice([row.planned for row in rows if not row.is_past(now)])
    found = []
    for row in rows:
        past = row.is_past(now)
        state = "past" if past else "coming" if row.starts_at > now else "now"
        troubles = () if past else troubles_of(row.good.standing, twice=row.id in twice)
        has = [language.upper() for language in ("id", "en", "ko") if row.reasons.get(language)]
        found.append(
            PickCard(
                id=row.id, version=row.version, name=row.good.name, shop=f"{row.good.shop_name}, {row.good.district_name}",
                picture=thumbnail(row.good.image_hash), when=window_words(row.starts_at, row.ends_at),
                reason=row.reasons.get("id", ""), author=row.author, languages=" · ".join(has), lacks_language=len(has) < 3,
                troubles=[speech.t(f"curation.trouble_{trouble}") for trouble in troubles], state=state,
            )
        )  # fmt: skip
    return found


def plan_of(rows: Sequence[PickRow], slot: str) -> Plan:
    """Return the coming four weeks of a slot: a bar for each pick, a mark for each day, and what to mend in words."""
    speech, now = current.speech(), current.now()
    living = [row for row in rows if not row.is_past(now)]
    planned = [row.planned for row in living]
    days = plan_days(planned, places=places_in(slot), now=now)
    first, width, twice = day_start(days[0].day), 100 / len(days), placed_twice(planned)
    ends = first + timedelta(days=len(days))
    bars = []
    for row in sorted(living, key=lambda row: (row.starts_at, row.id)):
        begins, stops = max(row.starts_at, first), min(row.ends_at or ends, ends)
        if begins >= ends:
            continue
        start, stop = ((at - first) / timedelta(days=1) * width for at in (begins, stops))
        is_wrong = row.id in twice or not row.planned.shows
        bars.append(
            Bar(row.good.name, round(start, 2), round(stop - start, 2), window_words(row.starts_at, row.ends_at), is_wrong)
        )
    marks = [
        DayMark(round(place * width, 2), round(width - 0.4, 2), _kind(day), f"{speech.day(day.day)}: {_count(day)}")
        for place, day in enumerate(days)
    ]
    ticks = [(round(place * width, 2), speech.day(days[place].day)) for place in range(0, len(days), 7)]
    table = [[speech.day(day.day), speech.number(day.shown), _count(day) if _kind(day) != "full" else ""] for day in days]
    return Plan(bars, marks, _notes(days), table, ticks)


def _kind(day: DayPlan) -> str:
    return "gap" if day.missing else "over" if day.over else "full"


def _count(day: DayPlan) -> str:
    speech = current.speech()
    if day.missing:
        return speech.t("curation.missing", count=day.missing)
    return speech.t("curation.over", count=day.over) if day.over else speech.t("curation.full")


def _notes(days: Sequence[DayPlan]) -> list[str]:
    """Return days in a row with the same gap or surplus as one sentence."""
    speech, found = current.speech(), []
    for (missing, over), group in groupby(days, key=lambda day: (day.missing, day.over)):
        run = list(group)
        if missing or over:
            found.append(f"{speech.days(run[0].day, run[-1].day)}: {_count(run[0])}")
    return found
