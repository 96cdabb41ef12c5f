"""What an amount in rupiah is about worth abroad, by the rates staff entered; a help for readers, never a price."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.kernel.money import EXPONENTS, Currency, Money

from .models import ExchangeRate

MICROS = 1_000_000


@dataclass(frozen=True, slots=True)
class Rate:
    """What one whole unit of `currency` is worth from a day on, in millionths of a rupiah."""

    currency: Currency
    idr_micros: int
    valid_from: date

    def from_rupiah(self, amount_minor: int) -> Money:
        """Return rupiah (minor units, exponent 0) in this currency, rounded half up."""
        scaled = amount_minor * MICROS * 10 ** EXPONENTS[self.currency]
        return Money((2 * scaled + self.idr_micros) // (2 * self.idr_micros), self.currency)


def find_rate(session: Session, *, currency: Currency, day: date) -> Rate | None:
    """Return the rate in force on a day: the newest that has begun, of two for one day the later entry. One statement."""
    row = session.execute(
        select(ExchangeRate.idr_micros, ExchangeRate.valid_from)
        .where(ExchangeRate.currency == currency, ExchangeRate.valid_from <= day)
        .order_by(ExchangeRate.valid_from.desc(), ExchangeRate.created_at.desc(), ExchangeRate.id.desc())
        .limit(1)
    ).first()
    return Rate(currency, row.idr_micros, row.valid_from) if row is not None else None
