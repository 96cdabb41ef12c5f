"""People, their sessions, their rights, and how often they may try."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from marketplace.accounts.attempts import LIMITS, Scope, TooManyAttempts, count_attempt, sweep_attempts
from marketplace.accounts.models import Attempt, AuditEntry, Person, RoleGrant, RolePermission, SignedInSession, SpentToken
from marketplace.accounts.permissions import Permission, Role
from marketplace.accounts.queries import Viewer, find_viewer, roles_of
from marketplace.accounts.services import (
    SESSION_LIVES,
    AlreadyRegistered,
    begin_session,
    check_credentials,
    count_sign_in,
    end_all_sessions,
    end_role,
    end_session,
    grant_role,
    register_person,
    set_first_rights,
    touch_session,
)
from marketplace.accounts.tokens import SPENT_KEPT, digest_of, sweep_spent
from marketplace.kernel.ids import ShopId
from marketplace.outbox.handlers import HANDLERS
from tests.counting import statements_of

SECOND = timedelta(seconds=1)


@pytest.fixture
def sari(session: Session, now: Any) -> Person:
    """A person with both names and a password."""
    return register_person(session, name="Sari", phone="+6281234567890", email="Sari@Contoh.id", password="rahasia-1",
                           language="id", now=now)  # fmt: skip


def sign_in(session: Session, person: Person, now: Any, ended: str | None = None) -> str:
    """Return the secret of a new session."""
    begun = begin_session(session, person_id=person.id, user_agent="x" * 999, address="::1", ended=ended, now=now)
    session.flush()
    return begun.secret


def seen(session: Session, secret: str, now: Any) -> Viewer | None:
    """Return who this secret is, freshly read."""
    session.flush()
    return find_viewer(session, secret=secret, now=now)


@pytest.mark.promise("N1")
def test_the_right_password_and_no_other(session: Session, sari: Person) -> None:
    """By phone or by address in any case; nobody else, and nobody who is not active."""
    for login in ("+6281234567890", "sari@contoh.id", "SARI@contoh.ID"):
        assert check_credentials(session, login=login, password="rahasia-1") == sari.id
        assert check_credentials(session, login=login, password="rahasia-2") is None
    assert check_credentials(session, login="+6281111111111", password="rahasia-1") is None
    sari.is_active = False
    session.flush()
    assert check_credentials(session, login="+6281234567890", password="rahasia-1") is None


def test_a_name_is_taken_once(session: Session, sari: Person, now: Any) -> None:
    """Phone and address each belong to one person, in any case of letters."""
    for phone, email, field in (("+6281234567890", None, "phone"), (None, "SARI@CONTOH.ID", "email")):
        with pytest.raises(AlreadyRegistered) as refused:
            register_person(session, name="x", phone=phone, email=email, password=None, language="id", now=now)
        assert refused.value.field == field


@pytest.mark.promise("N1", "Z1")
def test_signing_in_makes_a_new_secret_and_ends_the_old(session: Session, sari: Person, now: Any) -> None:
    """A secret planted before sign-in is worth nothing after it; the database keeps digests only; it is audited."""
    planted = sign_in(session, sari, now)
    mine = sign_in(session, sari, now, ended=planted)
    assert mine != planted
    assert seen(session, planted, now) is None
    viewer = seen(session, mine, now)
    assert viewer is not None
    assert (viewer.person_id, viewer.name) == (sari.id, "Sari")
    rows = session.scalars(select(SignedInSession)).all()
    assert mine not in str([vars(row) for row in rows])
    assert {len(row.user_agent) for row in rows} == {200}
    assert session.scalar(select(func.count()).where(AuditEntry.action == "sign-in", AuditEntry.actor_id == sari.id)) == 2


@pytest.mark.promise("N1")
def test_signing_out_is_final(session: Session, sari: Person, now: Any) -> None:
    """A kept secret is refused afterwards; the person's other browser stays signed in."""
    here, there = sign_in(session, sari, now), sign_in(session, sari, now)
    end_session(session, secret=here, now=now)
    assert seen(session, here, now) is None
    assert seen(session, there, now) is not None
    end_all_sessions(session, person_id=sari.id, now=now)
    assert seen(session, there, now) is None


@pytest.mark.promise("N1")
def test_a_session_ends_thirty_days_after_sign_in(session: Session, sari: Person, now: Any) -> None:
    """However much it is used."""
    secret = sign_in(session, sari, now)
    viewer = seen(session, secret, now + SESSION_LIVES - SECOND)
    assert viewer is not None
    touch_session(session, session_id=viewer.session_id, now=now + SESSION_LIVES - SECOND)
    again = seen(session, secret, now + SESSION_LIVES - SECOND)
    assert again is not None
    assert again.seen_at == now + SESSION_LIVES - SECOND
    assert seen(session, secret, now + SESSION_LIVES) is None


