"""What the office sees. Importing the modules declares their views on the blueprint."""

from marketplace.web.staff import confirming, home, jobs, mailbox, orders, payment, payments, refunds, reviews
from marketplace.web.staff.blueprint import bp

__all__ = ["bp", "confirming", "home", "jobs", "mailbox", "orders", "payment", "payments", "refunds", "reviews"]
