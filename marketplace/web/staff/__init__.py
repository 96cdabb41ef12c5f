"""What the office sees. Importing the modules declares their views on the blueprint."""

from marketplace.web.staff import (
    accounts,
    confirming,
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
)
from marketplace.web.staff.blueprint import bp

__all__ = [
    "accounts",
    "bp",
    "confirming",
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
]
