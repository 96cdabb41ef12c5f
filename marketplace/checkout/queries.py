"""A cart as its page shows it: one group per seller, changes announced on the line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy.orm import Session

from marketplace.kernel.ids import CartId

from .lines import CartShop, PricedLine, priced_lines
from .problems import Problem
from .terms import BLADE


@dataclass(frozen=True, slots=True)
class CartGroup:
    """What one seller would fulfil."""

    shop: CartShop
    lines: tuple[PricedLine, ...]

    @property
    def goods_minor(self) -> int:
        """Return the price of what can be bought of it, in minor units of IDR."""
        return sum(line.total_minor for line in self.lines if line.problem is None)

    @property
    def shop_problem(self) -> Problem | None:
        """Return what keeps the whole shop from selling, if anything does."""
        shut = (Problem.SHOP_CLOSED, Problem.SHOP_HOLIDAY)
        return next((line.problem for line in self.lines if line.problem in shut), None)


@dataclass(frozen=True, slots=True)
class CartView:
    """A whole cart. It can be ordered when it holds something and every line is free of problems."""

    cart_id: CartId
    groups: tuple[CartGroup, ...]

    @property
    def lines(self) -> tuple[PricedLine, ...]:
        """Return all lines."""
        return tuple(line for group in self.groups for line in group.lines)

    @property
    def goods_minor(self) -> int:
        """Return the price of what can be bought, in minor units of IDR."""
        return sum(group.goods_minor for group in self.groups)

    @property
    def can_order(self) -> bool:
        """Tell whether checkout is open for this cart."""
        return bool(self.groups) and all(line.problem is None for line in self.lines)

    @property
    def has_price_changes(self) -> bool:
        """Tell whether a price is not the one the buyer last saw."""
        return any(line.price_changed for line in self.lines)

    @property
    def needs_adult(self) -> bool:
        """Tell whether the buyer must say to be an adult (feature H8)."""
        return any(BLADE in line.ship_flags for line in self.lines)


def cart_view(session: Session, *, cart_id: CartId, language: str, now: datetime) -> CartView:
    """Return the cart as it stands now; nothing is written. At most five statements."""
    return CartView(cart_id, grouped(priced_lines(session, cart_id=cart_id, language=language, now=now)))


def grouped(lines: Sequence[PricedLine]) -> tuple[CartGroup, ...]:
    """Return lines that already stand together by shop, as groups."""
    by_shop = groupby(lines, key=lambda line: line.shop)
    return tuple(CartGroup(shop, tuple(members)) for shop, members in by_shop)
