"""The region pack of Lebak: 28 kecamatan on a map, and an office that says it is invented."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from marketplace.places.reading import RegionNotFound, read_districts, read_region

HANGUL = re.compile(r"[\uac00-\ud7a3]+")


def test_the_pack_names_its_region_and_prefix() -> None:
    region = read_region("lebak")
    assert region.pack.number_prefix == "LBK"
    assert region.pack.names.ko == "르박군"
    assert datetime(2026, 11, 24, 20, tzinfo=UTC).astimezone(region.zone).day == 25


def test_28_districts_stand_on_28_different_tiles_inside_the_map() -> None:
    region = read_region("lebak")
    tiles = {(district.column, district.row) for district in region.districts}
    assert len(region.districts) == len(tiles) == 28
    assert all(1 <= column <= region.pack.tile_map.columns and 1 <= row <= region.pack.tile_map.rows for column, row in tiles)


def test_districts_carry_the_official_code_and_name() -> None:
    official = {place.code: place.name for place in read_districts() if place.code.startswith("36.02.")}
    assert {district.code: district.name for district in read_region("lebak").districts} == official


def test_neighbours_are_mutual() -> None:
    districts = {district.code: district for district in read_region("lebak").districts}
    for district in districts.values():
        assert district.code not in district.neighbour_codes
        for neighbour in district.neighbour_codes:
            assert district.code in districts[neighbour].neighbour_codes, (district.name, neighbour)


def test_korean_names_are_hangul_by_the_loanword_rules() -> None:
    names = {district.code: district.name_ko for district in read_region("lebak").districts}
    assert len(set(names.values())) == 28
    for name in names.values():
        assert HANGUL.fullmatch(name)
        assert not re.search("[까-낗따-띻빠-삫짜-찧]", name), "the rules know no doubled consonants"
    # l between vowels is doubled, eu is 으, neutral e is 으: domain.md §8.
    assert (names["36.02.01"], names["36.02.06"], names["36.02.25"]) == ("말링핑", "르위다마르", "르박그동")


def test_what_a_district_is_known_for_is_said_in_three_languages_and_names_no_firm() -> None:
    known = [district.known_for for district in read_region("lebak").districts if district.known_for]
    assert len(known) == 26  # nothing is on record for Lebakgedong and Cirinten
    for words in known:
        assert HANGUL.search(words.ko)
        assert not HANGUL.search(words.id + words.en)
        assert not re.search("Mandala|Pradana|Sahate|Chanting", words.id + words.en + words.ko)


def test_postal_codes_fit_the_rule_and_a_code_from_elsewhere_does_not() -> None:
    region = read_region("lebak")
    assert all(region.pack.postal.fits(district.postal) for district in region.districts)
    assert not region.pack.postal.fits("40111")
    assert not region.pack.postal.fits("42399")


def test_the_office_is_marked_as_invented() -> None:
    office = read_region("lebak").pack.office
    assert office.is_example
    assert office.email.endswith(".example")
    assert office.whatsapp == "0812-0000-0000"


@pytest.mark.parametrize("name", ["banten", "../lebak", ""])
def test_an_unknown_region_is_refused(name: str) -> None:
    with pytest.raises(RegionNotFound):
        read_region(name)
