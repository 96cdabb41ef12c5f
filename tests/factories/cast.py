"""The cast with their sessions, as browsers hold them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from flask.testing import FlaskClient
from sqlalchemy import delete
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person, RolePermission
from marketplace.accounts.permissions import Role
from marketplace.accounts.services import begin_session, set_first_rights
from marketplace.kernel.clock import SystemClock
from marketplace.sellers.models import Shop
from marketplace.web.sessions import COOKIE
from tests.factories.people import make_person


class Actor(StrEnum):
    """Everybody who may knock."""

    STRANGER = "stranger"
    BUYER = "buyer"
    SELLER = "seller"
    RIVAL = "rival seller"
    CLERK_WITHOUT = "clerk without the right"
    CLERK = "clerk with the right"


@dataclass(frozen=True)
class Cast:
    """People and the secrets of their sessions; the stranger has neither."""

    people: dict[Actor, Person]
    secrets: dict[Actor, str]

    def enter(self, client: FlaskClient, actor: Actor) -> None:
        """Let this client be that person's browser from now on."""
        client.delete_cookie(COOKIE)
        if actor in self.secrets:
            client.set_cookie(COOKIE, self.secrets[actor])


def make_cast(session: Session, *, shop: Shop, rival_shop: Shop) -> Cast:
    """Return one of each, signed in. The clerk without the right holds a role that was left without any."""
    set_first_rights(session)
    session.flush()
    session.execute(delete(RolePermission).where(RolePermission.role == Role.FIELD_OFFICER))
    people = {
        Actor.BUYER: make_person(session, name="Sari"),
        Actor.SELLER: make_person(session, name="Jumri", role=Role.OWNER, shop_id=shop.id),
        Actor.RIVAL: make_person(session, name="Rohani", role=Role.OWNER, shop_id=rival_shop.id),
        Actor.CLERK_WITHOUT: make_person(session, name="Dede", role=Role.FIELD_OFFICER),
        Actor.CLERK: make_person(session, name="Imas", role=Role.ADMIN),
    }
    return Cast(people, {actor: sign_in(session, person) for actor, person in people.items()})


def sign_in(session: Session, person: Person, *, now: datetime | None = None) -> str:
    """Return the secret of a fresh session of this person."""
    at = now or SystemClock().now()  # requests are judged by the machine's clock
    begun = begin_session(session, person_id=person.id, user_agent="", address="", ended=None, now=at)
    session.flush()
    return begun.secret
