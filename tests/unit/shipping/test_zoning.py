"""Which zone a destination is in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.shipping.zoning import ZoneRule, find_zone, is_same_regency

RULES = [
    ZoneRule(5, "elsewhere", 9),
    ZoneRule(1, "same_district", 1, same_level="district"),
    ZoneRule(2, "same_regency", 2, same_level="regency"),
    ZoneRule(3, "same_province", 3, same_level="province"),
    ZoneRule(4, "java", 4, place_prefixes=("31", "32", "33", "34", "35", "36")),
    ZoneRule(6, "jabodetabek", 4, place_prefixes=("31", "32.01", "36.71")),
]


@pytest.mark.row("H1")
@pytest.mark.parametrize(
    ("destination", "code"),
    [
        ("36.02.22", "same_district"),
        ("36.02.14", "same_regency"),
        ("36.71.01", "same_province"),  # a shop in Lebak reaches Tangerang at its own province's rate
        ("32.01.05", "jabodetabek"),  # of two zones on one position the closer fit
        ("31.71.01", "java"),  # equally close: the older zone
        ("35.78.01", "java"),
        ("94.71.01", "elsewhere"),
    ],
)
def test_the_first_by_position_that_fits(destination: str, code: str) -> None:
    found = find_zone(RULES, origin="36.02.22", destination=destination)
    assert found is not None
    assert found.code == code


def test_codes_are_compared_by_their_parts() -> None:
    same = [ZoneRule(1, "same_regency", 1, same_level="regency")]
    assert find_zone(same, origin="36.02.22", destination="36.021.22") is None


def test_there_may_be_no_zone() -> None:
    assert find_zone([], origin="36.02.22", destination="36.02.22") is None


def test_goods_that_stay() -> None:
    assert is_same_regency("36.02.22", "36.02.14")
    assert not is_same_regency("36.02.22", "36.71.01")


codes = st.from_regex(r"[1-9][0-9]\.[0-9]{2}\.[0-9]{2}", fullmatch=True)


@given(codes, codes, st.permutations(RULES))
def test_every_place_has_one_zone_however_they_are_read(origin: str, destination: str, rules: list[ZoneRule]) -> None:
    found = find_zone(rules, origin=origin, destination=destination)
    assert found is not None
    assert found == find_zone(RULES, origin=origin, destination=destination)
    assert find_zone(rules, origin=origin, destination=origin) == RULES[1]
