"""Commands on shops: open, verify, close for a while, and their papers."""

from .applying import ShopDraft, submit_shop, write_shop
from .opening import NewShop, ShopWords, add_member, apply_for_shop, open_shop, rename_shop_slug
from .papers import add_permit, verify_permit
from .shared import get_shop_locked
from .standing import reinstate_shop, set_holiday, suspend_shop, verify_shop

__all__ = [
    "NewShop",
    "ShopDraft",
    "ShopWords",
    "add_member",
    "add_permit",
    "apply_for_shop",
    "get_shop_locked",
    "open_shop",
    "reinstate_shop",
    "rename_shop_slug",
    "set_holiday",
    "submit_shop",
    "suspend_shop",
    "verify_permit",
    "verify_shop",
    "write_shop",
]
