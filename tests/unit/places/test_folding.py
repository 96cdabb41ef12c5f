"""What people type and what the list says fold to the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.places.folding import fold
from marketplace.places.reading import read_region


@pytest.mark.parametrize(
    ("typed", "official"),
    [
        ("Curug bitung", "Curugbitung"),
        ("curug-bitung", "Curugbitung"),
        ("Gunung Kencana", "Gunungkencana"),
        ("Lebak Gedong", "Lebakgedong"),
        ("Leuiwidamar", "Leuwidamar"),
        ("CIGEMLONG", "Cigemblong"),
        ("Badui", "Baduy"),
        ("tenun badui", "Tenun Baduy"),
        ("Kec. Sobang", "Sobang"),
        ("kecamatan  Warung Gunung", "Warunggunung"),
        ("Kab. Lebak", "Kabupaten Lebak"),
        ("Bojong Leles", "Bojongleles"),
        ("Kanékes", "Kanekes"),
        ("소 방", "소방"),
    ],
)
def test_variants_meet(typed: str, official: str) -> None:
    assert fold(typed) == fold(official)


def test_the_28_districts_stay_apart_and_a_kind_alone_is_not_lost() -> None:
    assert len({fold(district.name) for district in read_region("lebak").districts}) == 28
    assert fold("Cijaku") != fold("Cihara")
    assert fold("Desa") == "desa"


@given(st.text(max_size=40))
def test_a_folded_name_has_no_capital_space_or_hyphen(name: str) -> None:
    once = fold(name)
    assert once == once.lower()
    assert " " not in once
    assert "-" not in once
