"""A seller's listing: drafted on three screens, judged by the office, changed while the old version stays public."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.models import AuditEntry
from marketplace.catalog.deciding import approve_revision, refuse_revision, seen_digest
from marketplace.catalog.desk_pages import revision_values
from marketplace.catalog.models import (
    AttributeKind,
    ListingDraft,
    Product,
    ProductRevision,
    ProductState,
    ProductText,
    RevisionPhoto,
    RevisionState,
    Variant,
)
from marketplace.catalog.reasons import ListingReason
from marketplace.catalog.texts import kept_attributes
from marketplace.files.models import StoredImage
from marketplace.inventory.models import StockItem
from marketplace.language.languages import Language
from tests.conftest import NOW
from tests.factories.goods import make_category
from tests.factories.listings import make_attribute, make_listing
from tests.factories.market import Stall
from tests.factories.people import make_person
from tests.web.conftest import SignIn

Stalls = tuple[Stall, Stall]
CONTENTS = {"name": "Gula semut aren", "kind": "gula", "price": "16.500", "stock": "20", "weight": "", "weight_kg": "0,3"}


def photo(colour: str = "teal", kind: str = "JPEG") -> BytesIO:
    """Return a small photo."""
    out = BytesIO()
    Image.new("RGB", (400, 300), colour).save(out, kind)
    out.seek(0)
    return out


@pytest.fixture
def seller(browse: SignIn, stalls: Stalls, session: Session) -> FlaskClient:
    """The first shop's owner; there is a category."""
    make_category(session, "gula")
    return browse(stalls[0].owner)


def begin(seller: FlaskClient) -> str:
    """Begin a listing and return the address of its first screen."""
    answer = seller.post("/seller/drafts")
    assert answer.status_code == 303
    return answer.location


def add_photos(seller: FlaskClient, draft: str, *colours: str) -> None:
    """Send photos."""
    answer = seller.post(f"{draft}/photos", data={"photos": [(photo(c), f"{c}.jpg") for c in colours]})
    assert answer.status_code == 303


def send_listing(seller: FlaskClient) -> str:
    """Write a whole listing, send it, and return its slug."""
    draft = begin(seller)
    add_photos(seller, draft, "teal", "red")
    assert seller.post(f"{draft}/contents", data=CONTENTS).status_code == 303
    answer = seller.post(f"{draft}/send")
    assert answer.status_code == 303
    found = re.search(r"/seller/goods/([a-z0-9-]+)\?done=sent", answer.location)
    assert found
    return found[1]


def latest(session: Session) -> ProductRevision:
    """Return the newest revision."""
    return session.scalars(select(ProductRevision).order_by(ProductRevision.id.desc()).limit(1)).one()


def decide(session: Session, seller: FlaskClient, *, is_good: bool = True) -> None:
    """Let the office answer the newest revision."""
    revision, clerk = latest(session), make_person(session)
    seen = seen_digest(session, revision.id)
    if is_good:
        shelves = seller.application.extensions["market_shelves"]
        approve_revision(session, revision_id=revision.id, seen=seen, shelves=shelves, actor_id=clerk.id, now=NOW)
    else:
        refuse_revision(
            session, revision_id=revision.id, seen=seen, reasons=[ListingReason.PHOTO_UNCLEAR], words="Fotonya gelap",
            actor_id=clerk.id, now=NOW,
        )  # fmt: skip
    session.commit()


@pytest.mark.row("L6")
def test_a_first_listing_goes_to_the_office(seller: FlaskClient, session: Session) -> None:
    slug = send_listing(seller)
    product = session.scalars(select(Product).where(Product.slug == slug)).one()
    variant = session.scalars(select(Variant).where(Variant.product_id == product.id)).one()
    assert (slug, product.state, latest(session).state) == ("gula-semut-aren", ProductState.IN_REVIEW, RevisionState.IN_REVIEW)
    assert (variant.price_minor, variant.ship_weight_grams) == (16_500, 300)
    assert session.scalars(select(StockItem).where(StockItem.label == "Gula semut aren")).one().on_hand == 20
    assert session.scalars(select(ListingDraft)).all() == []
    assert "Diperiksa paling lambat" in seller.get(f"/seller/goods/{slug}?done=sent").text
    assert "Sedang ditinjau" in seller.get("/seller/goods").text
    assert seller.get(f"/id/p/{slug}").status_code == 404


