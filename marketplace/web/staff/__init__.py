"""What the office sees. Importing the modules declares their views on the blueprint."""

from marketplace.web.staff import (
    accounts,
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
    qris,
    refunds,
    reviews,
    settings,
    shops,
)
from marketplace.web.staff.blueprint import bp

__all__ = [
    "accounts",
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
    "qris",
    "refunds",
    "reviews",
    "settings",
    "shops",
]
