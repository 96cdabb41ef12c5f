"""Exact money: integer minor units beside their currency, and the one way to split it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Currency(StrEnum):
    """The currencies the market speaks, by ISO 4217 code."""

    IDR = "IDR"
    KRW = "KRW"
    USD = "USD"


# Our own exponents (docs: architecture §3 "Money"): no rupiah cent circulates, so ISO 4217's 2 is not used for IDR.
EXPONENTS: dict[Currency, int] = {Currency.IDR: 0, Currency.KRW: 0, Currency.USD: 2}


class CurrencyMismatchError(TypeError):
    """Two amounts of different currencies met in one sum: a bug of ours, never a user's mistake."""


@dataclass(frozen=True, slots=True, order=False)
class Money:
    """An amount in minor units of `currency` (our exponents: IDR 0, KRW 0, USD 2)."""

    amount_minor: int
    currency: Currency = Currency.IDR

    def __post_init__(self) -> None:
        """Refuse anything but a whole number of minor units."""
        if type(self.amount_minor) is not int:
            raise TypeError(f"money wants an int of minor units, got {type(self.amount_minor).__name__}")

    def _same(self, other: Money) -> None:
        if self.currency is not other.currency:
            raise CurrencyMismatchError(f"{self.currency} and {other.currency} do not mix")

    def __add__(self, other: Money) -> Money:
        """Return the sum. Raises: CurrencyMismatchError."""
        self._same(other)
        return Money(self.amount_minor + other.amount_minor, self.currency)

    def __sub__(self, other: Money) -> Money:
        """Return the difference. Raises: CurrencyMismatchError."""
        self._same(other)
        return Money(self.amount_minor - other.amount_minor, self.currency)

    def __mul__(self, times: int) -> Money:
        """Return the amount `times` over."""
        if type(times) is not int:
            raise TypeError("money is multiplied by whole numbers only")
        return Money(self.amount_minor * times, self.currency)

    def __lt__(self, other: Money) -> bool:
        """Tell whether this is the smaller amount. Raises: CurrencyMismatchError."""
        self._same(other)
        return self.amount_minor < other.amount_minor


def share_out(total_minor: int, weights: Sequence[int]) -> list[int]:
    """Split `total_minor` in proportion to `weights` so that the parts add up exactly (largest remainder).

    Ties go to the earlier part. A total of all-zero weights is shared as if the weights were equal.
    Raises: ValueError if there are no weights or one is negative.
    """
    if not weights or min(weights) < 0:
        raise ValueError("weights must be non-empty and not negative")
    if sum(weights) == 0:
        weights = [1] * len(weights)
    sign = -1 if total_minor < 0 else 1
    whole = sum(weights)
    exact = [abs(total_minor) * weight for weight in weights]
    parts = [value // whole for value in exact]
    missing = abs(total_minor) - sum(parts)
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(exact[i] % whole), i))
    for i in by_remainder[:missing]:
        parts[i] += 1
    return [sign * part for part in parts]


def tax_within(price_minor: int, *, numerator: int = 11, denominator: int = 111) -> int:
    """Return the tax contained in a tax-inclusive price, rounded half up, in the same minor units.

    Source: PMK 131/2024 (11 % effective, so 11/111 of the price). Raises: ValueError for a negative price.
    """
    if price_minor < 0:
        raise ValueError("a price is not negative")
    return (2 * price_minor * numerator + denominator) // (2 * denominator)