@pytest.mark.row("L6")
def test_nobody_else_sees_a_photo_before_it_is_approved(
    seller: FlaskClient, browse: SignIn, stalls: Stalls, session: Session
) -> None:
    slug = send_listing(seller)
    image_hash = session.scalars(select(RevisionPhoto.image_hash).where(RevisionPhoto.revision_id == latest(session).id)).first()
    media = f"/media/{image_hash}-160.webp"
    assert seller.get(f"/seller/goods/{slug}/photo").content_type == "image/webp"
    assert [browse(None).get(media).status_code, browse(stalls[1].owner).get(f"/seller/goods/{slug}/photo").status_code] == [
        404,
        404,
    ]
    decide(session, seller)
    with browse(None).get(media) as shown:
        assert shown.status_code == 200
    assert session.get_one(StoredImage, image_hash).is_public


@pytest.mark.row("L6")
def test_what_was_typed_wrong_is_kept(seller: FlaskClient, session: Session) -> None:
    draft = begin(seller)
    answer = seller.post(f"{draft}/contents", data=CONTENTS | {"price": "mahal", "weight_kg": "berat"})
    assert answer.status_code == 422
    page = seller.get(f"{draft}/contents").text
    for typed in ("Gula semut aren", "mahal", "berat"):
        assert f'value="{typed}"' in page
        assert f'value="{typed}"' in answer.text
    assert seller.post(f"{draft}/send").status_code == 422
    assert len(session.scalars(select(ListingDraft)).all()) == 1
    assert "Gula semut aren" in seller.get("/seller/goods").text


@pytest.mark.promise("B2")
def test_extra_fields_are_refused(seller: FlaskClient, session: Session) -> None:
    draft = begin(seller)
    assert seller.post(f"{draft}/contents", data=CONTENTS | {"state": "published"}).status_code == 422
    assert seller.post(f"{draft}/photos", data={"photos": (photo(), "a.jpg"), "is_public": "1"}).status_code == 422
    assert seller.post(f"{draft}/order", data={"remove": "a" * 40, "more": "1"}).status_code == 422
    assert seller.post(f"{draft}/send", data={"state": "published"}).status_code == 422
    assert seller.post(f"{draft}/drop", data={"x": "1"}).status_code == 422
    assert session.scalars(select(ListingDraft)).one().given == {}


