"""The invented shops: every good has one seller, nothing real or forbidden slips in, and every permit is impossible."""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError

from marketplace.demo.people import PermitEntry, PermitKind, ShopEntry, read_curation, read_reviews, read_shops
from marketplace.places.reading import read_region
from marketplace.shipping.tariffs import read_zones

LOADED = date(2026, 11, 24)
SHAPES = {PermitKind.NIB: r"\d{13}", PermitKind.PIRT: r"\d{13}-\d{2}", PermitKind.HALAL: r"ID\d{14,20}"}
# The design's palette: tokens of both themes, charts, and the grounds of cloth and bamboo.
PALETTE = {"#26376F", "#1A2750", "#7A4520", "#F3E3D2", "#E5A82E", "#2B6440", "#A12A24", "#7A2320", "#211A14", "#FFFDF8"}
PALETTE |= {"#B9773A", "#6F4F22", "#DDBB77", "#8D5224", "#9E384F"}
HANGUL = re.compile(r"[\uac00-\ud7a3]")
LATIN_WORD = re.compile(r"[A-Za-z]{4,}")
REAL_NAMES = re.compile(r"\bDedi\b|Chanting|Pradana|Mitra Mandala|Sahate|Kawung Lebak|Ciomas|프라다나|만달라", re.IGNORECASE)
HEALTH = re.compile(
    r"diabet|kolesterol|\bobat|sembuh|khasiat|menyehatkan|\bcure|\bheal|medicin|immun|cholesterol|당뇨|콜레스테롤|치료|효능|면역|건강|약효",
    re.IGNORECASE,
)
ORGANIC = re.compile(r"organi[ckq]|유기농", re.IGNORECASE)
PITY = re.compile(r"\bmiskin|kemiskinan|\bpoor\b|poverty|가난|빈곤|극빈", re.IGNORECASE)


def contrast(first: str, second: str) -> float:
    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((light(first), light(second)))
    return (high + 0.05) / (low + 0.05)


def seller_of() -> dict[str, ShopEntry]:
    return {item: shop for shop in read_shops() for item in shop.items}


def all_texts() -> list[str]:
    curation = read_curation()
    words = [text for shop in read_shops() for text in (shop.story, shop.tagline, shop.pickup.hint)]
    words += [pick.reason for pick in curation.picks]
    words += [text for collection in curation.collections for text in (collection.title, collection.text)]
    words += [text for story in curation.stories for text in (story.title, story.text)]
    plain = [text for review in read_reviews() for text in (review.text, review.reply or "", review.author)]
    plain += [text for shop in read_shops() for text in (shop.name, shop.owner.name, shop.slug)]
    return plain + [text for each in words for text in (each.id, each.en, each.ko)]


def test_there_are_enough_shops_spread_over_the_region() -> None:
    shops = read_shops()
    assert len(shops) == 19
    assert len({shop.district for shop in shops if shop.items}) == 12


@pytest.mark.parametrize("field", ["slug", "name", "code"])
def test_names_and_codes_are_unique(field: str) -> None:
    values = [getattr(shop, field) for shop in read_shops()]
    assert len(values) == len(set(values))


def test_every_good_is_sold_by_exactly_one_shop() -> None:
    sold = Counter(item for shop in read_shops() for item in shop.items)
    assert len(sold) == 65
    assert set(sold.values()) == {1}


def test_every_shop_lives_in_a_real_village_of_its_district() -> None:
    villages = {(village.name, village.district_code) for village in read_region("lebak").villages}
    assert [shop.slug for shop in read_shops() if (shop.village, shop.district) not in villages] == []


def test_stories_are_whole_in_three_languages() -> None:
    for shop in read_shops():
        assert 70 <= len(shop.story.id.split()) <= 120, shop.slug
        assert 70 <= len(shop.story.en.split()) <= 120, shop.slug
        assert 50 <= len(shop.story.ko.split()) <= 120, shop.slug  # one Korean word carries its particle: fewer say the same


def test_each_text_is_in_its_own_script() -> None:
    for shop in read_shops():
        for words in (shop.story, shop.tagline, shop.pickup.hint):
            assert not HANGUL.search(words.id + words.en), shop.slug
            assert HANGUL.search(words.ko), shop.slug
            assert [word for word in LATIN_WORD.findall(words.ko) if word not in {"PIRT", "IRT", "reureuh"}] == [], shop.slug
            assert words.id != words.en


def test_korean_sentences_end_in_the_formal_register() -> None:
    endings = re.compile(r"(니다|주세요|보세요|두세요)$")
    for shop in read_shops():
        for sentence in re.split(r"[.?!]\s*", re.sub(r"\d\.\d", "", shop.story.ko)):
            assert not sentence or endings.search(sentence), (shop.slug, sentence)


@pytest.mark.parametrize("forbidden", [REAL_NAMES, HEALTH, ORGANIC, PITY], ids=["real names", "health", "organic", "pity"])
def test_forbidden_words_are_absent(forbidden: re.Pattern[str]) -> None:
    assert [text for text in all_texts() if forbidden.search(text)] == []


