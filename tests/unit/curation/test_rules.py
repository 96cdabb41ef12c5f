"""Whose turn it is, what does not fit in a slot, which pages are counted: pure rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest

from marketplace.curation.exposure import Surface, surface_of
from marketplace.curation.planning import Planned, Standing, Trouble, placed_twice, plan_days, troubles_of
from marketplace.curation.rotation import Candidate, is_eligible, least_shown_first
from marketplace.kernel.ids import ProductId
from marketplace.web.staff.curation_exposure import harmless

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
DAY = timedelta(days=1)
FIT = Candidate(ProductId(1), True, True, True, False, True, True, 0)


@pytest.mark.row("F4")
@pytest.mark.parametrize("lack", [{"is_published": False}, {"is_available": False}, {"shop_is_open": False},
                                  {"shop_on_holiday": True}, {"has_photo": False}, {"has_words": False}])  # fmt: skip
def test_one_lack_is_enough_to_have_no_turn(lack: dict[str, Any]) -> None:
    assert is_eligible(FIT)
    assert not is_eligible(replace(FIT, **lack))
    assert least_shown_first([replace(FIT, **lack)]) == []


@pytest.mark.row("F4")
def test_the_least_seen_comes_first_and_equals_by_id_however_they_are_given() -> None:
    seen = {1: 5, 2: 0, 3: 5, 4: 0, 5: 2}
    candidates = [replace(FIT, product_id=ProductId(id_), impressions=times) for id_, times in seen.items()]
    for seed in range(5):
        Random(seed).shuffle(candidates)
        assert [candidate.product_id for candidate in least_shown_first(candidates)] == [2, 4, 5, 1, 3]


def planned(id_: int, product: int, first: int, last: int | None, *, shows: bool = True) -> Planned:
    """Return a pick from one day on to before another, counted from now."""
    return Planned(id_, ProductId(product), NOW + first * DAY, NOW + last * DAY if last is not None else None, shows)


@pytest.mark.row("F3")
def test_a_plan_finds_gaps_and_surplus_and_counts_no_pick_that_does_not_show() -> None:
    picks = [planned(1, 1, -3, 2), planned(2, 2, 0, 5), planned(3, 3, 0, 5, shows=False), planned(4, 4, 4, None)]
    days = plan_days(picks, places=2, now=NOW, days=7)
    assert [day.shown for day in days] == [2, 2, 1, 1, 2, 1, 1]
    assert [day.missing for day in days] == [0, 0, 1, 1, 0, 1, 1]
    assert [day.over for day in plan_days(picks, places=1, now=NOW, days=5)] == [1, 1, 0, 0, 1]


@pytest.mark.row("F3")
def test_the_same_product_twice_at_once_is_found_and_one_after_the_other_is_fine() -> None:
    assert placed_twice([planned(1, 7, 0, 5), planned(2, 7, 4, 9), planned(3, 8, 0, None)]) == {1, 2}
    assert placed_twice([planned(1, 7, 0, 5), planned(2, 7, 5, None)]) == frozenset()
    assert placed_twice([planned(1, 7, 0, None), planned(2, 7, 50, None)]) == {1, 2}


def test_troubles_are_named_gravest_first() -> None:
    assert troubles_of(Standing(True, True, False, True), twice=False) == ()
    assert troubles_of(Standing(False, False, True, False), twice=True) == (
        Trouble.NOT_PUBLISHED, Trouble.SHOP_CLOSED, Trouble.TWICE, Trouble.SOLD_OUT, Trouble.ON_HOLIDAY,
    )  # fmt: skip


@pytest.mark.row("F4")
@pytest.mark.parametrize(("path", "surface"), [
    ("/id/", Surface.HOME), ("/ko/c/batik", Surface.CATEGORY), ("/en/p/gula-semut", Surface.PRODUCT),
    ("/id/search", Surface.SEARCH),
    ("/id/products", Surface.LISTING), ("/id/shops/nira", Surface.SHOP), ("/id/collections/dapur", Surface.COLLECTION),
    ("/staff/curation/preview", None), ("/fr/", None), ("", None), ("/id/cart", None), ("/id/../staff", None),
])  # fmt: skip
def test_only_public_pages_with_cards_are_counted(path: str, surface: Surface | None) -> None:
    assert surface_of(path) is surface


@pytest.mark.parametrize("cell", ["=1+1", "+62", "-1", "@SUM(A1)", "\t=1", " =cmd", "\r=1"])
def test_no_cell_becomes_a_formula(cell: str) -> None:
    assert harmless(cell) == "'" + cell
    assert harmless("Sanggar Uji") == "Sanggar Uji"