def test_an_inactive_person_is_signed_out_at_once(session: Session, sari: Person, now: Any) -> None:
    """Everywhere, and without touching a session row."""
    secret = sign_in(session, sari, now)
    sari.is_active = False
    assert seen(session, secret, now) is None


@pytest.mark.promise("B1")
def test_rights_are_held_where_they_belong(session: Session, sari: Person, now: Any) -> None:
    """In the shops of a grant, or in the market; two statements however many."""
    set_first_rights(session)
    for shop in (7, 9):
        grant_role(session, person_id=sari.id, role=Role.OWNER, shop_id=ShopId(shop), granted_by=None, now=now)
    grant_role(session, person_id=sari.id, role=Role.FINANCE, shop_id=None, granted_by=None, now=now)
    secret = sign_in(session, sari, now)
    with statements_of(session) as sent:
        viewer = find_viewer(session, secret=secret, now=now)
    assert len(sent) == 2
    assert viewer is not None
    assert viewer.shops_where(Permission.SELLER_ORDER_ACCEPT) == [7, 9]
    assert viewer.may(Permission.SELLER_ORDER_ACCEPT)
    assert viewer.may(Permission.STAFF_PAYMENT_CONFIRM)
    assert not viewer.may(Permission.STAFF_MAILBOX_VIEW)
    assert viewer.shops_where(Permission.STAFF_PAYMENT_CONFIRM) == []
    assert roles_of(session, sari.id) == [(Role.OWNER, 7), (Role.OWNER, 9), (Role.FINANCE, None)]


@pytest.mark.promise("B1", "B2")
def test_a_role_in_the_wrong_place_is_worth_nothing(session: Session, sari: Person, now: Any) -> None:
    """It cannot be given, and were it in the table it would not give market rights to a shop or the other way round."""
    set_first_rights(session)
    for role, shop in ((Role.ADMIN, ShopId(7)), (Role.OWNER, None)):
        with pytest.raises(ValueError, match="held in"):
            grant_role(session, person_id=sari.id, role=role, shop_id=shop, granted_by=None, now=now)
        session.add(RoleGrant(person_id=sari.id, role=role, shop_id=shop, granted_at=now))
    session.add(RolePermission(role=Role.SHOP_STAFF, permission=Permission.STAFF_PAYMENT_CONFIRM))
    session.add(RoleGrant(person_id=sari.id, role=Role.SHOP_STAFF, shop_id=ShopId(8), granted_at=now))
    viewer = seen(session, sign_in(session, sari, now), now)
    assert viewer is not None
    assert viewer.market_rights == frozenset()
    assert [right for right in Permission if right.startswith("staff:") and viewer.may(right)] == []
    assert viewer.shops_where(Permission.SELLER_ORDER_VIEW) == [8]


@pytest.mark.promise("N1", "Z1")
def test_a_role_taken_is_gone_at_the_next_request(session: Session, sari: Person, now: Any) -> None:
    """It can be given again, is audited each time, and giving or taking twice does nothing more."""
    set_first_rights(session)
    secret = sign_in(session, sari, now)
    for shop, role, right in (
        (None, Role.ADMIN, Permission.STAFF_ORDER_VIEW),
        (ShopId(7), Role.OWNER, Permission.SELLER_ORDER_VIEW),
    ):
        for _ in range(2):
            for _ in range(2):
                grant_role(session, person_id=sari.id, role=role, shop_id=shop, granted_by=sari.id, now=now)
                session.flush()
            held = seen(session, secret, now)
            assert held is not None
            assert held.may(right)
            for _ in range(2):
                end_role(session, person_id=sari.id, role=role, shop_id=shop, ended_by=sari.id, now=now)
            taken = seen(session, secret, now)
            assert taken is not None
            assert not taken.may(right)
    acts = session.scalars(select(AuditEntry.action).where(AuditEntry.action.startswith("role.")).order_by(AuditEntry.id)).all()
    assert acts == ["role.grant", "role.end"] * 4


def test_a_right_of_another_release_is_passed_over(session: Session, sari: Person, now: Any) -> None:
    """A row that names a right we do not know (an older or newer release wrote it) locks nobody out."""
    set_first_rights(session)
    session.add(RolePermission(role=Role.ADMIN, permission="staff:future:act"))
    grant_role(session, person_id=sari.id, role=Role.ADMIN, shop_id=None, granted_by=None, now=now)
    viewer = seen(session, sign_in(session, sari, now), now)
    assert viewer is not None
    assert viewer.may(Permission.STAFF_HOME_VIEW)


def test_first_rights_are_written_once(session: Session) -> None:
    """Afterwards the rows decide: what staff took from a role does not come back."""
    set_first_rights(session)
    session.flush()
    row = session.get_one(RolePermission, (Role.ADMIN, Permission.STAFF_MAILBOX_VIEW))
    session.delete(row)
    session.flush()
    set_first_rights(session)
    session.flush()
    assert session.get(RolePermission, (Role.ADMIN, Permission.STAFF_MAILBOX_VIEW)) is None


