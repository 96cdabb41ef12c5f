"""Couriers, zones and example rates hang together, and refused goods find no courier."""

from __future__ import annotations

from collections import Counter

import pytest
from pydantic import ValidationError

from marketplace.kernel.weight import Box, Grams
from marketplace.places.reading import read_districts
from marketplace.shipping.tariffs import (
    RateEntry,
    ServiceEntry,
    ServiceKind,
    ShipFlag,
    ZoneEntry,
    read_couriers,
    read_rates,
    read_zones,
)
from marketplace.shipping.zoning import find_zone

SOBANG = "36.02.22"
POUCH = Box(200, 140, 40)


def services() -> dict[str, ServiceEntry]:
    return {service.code: service for courier in read_couriers() for service in courier.services}


def zone_of(origin: str, destination: str, *, first: int | None = None) -> str | None:
    found = find_zone(
        [entry.rule(position) for position, entry in enumerate(read_zones()[:first], start=1)],
        origin=origin,
        destination=destination,
    )
    return found.code if found is not None else None


def takers(flags: set[ShipFlag], box: Box = POUCH, actual: int = 500) -> set[ServiceKind]:
    return {
        service.kind
        for service in services().values()
        if service.active and service.may_carry(flags=frozenset(flags), box=box, actual=Grams(actual))
    }


def rate(service: str, zone: str) -> RateEntry:
    [found] = [entry for entry in read_rates() if (entry.service, entry.zone) == (service, zone)]
    return found


@pytest.mark.row("H1")
@pytest.mark.parametrize(
    ("destination", "zone"),
    [
        ("36.02.22", "same_district"),
        ("36.02.14", "same_regency"),
        ("36.73.01", "same_province"),
        ("36.71.01", "same_province"),  # Tangerang is Banten for a shop in Lebak
        ("31.74.01", "jabodetabek"),
        ("32.71.01", "jabodetabek"),
        ("32.73.01", "java"),
        ("35.78.01", "java"),
        ("11.01.01", "sumatra"),
        ("51.71.01", "bali_ntb"),
        ("64.72.01", "kalimantan_sulawesi"),
        ("73.71.01", "kalimantan_sulawesi"),
        ("53.71.01", "eastern"),
        ("94.71.01", "eastern"),
    ],
)
def test_the_first_rule_that_fits_gives_the_zone(destination: str, zone: str) -> None:
    assert zone_of(SOBANG, destination) == zone


@pytest.mark.row("H1")
def test_every_district_of_indonesia_lies_in_a_zone_and_every_zone_is_used() -> None:
    rules = [entry.rule(position) for position, entry in enumerate(read_zones(), start=1)]
    found = [find_zone(rules, origin=SOBANG, destination=place.code) for place in read_districts()]
    used = Counter(zone.code for zone in found if zone is not None)
    assert None not in found
    assert set(used) == {rule.code for rule in rules}
    assert (used["same_district"], used["same_regency"]) == (1, 27)


def test_zones_are_seen_from_the_origin() -> None:
    assert zone_of("32.73.01", "36.71.01") == "jabodetabek"
    assert zone_of("32.73.01", "32.71.01") == "same_province"


def test_a_place_no_rule_covers_lies_in_no_zone() -> None:
    assert zone_of(SOBANG, "94.71.01", first=4) is None


def test_a_zone_wants_exactly_one_rule() -> None:
    names = {"id": "a", "en": "b", "ko": "c"}
    with pytest.raises(ValidationError):
        ZoneEntry.model_validate({"code": "x", "names": names})
    with pytest.raises(ValidationError):
        ZoneEntry.model_validate({"code": "x", "names": names, "same": "province", "starts_with": ["36"]})


def test_service_codes_are_unique_and_every_zone_they_serve_exists() -> None:
    listed = [service.code for courier in read_couriers() for service in courier.services]
    zones = {zone.code for zone in read_zones()}
    assert len(listed) == len(set(listed)) == 15
    assert all(set(service.eta) <= zones for service in services().values())


