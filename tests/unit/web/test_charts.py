"""Charts begin at zero, stay inside their field and keep the names of close lines apart."""

from itertools import pairwise

import pytest

from marketplace.web.charts import PLOT_PERCENT, line_chart, percents, round_top, spark_points


def points_of(text: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in (pair.split(",") for pair in text.split())]


@pytest.mark.parametrize(("value", "top"), [(0, 1), (84, 100), (100, 100), (101, 200), (230, 250), (0.3, 0.5), (4100, 5000)])
def test_top_is_a_round_number_not_below(value: float, top: float) -> None:
    assert round_top(value) == pytest.approx(top)


def test_bars_are_shares_of_the_largest() -> None:
    assert percents([84, 42, 0]) == (100.0, 50.0, 0.0)
    assert percents([0, 0]) == (0.0, 0.0)
    assert percents([]) == ()


def test_zero_lies_on_the_baseline_and_the_top_under_the_upper_edge() -> None:
    chart = line_chart(
        [("Batik", [0, 50, 100])], tick_labels=["a", "b", "c"], gridline_labels=[(0, "0"), (100, "100")], height=240
    )
    points = points_of(chart.series[0].points)
    assert [x for x, _ in points] == [0, 50, 100]
    assert points[0][1] == chart.gridlines[0].y
    assert points[2][1] == chart.gridlines[1].y
    assert points[2][1] < points[1][1] < points[0][1] < chart.height


def test_names_of_lines_that_end_together_do_not_touch() -> None:
    chart = line_chart([("A", [1, 50]), ("B", [2, 50]), ("C", [3, 49])], tick_labels=["x", "y"], gridline_labels=[])
    places = sorted(series.name_y for series in chart.series)
    assert all(lower - upper >= 18 for upper, lower in pairwise(places))


def test_ticks_are_the_first_the_middle_and_the_last() -> None:
    chart = line_chart([("A", [1, 2, 3, 4, 5])], tick_labels=["Jan", "Feb", "Mar", "Apr", "Mei"], gridline_labels=[])
    assert [(tick.label, tick.anchor) for tick in chart.ticks] == [("Jan", "start"), ("Mar", "middle"), ("Mei", "end")]
    assert chart.ticks[-1].percent == PLOT_PERCENT


def test_unequal_or_too_many_lines_are_refused() -> None:
    with pytest.raises(ValueError, match="one value for each tick"):
        line_chart([("A", [1, 2])], tick_labels=["x"], gridline_labels=[])
    with pytest.raises(ValueError, match="more than five"):
        line_chart([("A", [1])] * 6, tick_labels=["x"], gridline_labels=[])


def test_sparkline_rises_when_values_rise() -> None:
    points = points_of(spark_points([1, 2, 3]))
    assert points[0][1] > points[1][1] > points[2][1] >= 0
