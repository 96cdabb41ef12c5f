"""What buyers see, in three languages. Importing the modules declares their views on the blueprint."""

from marketplace.web.storefront import (
    cart,
    checkout,
    home,
    listing,
    lookup,
    order,
    order_acts,
    order_review,
    paying,
    places,
    placing,
    product,
    reviews,
    seen,
    shops,
)
from marketplace.web.storefront.blueprint import bp

__all__ = [
    "bp",
    "cart",
    "checkout",
    "home",
    "listing",
    "lookup",
    "order",
    "order_acts",
    "order_review",
    "paying",
    "places",
    "placing",
    "product",
    "reviews",
    "seen",
    "shops",
]
