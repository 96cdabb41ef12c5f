"""Tables of places and of exchange rates. Codes are those of the Ministry of Home Affairs, with dots (36.02.22)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.db import Model, value_enum
from marketplace.kernel.ids import PersonId
from marketplace.kernel.money import Currency


class Province(Model):
    """A province, such as 36 Banten."""

    __tablename__ = "province"

    code: Mapped[str] = mapped_column(String(2), primary_key=True)
    name: Mapped[str] = mapped_column(String(80))


class Regency(Model):
    """A kabupaten or kota, such as 36.02 Kabupaten Lebak."""

    __tablename__ = "regency"

    code: Mapped[str] = mapped_column(String(5), primary_key=True)
    province_code: Mapped[str] = mapped_column(ForeignKey(Province.code), index=True)
    name: Mapped[str] = mapped_column(String(80))


class District(Model):
    """A kecamatan, such as 36.02.22 Sobang. `folded` is the name as searches compare it."""

    __tablename__ = "district"

    code: Mapped[str] = mapped_column(String(8), primary_key=True)
    regency_code: Mapped[str] = mapped_column(ForeignKey(Regency.code), index=True)
    name: Mapped[str] = mapped_column(String(80))
    folded: Mapped[str] = mapped_column(String(80), index=True)
    postal_code: Mapped[str | None] = mapped_column(String(5))


class Village(Model):
    """A desa or kelurahan of the region, such as 36.02.22.2006 Hariang."""

    __tablename__ = "village"

    code: Mapped[str] = mapped_column(String(13), primary_key=True)
    district_code: Mapped[str] = mapped_column(ForeignKey(District.code), index=True)
    name: Mapped[str] = mapped_column(String(80))
    is_kelurahan: Mapped[bool]


class ExchangeRate(Model):
    """What one unit of a currency was worth in rupiah from a day on, as staff entered it. Append-only; it only suggests."""

    __tablename__ = "exchange_rate"
    __table_args__ = (
        UniqueConstraint("currency", "valid_from", "created_at"),
        CheckConstraint("idr_micros > 0", name="positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    currency: Mapped[Currency] = mapped_column(value_enum(Currency))
    idr_micros: Mapped[int]  # millionths of a rupiah for one whole unit of the currency
    valid_from: Mapped[date]
    entered_by: Mapped[PersonId | None]
    created_at: Mapped[datetime]
