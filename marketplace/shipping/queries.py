"""Delivery choices for the parcels of a whole cart, in four statements however many shops there are."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from marketplace.kernel.ids import ShopId

from .models import CourierService, DeliveryKind, OwnDelivery, Zone, ZoneRate
from .parcels import Parcel
from .quotes import Quote, Rate, Service, ShopQuotes, Withheld, courier_quote
from .weights import RoundingRule
from .zoning import ZoneRule, find_zone, is_same_regency

LOCAL = "local"  # the ship flag of goods that do not leave the regency


@dataclass(frozen=True, slots=True)
class Sender:
    """What delivery needs to know of a shop: where it is, whether it takes cash, whether goods can be fetched there."""

    shop_id: ShopId
    district_code: str
    takes_cod: bool
    offers_pickup: bool


@dataclass(frozen=True, slots=True)
class Consignment:
    """One shop's parcel."""

    sender: Sender
    parcel: Parcel


def quote(session: Session, *, sender: Sender, parcel: Parcel, destination: str, now: datetime) -> ShopQuotes:
    """Return the choices for one parcel to a kecamatan code."""
    return quote_all(session, consignments=[Consignment(sender, parcel)], destination=destination, now=now)[sender.shop_id]


def quote_all(
    session: Session, *, consignments: Sequence[Consignment], destination: str, now: datetime
) -> dict[ShopId, ShopQuotes]:
    """Return the choices for the parcels of several shops to one kecamatan code."""
    rules = _zone_rules(session)
    zones = {c.sender.shop_id: find_zone(rules, origin=c.sender.district_code, destination=destination) for c in consignments}
    reached = {zone.id for zone in zones.values() if zone is not None}
    services = _services(session)
    rates = _rates_in_force(session, reached, now) if reached else {}
    own = _own_deliveries(session, [c.sender.shop_id for c in consignments])
    return {c.sender.shop_id: _choices(c, zones[c.sender.shop_id], destination, services, rates, own) for c in consignments}


def _choices(
    consignment: Consignment, zone: ZoneRule | None, destination: str, services: Sequence[Service],
    rates: Mapping[tuple[int, int], Rate], own: Mapping[tuple[ShopId, int], OwnDelivery],
) -> ShopQuotes:  # fmt: skip
    """Return one parcel's choices: pick-up first, then the seller's own delivery, then couriers from the cheapest."""
    sender, parcel = consignment.sender, consignment.parcel
    stays = LOCAL in parcel.flags and not is_same_regency(sender.district_code, destination)
    choices: list[Quote] = []
    if sender.offers_pickup:
        choices.append(Quote("pickup", DeliveryKind.PICKUP, "", 0, 0, 0, allows_cod=sender.takes_cod))
    brought = own.get((sender.shop_id, zone.id)) if zone is not None else None
    if brought is not None and not stays:
        choices.append(_own_quote(brought, parcel, takes_cod=sender.takes_cod))
    answers = [
        courier_quote(
            service, rates.get((service.id, zone.id)) if zone is not None else None, parcel, shop_takes_cod=sender.takes_cod
        )
        for service in services
        if not stays
    ]
    couriers = [answer for answer in answers if isinstance(answer, Quote)]
    choices.extend(sorted(couriers, key=lambda choice: (choice.fee_minor, choice.days_max, choice.service_id)))
    return ShopQuotes(tuple(choices), tuple(answer for answer in answers if isinstance(answer, Withheld)))


def _own_quote(row: OwnDelivery, parcel: Parcel, *, takes_cod: bool) -> Quote:
    is_free = row.free_from_minor is not None and parcel.value_minor >= row.free_from_minor
    return Quote(
        code="own",
        kind=DeliveryKind.OWN,
        name="",
        fee_minor=0 if is_free else row.fee_minor,
        days_min=row.days_min,
        days_max=row.days_max,
        allows_cod=takes_cod,
    )


def _zone_rules(session: Session) -> list[ZoneRule]:
    rows = session.execute(select(Zone.id, Zone.code, Zone.position, Zone.same_level, Zone.place_prefixes))
    return [ZoneRule(id_, code, position, level, tuple(prefixes)) for id_, code, position, level, prefixes in rows]


def _services(session: Session) -> list[Service]:
    rows = session.scalars(
        select(CourierService).where(CourierService.is_active).order_by(CourierService.position, CourierService.id)
    )
    return [
        Service(
            id=row.id,
            name=f"{row.courier_name} {row.code}",
            rule=RoundingRule(row.divisor_cm3_per_kg, row.step_grams, row.round_up_over_grams, row.min_grams),
            max_grams=row.max_grams,
            max_length_mm=row.max_length_mm,
            refuses=frozenset(row.refuses),
            allows_cod=row.allows_cod,
        )
        for row in rows
    ]


def _rates_in_force(session: Session, zone_ids: Collection[int], now: datetime) -> dict[tuple[int, int], Rate]:
    """Return, per service and zone, the newest rate that is already valid; of two from one instant the later entry."""
    newest = (
        select(ZoneRate.service_id, ZoneRate.zone_id, func.max(ZoneRate.valid_from))
        .where(ZoneRate.zone_id.in_(zone_ids), ZoneRate.valid_from <= now)
        .group_by(ZoneRate.service_id, ZoneRate.zone_id)
    )
    rows = session.scalars(
        select(ZoneRate)
        .where(tuple_(ZoneRate.service_id, ZoneRate.zone_id, ZoneRate.valid_from).in_(newest))
        .order_by(ZoneRate.id)
    )
    return {
        (row.service_id, row.zone_id): Rate(row.first_minor, row.next_minor, row.days_min, row.days_max, row.is_example)
        for row in rows
    }


def _own_deliveries(session: Session, shop_ids: Collection[ShopId]) -> dict[tuple[ShopId, int], OwnDelivery]:
    rows = session.scalars(select(OwnDelivery).where(OwnDelivery.shop_id.in_(shop_ids)))
    return {(row.shop_id, row.zone_id): row for row in rows}
