"""Commands on places: load the official lists, and enter exchange rates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from marketplace.kernel.ids import PersonId
from marketplace.kernel.money import Currency

from .folding import fold
from .models import District, ExchangeRate, Province, Regency, Village
from .reading import VillageKind, read_districts, read_provinces, read_regencies, read_region, read_villages


def load_places(session: Session, *, region: str) -> int:
    """Add the provinces, regencies and kecamatan of Indonesia and the region's villages that are missing; return how many.

    Rows that are there stay as they are. The region pack knows a postal code for each of its kecamatan; elsewhere one is
    kept only where a kecamatan has a single code. Raises: RegionNotFound.
    """
    postal = {row.code: row.postal for row in read_region(region).districts}
    provinces = [{"code": row.code, "name": row.name} for row in read_provinces()]
    regencies = [{"code": row.code, "name": row.name, "province_code": row.province_code} for row in read_regencies()]
    districts = [
        {
            "code": row.code,
            "name": row.name,
            "regency_code": row.regency_code,
            "folded": fold(row.name),
            "postal_code": row.postal or postal.get(row.code),
        }
        for row in read_districts()
    ]
    villages = [
        {
            "code": row.code,
            "name": row.name,
            "district_code": row.district_code,
            "is_kelurahan": row.kind is VillageKind.KELURAHAN,
        }
        for row in read_villages(region)
    ]
    return (
        _add_missing(session, Province, provinces)
        + _add_missing(session, Regency, regencies)
        + _add_missing(session, District, districts)
        + _add_missing(session, Village, villages)
    )


def enter_exchange_rate(
    session: Session, *, currency: Currency, idr_micros: int, valid_from: date, entered_by: PersonId | None, now: datetime
) -> None:
    """Add what one whole unit of `currency` is worth from a day on, in millionths of a rupiah."""
    session.add(
        ExchangeRate(currency=currency, idr_micros=idr_micros, valid_from=valid_from, entered_by=entered_by, created_at=now)
    )


def _add_missing(
    session: Session, table: type[Province] | type[Regency] | type[District] | type[Village], rows: Sequence[Mapping[str, object]]
) -> int:
    known = set(session.scalars(select(table.code)))
    missing = [row for row in rows if row["code"] not in known]
    if missing:
        session.execute(insert(table), missing)
    return len(missing)
