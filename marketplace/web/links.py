"""Public addresses for messages: always from the setting `PUBLIC_ORIGIN`, never from a request."""

from __future__ import annotations

from dataclasses import dataclass, field

from marketplace.accounts.links import LinkPurpose, link_token


@dataclass(frozen=True, slots=True)
class PublicLinks:
    """The `Links` port of notices."""

    origin: str
    secret_key: str = field(repr=False)

    def order(self, number: str, secret: str, language: str) -> str:
        """Return the signed address of a buyer's order page."""
        token = link_token(self.secret_key, purpose=LinkPurpose.ORDER, number=number, secret=secret)
        return f"{self.origin}/{language}/orders/{number}?t={token}"

    def seller_order(self, number: str) -> str:
        """Return the address of a sub-order in the seller wing."""
        return f"{self.origin}/seller/orders/{number}"

    def seller_shop(self) -> str:
        """Return the address where a shop's own people repair what they said of it."""
        return f"{self.origin}/seller/shop"

    def seller_permits(self) -> str:
        """Return the address of the papers in the seller wing."""
        return f"{self.origin}/seller/"

    def seller_product(self, product_id: int) -> str:
        """Return the address where a good is edited in the seller wing."""
        del product_id  # a returned draft stands first in the list
        return f"{self.origin}/seller/goods"

    def seller_stock(self, item_id: int) -> str:
        """Return the address of a stock item in the seller wing."""
        return f"{self.origin}/seller/stock/{item_id}"

    def staff_payment(self, payment_id: int) -> str:
        """Return the address of a payment at the finance desk."""
        return f"{self.origin}/staff/payments/{payment_id}"
