"""What makers see, on a phone. Importing the modules declares their views on the blueprint."""

from marketplace.web.seller import acts, order, orders, reviews
from marketplace.web.seller.blueprint import bp

__all__ = ["acts", "bp", "order", "orders", "reviews"]