@pytest.mark.row("H1")
def test_every_service_has_one_example_rate_for_each_zone_it_serves() -> None:
    rated = Counter((entry.service, entry.zone) for entry in read_rates())
    assert set(rated) == {(service.code, zone) for service in services().values() for zone in service.eta}
    assert set(rated.values()) == {1}
    assert all(entry.is_example for entry in read_rates())


def test_farther_zones_never_cost_less_nor_arrive_sooner() -> None:
    order = [zone.code for zone in read_zones()]
    for service in services().values():
        if service.kind is ServiceKind.LOCAL:
            continue
        served = [zone for zone in order if zone in service.eta]
        prices = [rate(service.code, zone).first_kg_minor for zone in served]
        days = [service.eta[zone].most for zone in served]
        assert prices == sorted(prices), service.code
        assert days == sorted(days), service.code


def test_the_price_of_a_weight_is_the_first_kilogram_and_each_further_one() -> None:
    jne = rate("jne-reg", "same_regency")
    assert (jne.first_kg_minor, jne.price_minor(Grams(1000)), jne.price_minor(Grams(3000))) == (9_000, 9_000, 27_000)
    assert rate("jnt-cargo", "java").price_minor(Grams(12_345)) == 61_725
    assert rate("local-rider", "same_regency").price_minor(Grams(9000)) == 18_000
    assert rate("pickup", "java").price_minor(Grams(9000)) == 0


@pytest.mark.row("H4")
def test_what_couriers_refuse_never_reaches_them() -> None:
    own = {ServiceKind.LOCAL, ServiceKind.PICKUP}
    assert takers({ShipFlag.BLADE, ShipFlag.PICKUP}) == own
    assert takers({ShipFlag.LOCAL, ShipFlag.PREORDER}) == own
    assert takers({ShipFlag.LIVE}) == {ServiceKind.PICKUP}
    assert takers({ShipFlag.OVERSIZE, ShipFlag.PICKUP}, Box(3000, 250, 250), 12_000) == {ServiceKind.CARGO, ServiceKind.PICKUP}
    assert takers(set()) == set(ServiceKind)


@pytest.mark.row("H4")
def test_liquid_glass_and_what_perishes_reach_only_those_who_take_them() -> None:
    def takes(flag: ShipFlag) -> set[str]:
        return {s.code for s in services().values() if s.may_carry(flags=frozenset({flag}), box=POUCH, actual=Grams(500))}

    assert "jne-reg" in takes(ShipFlag.LIQUID)
    assert not takes(ShipFlag.LIQUID) & {"jnt-ez", "sicepat-reg", "jne-jtr"}
    assert not takes(ShipFlag.GLASS) & {"anteraja-reg", "anteraja-nd", "jnt-cargo"}
    assert takes(ShipFlag.PERISHABLE) == {"jne-yes", "sicepat-best", "anteraja-nd", "pos-nextday", "local-rider", "pickup"}


def test_a_parcel_too_long_or_too_heavy_is_not_carried() -> None:
    jne = services()["jne-reg"]
    assert jne.may_carry(flags=frozenset(), box=Box(1500, 10, 10), actual=Grams(50_000))
    assert not jne.may_carry(flags=frozenset(), box=Box(10, 1501, 10), actual=Grams(500))
    assert not jne.may_carry(flags=frozenset(), box=POUCH, actual=Grams(50_001))


def test_cash_is_taken_only_by_the_rider_and_at_pick_up() -> None:
    assert {service.code for service in services().values() if service.allows_cod} == {"local-rider", "pickup"}


def test_a_word_nobody_knows_is_an_error_not_a_shrug() -> None:
    entry = services()["jne-reg"].model_dump()
    with pytest.raises(ValidationError):
        ServiceEntry.model_validate({**entry, "colour": "red"})
    with pytest.raises(ValidationError):
        ServiceEntry.model_validate({**entry, "refuses": ["blades"]})
    with pytest.raises(ValidationError):
        ServiceEntry.model_validate({**entry, "eta": {"java": [5, 2]}})
