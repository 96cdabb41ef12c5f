"""Reads of orders for pages: frozen rows, few statements, nothing written."""

from .lists import SellerTab, orders_of_person, seller_counts, seller_orders, staff_orders
from .pages import link_of, order_by_phone, order_page, seller_order

__all__ = [
    "SellerTab",
    "link_of",
    "order_by_phone",
    "order_page",
    "orders_of_person",
    "seller_counts",
    "seller_order",
    "seller_orders",
    "staff_orders",
]
