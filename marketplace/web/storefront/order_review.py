"""What a buyer says of something that arrived: stars, words, photos. The office looks at it before it shows."""

from __future__ import annotations

from contextlib import closing

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from marketplace.accounts.attempts import Scope, TooManyAttempts, count_attempt
from marketplace.db import in_unit, reading
from marketplace.files.images import MOST_BYTES, NotAPicture, render_widths
from marketplace.files.shelves import keep_private_image
from marketplace.kernel.errors import NotFound
from marketplace.kernel.ids import OrderLineId
from marketplace.language.formats import file_size
from marketplace.language.languages import Language
from marketplace.orders.views import LineRow
from marketplace.reviews.errors import AlreadyReviewed, NotDeliveredYet
from marketplace.reviews.services import MOST_PHOTOS, ReviewDraft, write_review
from marketplace.web import current
from marketplace.web.fields import FieldErrors, parse
from marketplace.web.guards import linked
from marketplace.web.speech import Speech
from marketplace.web.storefront.blueprint import bp
from marketplace.web.storefront.order import Reading, read_order, show_order

LONGEST_REVIEW = 2000
FIELDS = ("stars", "words", "photos", "author_name")
Photos = list[dict[int, bytes]]


class ReviewForm(BaseModel):
    """What the review's form sends, besides photos."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    stars: int = Field(ge=1, le=5)
    author_name: str = Field(min_length=1, max_length=40)
    words: str = Field(default="", max_length=LONGEST_REVIEW)


def _read(number: str, line_id: int) -> tuple[Reading, LineRow]:
    """Return an order and one of its lines that arrived. Raises: NotFound."""
    with reading() as session:
        found = read_order(session, number)
    for part in found.view.parts:
        for line in part.lines:
            if line.id == line_id and line.delivered:
                return found, line
    raise NotFound


@bp.get("/orders/<number>/review/<int:line_id>")
@linked("order")
def review_form(language: Language, number: str, line_id: int) -> ResponseReturnValue:
    """Show the form for a review of something that arrived."""
    found, line = _read(number, line_id)
    if line.id in found.reviewed:
        return show_order(language, found, problem=current.speech().t("review.already"))
    name = found.view.head.buyer_name.split()[0][:40] if found.view.head.buyer_name.split() else ""
    return _page(found, line, {"author_name": name}, {}, 200)


def _page(found: Reading, line: LineRow, given: dict[str, str], errors: dict[str, str], status: int) -> ResponseReturnValue:
    stars = given.get("stars", "")
    chosen = int(stars) if stars in ("1", "2", "3", "4", "5") else None
    page = render_template(
        "pages/storefront/review.html", head=found.view.head, line=line, given=given, stars=chosen, errors=errors,
        found=[(f"f-{name}", errors[name]) for name in FIELDS if name in errors], longest=LONGEST_REVIEW, most=MOST_PHOTOS,
    )  # fmt: skip
    return page, status


def _sentences(errors: FieldErrors, speech: Speech) -> dict[str, str]:
    known = {name: speech.t(f"review.error_{name}") for name in errors.keys if name in FIELDS}
    return known or {"words": speech.t("checkout.error_unknown")}


@bp.post("/orders/<number>/review/<int:line_id>")
@linked("order")
def send_review(language: Language, number: str, line_id: int) -> ResponseReturnValue:
    """Keep a review with its photos; sent twice, it is there once."""
    (found, line), speech = _read(number, line_id), current.speech()
    given = {name: value[:4000] for name, value in request.form.to_dict().items()}
    form = parse(ReviewForm, given)
    if isinstance(form, FieldErrors):
        return _page(found, line, given, _sentences(form, speech), 422)
    try:
        in_unit(lambda session: count_attempt(session, scope=Scope.REVIEW_PHOTOS, key=found.view.head.number, now=current.now()))
        _keep(found, line, form, language, _photos())
    except TooManyAttempts:
        return _page(found, line, given, {"words": speech.t("common.error_429_text")}, 429)
    except _TooMany:
        return _page(found, line, given, {"photos": speech.t("review.error_photos", count=MOST_PHOTOS)}, 422)
    except NotAPicture as refusal:
        return _page(found, line, given, {"photos": _photo_words(refusal, speech)}, 422)
    except AlreadyReviewed:
        return show_order(language, found, status=409, problem=speech.t("review.already"))
    except NotDeliveredYet:
        return show_order(language, found, status=409, problem=speech.t("order.not_on_its_way"))
    return redirect(url_for("storefront.order", language=language, number=found.view.head.number, done="review"), 303)


class _TooMany(Exception):
    """More photos came than a review may have."""


def _photos() -> Photos:
    """Return the uploads as renditions, in their order. Raises: NotAPicture, _TooMany."""
    sent = [upload for upload in request.files.getlist("photos") if upload.filename]
    if len(sent) > MOST_PHOTOS:
        raise _TooMany
    made: Photos = []
    for upload in sent:
        with closing(upload.stream) as stream:
            made.append(render_widths(stream.read(MOST_BYTES + 1)))
    return made


def _photo_words(refusal: NotAPicture, speech: Speech) -> str:
    if refusal.why == "bytes":
        return speech.t("error.file_size", size=file_size(MOST_BYTES, speech.language))
    return speech.t(f"review.error_photo_{refusal.why}")


def _keep(found: Reading, line: LineRow, form: ReviewForm, language: Language, photos: Photos) -> None:
    shelves, now = current_app.extensions["market_shelves"], current.now()

    def work(session: Session) -> None:
        # A photo sent twice in one review is one photo.
        hashes = list(dict.fromkeys(keep_private_image(session, made, shelves=shelves, now=now) for made in photos))
        draft = ReviewDraft(form.author_name, form.stars, language, form.words.replace("\r\n", "\n"), hashes)
        write_review(session, order_id=found.view.head.id, line_id=OrderLineId(line.id), draft=draft, now=now)

    in_unit(work)
