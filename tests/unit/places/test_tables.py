"""The committed place tables are whole, and agree with each other."""

from __future__ import annotations

from collections import Counter

from marketplace.places.reading import VillageKind, read_districts, read_provinces, read_regencies, read_region, read_villages


def test_all_of_indonesia_is_there() -> None:
    assert len(read_provinces()) == 38
    assert len(read_regencies()) == 514
    assert len(read_districts()) >= 7_000


def test_codes_are_unique_and_every_parent_exists() -> None:
    provinces = {place.code for place in read_provinces()}
    regencies = {place.code for place in read_regencies()}
    districts = [place.code for place in read_districts()]
    assert len(set(districts)) == len(districts)
    assert {place.province_code for place in read_regencies()} == provinces
    assert {place.regency_code for place in read_districts()} == regencies


def test_no_name_is_empty_and_postal_codes_have_five_digits() -> None:
    for place in read_districts():
        assert place.name.strip() == place.name != ""
        assert place.postal is None or (place.postal.isdigit() and len(place.postal) == 5)


def test_lebak_has_340_desa_and_5_kelurahan() -> None:
    villages = read_villages("lebak")
    kinds = Counter(village.kind for village in villages)
    assert len(villages) == 345
    assert kinds == {VillageKind.DESA: 340, VillageKind.KELURAHAN: 5}
    assert {village.district_code for village in villages if village.kind is VillageKind.KELURAHAN} == {"36.02.14"}


def test_villages_per_district_match_the_counts_of_the_district_table() -> None:
    region = read_region("lebak")
    counted = Counter((village.district_code, village.kind) for village in region.villages)
    for district in region.districts:
        assert counted[district.code, VillageKind.DESA] == district.desa_count, district.name
        assert counted[district.code, VillageKind.KELURAHAN] == district.kelurahan_count, district.name


def test_cikaratuan_lies_in_cigemblong() -> None:
    [village] = [village for village in read_villages("lebak") if village.name == "Cikaratuan"]
    assert village.district_code == "36.02.28"