def tried(session: Session, login: str, now: Any, address: str = "192.0.2.1") -> bool:
    """Tell whether one more try is let through; a refused one is undone, as by its unit."""
    try:
        with session.begin_nested():
            count_sign_in(session, login=login, address=address, now=now)
    except TooManyAttempts:
        return False
    return True


@pytest.mark.promise("N1")
@pytest.mark.parametrize("logins", [["+6281234567890"], ["+6281234567890", "sari@contoh.id", "SARI@contoh.id"], ["nobody@x.id"]])
def test_ten_tries_for_an_account(session: Session, sari: Person, now: Any, logins: list[str]) -> None:
    """By whichever of its names, from wherever; known and unknown alike; the window slides."""
    let = [tried(session, logins[n % len(logins)], now + SECOND * n, f"192.0.2.{n}") for n in range(14)]
    assert let == [True] * 10 + [False] * 4
    with pytest.raises(TooManyAttempts) as refused, session.begin_nested():
        count_sign_in(session, login=logins[0], address="192.0.2.99", now=now + timedelta(minutes=1))
    assert (refused.value.scope, refused.value.wait_seconds) == (Scope.SIGN_IN_ACCOUNT, 240)
    assert tried(session, logins[0], now + timedelta(minutes=5))
    assert not tried(session, logins[0], now + timedelta(minutes=5))


@pytest.mark.promise("N1")
def test_a_hundred_tries_for_an_address(session: Session, now: Any) -> None:
    """Over many accounts; a whole /64 is one address."""
    let = [tried(session, f"n{n}@x.id", now, f"2001:db8::{n + 1:x}") for n in range(103)]
    assert let == [True] * 100 + [False] * 3
    assert tried(session, "n@x.id", now, "2001:db8:0:1::1")


def test_success_forgets_the_tries_of_the_account_alone(session: Session, sari: Person, now: Any) -> None:
    """Ten more may follow; those of the address and of others stay."""
    assert [tried(session, "sari@contoh.id", now) for _ in range(11)][-2:] == [True, False]
    assert [tried(session, "other@x.id", now) for _ in range(11)][-2:] == [True, False]
    sign_in(session, sari, now)
    assert tried(session, "+6281234567890", now)
    assert not tried(session, "other@x.id", now)
    assert session.scalar(select(func.count()).where(Attempt.scope == Scope.SIGN_IN_ADDRESS)) == 21


@pytest.mark.promise("R12")
def test_a_clock_set_back_makes_nobody_wait_longer(session: Session, now: Any) -> None:
    """An hour back: the wait is at most the window."""
    limit = LIMITS[Scope.PROOF_UPLOAD]
    for _ in range(limit.times):
        count_attempt(session, scope=Scope.PROOF_UPLOAD, key="1", now=now)
    with pytest.raises(TooManyAttempts) as refused:
        count_attempt(session, scope=Scope.PROOF_UPLOAD, key="1", now=now - timedelta(hours=1))
    assert refused.value.wait_seconds <= limit.window.total_seconds()


def test_tries_keep_no_personal_data(session: Session, now: Any) -> None:
    """Digests alone."""
    tried(session, "sari@contoh.id", now, "192.0.2.77")
    assert "sari" not in str(session.scalars(select(Attempt.key_digest)).all())
    assert "192.0.2.77" not in str(session.scalars(select(Attempt.key_digest)).all())


def test_what_nothing_sees_any_more_is_swept(session: Session, now: Any) -> None:
    """Tries outside every window, and tokens older than two days; not a second earlier."""
    longest = max(limit.window for limit in LIMITS.values())
    count_attempt(session, scope=Scope.PLACE_ORDER, key="x", now=now)
    session.add(SpentToken(digest=digest_of("t"), purpose="place", outcome="LBK", spent_at=now))
    session.flush()
    sweep_attempts(session, now=now + longest)
    sweep_spent(session, now=now + SPENT_KEPT)
    assert session.scalar(select(func.count()).select_from(Attempt)) == 1
    assert session.scalar(select(func.count()).select_from(SpentToken)) == 1
    sweep_attempts(session, now=now + longest + SECOND)
    sweep_spent(session, now=now + SPENT_KEPT + SECOND)
    assert session.scalar(select(func.count()).select_from(Attempt)) == 0
    assert session.scalar(select(func.count()).select_from(SpentToken)) == 0


def test_the_sweep_comes_round(app: Any, session: Session, now: Any) -> None:
    """It is registered, and running it sweeps."""
    (piece,) = [piece for piece in HANDLERS.periodic if piece.name == "accounts.sweep"]
    session.add(SpentToken(digest=digest_of("t"), purpose="place", outcome="LBK", spent_at=now))
    session.commit()
    with app.app_context():
        piece.run(now + SPENT_KEPT + SECOND)
    session.expire_all()
    assert session.scalar(select(func.count()).select_from(SpentToken)) == 0
