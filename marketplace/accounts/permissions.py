"""Everything a person may be allowed to do, and the roles that are given such rights."""

from __future__ import annotations

from enum import StrEnum


class Permission(StrEnum):
    """One right, `scope:thing:action`. `seller:` rights hold within one shop, `staff:` rights in the whole market."""

    SELLER_SHOP_VIEW = "seller:shop:view"
    SELLER_ORDER_VIEW = "seller:order:view"
    SELLER_ORDER_ACCEPT = "seller:order:accept"
    SELLER_ORDER_HAND_OVER = "seller:order:hand-over"
    STAFF_HOME_VIEW = "staff:home:view"
    STAFF_ORDER_VIEW = "staff:order:view"
    STAFF_PAYMENT_VIEW = "staff:payment:view"
    STAFF_PAYMENT_CONFIRM = "staff:payment:confirm"
    STAFF_MAILBOX_VIEW = "staff:mailbox:view"
    STAFF_JOBS_VIEW = "staff:jobs:view"
    STAFF_JOBS_RETRY = "staff:jobs:retry"
    STAFF_REFUND_FINISH = "staff:refund:finish"

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
    Role.SHOP_STAFF: _SELLER,
    Role.VERIFIER: frozenset({Permission.STAFF_HOME_VIEW}),
    Role.CURATOR: frozenset({Permission.STAFF_HOME_VIEW}),
    Role.SUPPORT: frozenset({Permission.STAFF_HOME_VIEW, Permission.STAFF_ORDER_VIEW, Permission.STAFF_MAILBOX_VIEW}),
    Role.FINANCE: frozenset(
        {
            Permission.STAFF_HOME_VIEW,
            Permission.STAFF_ORDER_VIEW,
            Permission.STAFF_PAYMENT_VIEW,
            Permission.STAFF_PAYMENT_CONFIRM,
            Permission.STAFF_REFUND_FINISH,
        }
    ),
    Role.ADMIN: _STAFF,
    Role.FIELD_OFFICER: frozenset({Permission.STAFF_HOME_VIEW}),
}
