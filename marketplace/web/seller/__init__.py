"""What makers see, on a phone. Importing the modules declares their views on the blueprint."""

from marketplace.web.seller import acts, goods, listing_contents, listing_photos, order, orders, reviews
from marketplace.web.seller.blueprint import bp

__all__ = ["acts", "bp", "goods", "listing_contents", "listing_photos", "order", "orders", "reviews"]
