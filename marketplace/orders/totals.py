"""What an order costs: pure sums in minor units of its currency. Prices include tax."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from marketplace.kernel.money import tax_within


@dataclass(frozen=True, slots=True)
class LinePrice:
    """A line's quantity in steps and the price of one step."""

    quantity: int
    unit_price_minor: int

    @property
    def total_minor(self) -> int:
        """Return the price of the line."""
        return self.quantity * self.unit_price_minor


@dataclass(frozen=True, slots=True)
class PartTotals:
    """What one seller's part costs. `taxes_minor` stands in the order of the lines and is contained in their prices."""

    goods_minor: int
    shipping_minor: int
    discount_minor: int
    taxes_minor: tuple[int, ...]

    @property
    def tax_minor(self) -> int:
        """Return the tax contained in the goods."""
        return sum(self.taxes_minor)

    @property
    def total_minor(self) -> int:
        """Return what the buyer owes for this part."""
        return self.goods_minor + self.shipping_minor - self.discount_minor


@dataclass(frozen=True, slots=True)
class OrderTotals:
    """What a whole order costs; the unique transfer code is added on top as its own line."""

    goods_minor: int
    shipping_minor: int
    discount_minor: int
    unique_code_minor: int

    @property
    def base_minor(self) -> int:
        """Return the total before the unique code: what the buyer saw when agreeing."""
        return self.goods_minor + self.shipping_minor - self.discount_minor

    @property
    def total_minor(self) -> int:
        """Return what the buyer owes."""
        return self.base_minor + self.unique_code_minor


def part_totals(lines: Sequence[LinePrice], *, shipping_minor: int, is_pkp: bool) -> PartTotals:
    """Return the totals of one seller's part; only a shop that collects VAT has tax in its prices (11/111 per line).

    Raises: ValueError for an empty part, a quantity below 1 or a negative amount.
    """
    if not lines or shipping_minor < 0 or any(line.quantity < 1 or line.unit_price_minor < 0 for line in lines):
        raise ValueError("a part has lines of at least one step and no negative amount")
    return PartTotals(
        goods_minor=sum(line.total_minor for line in lines),
        shipping_minor=shipping_minor,
        discount_minor=0,  # coupons come with promotions; the columns and sums already carry them
        taxes_minor=tuple(tax_within(line.total_minor) if is_pkp else 0 for line in lines),
    )


def order_totals(parts: Sequence[PartTotals], *, unique_code_minor: int = 0) -> OrderTotals:
    """Return the totals of all parts together. Raises: ValueError for a negative code."""
    if unique_code_minor < 0:
        raise ValueError("a unique code is added, never taken off")
    return OrderTotals(
        goods_minor=sum(part.goods_minor for part in parts),
        shipping_minor=sum(part.shipping_minor for part in parts),
        discount_minor=sum(part.discount_minor for part in parts),
        unique_code_minor=unique_code_minor,
    )