@pytest.mark.promise("X2")
@pytest.mark.parametrize(
    "content", [b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7", b"MZ", b"", b"x" * (10 * 1024 * 1024 + 1)],
    ids=["svg", "pdf", "program", "empty", "large"],
)  # fmt: skip
def test_what_is_no_photo_gets_a_sentence(seller: FlaskClient, session: Session, content: bytes) -> None:
    draft = begin(seller)
    answer = seller.post(f"{draft}/photos", data={"photos": (BytesIO(content), "foto.jpg")})
    assert answer.status_code == 422
    assert "field__error" in answer.text
    page = answer.text
    answer.request.environ["wsgi.input"].close()  # the test client keeps large bodies in a file that it leaves open
    told = seller.post(f"{draft}/photos", data={"photos": (BytesIO(content), "foto.jpg")}, headers={"Accept": "application/json"})
    assert told.status_code == 422
    assert told.json
    assert told.json["error"] in page
    told.request.environ["wsgi.input"].close()
    assert session.scalars(select(ListingDraft)).one().photos == []


@pytest.mark.row("L6")
def test_photos_change_places(seller: FlaskClient, session: Session) -> None:
    draft = begin(seller)
    add_photos(seller, draft, "teal", "red", "blue")
    first, second, third = session.scalars(select(ListingDraft)).one().photos
    seller.post(f"{draft}/order", data={"move_left": third})
    for _ in range(2):  # a second click meets nothing
        seller.post(f"{draft}/order", data={"remove": first})
    seller.post(f"{draft}/order", data={"remove": "f" * 40})
    session.expire_all()
    assert session.scalars(select(ListingDraft)).one().photos == [third, second]
    assert first not in seller.get(draft).text


@pytest.mark.row("L6")
def test_a_listing_sent_back_is_mended_and_sent_again(seller: FlaskClient, session: Session) -> None:
    slug = send_listing(seller)
    decide(session, seller, is_good=False)
    page = seller.get(f"/seller/goods/{slug}").text
    assert "Fotonya gelap" in page
    assert "Perlu diperbaiki" in page
    contents = seller.post(f"/seller/goods/{slug}/edit").location
    assert 'value="Gula semut aren"' in seller.get(contents).text
    typed = {"name": "Gula semut", "kind": "gula", "summary": "", "description": ""}
    assert seller.post(contents, data=typed).status_code == 303
    assert seller.post(contents.replace("/contents", "/send")).status_code == 303
    decide(session, seller)
    assert session.scalars(select(Product).where(Product.slug == slug)).one().state is ProductState.PUBLISHED
    assert latest(session).number == 2


@pytest.mark.row("C15")
def test_an_edit_waits_while_the_old_version_stays(seller: FlaskClient, session: Session) -> None:
    slug = send_listing(seller)
    decide(session, seller)
    contents = seller.post(f"/seller/goods/{slug}/edit").location
    typed = {"name": "Obat segala", "kind": "gula", "summary": "", "description": ""}
    seller.post(contents, data=typed)
    assert "menjanjikan kesehatan" in seller.get(contents).text
    assert seller.post(contents.replace("/contents", "/send")).status_code == 303
    page = seller.get(f"/seller/goods/{slug}").text
    assert "<ins>Obat segala</ins>" in page
    assert "Perubahan ditinjau" in page
    product = session.scalars(select(Product).where(Product.slug == slug)).one()
    shown = session.scalars(select(ProductText.name).where(ProductText.revision_id == product.published_revision_id)).one()
    assert (product.state, shown) == (ProductState.PUBLISHED, "Gula semut aren")
    assert seller.post(f"/seller/goods/{slug}/edit").status_code == 409
    assert seller.post(f"/seller/goods/{slug}/withdraw").status_code == 303
    assert seller.post(f"/seller/goods/{slug}/withdraw").status_code == 409
    session.expire_all()
    assert latest(session).state is RevisionState.DRAFT
    assert product.state is ProductState.PUBLISHED


@pytest.mark.row("C15")
def test_price_and_pause_count_at_once(seller: FlaskClient, session: Session) -> None:
    slug = send_listing(seller)
    decide(session, seller)
    assert seller.post(f"/seller/goods/{slug}/price", data={"price": "20000", "weight": "500"}).status_code == 303
    wrong = seller.post(f"/seller/goods/{slug}/price", data={"price": "abc", "weight": "500"})
    assert wrong.status_code == 422
    assert 'value="abc"' in wrong.text
    session.expire_all()
    product = session.scalars(select(Product).where(Product.slug == slug)).one()
    variant = session.scalars(select(Variant).where(Variant.product_id == product.id)).one()
    assert (variant.price_minor, variant.ship_weight_grams) == (20_000, 500)
    assert session.scalars(select(AuditEntry).where(AuditEntry.action == "product.price")).one().data["old"] == 16_500
    for wanted, status, state in [("paused", 303, "paused"), ("published", 303, "published"), ("published", 409, "published"),
                                  ("suspended", 422, "published"), ("archived", 303, "archived")]:  # fmt: skip
        assert seller.post(f"/seller/goods/{slug}/move", data={"wanted": wanted}).status_code == status
        session.expire_all()
        assert product.state == state
    assert seller.get(f"/seller/goods/{slug}").status_code == 404


@pytest.mark.promise("B1")
def test_a_rival_finds_nothing(seller: FlaskClient, browse: SignIn, stalls: Stalls, session: Session) -> None:
    draft, slug = begin(seller), send_listing(seller)
    rival = browse(stalls[1].owner)
    add_photos(seller, draft, "teal")
    for path in (draft, f"{draft}/contents", f"{draft}/preview", f"{draft}/photos/1", f"/seller/goods/{slug}"):
        assert rival.get(path).status_code == 404
    for path in (f"{draft}/send", f"{draft}/drop", f"{draft}/order", f"{draft}/contents", f"/seller/goods/{slug}/withdraw",
                 f"/seller/goods/{slug}/edit"):  # fmt: skip
        assert rival.post(path).status_code == 404
    assert rival.post(f"/seller/goods/{slug}/move", data={"wanted": "archived"}).status_code == 404
    assert latest(session).state is RevisionState.IN_REVIEW


@pytest.mark.row("C15")
def test_what_the_form_does_not_ask_comes_along(seller: FlaskClient, stalls: Stalls, session: Session) -> None:
    """Korean words and properties of a listing outlive an edit of its Indonesian words."""
    category = make_category(session, "gula")
    for code, kind in (("rasa", AttributeKind.CHOICE), ("isi", AttributeKind.NUMBER), ("asal", AttributeKind.TEXT)):
        make_attribute(session, category_id=category.id, code=code, kind=kind, choices=("manis",) if code == "rasa" else ())
    facts = {"rasa": "manis", "isi": 250, "asal": {Language.ID: "nira aren", Language.KO: "\uc124\ud0d5"}}
    product = make_listing(session, shop=stalls[0].shop, revision={"attributes": facts})
    before = latest(session)
    session.commit()
    contents = seller.post(f"/seller/goods/{product.slug}/edit").location
    seller.post(contents, data={"name": "Gula baru", "kind": "gula", "summary": "", "description": ""})
    assert seller.post(contents.replace("/contents", "/send")).status_code == 303
    old, new = revision_values(session, before.id), revision_values(session, latest(session).id)
    assert (new.words["id"]["name"], new.words["ko"], new.facts) == ("Gula baru", old.words["ko"], old.facts)
    assert kept_attributes(session, latest(session).id, "gula") == kept_attributes(session, before.id, "gula")
    assert len(new.facts) == 3
