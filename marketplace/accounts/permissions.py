"""Everything a person may be allowed to do, and the roles that are given such rights."""

from __future__ import annotations

from enum import StrEnum


class Permission(StrEnum):
    """One right, `scope:thing:action`. `seller:` rights hold within one shop, `staff:` rights in the whole market."""

    SELLER_SHOP_VIEW = "seller:shop:view"
    SELLER_ORDER_VIEW = "seller:order:view"
    SELLER_ORDER_ACCEPT = "seller:order:accept"
    SELLER_ORDER_HAND_OVER = "seller:order:hand-over"
    SELLER_SHOP_EDIT = "seller:shop:edit"
    SELLER_PERMIT_EDIT = "seller:permit:edit"
    SELLER_PRODUCT_EDIT = "seller:product:edit"
    SELLER_STOCK_EDIT = "seller:stock:edit"
    SELLER_BALANCE_VIEW = "seller:balance:view"
    SELLER_BANK_EDIT = "seller:bank:edit"
    STAFF_HOME_VIEW = "staff:home:view"
    STAFF_ORDER_VIEW = "staff:order:view"
    STAFF_PAYMENT_VIEW = "staff:payment:view"
    STAFF_PAYMENT_CONFIRM = "staff:payment:confirm"
    STAFF_MAILBOX_VIEW = "staff:mailbox:view"
    STAFF_JOBS_VIEW = "staff:jobs:view"
    STAFF_JOBS_RETRY = "staff:jobs:retry"
    STAFF_REFUND_FINISH = "staff:refund:finish"
    STAFF_SHOP_VERIFY = "staff:shop:verify"
    STAFF_SHOP_SUSPEND = "staff:shop:suspend"
    STAFF_PERMIT_VERIFY = "staff:permit:verify"
    STAFF_LISTING_VERIFY = "staff:listing:verify"
    STAFF_REVIEW_MODERATE = "staff:review:moderate"
    STAFF_CURATION_EDIT = "staff:curation:edit"
    STAFF_AUDIT_VIEW = "staff:audit:view"
    STAFF_ROLE_EDIT = "staff:role:edit"
    STAFF_SETTING_VIEW = "staff:setting:view"
    STAFF_SETTING_EDIT = "staff:setting:edit"
    STAFF_BANK_EDIT = "staff:bank:edit"

    @property
    def is_for_shops(self) -> bool:
        """Tell whether this right is held in a shop; the others are held in the market."""
        return self.startswith("seller:")


class Role(StrEnum):
    """Who somebody is. The first two are held in a shop, the others in the market."""

    OWNER = "owner"
    SHOP_STAFF = "shop_staff"
    VERIFIER = "verifier"
    CURATOR = "curator"
    SUPPORT = "support"
    FINANCE = "finance"
    ADMIN = "admin"
    FIELD_OFFICER = "field_officer"


SHOP_ROLES = frozenset({Role.OWNER, Role.SHOP_STAFF})

_SELLER = frozenset(p for p in Permission if p.startswith("seller:"))
_STAFF = frozenset(p for p in Permission if p.startswith("staff:"))

# What each role is given when the market is first set up; afterwards the rows in the database decide.
FIRST_RIGHTS: dict[Role, frozenset[Permission]] = {
    Role.OWNER: _SELLER,
    Role.SHOP_STAFF: _SELLER - {Permission.SELLER_BALANCE_VIEW, Permission.SELLER_BANK_EDIT},
    Role.VERIFIER: frozenset(
        {
            Permission.STAFF_HOME_VIEW,
            Permission.STAFF_SHOP_VERIFY,
            Permission.STAFF_SHOP_SUSPEND,
            Permission.STAFF_PERMIT_VERIFY,
            Permission.STAFF_LISTING_VERIFY,
            Permission.STAFF_REVIEW_MODERATE,
        }
    ),
    Role.CURATOR: frozenset({Permission.STAFF_HOME_VIEW, Permission.STAFF_CURATION_EDIT, Permission.STAFF_REVIEW_MODERATE}),
    Role.SUPPORT: frozenset({Permission.STAFF_HOME_VIEW, Permission.STAFF_ORDER_VIEW, Permission.STAFF_MAILBOX_VIEW}),
    Role.FINANCE: frozenset(
        {
            Permission.STAFF_HOME_VIEW,
            Permission.STAFF_ORDER_VIEW,
            Permission.STAFF_PAYMENT_VIEW,
            Permission.STAFF_PAYMENT_CONFIRM,
            Permission.STAFF_REFUND_FINISH,
            Permission.STAFF_SETTING_VIEW,
            Permission.STAFF_BANK_EDIT,
        }
    ),
    Role.ADMIN: _STAFF,
    Role.FIELD_OFFICER: frozenset({Permission.STAFF_HOME_VIEW}),
}
