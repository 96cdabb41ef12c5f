"""First screen of a listing: photos, sent one by one by a script or all at once by the form; nobody else sees them."""

from __future__ import annotations

from dataclasses import dataclass

from flask import jsonify, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage

from marketplace.accounts.permissions import Permission
from marketplace.catalog.drafting import MOST_PHOTOS, add_photos, begin_draft, change_photo
from marketplace.catalog.errors import DraftNotFound, TooManyPhotos
from marketplace.catalog.goods import OwnDraft, image_widths
from marketplace.db import in_unit, reading
from marketplace.files.images import MOST_BYTES, NotAPicture, render_widths
from marketplace.files.shelves import keep_private_image
from marketplace.language.formats import file_size
from marketplace.sellers.queries import ShopContact
from marketplace.web import current, sessions
from marketplace.web.fields import FieldErrors, parse
from marketplace.web.guards import guarded
from marketplace.web.seller.blueprint import bp
from marketplace.web.seller.frame import seller_wing
from marketplace.web.seller.listing_forms import NothingForm, PhotoForm
from marketplace.web.seller.listing_parts import own_picture, read_draft, shelves, steps_of, working_shop

FIELD = "photos"


@dataclass(frozen=True, slots=True)
class PhotoView:
    """A photo of the draft. `key` names its content: its place changes, and a second click must not meet the next photo."""

    key: str
    number: str
    src: str
    alt: str
    is_main: bool
    may_go_left: bool
    may_go_right: bool


@bp.post("/drafts")
@guarded(Permission.SELLER_PRODUCT_EDIT)
def begin() -> ResponseReturnValue:
    """Begin a listing."""
    with reading() as session:
        shop = working_shop(session)
    if isinstance(parse(NothingForm, request.form.to_dict()), FieldErrors):
        return redirect(url_for("seller.goods"), 303)
    actor_id, now = sessions.acting().person_id, current.now()
    token = in_unit(lambda session: begin_draft(session, shop_id=shop.id, actor_id=actor_id, now=now))
    return redirect(url_for("seller.draft_photos", token=token), 303)


@bp.get("/drafts/<token>")
@guarded(Permission.SELLER_PRODUCT_EDIT)
def draft_photos(token: str) -> ResponseReturnValue:
    """Show the photos of a draft, and take more."""
    shop, draft = read_draft(token)
    return _page(shop, draft)


@bp.get("/drafts/<token>/photos/<int:place>")
@guarded(Permission.SELLER_PRODUCT_EDIT)
def draft_photo(token: str, place: int) -> ResponseReturnValue:
    """Return one photo of one's own draft."""
    _, draft = read_draft(token)
    if not 1 <= place <= len(draft.photos):
        raise DraftNotFound(token=token)
    image_hash = draft.photos[place - 1]
    with reading() as session:
        widths = image_widths(session, image_hash)
    return own_picture(image_hash, widths)


@bp.post("/drafts/<token>/photos")
@guarded(Permission.SELLER_PRODUCT_EDIT)
def send_photos(token: str) -> ResponseReturnValue:
    """Add photos, all of them or none."""
    shop, draft = read_draft(token)
    unknown = isinstance(parse(NothingForm, request.form.to_dict()), FieldErrors) or set(request.files) - {FIELD}
    sent = [each for each in request.files.getlist(FIELD) if each.filename]
    speech = current.speech()
    problem = speech.t("error.unknown_field") if unknown else "" if sent else speech.t("goods.error_no_photo")
    try:
        renditions = [] if problem else [_render(each) for each in sent[: MOST_PHOTOS + 1]]
    except NotAPicture as refusal:
        problem = _words(refusal)
    if problem:
        return _refused(shop, draft, problem)
    now, kept = current.now(), shelves()

    def work(session: Session) -> None:
        hashes = [keep_private_image(session, each, shelves=kept, now=now) for each in renditions]
        add_photos(session, shop_id=shop.id, token=draft.token, hashes=hashes, now=now)

    try:
        in_unit(work)
    except TooManyPhotos as refusal:
        return _refused(shop, draft, speech.t("goods.error_many_photos", count=refusal.most))
    return redirect(url_for("seller.draft_photos", token=draft.token), 303)


@bp.post("/drafts/<token>/order")
@guarded(Permission.SELLER_PRODUCT_EDIT)
def order_photos(token: str) -> ResponseReturnValue:
    """Move a photo one place, or take it out."""
    shop, draft = read_draft(token)
    form = parse(PhotoForm, request.form.to_dict())
    if isinstance(form, FieldErrors):
        return _page(shop, draft, current.speech().t("error.unknown_field"))
    act, image_hash = form.asked
    if image_hash in draft.photos:
        now = current.now()
        in_unit(
            lambda session: change_photo(
                session, shop_id=shop.id, token=draft.token, image_hash=image_hash, act=act, now=now
            )
        )  # fmt: skip
    return redirect(url_for("seller.draft_photos", token=draft.token), 303)


def _render(sent: FileStorage) -> dict[int, bytes]:
    return render_widths(sent.stream.read(MOST_BYTES + 1))


def _words(refusal: NotAPicture) -> str:
    speech = current.speech()
    if refusal.why == "bytes":
        return speech.t("goods.error_photo_bytes", size=file_size(MOST_BYTES, speech.language))
    return speech.t(f"goods.error_photo_{refusal.why}")


def _refused(shop: ShopContact, draft: OwnDraft, problem: str) -> ResponseReturnValue:
    if request.headers.get("Accept") == "application/json":
        return jsonify(error=problem), 422
    return _page(shop, draft, problem)


def _page(shop: ShopContact, draft: OwnDraft, problem: str = "") -> ResponseReturnValue:
    speech, count = current.speech(), len(draft.photos)
    views = [
        PhotoView(
            key=image_hash, number=str(place),
            src=url_for("seller.draft_photo", token=draft.token, place=place, v=image_hash[:8]),
            alt=speech.t("goods.photo_alt", number=place), is_main=place == 1, may_go_left=place > 1, may_go_right=place < count,
        )
        for place, image_hash in enumerate(draft.photos, start=1)
    ]  # fmt: skip
    return make_response(
        render_template(
            "pages/seller/listing_photos.html", wing=seller_wing(shop, here="goods"), draft=draft, photos=views,
            steps=steps_of(draft, "photos"), problem=problem, most=MOST_PHOTOS,
        ),
        422 if problem else 200,
    )  # fmt: skip
