"""What makers see, on a phone. Importing the modules declares their views on the blueprint."""

from marketplace.web.seller import (
    acts,
    balance,
    correcting,
    goods,
    home,
    listing_contents,
    listing_photos,
    opening,
    order,
    orders,
    papers,
    reviews,
    shop,
    stock,
    stock_acts,
)
from marketplace.web.seller.blueprint import bp

__all__ = [
    "acts",
    "balance",
    "bp",
    "correcting",
    "goods",
    "home",
    "listing_contents",
    "listing_photos",
    "opening",
    "order",
    "orders",
    "papers",
    "reviews",
    "shop",
    "stock",
    "stock_acts",
]
