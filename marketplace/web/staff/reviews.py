"""Reviews at the office: read with their photos, shown, or refused for a reason."""

from __future__ import annotations

from typing import Literal

from flask import Response, abort, current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict

from marketplace.accounts.permissions import Permission
from marketplace.db import in_unit, reading
from marketplace.files.shelves import read_private_image
from marketplace.reviews.desk import DeskReview, count_waiting, find_review, photo_of_review, reviews_by_state
from marketplace.reviews.errors import AlreadyDecided, ReasonMissing, ReviewNotFound
from marketplace.reviews.models import RefusalReason, ReviewState
from marketplace.reviews.services import moderate
from marketplace.reviews.states import ReviewMoveRefused
from marketplace.web import current, sessions
from marketplace.web.fields import FieldErrors, parse
from marketplace.web.guards import guarded
from marketplace.web.staff.blueprint import bp
from marketplace.web.staff.frame import note_access, page_number, staff_wing
from marketplace.web.storefront.order_acts import FILE_POLICY
from marketplace.web.wings import Tab

LARGEST_ID = 2**63
DONE = frozenset({"shown", "refused"})
BADGES = {ReviewState.WAITING: "kunyit", ReviewState.SHOWN: "daun", ReviewState.REFUSED: "merah"}


class DecisionForm(BaseModel):
    """What the officer decides, what they had before them, and why."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    wanted: Literal[ReviewState.SHOWN, ReviewState.REFUSED]
    seen: ReviewState
    reason: RefusalReason | Literal[""] = ""


@bp.get("/reviews")
@guarded(Permission.STAFF_REVIEW_MODERATE)
def reviews() -> ResponseReturnValue:
    """List the reviews that wait, or those already decided."""
    speech, asked, done = current.speech(), request.args.get("state", ""), request.args.get("done", "")
    state = ReviewState(asked) if asked in set(ReviewState) else ReviewState.WAITING
    with reading() as session:
        page, waiting = reviews_by_state(session, state, number=page_number()), count_waiting(session)
    return render_template(
        "pages/staff/reviews.html",
        wing=staff_wing(here="reviews"),
        tabs=[
            Tab(
                speech.t(f"moderation.tab_{each}"), url_for("staff.reviews", state=str(each)),
                speech.number(waiting) if each is ReviewState.WAITING and waiting else "", each is state,
            )
            for each in ReviewState
        ],
        state=str(state),
        page_of=page,
        done=done if done in DONE else "",
    )  # fmt: skip


def _find(review_id: int) -> DeskReview:
    if review_id >= LARGEST_ID:
        raise ReviewNotFound(review_id=0)
    with reading() as session:
        found = find_review(session, review_id)
    if found is None:
        raise ReviewNotFound(review_id=review_id)
    return found


@bp.get("/reviews/<int:review_id>")
@guarded(Permission.STAFF_REVIEW_MODERATE)
def review(review_id: int) -> ResponseReturnValue:
    """Show one review with everything to judge it by."""
    return _show(_find(review_id))


def _show(found: DeskReview, *, status: int = 200, problem: str = "", error: str = "") -> ResponseReturnValue:
    speech = current.speech()
    return make_response(
        render_template(
            "pages/staff/review.html",
            wing=staff_wing(here="reviews"),
            review=found,
            badge=speech.t(f"moderation.state_{found.state}"),
            badge_kind=BADGES[found.state],
            stars_label=speech.t("common.rating_stars", count=found.stars),
            photos=[
                (
                    url_for("staff.review_photo", review_id=found.id, position=position, width=picture.widths[0]),
                    url_for("staff.review_photo", review_id=found.id, position=position, width=picture.widths[-1]),
                    speech.t("moderation.photo_of", number=position),
                )
                for position, picture in enumerate(found.photos, start=1)
            ],
            reasons=[(str(reason), speech.t(f"moderation.reason_{reason}")) for reason in RefusalReason],
            reason=request.form.get("reason", "")[:40],
            problem=problem,
            error=error,
        ),
        status,
    )


@bp.get("/reviews/<int:review_id>/photos/<int:position>/<int:width>")
@guarded(Permission.STAFF_REVIEW_MODERATE)
def review_photo(review_id: int, position: int, width: int) -> ResponseReturnValue:
    """Show a photo that may not be public; that it was looked at is written down."""
    if max(review_id, position) >= LARGEST_ID:
        abort(404)
    with reading() as session:
        picture = photo_of_review(session, review_id=review_id, position=position)
    if width not in picture.widths:
        abort(404)
    content = read_private_image(picture.hash, width, shelves=current_app.extensions["market_shelves"])
    note_access("review_photo.view", "review", review_id)
    response = Response(content, content_type="image/webp")
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Security-Policy"] = FILE_POLICY
    return response


@bp.post("/reviews/<int:review_id>")
@guarded(Permission.STAFF_REVIEW_MODERATE)
def decide_review(review_id: int) -> ResponseReturnValue:
    """Show or refuse a review; the second of two officers is told that it was decided."""
    found, speech, actor_id = _find(review_id), current.speech(), sessions.acting().person_id
    form = parse(DecisionForm, request.form.to_dict())
    if isinstance(form, FieldErrors):
        return _show(found, status=422, error=speech.t("moderation.error_reason"))
    wanted = ReviewState(form.wanted)
    reason = RefusalReason(form.reason) if form.reason and wanted is ReviewState.REFUSED else None
    try:
        in_unit(
            lambda session: moderate(
                session, review_id=review_id, wanted=wanted, reason=reason, seen=form.seen, actor_id=actor_id,
                now=current.now(), shelves=current_app.extensions["market_shelves"],
            )
        )  # fmt: skip
    except ReasonMissing:
        return _show(found, status=422, error=speech.t("moderation.error_reason"))
    except (AlreadyDecided, ReviewMoveRefused):
        now = _find(review_id)
        words = speech.t(
            "moderation.decided_meanwhile", name=now.decided_by or "–", state=speech.t(f"moderation.state_{now.state}")
        )
        return _show(now, status=409, problem=words)
    return redirect(url_for("staff.reviews", done=str(wanted)), 303)
