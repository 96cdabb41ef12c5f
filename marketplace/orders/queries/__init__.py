"""Reads of orders for pages: frozen rows, few statements, nothing written."""

from .keeping import numbers_of_lines, parts_keeping
from .lists import SellerTab, orders_of_person, seller_counts, seller_orders, staff_orders
from .pages import link_of, order_by_phone, order_page, seller_order

__all__ = [
    "SellerTab",
    "link_of",
    "numbers_of_lines",
    "order_by_phone",
    "order_page",
    "orders_of_person",
    "parts_keeping",
    "seller_counts",
    "seller_order",
    "seller_orders",
    "staff_orders",
]
