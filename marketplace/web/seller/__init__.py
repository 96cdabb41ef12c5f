"""What makers see, on a phone. Importing the modules declares their views on the blueprint."""

from marketplace.web.seller import acts, balance, correcting, home, order, orders, papers, reviews, stock, stock_acts
from marketplace.web.seller.blueprint import bp

__all__ = ["acts", "balance", "bp", "correcting", "home", "order", "orders", "papers", "reviews", "stock", "stock_acts"]
