"""What the office sees. Importing the modules declares their views on the blueprint."""

from marketplace.web.staff import (
    confirming,
    desk,
    desk_listing,
    desk_permit,
    desk_shop,
    home,
    jobs,
    mailbox,
    orders,
    payment,
    payments,
    refunds,
    reviews,
    shops,
)
from marketplace.web.staff.blueprint import bp

__all__ = [
    "bp",
    "confirming",
    "desk",
    "desk_listing",
    "desk_permit",
    "desk_shop",
    "home",
    "jobs",
    "mailbox",
    "orders",
    "payment",
    "payments",
    "refunds",
    "reviews",
    "shops",
]
