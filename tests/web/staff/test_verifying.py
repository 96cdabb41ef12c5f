"""The verification desk: what waits, decisions in two clicks, who was quicker, and what is hidden."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from marketplace.accounts.models import AuditEntry, Person, RoleGrant
from marketplace.accounts.permissions import Role
from marketplace.catalog.models import ProductRevision, ProductState, RevisionPhoto, RevisionState
from marketplace.files.images import render_widths
from marketplace.files.models import StoredImage
from marketplace.files.private import keep_document, read_document
from marketplace.files.shelves import keep_private_image
from marketplace.outbox.models import OutboxRow
from marketplace.sellers.models import Shop, ShopState
from tests.conftest import NOW
from tests.factories.desk import make_applicant, make_edit, make_permit, make_waiting_listing
from tests.factories.listings import make_listing
from tests.factories.people import make_person
from tests.factories.shops import make_shop
from tests.web.conftest import SignIn


@pytest.fixture
def officer(session: Session) -> Person:
    """Who decides."""
    return make_person(session, name="Bu Ani", role=Role.VERIFIER)


@pytest.fixture
def verifier(browse: SignIn, officer: Person) -> FlaskClient:
    """Their browser."""
    return browse(officer)


def seen(page: str) -> str:
    """Return what the form on a page carries back."""
    found = re.search(r'name="seen" value="([0-9a-f]+)"', page)
    assert found is not None
    return found[1]


def decide(browser: FlaskClient, path: str, decision: str, **more: object) -> tuple[int, str]:
    """Open a page, decide, and return the status and where it leads."""
    answer = browser.post(path, data={"seen": seen(browser.get(path).text), "decision": decision, **more})
    return answer.status_code, answer.headers.get("Location", "")


def state_of(session: Session, shop: Shop) -> ShopState:
    """Return where a shop stands now."""
    session.expire_all()
    return shop.state


def told(session: Session, kind: str) -> list[OutboxRow]:
    """Return the rows that tell about decisions of this kind."""
    return list(session.scalars(select(OutboxRow).where(OutboxRow.kind == kind)))


def acts(session: Session, action: str) -> list[str]:
    """Return what was noted under this action."""
    return list(session.scalars(select(AuditEntry.object_id).where(AuditEntry.action == action)))


@pytest.mark.row("F1")
def test_one_queue_holds_everything_oldest_first_and_marks_what_is_late(verifier: FlaskClient, session: Session) -> None:
    shop, _ = make_applicant(session, name="Saung Baru", since=NOW - timedelta(days=1))
    make_permit(session, shop=shop, since=NOW - timedelta(days=9))
    live = make_shop(session, name="Toko Lama", district_code="36.02.14")
    make_waiting_listing(session, shop=live, now=NOW - timedelta(hours=2))
    make_edit(session, product=make_listing(session, shop=live), shop=live, name="Nama lain", now=NOW - timedelta(hours=1))
    page = verifier.get("/staff/desk")
    assert page.status_code == 200
    rows = re.findall(r'class="queue-row__title"><a href="([^"]+)"', page.text)
    assert [row.split("/")[3] for row in rows] == ["permits", "shops", "listings", "listings"]
    assert page.text.count("queue-row--late") == 1
    only = verifier.get("/staff/desk", query_string={"kecamatan": "36.02.14"}).text
    assert "Saung Baru" not in only
    assert only.count("queue-row__title") == 2
    assert verifier.get("/staff/desk", query_string={"kind": "permit"}).text.count("queue-row__title") == 1
    home = verifier.get("/staff/").text
    assert "/staff/desk?kind=edit" in home


@pytest.mark.row("F1")
def test_a_shop_is_let_in_once_its_owner_was_reached_and_the_next_thing_opens(verifier: FlaskClient, session: Session) -> None:
    shop, owner = make_applicant(session)
    permit = make_permit(session, shop=shop)
    path = f"/staff/desk/shops/{shop.id}"
    assert "https://wa.me/6281200000099" in verifier.get(path).text
    status, _ = decide(verifier, path, "approve")
    assert status == 422  # nobody was called yet
    assert state_of(session, shop) is ShopState.APPLIED
    status, where = decide(verifier, path, "approve", phone_reached="1")
    assert (status, where) == (303, f"/staff/desk/permits/{permit.id}?done=approved")
    assert state_of(session, shop) is ShopState.ACTIVE
    assert owner.phone_verified_at == NOW
    assert [row.payload["decision"] for row in told(session, "shop.decided")] == ["approved"]
    assert "Disetujui" in verifier.get(where).text


@pytest.mark.row("F1")
def test_a_return_needs_a_reason_keeps_what_was_typed_and_tells_the_seller(verifier: FlaskClient, session: Session) -> None:
    shop, _ = make_applicant(session)
    path = f"/staff/desk/shops/{shop.id}"
    carried = seen(verifier.get(path).text)
    page = verifier.post(path, data={"seen": carried, "decision": "return", "words": "Desa <b>mana</b>?"})
    assert page.status_code == 422
    assert "Desa &lt;b&gt;mana&lt;/b&gt;?" in page.text
    assert "f-reasons" in page.text
    page = verifier.post(path, data={"seen": carried, "decision": "return", "reasons": "lies", "words": ""})
    assert page.status_code == 422
    assert decide(verifier, path, "return", reasons=["goods_not_own", "duplicate"], words="Desa mana?")[0] == 303
    session.expire_all()
    assert (shop.state, shop.return_reasons, shop.return_words) == (
        ShopState.APPLIED, ["goods_not_own", "duplicate"], "Desa mana?",
    )  # fmt: skip
    assert [row.payload["reasons"] for row in told(session, "shop.decided")] == [["goods_not_own", "duplicate"]]
    assert "Saung" not in verifier.get("/staff/desk", query_string={"kind": "shop"}).text
    shop.submitted_at = NOW + timedelta(minutes=5)  # sent again: it waits again
    session.flush()
    assert shop.name in verifier.get("/staff/desk", query_string={"kind": "shop"}).text


@pytest.mark.row("F1")
def test_the_second_officer_is_told_who_was_quicker_and_changes_nothing(
    verifier: FlaskClient, browse: SignIn, session: Session
) -> None:
    shop = make_shop(session)
    permit = make_permit(session, shop=shop)
    path = f"/staff/desk/permits/{permit.id}"
    second = browse(make_person(session, name="Pak Budi", role=Role.VERIFIER))
    carried = seen(second.get(path).text)
    assert decide(verifier, path, "approve")[0] == 303
    page = second.post(path, data={"seen": carried, "decision": "return", "reasons": "file_unreadable"})
    assert page.status_code == 409
    assert "Disetujui oleh Bu Ani pukul" in page.text
    session.expire_all()
    assert permit.verified_at == NOW
    assert permit.returned_at is None
    assert len(told(session, "permit.decided")) == 1


@pytest.mark.row("F1")
def test_what_its_seller_changed_meanwhile_is_not_decided(verifier: FlaskClient, session: Session) -> None:
    shop = make_shop(session)
    permit = make_permit(session, shop=shop)
    path = f"/staff/desk/permits/{permit.id}"
    carried = seen(verifier.get(path).text)
    permit.number = "9999999999999"
    session.flush()
    page = verifier.post(path, data={"seen": carried, "decision": "approve"})
    assert page.status_code == 409
    assert "mengubahnya" in page.text
    session.expire_all()
    assert permit.verified_at is None
    applicant, _ = make_applicant(session)
    path = f"/staff/desk/shops/{applicant.id}"
    carried = seen(verifier.get(path).text)
    applicant.name = "Nama lain sama sekali"
    session.flush()
    assert verifier.post(path, data={"seen": carried, "decision": "approve", "phone_reached": "1"}).status_code == 409
    product, revision_id = make_waiting_listing(session, shop=shop)
    path = f"/staff/desk/listings/{revision_id}"
    carried = seen(verifier.get(path).text)
    session.execute(delete(RevisionPhoto).where(RevisionPhoto.revision_id == revision_id))
    assert verifier.post(path, data={"seen": carried, "decision": "approve"}).status_code == 409
    session.expire_all()
    assert product.state is ProductState.IN_REVIEW


@pytest.mark.row("L2")
def test_a_private_file_is_shown_safely_and_every_look_is_noted(
    app: Flask, verifier: FlaskClient, browse: SignIn, session: Session
) -> None:
    shop, owner = make_applicant(session)
    permit = make_permit(session, shop=shop)
    out = BytesIO()
    Image.new("RGB", (40, 40), "white").save(out, "PNG")
    for content, name, kind, how in (
        (out.getvalue(), "nib.png", "image/jpeg", "inline"),
        (b"%PDF-1.4 hello", "nib.pdf", "application/pdf", "attachment"),
    ):
        kept = keep_document(
            session, read_document(content, name), owner_kind="permit", owner_id=permit.id,
            storage=app.extensions["market_documents"], uploaded_by=owner.id, now=NOW,
        )  # fmt: skip
        permit.file_id = kept.id
        session.flush()
        assert f"/staff/desk/permits/{permit.id}/file" in verifier.get(f"/staff/desk/permits/{permit.id}").text
        for _ in range(2):
            answer = verifier.get(f"/staff/desk/permits/{permit.id}/file")
            assert answer.status_code == 200
            assert answer.content_type == kind
            assert answer.headers["Content-Disposition"].startswith(how)
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert "no-store" in answer.headers["Cache-Control"]
        assert acts(session, "file.view").count(str(kept.id)) == 2
    stranger = make_permit(session, shop=shop, file_id=permit.file_id)  # the file is not this paper's
    assert verifier.get(f"/staff/desk/permits/{stranger.id}/file").status_code == 404
    for person in (owner, make_person(session, role=Role.CURATOR)):
        assert browse(person).get(f"/staff/desk/permits/{permit.id}/file").status_code == 403


@pytest.mark.row("F1", "F2")
@pytest.mark.promise("B3")
def test_a_listing_is_private_until_approved_with_its_pictures(app: Flask, verifier: FlaskClient, session: Session) -> None:
    shop = make_shop(session)
    product, revision_id = make_waiting_listing(session, shop=shop)
    out = BytesIO()
    Image.effect_noise((200, 200), 90).convert("RGB").save(out, "JPEG")
    shelves = app.extensions["market_shelves"]
    image_hash = keep_private_image(session, render_widths(out.getvalue()), shelves=shelves, now=NOW)
    session.scalars(select(RevisionPhoto).where(RevisionPhoto.revision_id == revision_id)).one().image_hash = image_hash
    session.flush()
    path, picture = f"/staff/desk/listings/{revision_id}", f"/media/{image_hash}-160.webp"
    page = verifier.get(path).text
    assert f"{path}/photos/1" in page
    assert verifier.get(f"{path}/photos/1").content_type == "image/webp"
    assert verifier.get(f"{path}/photos/2").status_code == 404
    assert verifier.get(picture).status_code == 404
    assert verifier.get(f"/id/p/{product.slug}").status_code == 404
    assert decide(verifier, path, "approve")[0] == 303
    session.expire_all()
    assert product.state is ProductState.PUBLISHED
    assert session.get_one(StoredImage, image_hash).is_public
    with verifier.get(picture) as shown:
        assert shown.status_code == 200
    assert verifier.get(f"/id/p/{product.slug}").status_code == 200


@pytest.mark.row("C15", "F2")
@pytest.mark.promise("B3")
def test_an_edit_waits_as_a_difference_while_the_old_words_stay_public(verifier: FlaskClient, session: Session) -> None:
    shop = make_shop(session)
    product = make_listing(session, shop=shop)
    first = product.published_revision_id
    revision_id = make_edit(session, product=product, shop=shop, name="Gula Semut Ajaib, obat diabetes")
    path = f"/staff/desk/listings/{revision_id}"
    page = verifier.get(path).text
    assert '<del class="diff__old">Aren</del>' in page
    assert '<ins class="diff__new">Ajaib, obat diabetes</ins>' in page
    assert "obat; diabetes" in page  # words that promise health are pointed out
    assert "Ajaib" not in verifier.get(f"/id/p/{product.slug}").text
    assert decide(verifier, path, "return", reasons="health_claim", words="Tanpa kata ajaib.")[0] == 303
    session.expire_all()
    revision = session.get_one(ProductRevision, revision_id)
    assert (revision.state, revision.return_reasons) == (RevisionState.RETURNED, ["health_claim"])
    assert (product.state, product.published_revision_id) == (ProductState.PUBLISHED, first)
    second = make_edit(session, product=product, shop=shop, name="Gula Semut Baru")
    session.scalars(select(RevisionPhoto).where(RevisionPhoto.revision_id == second)).one()
    session.execute(delete(OutboxRow))
    for image in session.scalars(select(StoredImage)):
        image.is_public = True  # drawn by the factory: there are no bytes
    session.flush()
    assert decide(verifier, f"/staff/desk/listings/{second}", "approve")[0] == 303
    session.expire_all()
    assert product.published_revision_id == second
    assert len(told(session, "revision.decided")) == 1


@pytest.mark.row("F6")
def test_a_right_taken_away_in_mid_session_ends_at_the_next_click(
    verifier: FlaskClient, officer: Person, session: Session
) -> None:
    shop, _ = make_applicant(session)
    path = f"/staff/desk/shops/{shop.id}"
    carried = seen(verifier.get(path).text)
    session.execute(delete(RoleGrant).where(RoleGrant.person_id == officer.id))
    answer = verifier.post(path, data={"seen": carried, "decision": "approve", "phone_reached": "1"})
    assert answer.status_code == 403
    assert verifier.get("/staff/desk").status_code == 403
    session.expire_all()
    assert shop.state is ShopState.APPLIED
    assert told(session, "shop.decided") == []


@pytest.mark.row("F1")
def test_forms_with_more_than_they_ask_for_are_refused(verifier: FlaskClient, session: Session) -> None:
    shop, _ = make_applicant(session)
    path = f"/staff/desk/shops/{shop.id}"
    carried = seen(verifier.get(path).text)
    good = {"seen": carried, "decision": "approve", "phone_reached": "1"}
    for wrong in ({"state": "active"}, {"decision": "suspend"}, {"seen": ""}, {"words": "x" * 501}, {"words": "\0"}):
        assert verifier.post(path, data={**good, **wrong}).status_code == 422, wrong
    session.expire_all()
    assert shop.state is ShopState.APPLIED
    for address in (f"/staff/desk/shops/{2**63}", f"/staff/desk/permits/{2**63}", f"/staff/desk/listings/{2**63}"):
        assert verifier.get(address).status_code == 404
        assert verifier.post(address, data={"seen": "a", "decision": "approve"}).status_code == 404


@pytest.mark.row("L4")
@pytest.mark.parametrize("query", ["", "\0", "%", "'", "<script>", "a" * 4000, "0812"])
def test_any_search_for_shops_is_answered(verifier: FlaskClient, session: Session, query: str) -> None:
    make_shop(session, name="Toko <script>")
    for page in ("1", "x"):
        answer = verifier.get("/staff/shops", query_string={"q": query, "state": query, "kecamatan": query, "page": page})
        assert answer.status_code == 200
        assert "Toko <script>" not in answer.text


@pytest.mark.row("L4")
def test_shops_are_found_by_name_phone_place_and_state(verifier: FlaskClient, session: Session) -> None:
    make_shop(session, name="Saung Kojor", phone="+6281234500001", district_code="36.02.14")
    make_shop(session, name="Nira Girang", phone="+6281234500002", state=ShopState.SUSPENDED)
    for query, name, other in (
        ({"q": "kojor"}, "Saung Kojor", "Nira Girang"),
        ({"q": "0812-3450-0002"}, "Nira Girang", "Saung Kojor"),
        ({"kecamatan": "36.02.14"}, "Saung Kojor", "Nira Girang"),
        ({"state": "suspended"}, "Nira Girang", "Saung Kojor"),
    ):
        page = verifier.get("/staff/shops", query_string=query).text
        assert name in page
        assert other not in page
    assert "shop.list" in session.scalars(select(AuditEntry.action)).all()
