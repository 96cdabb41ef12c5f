"""Which kecamatan somebody means."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from marketplace.places.errors import DistrictNotFound
from marketplace.places.models import District, Province, Regency, Village
from marketplace.places.queries import district_names, find_districts, get_district
from marketplace.places.services import load_places


@pytest.fixture
def loaded(session: Session) -> Session:
    """All of Indonesia."""
    load_places(session, region="lebak")
    return session


def labels(session: Session, typed: str, limit: int = 8) -> list[str]:
    """Return what the picker would show."""
    return [choice.label for choice in find_districts(session, typed, limit)]


def test_loading_twice_adds_nothing(session: Session) -> None:
    added = load_places(session, region="lebak")
    assert added == sum(session.scalar(select(func.count()).select_from(table)) or 0
                        for table in (Province, Regency, District, Village))  # fmt: skip
    assert session.scalar(select(func.count()).select_from(District)) == 7285
    assert load_places(session, region="lebak") == 0


def test_finds_by_whole_name_home_first(loaded: Session) -> None:
    found = labels(loaded, "sobang")
    assert found[0] == "Sobang, Kab. Lebak, Banten"
    assert "Sobang, Kab. Pandeglang, Banten" in found


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("SOBANG lebak", "Sobang, Kab. Lebak, Banten"),
        ("Kec. Cibadak, Kab. Lebak", "Cibadak, Kab. Lebak, Banten"),
        ("cibadak lebak", "Cibadak, Kab. Lebak, Banten"),
        ("lebak cibadak", "Cibadak, Kab. Lebak, Banten"),
        ("cibadak sukabumi", "Cibadak, Kab. Sukabumi, Jawa Barat"),
        ("Gunung Kencana", "Gunungkencana, Kab. Lebak, Banten"),
        ("Curug bitung", "Curugbitung, Kab. Lebak, Banten"),
        ("rangkasbetung", "Rangkasbitung, Kab. Lebak, Banten"),
        ("sobang pandeglang banten", "Sobang, Kab. Pandeglang, Banten"),
        ("sobang 42318", "Sobang, Kab. Lebak, Banten"),
    ],
)
def test_folds_and_narrows(loaded: Session, typed: str, first: str) -> None:
    assert labels(loaded, typed)[0] == first


def test_other_words_narrow_strictly(loaded: Session) -> None:
    assert labels(loaded, "cibadak lebak") == ["Cibadak, Kab. Lebak, Banten"]
    assert labels(loaded, "cibadak papua") == []


def test_a_beginning_is_enough_and_the_list_is_short(loaded: Session) -> None:
    found = labels(loaded, "ran", 5)
    assert len(found) == 5
    assert found[0] == "Rangkasbitung, Kab. Lebak, Banten"


def test_a_regency_alone_lists_its_kecamatan(loaded: Session) -> None:
    assert any(label.endswith("Kota Surabaya, Jawa Timur") for label in labels(loaded, "surabaya"))


def test_nothing_typed_finds_nothing(loaded: Session) -> None:
    assert find_districts(loaded, "  ,. ") == ()
    assert find_districts(loaded, "%") == ()
    assert find_districts(loaded, "zzqx") == ()


def test_get_and_names(loaded: Session) -> None:
    assert get_district(loaded, "36.02.22").postal_code == "42318"
    assert district_names(loaded, ["36.02.22", "99.99.99"]) == {"36.02.22": "Sobang"}
    with pytest.raises(DistrictNotFound):
        get_district(loaded, "99.99.99")
