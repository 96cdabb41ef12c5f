"""The account's own pages: what the form keeps, how long one waits, where one may go, and the theme."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Attempt, SignedInSession
from marketplace.accounts.passwords import hash_password
from marketplace.accounts.permissions import Role
from marketplace.accounts.services import SESSION_LIVES, end_role, set_first_rights
from tests.factories.cast import sign_in
from tests.factories.people import make_person
from tests.factories.shops import make_shop
from tests.web.conftest import HandClock, SignIn

SIGN_IN = "/account/sign-in"
PASSWORD = "rahasia-benar-1"


@pytest.mark.promise("Z1", "N1")
@pytest.mark.parametrize("password", ["salah-sekali-99", "", "x" * 201, "\0salah-sekali"])
def test_a_refused_form_keeps_the_name_and_never_the_password(client: FlaskClient, clock: HandClock, password: str) -> None:
    """422, the name as typed and escaped, no trace of the password, kept nowhere."""
    login = '08120000"><script>'
    answer = client.post(SIGN_IN, data={"login": login, "password": password, "next": "/seller/"})
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert "08120000&#34;&gt;&lt;script&gt;" in page
    assert "<script>08" not in page
    assert 'value="/seller/"' in page
    if password:
        assert password[:20] not in page
    assert answer.headers["Cache-Control"] == "no-store"
    assert client.get_cookie("market_session") is None


@pytest.mark.promise("V1")
@pytest.mark.parametrize("form", [{}, {"login": "x" * 6_000, "password": "y"}, {"login": "\0", "password": "\0"},
                                  {"login": "@", "password": "y"}, {"login": "\u202e@\uffff", "password": "\ud7ff"}])  # fmt: skip
def test_odd_forms_are_refused_kindly(client: FlaskClient, clock: HandClock, form: dict[str, str]) -> None:
    """Always 422, on both databases."""
    assert client.post(SIGN_IN, data=form).status_code == 422


@pytest.mark.promise("N1")
def test_who_tried_too_often_is_told_how_long_to_wait(client: FlaskClient, session: Session, clock: HandClock) -> None:
    """Rounded up to minutes on the page, exact in the header; the right password waits too; after that it opens."""
    person = make_person(session, phone="+6281234567890")
    person.password_hash, person.email = hash_password(PASSWORD), "sari@contoh.id"
    session.flush()
    for n in range(10):
        login = "081234567890" if n % 2 else "Sari@Contoh.ID"
        assert client.post(SIGN_IN, data={"login": login, "password": "salah-sekali"}).status_code == 422
    clock.move(timedelta(seconds=181))
    answer = client.post(SIGN_IN, data={"login": "081234567890", "password": PASSWORD})
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "119")
    assert "2 menit" in answer.get_data(as_text=True)
    clock.move(timedelta(seconds=119))
    answer = client.post(SIGN_IN, data={"login": "081234567890", "password": PASSWORD})
    assert answer.status_code == 303
    assert session.scalar(select(func.count()).where(Attempt.scope == "sign-in:account")) == 0


def test_the_cookie_lives_as_long_as_its_session(client: FlaskClient, session: Session, clock: HandClock) -> None:
    """Thirty days for both, however much it is used."""
    person = make_person(session, phone="+6281234567890")
    person.password_hash = hash_password(PASSWORD)
    session.flush()
    answer = client.post(SIGN_IN, data={"login": "081234567890", "password": PASSWORD})
    assert f"Max-Age={int(SESSION_LIVES.total_seconds())}" in answer.headers["Set-Cookie"]
    clock.move(timedelta(days=29))
    assert client.get("/account/").status_code == 200
    row = session.scalars(select(SignedInSession)).one()
    session.refresh(row)
    assert row.seen_at == clock.now()
    clock.move(timedelta(days=1))
    assert client.get("/account/").status_code == 303


def test_a_session_is_touched_seldom(client: FlaskClient, session: Session, clock: HandClock) -> None:
    """A page writes nothing while the note is younger than ten minutes."""
    person = make_person(session)
    client.set_cookie("market_session", sign_in(session, person, now=clock.now()))
    row = session.scalars(select(SignedInSession)).one()
    for minutes, noted in ((10, 0), (1, 11), (9, 11)):
        clock.move(timedelta(minutes=minutes))
        client.get("/account/")
        session.refresh(row)
        assert row.seen_at == row.created_at + timedelta(minutes=noted)


@pytest.mark.promise("N3")
@pytest.mark.parametrize(
    ("asked", "leads"),
    [("/seller/orders/LBK-1?x=1", "/seller/orders/LBK-1?x=1"), ("", "/account/"), ("/", "/account/"),
     ("//evil.example", "/account/"), ("https://evil.example", "/account/"), ("/\\evil.example", "/account/")],
)  # fmt: skip
def test_signing_in_goes_on_to_a_page_of_ours(
    client: FlaskClient, session: Session, clock: HandClock, asked: str, leads: str
) -> None:
    """The page that asked for it, or the account; never another site."""
    person = make_person(session, phone="+6281234567890")
    person.password_hash = hash_password(PASSWORD)
    session.flush()
    answer = client.post(SIGN_IN, data={"login": "081234567890", "password": PASSWORD, "next": asked})
    assert (answer.status_code, answer.headers["Location"]) == (303, leads)


@pytest.mark.promise("B1", "N1")
def test_the_account_shows_the_ways_one_has(browse: SignIn, session: Session, clock: HandClock) -> None:
    """A buyer none, a seller the shop, staff the desk; a role that is taken is gone at the next request."""
    set_first_rights(session)
    shop = make_shop(session)
    buyer, seller = make_person(session), make_person(session, role=Role.OWNER, shop_id=shop.id)
    clerk = make_person(session, role=Role.ADMIN)
    ways = {person.id: browse(person).get("/account/").get_data(as_text=True) for person in (buyer, seller, clerk)}
    assert [('href="/seller/"' in page, 'href="/staff/"' in page) for page in ways.values()] == [
        (False, False), (True, False), (False, True),
    ]  # fmt: skip
    desk = browse(clerk)
    assert desk.get("/staff/").status_code == 200
    end_role(session, person_id=clerk.id, role=Role.ADMIN, shop_id=None, ended_by=None, now=clock.now())
    session.flush()
    assert desk.get("/staff/").status_code == 403


def test_signing_out_needs_no_session(client: FlaskClient, clock: HandClock) -> None:
    """Twice, or never signed in: the same way home."""
    for _ in range(2):
        answer = client.post("/account/sign-out", headers={"Accept-Language": "ko"})
        assert (answer.status_code, answer.headers["Location"]) == (303, "/ko/")


def test_who_is_signed_in_needs_no_form(browse: SignIn, session: Session) -> None:
    """The form leads on; a stranger's account leads to the form."""
    answer = browse(make_person(session)).get(SIGN_IN)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/account/")
    answer = browse(None).get("/account/")
    assert (answer.status_code, answer.headers["Location"]) == (303, SIGN_IN)


@pytest.mark.promise("N3")
@pytest.mark.parametrize("chosen", ["dark", "light", "", "blue", "dark\r\nSet-Cookie: x=1", "x" * 5_000])
def test_a_theme_is_one_of_ours(client: FlaskClient, clock: HandClock, chosen: str) -> None:
    """Kept a year, or taken away; back to the page, never to another site."""
    client.set_cookie("theme", "light")
    answer = client.post("/account/theme", data={"theme": chosen, "next": "/id/cart?x=1"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/id/cart?x=1")
    kept = client.get_cookie("theme")
    assert (kept.value if kept else None) == (chosen if chosen in ("dark", "light") else None)
    assert client.get_cookie("x") is None
    assert client.post("/account/theme", data={"next": "//evil.example"}).headers["Location"] == "/"
