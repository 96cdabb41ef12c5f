"""The committed place tables are what the import writes from the locked package."""

from __future__ import annotations

from pathlib import Path

from marketplace.cli.import_places import child_rows, clear_postal_code, province_rows, village_rows, write_rows
from marketplace.places.reading import read_districts, read_provinces, read_regencies, read_villages


def test_provinces_regencies_and_districts_are_as_imported() -> None:
    provinces = province_rows()
    regencies = child_rows(code for code, _ in provinces)
    districts = child_rows(code for code, _ in regencies)
    assert [(place.code, place.name) for place in read_provinces()] == provinces
    assert [(place.code, place.name) for place in read_regencies()] == regencies
    assert [(place.code, place.name) for place in read_districts()] == districts


def test_villages_of_the_region_are_as_imported() -> None:
    written = village_rows(place.code for place in read_districts() if place.regency_code == "36.02")
    read = [(v.code, v.name, v.district_code, v.kind.value, v.postal or "") for v in read_villages("lebak")]
    assert read == written


def test_a_district_with_several_postal_codes_gets_none() -> None:
    assert clear_postal_code("36.02.16") == "42397"
    assert clear_postal_code("36.02.14") == ""


def test_rows_are_written_in_a_form_that_does_not_change_between_systems(tmp_path: Path) -> None:
    assert write_rows(tmp_path / "rows.csv", ("code", "name"), [("11", "Aceh"), ("12", "Pulau, besar")]) == 2
    assert (tmp_path / "rows.csv").read_bytes() == b'code,name\n11,Aceh\n12,"Pulau, besar"\n'
