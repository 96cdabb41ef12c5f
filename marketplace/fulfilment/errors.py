"""What fulfilment refuses."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.kernel.errors import DomainError, NotFound
from marketplace.orders.models import FulfilmentFact, PaymentMethod


@dataclass(eq=False)
class NothingToHandOver(DomainError):
    """All of it has left, or was cancelled."""

    number: str


@dataclass(eq=False)
class NotOnItsWay(DomainError):
    """Nothing of it has been handed over, so nothing can have arrived."""

    number: str
    fulfilment: FulfilmentFact


@dataclass(eq=False)
class NotCash(DomainError):
    """This order is not paid in cash at the door."""

    method: PaymentMethod


@dataclass(eq=False)
class NotHandedOverYet(DomainError):
    """Cash is collected at the door: nothing of this part has left yet."""

    number: str


@dataclass(eq=False)
class TrackingNumberUnfit(DomainError):
    """A tracking number is at most 40 letters, digits, dashes and spaces."""

    given: str


@dataclass(eq=False)
class TooLateToCorrect(DomainError):
    """The number of a parcel stays once it arrived, or a day after it left."""

    number: str


@dataclass(eq=False)
class ParcelNotFound(NotFound):
    """This part has no such parcel with a number."""

    number: str
