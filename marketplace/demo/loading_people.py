"""The people of a demo: the office, and those who work in its shops."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from marketplace.accounts.permissions import SHOP_ROLES, Role
from marketplace.accounts.services import grant_role, register_person, set_first_rights
from marketplace.kernel.ids import PersonId, ShopId
from marketplace.kernel.phone import normalise_phone
from marketplace.sellers.services import add_member

from .people import ShopEntry
from .people_cast import SignIn

Office = dict[Role, PersonId]


def load_office(session: Session, cast: tuple[SignIn, ...], *, now: datetime) -> Office:
    """Register the people of the office with their roles; return who holds each role."""
    set_first_rights(session)
    office: Office = {}
    for member in cast:
        if member.role not in SHOP_ROLES:
            office[member.role] = _register(session, member.name, member.phone, member.password, now)
            grant_role(session, person_id=office[member.role], role=member.role, shop_id=None, granted_by=None, now=now)
    return office


def load_owner(session: Session, shop: ShopEntry, cast: tuple[SignIn, ...], *, now: datetime) -> PersonId:
    """Register the owner of a shop; only an owner of the cast gets a password."""
    password = next((member.password for member in cast if member.role is Role.OWNER and member.shop == shop.slug), None)
    return _register(session, shop.owner.name, shop.owner.phone, password, now)


def load_shop_staff(
    session: Session, cast: tuple[SignIn, ...], shops: dict[str, tuple[ShopId, PersonId]], *, now: datetime
) -> None:
    """Let the cast's shop staff join their shops; `shops` are (shop, owner) by slug."""
    for member in cast:
        if member.role is Role.SHOP_STAFF and member.shop in shops:
            shop_id, owner_id = shops[member.shop]
            person = _register(session, member.name, member.phone, member.password, now)
            add_member(session, shop_id=shop_id, person_id=person, role=Role.SHOP_STAFF, actor_id=owner_id, now=now)


def _register(session: Session, name: str, phone: str, password: str | None, now: datetime) -> PersonId:
    person = register_person(
        session, name=name, phone=normalise_phone(phone), email=None, password=password, language="id", now=now
    )
    # The office knows these numbers, as it does before any shop shows.
    person.phone_verified_at = now
    return person.id
