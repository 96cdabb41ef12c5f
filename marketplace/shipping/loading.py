"""Write the committed zones, couriers and example rates into a market that has none; staff edit them afterwards."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.kernel.weight import Grams

from .models import CourierService, Zone, ZoneRate
from .tariffs import CourierEntry, ServiceEntry, ServiceKind, read_couriers, read_rates, read_zones

# A service without a divisor bills by the scale only: so large a divisor that no parcel's volume ever weighs more.
BY_SCALE_ONLY = 10**9
# Services that bill by the gram are kept in steps of 100 g, so that the price of a step is a whole number of rupiah.
SMALLEST_STEP = 100


def load_tariffs(session: Session, *, valid_from: datetime) -> bool:
    """Add zones, services and rates valid from an instant on; tell whether there were none before. Flushes."""
    if session.scalar(select(Zone.id).limit(1)) is not None:
        return False
    zones = [
        Zone(code=entry.code, position=position, same_level=entry.same, place_prefixes=list(entry.starts_with))
        for position, entry in enumerate(read_zones(), start=1)
    ]
    services = {
        entry.code: _service(courier, entry, position)
        for position, (courier, entry) in enumerate(
            # Pick-up is the shop's own affair (its address and hours), not a courier's service.
            (
                (courier, entry)
                for courier in read_couriers()
                for entry in courier.services
                if entry.kind is not ServiceKind.PICKUP
            ),
            start=1,
        )
    }
    session.add_all([*zones, *services.values()])
    session.flush()
    _add_rates(session, {zone.code: zone.id for zone in zones}, services, valid_from)
    return True


def _service(courier: CourierEntry, entry: ServiceEntry, position: int) -> CourierService:
    return CourierService(
        courier_code=courier.code, courier_name=courier.name, code=entry.courier_code, name=entry.name,
        divisor_cm3_per_kg=entry.divisor_cm3_per_kg or BY_SCALE_ONLY, step_grams=max(entry.step_g, SMALLEST_STEP),
        round_up_over_grams=entry.round_up_over_g, min_grams=max(entry.min_g, 1), max_grams=entry.max_g,
        max_length_mm=entry.max_length_mm, refuses=sorted(flag.value for flag in entry.refuses), allows_cod=entry.allows_cod,
        is_active=entry.active, position=position,
    )  # fmt: skip


def _add_rates(session: Session, zones: dict[str, int], services: dict[str, CourierService], valid_from: datetime) -> None:
    """Add the rates: the file prices the first kilogram and each further one, a row the least weight and each further step."""
    eta = {entry.code: entry.eta for courier in read_couriers() for entry in courier.services}
    for rate in read_rates():
        service = services.get(rate.service)
        if service is None:
            continue
        days = eta[rate.service][rate.zone]
        session.add(
            ZoneRate(
                service_id=service.id, zone_id=zones[rate.zone], first_minor=rate.price_minor(Grams(service.min_grams)),
                next_minor=-(-rate.next_kg_minor * service.step_grams // 1000), days_min=days.least, days_max=days.most,
                is_example=rate.is_example, valid_from=valid_from,
            )
        )  # fmt: skip
    session.flush()
