"""Positions of the points of inline charts, so that templates only print them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, log10
from typing import Literal

PLOT_PERCENT = 72
NAME_PERCENT = 74
_TOP = 12
_BOTTOM_SPACE = 30
_NAME_GAP = 18
_TEXT_RISE = 5


@dataclass(frozen=True)
class Gridline:
    """One horizontal line with the figure it stands for."""

    y: float
    text_y: float
    label: str


@dataclass(frozen=True)
class Tick:
    """A word under the chart, at a percentage of its width."""

    percent: float
    label: str
    anchor: Literal["start", "middle", "end"]


@dataclass(frozen=True)
class Series:
    """One line of the chart, with the place of its name at the right."""

    name: str
    number: int
    points: str
    name_y: float


@dataclass(frozen=True)
class LineChart:
    """Everything `lines` of macros/chart_card.html prints."""

    height: int
    plot_percent: int
    name_percent: int
    tick_y: int
    gridlines: tuple[Gridline, ...]
    series: tuple[Series, ...]
    ticks: tuple[Tick, ...]


def round_top(value: float) -> float:
    """Return the smallest 1, 2, 2.5 or 5 times a power of ten that is not below `value`."""
    if value <= 0:
        return 1.0
    power: float = 10.0 ** ceil(log10(value) - 1)
    return next((step * power for step in (1, 2, 2.5, 5, 10) if step * power >= value), 10 * power)


def line_chart(
    named_values: Sequence[tuple[str, Sequence[float]]],
    *,
    tick_labels: Sequence[str],
    gridline_labels: Sequence[tuple[float, str]],
    height: int = 240,
) -> LineChart:
    """Lay at most five series over one baseline of zero.

    Raises: ValueError for more than five series, or series of unequal length.
    """
    if len(named_values) > 5:
        raise ValueError("more than five lines cannot be told apart")
    if any(len(values) != len(tick_labels) for _, values in named_values):
        raise ValueError("every line needs one value for each tick")
    top = round_top(max((max(values, default=0) for _, values in named_values), default=0))
    top = max([top, *(value for value, _ in gridline_labels)])
    names = _spread([_height_of(values[-1] if values else 0, top, height) for _, values in named_values])
    return LineChart(
        height=height,
        plot_percent=PLOT_PERCENT,
        name_percent=NAME_PERCENT,
        tick_y=height - 6,
        gridlines=tuple(_gridline(value, label, top, height) for value, label in gridline_labels),
        series=tuple(
            Series(name, number, _points(values, top, height), name_y + _TEXT_RISE)
            for number, ((name, values), name_y) in enumerate(zip(named_values, names, strict=True), start=1)
        ),
        ticks=_ticks(tick_labels),
    )


def spark_points(values: Sequence[float], *, height: int = 28) -> str:
    """Return the points of a small line without axes, on a field 100 wide."""
    top = max([*values, 0]) or 1
    return _join((_across(index, len(values)), height - 2 - (height - 4) * value / top) for index, value in enumerate(values))


def percents(values: Sequence[int]) -> tuple[float, ...]:
    """Return each value as a percentage of the largest, for bars that begin at zero."""
    top = max([*values, 0])
    return tuple(round(100 * value / top, 1) if top else 0.0 for value in values)


def _gridline(value: float, label: str, top: float, height: int) -> Gridline:
    y = _height_of(value, top, height)
    return Gridline(y=y, text_y=y - 4, label=label)


def _height_of(value: float, top: float, height: int) -> float:
    return round(_TOP + (height - _TOP - _BOTTOM_SPACE) * (1 - value / top), 1)


def _across(index: int, count: int) -> float:
    return round(100 * index / (count - 1), 2) if count > 1 else 0.0


def _points(values: Sequence[float], top: float, height: int) -> str:
    return _join((_across(index, len(values)), _height_of(value, top, height)) for index, value in enumerate(values))


def _join(points: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{x:g},{round(y, 1):g}" for x, y in points)


def _ticks(labels: Sequence[str]) -> tuple[Tick, ...]:
    """Place the first, the middle and the last label: more would touch on a phone."""
    if not labels:
        return ()
    last = len(labels) - 1
    wanted = sorted({0, last // 2, last}) if last > 1 else list(range(len(labels)))
    return tuple(
        Tick(
            percent=round(PLOT_PERCENT * _across(index, len(labels)) / 100, 2),
            label=labels[index],
            anchor="start" if index == 0 else "end" if index == last else "middle",
        )
        for index in wanted
    )


def _spread(places: Sequence[float]) -> list[float]:
    """Move names of lines that end close together apart, keeping their order."""
    order = sorted(range(len(places)), key=lambda index: places[index])
    spread = list(places)
    for upper, lower in pairwise(order):
        spread[lower] = max(spread[lower], spread[upper] + _NAME_GAP)
    return spread
