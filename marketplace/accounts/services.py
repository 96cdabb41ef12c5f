"""Commands on people: register, sign in and out, give and take roles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import Session

from marketplace.accounts import audit
from marketplace.accounts.attempts import Scope, count_attempt, forget_attempts
from marketplace.accounts.models import Person, RoleGrant, RolePermission, SignedInSession
from marketplace.accounts.passwords import hash_password, is_password
from marketplace.accounts.permissions import FIRST_RIGHTS, SHOP_ROLES, Role
from marketplace.accounts.tokens import digest_of, new_secret
from marketplace.kernel.errors import DomainError
from marketplace.kernel.ids import PersonId, ShopId

SESSION_LIVES = timedelta(days=30)
# A session's `seen_at` is only written when it is this old: a GET should not write for every page.
TOUCH_AFTER = timedelta(minutes=10)


class WrongCredentials(DomainError):
    """The name and password do not fit; which of the two is never said."""


@dataclass(eq=False)
class AlreadyRegistered(DomainError):
    """Somebody signs in with this phone number or address already."""

    field: str


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A fresh session: the secret goes into the cookie and is kept nowhere else."""

    secret: str
    person_id: PersonId


def register_person(
    session: Session, *, name: str, phone: str | None, email: str | None, password: str | None, language: str, now: datetime
) -> Person:
    """Add a person (flushes for the id). `phone` is E.164, `email` any case. Raises: AlreadyRegistered."""
    email = email.lower() if email else None
    for field, column, value in (("phone", Person.phone, phone), ("email", Person.email, email)):
        if value is not None and session.scalar(select(Person.id).where(column == value)) is not None:
            raise AlreadyRegistered(field=field)
    person = Person(
        name=name, phone=phone, email=email, language=language, created_at=now,
        password_hash=hash_password(password) if password is not None else None,
    )  # fmt: skip
    session.add(person)
    session.flush()
    return person


def check_credentials(session: Session, *, login: str, password: str) -> PersonId | None:
    """Return who this is, if the password fits. `login` is an E.164 phone or an e-mail address."""
    row = session.execute(select(Person.id, Person.password_hash).where(Person.is_active, _is_login(login))).first()
    fits = is_password(password, row.password_hash if row is not None else None)
    return row.id if row is not None and fits else None


def count_sign_in(session: Session, *, login: str, address: str, now: datetime) -> None:
    """Count one try to sign in, in a unit of its own. Raises: TooManyAttempts.

    An account counts as one, whether it is tried by its phone or by its address.
    """
    known = session.scalar(select(Person.id).where(_is_login(login)))
    count_attempt(session, scope=Scope.SIGN_IN_ALL, key="", now=now)
    count_attempt(session, scope=Scope.SIGN_IN_ADDRESS, key=address, now=now)
    count_attempt(session, scope=Scope.SIGN_IN_ACCOUNT, key=login.lower() if known is None else _account(known), now=now)


def _is_login(login: str) -> ColumnElement[bool]:
    return or_(Person.phone == login, Person.email == login.lower())


def _account(person_id: PersonId) -> str:
    return f"person:{person_id}"


def begin_session(
    session: Session, *, person_id: PersonId, user_agent: str, address: str, ended: str | None, now: datetime
) -> SignedIn:
    """Sign somebody in under a new secret; the session whose secret is `ended` (a former one in this browser) is over."""
    if ended:
        end_session(session, secret=ended, now=now)
    secret = new_secret()
    session.add(
        SignedInSession(
            token_digest=digest_of(secret), person_id=person_id, created_at=now, seen_at=now, expires_at=now + SESSION_LIVES,
            user_agent=user_agent[:200], address=address[:45],
        )
    )  # fmt: skip
    forget_attempts(session, scope=Scope.SIGN_IN_ACCOUNT, key=_account(person_id))
    audit.record(session, action="sign-in", object_kind="person", object_id=person_id, actor_id=person_id, now=now)
    return SignedIn(secret=secret, person_id=person_id)


def end_session(session: Session, *, secret: str, now: datetime) -> None:
    """Sign this browser out at once."""
    session.execute(
        update(SignedInSession)
        .where(SignedInSession.token_digest == digest_of(secret), SignedInSession.ended_at.is_(None))
        .values(ended_at=now)
    )


def end_all_sessions(session: Session, *, person_id: PersonId, now: datetime) -> None:
    """Sign a person out everywhere: after a password or role change."""
    session.execute(
        update(SignedInSession)
        .where(SignedInSession.person_id == person_id, SignedInSession.ended_at.is_(None))
        .values(ended_at=now)
    )


def touch_session(session: Session, *, session_id: int, now: datetime) -> None:
    """Note that a session is in use. It ends all the same, with its cookie, thirty days after sign-in."""
    session.execute(update(SignedInSession).where(SignedInSession.id == session_id).values(seen_at=now))


def grant_role(
    session: Session, *, person_id: PersonId, role: Role, shop_id: ShopId | None, granted_by: PersonId | None, now: datetime
) -> None:
    """Give a role, unless held already; one that was taken comes back. Raises: ValueError for a role in the wrong place."""
    if (role in SHOP_ROLES) != (shop_id is not None):
        raise ValueError(f"{role} is held {'in a shop' if role in SHOP_ROLES else 'in the market'}")
    grant = _find_grant(session, person_id, role, shop_id)
    if grant is not None and grant.ended_at is None:
        return
    if grant is None:
        grant = RoleGrant(person_id=person_id, role=role, shop_id=shop_id)
        session.add(grant)
    grant.granted_by, grant.granted_at, grant.ended_at = granted_by, now, None
    _audit_role(session, "role.grant", grant, actor_id=granted_by, now=now)


def end_role(
    session: Session, *, person_id: PersonId, role: Role, shop_id: ShopId | None, ended_by: PersonId | None, now: datetime
) -> None:
    """Take a role, if held: the next request of any of the person's sessions has lost its rights."""
    grant = _find_grant(session, person_id, role, shop_id)
    if grant is None or grant.ended_at is not None:
        return
    grant.ended_at = now
    _audit_role(session, "role.end", grant, actor_id=ended_by, now=now)


def _find_grant(session: Session, person_id: PersonId, role: Role, shop_id: ShopId | None) -> RoleGrant | None:
    where = RoleGrant.shop_id.is_(None) if shop_id is None else RoleGrant.shop_id == shop_id
    return session.scalar(select(RoleGrant).where(RoleGrant.person_id == person_id, RoleGrant.role == role, where))


def _audit_role(session: Session, action: str, grant: RoleGrant, *, actor_id: PersonId | None, now: datetime) -> None:
    audit.record(
        session, action=action, object_kind="person", object_id=grant.person_id, actor_id=actor_id,
        actor_kind="person" if actor_id else "system", data={"role": grant.role, "shop_id": grant.shop_id}, now=now,
    )  # fmt: skip


def set_first_rights(session: Session) -> None:
    """Write what each role may do, where a market has no such rows yet."""
    if session.scalar(select(RolePermission.role).limit(1)) is not None:
        return
    session.add_all(RolePermission(role=role, permission=right) for role, rights in FIRST_RIGHTS.items() for right in rights)
