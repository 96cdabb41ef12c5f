"""What the three screens of a listing share: the draft at hand, its shop, its step bar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from flask import Response, abort, current_app, url_for
from sqlalchemy.orm import Session

from marketplace.accounts.permissions import Permission
from marketplace.catalog.goods import OwnDraft, own_draft
from marketplace.catalog.quality import Quality, quality_of
from marketplace.db import reading
from marketplace.files.shelves import Shelves, read_private_image
from marketplace.kernel.clock import local_day
from marketplace.sellers.queries import ShopContact
from marketplace.web import current, sessions
from marketplace.web.fields import FieldErrors, parse
from marketplace.web.seller.frame import chosen_shop, my_shops
from marketplace.web.seller.listing_forms import ContentsForm, WordsForm

WORKING_DAYS = 2  # within which the office answers
SATURDAY = 5
STEPS = ("photos", "contents", "send")
Step = Literal["photos", "contents", "send"]


@dataclass(frozen=True, slots=True)
class StepView:
    """One diamond of the step bar."""

    title: str
    state: str
    url: str
    state_word: str


def working_shop(session: Session) -> ShopContact:
    """Return the shop this person works in now, if they may change its goods. Aborts with 403."""
    shop = chosen_shop(my_shops(session))
    if shop.id not in sessions.acting().shops_where(Permission.SELLER_PRODUCT_EDIT):
        abort(403)
    return shop


def read_draft(token: str) -> tuple[ShopContact, OwnDraft]:
    """Return the shop at work and one of its drafts. Raises: DraftNotFound."""
    with reading() as session:
        shop = working_shop(session)
        return shop, own_draft(session, shop.id, token[:24])


def steps_of(draft: OwnDraft, here: Step) -> list[StepView]:
    """Return the three screens as diamonds."""
    speech, at = current.speech(), STEPS.index(here)
    ways = {"photos": "seller.draft_photos", "contents": "seller.draft_contents", "send": "seller.draft_preview"}
    return [
        StepView(
            title=speech.t(f"goods.step_{step}"), state=(state := "done" if place < at else "now" if place == at else "later"),
            url=url_for(ways[step], token=draft.token) if place != at else "", state_word=speech.t(f"goods.state_word_{state}"),
        )
        for place, step in enumerate(STEPS)
    ]  # fmt: skip


def contents_of(draft: OwnDraft) -> ContentsForm | WordsForm | FieldErrors:
    """Return a draft's contents as typed values, or what is wrong with them: those of an edit are the words alone."""
    if draft.product_id is not None:
        names = WordsForm.model_fields
        return parse(WordsForm, {name: draft.given.get(name, "") for name in names})
    form = parse(ContentsForm, {name: draft.given.get(name, "") for name in ContentsForm.model_fields})
    if isinstance(form, ContentsForm):
        try:
            form.grams  # noqa: B018 - asks whether there is a weight
        except ValueError as wrong:
            return FieldErrors({"weight": str(wrong)})
    return form


def quality_of_draft(draft: OwnDraft) -> Quality:
    """Return the score of a draft."""
    return quality_of(
        has_required=bool(draft.photos) and not isinstance(contents_of(draft), FieldErrors), photos=len(draft.photos),
        summary=draft.given.get("summary", ""), description=draft.given.get("description", ""),
    )  # fmt: skip


def answer_day(sent_at: datetime) -> date:
    """Return the day by which the office answers: two working days on."""
    day, left = local_day(sent_at), WORKING_DAYS
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < SATURDAY
    return day


def shelves() -> Shelves:
    """Return where this application keeps pictures."""
    found: Shelves = current_app.extensions["market_shelves"]
    return found


def own_picture(image_hash: str, widths: tuple[int, ...]) -> Response:
    """Return a picture that only its shop may see: never kept, never sniffed. Raises: NotFound."""
    width = next((each for each in widths if each >= 480), widths[-1])
    response = Response(read_private_image(image_hash, width, shelves=shelves()), content_type="image/webp")
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Disposition"] = "inline"
    return response
