"""What buyers said of a shop's goods, and the shop's one public answer to each."""

from __future__ import annotations

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict, Field

from marketplace.accounts.permissions import Permission
from marketplace.db import in_unit, reading
from marketplace.kernel.ids import ShopId
from marketplace.reviews.desk import find_review, reviews_of_shop
from marketplace.reviews.errors import AlreadyReplied, ReviewNotFound, ReviewUnfit
from marketplace.reviews.models import ReviewState
from marketplace.reviews.services import reply
from marketplace.web import current, sessions
from marketplace.web.fields import FieldErrors, parse
from marketplace.web.guards import guarded
from marketplace.web.seller.blueprint import bp
from marketplace.web.seller.frame import chosen_shop, my_shops, seller_wing
from marketplace.web.seller.orders import page_number
from marketplace.web.storefront.pictures import image_url
from marketplace.web.wings import Tab

LONGEST_REPLY = 1000
LARGEST_ID = 2**63


class ReplyForm(BaseModel):
    """The answer."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    words: str = Field(min_length=1, max_length=LONGEST_REPLY)


@bp.get("/reviews")
@guarded(Permission.SELLER_SHOP_VIEW)
def reviews() -> ResponseReturnValue:
    """Show what buyers said, first what has no answer yet."""
    return _show()


def _show(*, status: int = 200, problem: str = "", error: str = "", wrong_id: int = 0) -> ResponseReturnValue:
    speech, done = current.speech(), request.args.get("done", "") == "replied"
    is_answered = request.args.get("tab", "") == "answered"
    with reading() as session:
        shop = chosen_shop(my_shops(session))
        page = reviews_of_shop(session, shop.id, is_answered=is_answered, number=page_number())
        open_count = page.total if not is_answered else reviews_of_shop(session, shop.id, is_answered=False).total
    tabs = [
        Tab(
            speech.t("moderation.tab_open"), url_for("seller.reviews"), speech.number(open_count) if open_count else "",
            not is_answered,
        ),
        Tab(speech.t("moderation.tab_answered"), url_for("seller.reviews", tab="answered"), "", is_answered),
    ]  # fmt: skip
    return make_response(
        render_template(
            "pages/seller/reviews.html",
            wing=seller_wing(shop, here="reviews"),
            shop=shop,
            tabs=tabs,
            tab="answered" if is_answered else "",
            page_of=page,
            photos={row.id: [(image_url(p.hash, p.widths[0]), image_url(p.hash, p.widths[-1]), "") for p in row.photos]
                    for row in page.rows},
            may_reply=shop.id in sessions.acting().shops_where(Permission.SELLER_SHOP_EDIT),
            longest=LONGEST_REPLY,
            given=request.form.get("words", "")[:4000],
            wrong_id=wrong_id,
            done=done,
            problem=problem,
            error=error,
        ),
        status,
    )  # fmt: skip


def _shop_of(review_id: int) -> ShopId:
    """Return whose review this is, if it is of one of this person's shops. Raises: ReviewNotFound."""
    with reading() as session:
        found = find_review(session, review_id) if review_id < LARGEST_ID else None
    is_mine = found is not None and found.shop_id in sessions.acting().shops_where(Permission.SELLER_SHOP_EDIT)
    if found is None or not is_mine or found.state is not ReviewState.SHOWN:
        raise ReviewNotFound(review_id=review_id if review_id < LARGEST_ID else 0)
    return found.shop_id


@bp.post("/reviews/<int:review_id>")
@guarded(Permission.SELLER_SHOP_EDIT)
def reply_to_review(review_id: int) -> ResponseReturnValue:
    """Answer a review in public, once."""
    speech, shop_id, actor_id = current.speech(), _shop_of(review_id), sessions.acting().person_id
    form = parse(ReplyForm, request.form.to_dict())
    if isinstance(form, FieldErrors):
        return _show(status=422, error=speech.t("moderation.error_reply", count=LONGEST_REPLY), wrong_id=review_id)
    words = form.words.replace("\r\n", "\n")
    try:
        in_unit(
            lambda session: reply(
                session, shop_id=shop_id, review_id=review_id, words=words, actor_id=actor_id, now=current.now()
            )
        )
    except ReviewUnfit:
        return _show(status=422, error=speech.t("moderation.error_reply", count=LONGEST_REPLY), wrong_id=review_id)
    except AlreadyReplied:
        return _show(status=409, problem=speech.t("moderation.already_replied"))
    return redirect(url_for("seller.reviews", done="replied"), 303)
