"""What carts and checkout refuse. Facts only: the words are the page's."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.kernel.errors import DomainError, NotFound
from marketplace.kernel.ids import CartId, ShopId, VariantId
from marketplace.orders.models import PaymentMethod

from .problems import Problem


@dataclass(eq=False)
class CartNotFound(NotFound):
    """There is no such cart."""

    cart_id: CartId


@dataclass(eq=False)
class NotInCart(NotFound):
    """The cart holds no such variant, or the market sells none."""

    variant_id: VariantId


@dataclass(eq=False)
class CartFull(DomainError):
    """The cart holds as many different goods as one order may."""

    most: int


@dataclass(eq=False)
class QuantityOutOfBounds(DomainError):
    """Fewer than the seller's minimum, or more than one order may hold; in the variant's steps."""

    variant_id: VariantId
    wanted: int
    least: int
    most: int


@dataclass(eq=False)
class NotPurchasable(DomainError):
    """Lines of the cart cannot be bought as they stand."""

    problems: dict[VariantId, Problem]


@dataclass(eq=False)
class ShopClosed(NotPurchasable):
    """A shop in the cart sells nothing now: suspended, closed or on holiday."""

    shop_ids: tuple[ShopId, ...]


@dataclass(eq=False)
class CartEmpty(DomainError):
    """There is nothing to order."""


@dataclass(eq=False)
class PlaceUnknown(DomainError):
    """We know no kecamatan of this code."""

    district_code: str


@dataclass(eq=False)
class DeliveryGone(DomainError):
    """These shops' chosen ways of delivery are missing or no longer offered; or a shop was named that is not in the cart."""

    shop_ids: tuple[ShopId, ...]


@dataclass(eq=False)
class MethodNotOffered(DomainError):
    """This way to pay is not offered."""

    method: PaymentMethod


@dataclass(eq=False)
class CodNotAllowed(DomainError):
    """Cash on delivery is refused: by these shops' deliveries, or because the total is over the cap (minor units)."""

    shop_ids: tuple[ShopId, ...]
    total_minor: int
    cap_minor: int


@dataclass(eq=False)
class AdultNotConfirmed(DomainError):
    """A blade is in the cart and the buyer has not said to be an adult."""


@dataclass(eq=False)
class TooManyOpenHolds(DomainError):
    """This phone has as many unpaid orders open as one may."""

    open: int
    most: int
