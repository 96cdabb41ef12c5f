"""What buyers see, in three languages. Importing the modules declares their views on the blueprint."""

from marketplace.web.storefront import home, listing, product, shops
from marketplace.web.storefront.blueprint import bp

__all__ = ["bp", "home", "listing", "product", "shops"]
