"""The office's other pages: what waits, orders to read, messages sent, stuck work."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.models import AuditEntry
from marketplace.accounts.permissions import Role
from marketplace.notices.models import Channel, Notice
from marketplace.outbox.models import OutboxRow, OutboxState
from tests.conftest import NOW
from tests.factories.market import Stall
from tests.factories.people import make_person
from tests.web.buying import buy
from tests.web.conftest import SignIn

Stalls = tuple[Stall, Stall]


@pytest.fixture
def admin(browse: SignIn, session: Session) -> FlaskClient:
    """Somebody who may see everything."""
    return browse(make_person(session, name="Bu Ani", role=Role.ADMIN))


@pytest.fixture
def letter(session: Session) -> Notice:
    """A mail that was written."""
    made = Notice(
        key="t-1", channel=Channel.MAIL, kind="order.placed", language="id", to="ratna@contoh.id", subject="Pesanan LBK <b>",
        text="Halo Ratna,\nterima kasih.", html="<p style='color:red'>Halo</p><script>alert(1)</script>", message_id="<t1@x>",
        order_number="LBK-1", made_at=NOW,
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


@pytest.fixture
def text(session: Session) -> Notice:
    """A WhatsApp text that was written."""
    made = Notice(
        key="t-2", channel=Channel.WHATSAPP, kind="order.placed", language="ko", to="+6281234567890",
        text="주문이 접수되었습니다: https://x/ko/orders/1?t=2&u=3", message_id="<t2@x>", made_at=NOW,
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


@pytest.fixture
def stuck(session: Session) -> OutboxRow:
    """Work that was given up."""
    row = OutboxRow(
        kind="order.placed", handler="notices.mail", payload={}, state=OutboxState.DEAD, created_at=NOW, due_at=NOW, attempts=12,
        last_error="<script>boom</script>",
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def actions(session: Session) -> list[tuple[str, str]]:
    """Return what was written to the audit log about looking."""
    return [(row.action, row.object_id) for row in session.execute(select(AuditEntry.action, AuditEntry.object_id))]


@pytest.mark.row("F6")
@pytest.mark.parametrize("role", [Role.ADMIN, Role.FINANCE, Role.SUPPORT, Role.CURATOR, Role.VERIFIER, Role.FIELD_OFFICER])
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_role_has_a_front_page_of_what_it_may_see(
    client: FlaskClient, browse: SignIn, session: Session, stalls: Stalls, role: Role, language: str
) -> None:
    buy(client, *stalls)
    browser = browse(make_person(session, role=role))
    browser.set_cookie("language", language)
    page = browser.get("/staff/")
    assert page.status_code == 200
    assert ("/staff/payments" in page.text) == (role in (Role.ADMIN, Role.FINANCE))
    assert ("/staff/jobs" in page.text) == (role is Role.ADMIN)


@pytest.mark.row("O6")
def test_an_order_is_read_with_its_whole_story_and_that_is_noted(
    client: FlaskClient, admin: FlaskClient, session: Session, stalls: Stalls
) -> None:
    number = buy(client, *stalls)
    listed = admin.get("/staff/orders", query_string={"q": number.lower()})
    assert number in listed.text
    assert number in admin.get("/staff/orders", query_string={"q": "0812 3456 7890"}).text
    assert number not in admin.get("/staff/orders", query_string={"q": "LBK-0000-0000"}).text
    page = admin.get(f"/staff/orders/{number}")
    assert page.status_code == 200
    assert "Pesanan dibuat" in page.text
    assert all(stall.shop.name in page.text for stall in stalls)
    assert ("order.view", number) in actions(session)
    assert admin.get("/staff/orders/LBK-0000-0000").status_code == 404


@pytest.mark.parametrize("query", ["", "\0", "%", "a" * 5000, "' OR 1=1", "+62", "<script>"])
def test_any_search_is_answered(admin: FlaskClient, query: str) -> None:
    for page in ("1", "0", "99999", "x"):
        answer = admin.get("/staff/orders", query_string={"q": query, "page": page, "lifecycle": query})
        assert answer.status_code == 200
        assert "<script>" not in answer.text.replace("<script src", "")


def test_the_mailbox_lists_and_shows_letters_without_letting_them_act(
    admin: FlaskClient, session: Session, letter: Notice
) -> None:
    assert "ratna@contoh.id" in admin.get("/staff/mailbox").text
    page = admin.get(f"/staff/mailbox/{letter.id}")
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    assert "Pesanan LBK &lt;b&gt;" in page.text
    assert "sandbox" in page.text
    shown = admin.get(f"/staff/mailbox/{letter.id}/letter")
    policy = shown.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "script-src" not in policy
    assert shown.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert ("notice.view", str(letter.id)) in actions(session)


def test_a_whatsapp_text_can_be_sent_by_hand(admin: FlaskClient, text: Notice) -> None:
    page = admin.get(f"/staff/mailbox/{text.id}").text
    assert "https://wa.me/6281234567890?text=" in page
    assert "%3Ft%3D2%26u%3D3" in page
    assert admin.get(f"/staff/mailbox/{text.id}/letter").status_code == 404


def test_letters_that_are_not_there_are_not_found(admin: FlaskClient) -> None:
    for number in (10**6, 2**63, 10**40):
        assert admin.get(f"/staff/mailbox/{number}").status_code == 404
        assert admin.get(f"/staff/mailbox/{number}/letter").status_code == 404
    for before in ("0", "x", "9" * 50, "-1"):
        assert admin.get("/staff/mailbox", query_string={"before": before}).status_code == 200


def test_stuck_work_is_shown_and_tries_again_once(admin: FlaskClient, session: Session, stuck: OutboxRow) -> None:
    page = admin.get("/staff/jobs").text
    assert "&lt;script&gt;boom" in page
    assert [admin.post("/staff/jobs/retry", data={"row_id": stuck.id}).status_code for _ in range(2)] == [303, 303]
    session.expire_all()
    assert (stuck.state, stuck.attempts) == (OutboxState.PENDING, 0)
    assert [name for name, _ in actions(session)].count("job.retry") == 1
    assert "Tidak ada yang macet" in admin.get("/staff/jobs").text
    for sent in ({}, {"row_id": "x"}, {"row_id": "0"}, {"row_id": "9" * 30}, {"row_id": "1", "all": "1"}):
        assert admin.post("/staff/jobs/retry", data=sent).status_code == 400


ADDRESSES = [
    ("GET", "/staff/orders", {Role.ADMIN, Role.FINANCE, Role.SUPPORT}),
    ("GET", "/staff/orders/LBK-0000-0000", {Role.ADMIN, Role.FINANCE, Role.SUPPORT}),
    ("GET", "/staff/mailbox", {Role.ADMIN, Role.SUPPORT}),
    ("GET", "/staff/mailbox/1", {Role.ADMIN, Role.SUPPORT}),
    ("GET", "/staff/mailbox/1/letter", {Role.ADMIN, Role.SUPPORT}),
    ("GET", "/staff/jobs", {Role.ADMIN}),
    ("POST", "/staff/jobs/retry", {Role.ADMIN}),
]


@pytest.mark.row("F6")
@pytest.mark.parametrize(("method", "address", "allowed"), ADDRESSES)
def test_only_roles_with_the_right_get_in(
    browse: SignIn, session: Session, stalls: Stalls, method: str, address: str, allowed: set[Role]
) -> None:
    for role in (Role.ADMIN, Role.FINANCE, Role.SUPPORT, Role.CURATOR, Role.VERIFIER, Role.FIELD_OFFICER):
        answer = browse(make_person(session, role=role)).open(address, method=method)
        assert (answer.status_code != 403) == (role in allowed), role
    assert browse(stalls[0].owner).open(address, method=method).status_code == 403
    assert browse(None).open(address, method=method).headers["Location"].startswith("/account/sign-in")


def test_retrying_is_a_post_of_our_own_pages(admin: FlaskClient) -> None:
    assert admin.get("/staff/jobs/retry").status_code == 405
    assert admin.post("/staff/jobs/retry", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
