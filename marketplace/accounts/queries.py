"""Reads about people for the edge."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person, RoleGrant, RolePermission, SignedInSession
from marketplace.accounts.permissions import Permission, Role
from marketplace.accounts.tokens import digest_of
from marketplace.kernel.ids import PersonId, ShopId

_RIGHTS = frozenset(Permission)


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who is signed in and what they may do: rights in the market, and rights in each of their shops."""

    person_id: PersonId
    session_id: int
    name: str
    phone: str | None
    email: str | None
    language: str
    seen_at: datetime
    market_rights: frozenset[Permission]
    shop_rights: dict[ShopId, frozenset[Permission]]

    def may(self, permission: Permission) -> bool:
        """Tell whether this person has the right: a staff right in the market, a seller right in any of their shops."""
        return permission in self.market_rights or bool(self.shops_where(permission))

    def shops_where(self, permission: Permission) -> list[ShopId]:
        """Return the shops in which this person has the right, lowest id first."""
        return sorted(shop for shop, rights in self.shop_rights.items() if permission in rights)


def find_viewer(session: Session, *, secret: str, now: datetime) -> Viewer | None:
    """Return who holds this session secret, if the session lives and the person is active. Two statements."""
    row = session.execute(
        select(
            Person.id, Person.name, Person.phone, Person.email, Person.language,
            SignedInSession.id.label("session_id"), SignedInSession.seen_at,
        )
        .join(SignedInSession, SignedInSession.person_id == Person.id)
        .where(
            SignedInSession.token_digest == digest_of(secret),
            SignedInSession.ended_at.is_(None),
            SignedInSession.expires_at > now,
            Person.is_active,
        )
    ).first()  # fmt: skip
    if row is None:
        return None
    market: set[Permission] = set()
    shops: dict[ShopId, set[Permission]] = {}
    for shop_id, permission in session.execute(
        select(RoleGrant.shop_id, RolePermission.permission)
        .join(RolePermission, RolePermission.role == RoleGrant.role)
        .where(RoleGrant.person_id == row.id, RoleGrant.ended_at.is_(None))
    ):
        # A right is worth something only where it belongs: no shop role reaches the market, no market role a shop.
        right = _known(permission)
        if right is not None and (shop_id is not None) == right.is_for_shops:
            (market if shop_id is None else shops.setdefault(shop_id, set())).add(right)
    return Viewer(
        person_id=row.id, session_id=row.session_id, name=row.name, phone=row.phone, email=row.email, language=row.language,
        seen_at=row.seen_at, market_rights=frozenset(market),
        shop_rights={shop: frozenset(rights) for shop, rights in shops.items()},
    )  # fmt: skip


def _known(stored: str) -> Permission | None:
    """Return the stored right, if this release still has it."""
    return Permission(stored) if stored in _RIGHTS else None


def roles_of(session: Session, person_id: PersonId) -> list[tuple[Role, ShopId | None]]:
    """Return the roles a person holds now, with the shop for shop roles."""
    held = select(RoleGrant.role, RoleGrant.shop_id).where(RoleGrant.person_id == person_id, RoleGrant.ended_at.is_(None))
    return [(role, shop) for role, shop in session.execute(held.order_by(RoleGrant.id))]
