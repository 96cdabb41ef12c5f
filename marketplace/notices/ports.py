"""What notices need from elsewhere: addresses of pages, and somebody who carries mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


class Links(Protocol):
    """Knows where things are on the public site. `app.py` fills it from `web`."""

    def order(self, number: str, secret: str, language: str) -> str:
        """Return the signed address of a buyer's order page."""
        ...

    def seller_order(self, number: str) -> str:
        """Return the address of a sub-order in the seller wing."""
        ...

    def seller_shop(self) -> str:
        """Return the address where a shop's own people repair what they said of it."""
        ...

    def seller_permits(self) -> str:
        """Return the address of the papers in the seller wing."""
        ...

    def seller_product(self, product_id: int) -> str:
        """Return the address where a good is edited in the seller wing."""
        ...

    def seller_stock(self, item_id: int) -> str:
        """Return the address of a stock item in the seller wing."""
        ...

    def staff_payment(self, payment_id: int) -> str:
        """Return the address of a payment at the finance desk."""
        ...


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail, ready to go. `message_id` stays the same however often it is tried."""

    to: str
    subject: str
    text: str
    html: str
    message_id: str
    language: str
    made_at: datetime


class MailNotTaken(Exception):
    """The letter could not be handed over. The words name no address: they are kept and logged."""


class Mailer(Protocol):
    """Carries mail out of the house."""

    def send(self, letter: Letter) -> None:
        """Hand the letter over. Raises: OSError or MailNotTaken when it could not."""
        ...
