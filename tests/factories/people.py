"""The cast: buyer, seller, rival_seller, clerk."""

from __future__ import annotations

from itertools import count

from sqlalchemy.orm import Session

from marketplace.accounts.models import Person, RoleGrant
from marketplace.accounts.permissions import Role
from marketplace.kernel.ids import ShopId
from tests.conftest import NOW

_numbers = count(1)


def make_person(session: Session, *, name: str = "Sari", phone: str | None = None, role: Role | None = None,
                shop_id: ShopId | None = None) -> Person:  # fmt: skip
    """Return a person, with a role (in a shop for shop roles) when one is given."""
    person = Person(name=name, phone=phone or f"+62812000{next(_numbers):05d}", created_at=NOW)
    session.add(person)
    session.flush()
    if role is not None:
        session.add(RoleGrant(person_id=person.id, role=role, shop_id=shop_id, granted_at=NOW))
        session.flush()
    return person
