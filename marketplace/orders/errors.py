"""What orders refuse."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from marketplace.kernel.errors import DomainError, NotFound
from marketplace.kernel.ids import OrderLineId

from .models import OrderLifecycle, SubOrderLifecycle


@dataclass(eq=False)
class OrderNotFound(NotFound):
    """There is no such order, or it is not yours."""

    number: str


@dataclass(eq=False)
class SubOrderNotFound(NotFound):
    """There is no such part of an order, or it is not yours."""

    number: str


@dataclass(eq=False)
class MoveRefused(DomainError):
    """The lifecycle does not lead from where it is to where somebody wants it."""

    now: OrderLifecycle | SubOrderLifecycle
    wanted: OrderLifecycle | SubOrderLifecycle


@dataclass(eq=False)
class QuantityRefused(DomainError):
    """More of a line would be handed over, cancelled or returned than is left for that."""

    line_id: OrderLineId
    wanted: int
    allowed: int


@dataclass(eq=False)
class NotReadyToHandOver(DomainError):
    """Goods leave only after the seller has accepted."""

    lifecycle: SubOrderLifecycle


@dataclass(eq=False)
class PromisedInPast(DomainError):
    """A seller promised a day that is over."""

    promised_on: date


@dataclass(eq=False)
class NotClosable(DomainError):
    """A sub-order closes when all of it has arrived and nobody complains."""

    number: str
