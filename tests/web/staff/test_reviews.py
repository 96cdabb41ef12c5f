"""Reviews at the office, and a shop's answer: judged once, photos seen only there until shown, the buyer told why not."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.models import AuditEntry
from marketplace.accounts.permissions import Role
from marketplace.catalog.models import Product
from marketplace.notices.further_letters import review_decided
from marketplace.outbox.models import OutboxRow
from marketplace.reviews.models import RefusalReason, Review, ReviewPhoto, ReviewState
from tests.factories.market import Stall
from tests.factories.people import make_person
from tests.web.conftest import SignIn
from tests.web.storefront.test_order import delivered, photo

Stalls = tuple[Stall, Stall]


@pytest.fixture
def review(client: FlaskClient, session: Session, stalls: Stalls) -> Review:
    """A review with a photo that waits."""
    number, line_id = delivered(client, session, stalls[0])
    sent = {"stars": "4", "words": "Harum <b>sekali</b>", "author_name": "Ratna", "photos": [(photo(), "a.jpg")]}
    assert client.post(f"/id/orders/{number}/review/{line_id}", data=sent).status_code == 303
    return session.scalars(select(Review)).one()


@pytest.fixture
def officer(browse: SignIn, session: Session) -> FlaskClient:
    """Somebody who may judge reviews."""
    return browse(make_person(session, name="Bu Dewi", role=Role.VERIFIER))


def product_path(session: Session, review: Review) -> str:
    """Return the address of what was reviewed."""
    return "/id/p/" + session.scalars(select(Product.slug).where(Product.id == review.product_id)).one()


@pytest.mark.row("T1", "F2")
@pytest.mark.parametrize("language", ["id", "en"])
def test_a_review_is_read_with_its_photo_and_shown(
    officer: FlaskClient, client: FlaskClient, session: Session, review: Review, language: str
) -> None:
    officer.set_cookie("language", language)
    image = session.scalars(select(ReviewPhoto.image_hash)).one()
    assert f"/staff/reviews/{review.id}" in officer.get("/staff/reviews").text
    assert "/staff/reviews" in officer.get("/staff/").text
    page = officer.get(f"/staff/reviews/{review.id}").text
    assert "Harum &lt;b&gt;sekali&lt;/b&gt;" in page
    seen = officer.get(f"/staff/reviews/{review.id}/photos/1/160")
    assert (seen.status_code, seen.content_type, seen.headers["Cache-Control"]) == (200, "image/webp", "no-store")
    assert client.get(f"/media/{image}-160.webp").status_code == 404
    answer = officer.post(f"/staff/reviews/{review.id}", data={"wanted": "shown", "seen": "waiting"})
    assert answer.status_code == 303
    session.expire_all()
    assert review.state is ReviewState.SHOWN
    with client.get(f"/media/{image}-160.webp") as shown:
        assert shown.status_code == 200
    public = client.get(product_path(session, review) + "/reviews").text
    assert f"/media/{image}-160.webp" in public
    actions = list(session.scalars(select(AuditEntry.action)))
    assert {"review_photo.view", "review.shown"} <= set(actions)


@pytest.mark.row("F2")
def test_a_refusal_needs_a_reason_and_the_buyer_hears_it(officer: FlaskClient, session: Session, review: Review) -> None:
    for sent in ({"wanted": "refused", "seen": "waiting"}, {"wanted": "refused", "seen": "waiting", "reason": "x"},
                 {"wanted": "waiting", "seen": "waiting"}, {}):  # fmt: skip
        answer = officer.post(f"/staff/reviews/{review.id}", data=sent)
        assert answer.status_code == 422
        assert "Pilih satu alasan" in answer.text
    sent = {"wanted": "refused", "seen": "waiting", "reason": "personal_data"}
    assert officer.post(f"/staff/reviews/{review.id}", data=sent).status_code == 303
    session.expire_all()
    assert (review.state, review.reason) == (ReviewState.REFUSED, RefusalReason.PERSONAL_DATA)
    assert session.scalars(select(OutboxRow.kind).where(OutboxRow.kind == "review.decided")).all() == ["review.decided"]
    assert review_decided(session, {"review_id": review.id}) is not None


@pytest.mark.row("F2")
def test_the_second_of_two_officers_is_told(officer: FlaskClient, browse: SignIn, session: Session, review: Review) -> None:
    other = browse(make_person(session, name="Pak Umar", role=Role.CURATOR))
    assert officer.post(f"/staff/reviews/{review.id}", data={"wanted": "shown", "seen": "waiting"}).status_code == 303
    late = other.post(f"/staff/reviews/{review.id}", data={"wanted": "refused", "seen": "waiting", "reason": "rude"})
    assert late.status_code == 409
    assert "sudah diputuskan Bu Dewi" in late.text
    session.expire_all()
    assert (review.state, review.reason) == (ReviewState.SHOWN, None)
    # What is shown may be hidden afterwards, by who sees that it is shown.
    sent = {"wanted": "refused", "seen": "shown", "reason": "rude"}
    assert other.post(f"/staff/reviews/{review.id}", data=sent).status_code == 303


def test_only_who_may_judge_gets_in(browse: SignIn, session: Session, stalls: Stalls, review: Review) -> None:
    addresses = ("", f"/{review.id}", f"/{review.id}/photos/1/160")
    for person in (make_person(session, role=Role.FINANCE), stalls[0].owner):
        browser = browse(person)
        assert [browser.get("/staff/reviews" + each).status_code for each in addresses] == [403] * 3
        assert browser.post(f"/staff/reviews/{review.id}", data={"wanted": "shown", "seen": "waiting"}).status_code == 403
    admin = browse(make_person(session, role=Role.ADMIN))
    for missing in (f"/{10**6}", f"/{2**70}", f"/{review.id}/photos/2/160", f"/{review.id}/photos/1/161"):
        assert admin.get("/staff/reviews" + missing).status_code == 404
    session.expire_all()
    assert review.state is ReviewState.WAITING


@pytest.mark.row("T1")
@pytest.mark.parametrize("language", ["id", "en"])
def test_a_shop_answers_once_in_public(
    officer: FlaskClient, client: FlaskClient, browse: SignIn, session: Session, stalls: Stalls, review: Review, language: str
) -> None:
    seller, rival, address = browse(stalls[0].owner), browse(stalls[1].owner), f"/seller/reviews/{review.id}"
    seller.set_cookie("language", language)
    assert "Ratna" not in seller.get("/seller/reviews").text  # what waits is the office's alone
    assert seller.post(address, data={"words": "Terima kasih"}).status_code == 404
    officer.post(f"/staff/reviews/{review.id}", data={"wanted": "shown", "seen": "waiting"})
    assert "Ratna" in seller.get("/seller/reviews").text
    assert "Ratna" not in rival.get("/seller/reviews").text
    assert rival.post(address, data={"words": "Saya"}).status_code == 404
    for wrong in ("", "   ", "a" * 1001):
        answer = seller.post(address, data={"words": wrong})
        assert answer.status_code == 422
        assert f"f-words-{review.id}-error" in answer.text
    assert "a" * 1001 in seller.post(address, data={"words": "a" * 1001}).text
    assert seller.post(address, data={"words": "Terima kasih <3"}).status_code == 303
    assert seller.post(address, data={"words": "Sekali lagi"}).status_code == 409
    assert "Terima kasih &lt;3" in client.get(product_path(session, review) + "/reviews").text
    assert "Terima kasih &lt;3" in seller.get("/seller/reviews?tab=answered").text
    assert list(session.scalars(select(AuditEntry.action))).count("review.reply") == 1
