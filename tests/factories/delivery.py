"""Zones, a courier with rates, and a shop's own delivery."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.kernel.ids import ShopId
from marketplace.shipping.models import CourierService, OwnDelivery, Zone, ZoneRate
from tests.conftest import NOW

# code → (position, shared level, prefixes)
ZONES: dict[str, tuple[int, str | None, list[str]]] = {
    "same_district": (1, "district", []),
    "same_regency": (2, "regency", []),
    "same_province": (3, "province", []),
    "java": (4, None, ["31", "32", "33", "34", "35", "36"]),
    "elsewhere": (5, None, []),
}


def make_zones(session: Session) -> dict[str, Zone]:
    """Return a small ring of zones by code, made once per test."""
    found = {zone.code: zone for zone in session.scalars(select(Zone))}
    if not found:
        found = {
            code: Zone(code=code, position=position, same_level=level, place_prefixes=prefixes)
            for code, (position, level, prefixes) in ZONES.items()
        }
        session.add_all(found.values())
        session.flush()
    return found


def make_service(session: Session, *, first_minor: int = 10_000, next_minor: int = 8_000, code: str = "REG",
                 **given: Any) -> CourierService:  # fmt: skip
    """Return a courier service that serves every zone at one price."""
    values: dict[str, Any] = {
        "courier_code": "jne", "courier_name": "JNE", "code": code, "name": "Reguler", "divisor_cm3_per_kg": 6000,
        "step_grams": 1000, "round_up_over_grams": 300, "min_grams": 1000, "max_grams": 50_000, "max_length_mm": 1500,
        "refuses": ["blade", "local"], "allows_cod": False,
    }  # fmt: skip
    service = CourierService(**(values | given))
    session.add(service)
    session.flush()
    for zone in make_zones(session).values():
        make_rate(session, service=service, zone=zone, first_minor=first_minor, next_minor=next_minor)
    return service


def make_rate(session: Session, *, service: CourierService, zone: Zone, **given: Any) -> ZoneRate:
    """Return a rate that is in force."""
    values: dict[str, Any] = {"first_minor": 10_000, "next_minor": 8_000, "days_min": 2, "days_max": 4, "valid_from": NOW}
    rate = ZoneRate(service_id=service.id, zone_id=zone.id, **(values | given))
    session.add(rate)
    session.flush()
    return rate


def make_own_delivery(session: Session, *, shop_id: ShopId, zone: str = "same_regency", fee_minor: int = 5_000,
                      free_from_minor: int | None = None) -> OwnDelivery:  # fmt: skip
    """Return a zone to which a shop brings its goods itself."""
    row = OwnDelivery(shop_id=shop_id, zone_id=make_zones(session)[zone].id, fee_minor=fee_minor, free_from_minor=free_from_minor)
    session.add(row)
    session.flush()
    return row