@pytest.mark.parametrize(
    ("forbidden", "text"),
    [
        (REAL_NAMES, "Batik Chanting"),
        (HEALTH, "aman untuk diabetes"),
        (HEALTH, "당뇨에 좋습니다"),
        (ORGANIC, "organik"),
        (ORGANIC, "유기농"),
    ],
)
def test_the_forbidden_words_would_be_seen(forbidden: re.Pattern[str], text: str) -> None:
    assert forbidden.search(text)


def test_colours_come_from_the_palette_and_can_be_told_apart() -> None:
    for shop in read_shops():
        assert set(shop.colours) <= PALETTE, shop.slug
        assert contrast(*shop.colours) >= 3, shop.slug


def test_phones_reach_nobody_and_belong_to_one_owner_each() -> None:
    phones = [shop.owner.phone for shop in read_shops()]
    assert len(phones) == len(set(phones))
    assert all(re.fullmatch(r"0812-0000-00\d\d", phone) for phone in phones)


@pytest.mark.row("C8")
def test_every_permit_has_the_right_shape_an_impossible_number_and_the_mark() -> None:
    numbers = []
    for shop in read_shops():
        assert PermitKind.NIB in {permit.kind for permit in shop.permits}, shop.slug
        for permit in shop.permits:
            number = permit.number_on(LOADED)
            numbers.append(number)
            assert re.fullmatch(SHAPES[permit.kind], number), (shop.slug, number)
            assert permit.mark == "contoh"
            if permit.kind is PermitKind.PIRT:
                assert number[3:7] == "3602", number  # the region
                assert number[9:13] == "0000", number  # no maker has this number
            else:
                assert "00000000" in number, number
    assert len(numbers) == len(set(numbers))


@pytest.mark.row("C8")
def test_a_pirt_ends_in_the_year_it_expires_whenever_the_demo_is_loaded() -> None:
    [permit] = [permit for permit in seller_of()["ga-kojor"].permits if permit.kind is PermitKind.PIRT]
    assert permit.number_on(LOADED) == "6093602060000-26"
    assert permit.number_on(date(2027, 12, 20)) == "6093602060000-28"


@pytest.mark.row("C8")
def test_packed_food_is_covered_by_a_pirt_of_its_kind() -> None:
    kinds = {"gs-": "09", "ga-": "09", "md-": "09", "kf-": "10", "em-": "15", "kp-": "14", "lj-": "13"}
    for item, shop in seller_of().items():
        covering = [permit.number for permit in shop.permits if item in permit.covers]
        assert set().union(*(permit.covers for permit in shop.permits)) <= set(shop.items)
        for prefix, kind in kinds.items():
            if item.startswith(prefix) and item != "kf-green":
                assert [number[1:3] for number in covering] == [kind], item


@pytest.mark.row("C8")
def test_one_permit_has_run_out_and_one_is_about_to() -> None:
    days = sorted(
        permit.expires_in_days for shop in read_shops() for permit in shop.permits if permit.expires_in_days is not None
    )
    assert [day for day in days if day < 0] == [-40]
    assert [day for day in days if 0 <= day <= 30] == [25]
    assert days[-1] <= 5 * 365


def test_one_shop_waits_for_verification_and_sells_nothing_yet() -> None:
    waiting = [shop for shop in read_shops() if not shop.verified]
    assert [(shop.slug, shop.items) for shop in waiting] == [("emping-panenjoan", ())]


def test_one_shop_is_on_holiday_and_none_charges_tax() -> None:
    assert [shop.slug for shop in read_shops() if shop.holiday_ends_in_days] == ["dapur-hajat"]
    assert not any(shop.is_pkp for shop in read_shops())


@pytest.mark.row("H3")
def test_own_delivery_names_zones_that_exist_and_pick_up_has_hours() -> None:
    zones = {zone.code for zone in read_zones()}
    delivering = [shop for shop in read_shops() if shop.own_delivery]
    assert 3 <= len(delivering) < len(read_shops())
    for shop in read_shops():
        assert shop.pickup.opens < shop.pickup.closes
        assert shop.own_delivery is None or set(shop.own_delivery.zones) <= zones


def test_a_permit_without_the_mark_is_refused() -> None:
    with pytest.raises(ValidationError):
        PermitEntry.model_validate({"kind": "nib", "number": "0" * 13, "verified": True, "mark": ""})
    with pytest.raises(ValidationError):
        PermitEntry.model_validate({"kind": "pirt", "number": "0" * 13, "verified": True, "mark": "contoh"})


def test_goods_are_sold_in_or_beside_the_district_they_come_from() -> None:
    with (Path(__file__).parent / "origins.csv").open(encoding="utf-8", newline="") as file:
        origins = {row["item"]: row["district"] for row in csv.DictReader(file)}
    neighbours = {district.code: district.neighbour_codes for district in read_region("lebak").districts}
    assert set(origins) == set(seller_of())
    for item, shop in seller_of().items():
        assert origins[item] in {shop.district, *neighbours[shop.district]}, item
