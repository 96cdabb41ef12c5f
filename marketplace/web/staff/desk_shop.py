"""A shop at the desk: who, where, what they say, which papers; let in or sent back."""

from __future__ import annotations

from flask import make_response, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from marketplace.accounts.permissions import Permission
from marketplace.db import reading
from marketplace.kernel.ids import ShopId
from marketplace.kernel.phone import display_phone, whatsapp_digits
from marketplace.sellers.deciding import PhoneNotReached, approve_shop, return_shop
from marketplace.sellers.desk_pages import SHOP_ACTS, past_decisions, shop_for_desk, shop_picture
from marketplace.sellers.errors import ShopNotFound
from marketplace.sellers.reasons import ShopReason
from marketplace.web import current, sessions
from marketplace.web.guards import guarded
from marketplace.web.staff.blueprint import bp
from marketplace.web.staff.desk import done_words
from marketplace.web.staff.desk_deciding import LARGEST_ID, Problem, carry_out, given_decision, read_decision
from marketplace.web.staff.desk_pictures import picture_response, shelves
from marketplace.web.staff.desk_words import history, permit_line
from marketplace.web.staff.frame import note_access, staff_wing


@bp.get("/desk/shops/<int:shop_id>")
@guarded(Permission.STAFF_SHOP_VERIFY)
def desk_shop(shop_id: int) -> ResponseReturnValue:
    """Show one shop; that its people's numbers were looked at is written down."""
    return _show(shop_id)


@bp.post("/desk/shops/<int:shop_id>")
@guarded(Permission.STAFF_SHOP_VERIFY)
def decide_shop(shop_id: int) -> ResponseReturnValue:
    """Let the shop in or send it back."""
    form = read_decision(list(ShopReason))
    if isinstance(form, Problem):
        return _show(shop_id, form)
    if shop_id >= LARGEST_ID:
        raise ShopNotFound(shop=shop_id)
    actor_id, now, id_, kept = sessions.acting().person_id, current.now(), ShopId(shop_id), shelves()

    def work(session: Session) -> None:
        if form.decision == "approve":
            reached = form.phone_reached == "1"
            approve_shop(session, shop_id=id_, seen=form.seen, phone_reached=reached, shelves=kept, actor_id=actor_id, now=now)
        else:
            reasons = [ShopReason(reason) for reason in form.reasons]
            return_shop(session, shop_id=id_, seen=form.seen, reasons=reasons, words=form.words, actor_id=actor_id, now=now)

    try:
        return carry_out(work, form=form)
    except PhoneNotReached:
        return _show(shop_id, Problem({"phone_reached": current.speech().t("desk.error_phone")}))


@bp.get("/desk/shops/<int:shop_id>/picture")
@guarded(Permission.STAFF_SHOP_VERIFY)
def desk_shop_picture(shop_id: int) -> ResponseReturnValue:
    """Show a shop's picture, whether somebody approved it yet or not."""
    if shop_id >= LARGEST_ID:
        raise ShopNotFound(shop=shop_id)
    with reading() as session:
        found = shop_picture(session, ShopId(shop_id))
    return picture_response(*found)


def _show(shop_id: int, problem: Problem | None = None) -> ResponseReturnValue:
    if shop_id >= LARGEST_ID:
        raise ShopNotFound(shop=shop_id)
    with reading() as session:
        shop = shop_for_desk(session, shop_id)
        past = past_decisions(session, object_kind="shop", object_ids=[shop_id], actions=SHOP_ACTS)
    note_access("shop.view", "shop", shop_id)
    speech, viewer = current.speech(), sessions.acting()
    page = render_template(
        "pages/staff/desk_shop.html",
        wing=staff_wing(here="desk"),
        shop=shop,
        owners=[(name, display_phone(phone) if phone else "", reached) for name, phone, reached in shop.owners],
        phone=display_phone(shop.phone),
        whatsapp=f"https://wa.me/{whatsapp_digits(shop.phone)}",
        permits=[(permit_line(permit, speech), url_for("staff.desk_permit", permit_id=permit.id)) for permit in shop.permits],
        may_check_permits=viewer.may(Permission.STAFF_PERMIT_VERIFY),
        checklist=[speech.t(f"desk.check_shop_{number}") for number in range(1, 5)],
        reasons=[(str(reason), speech.t(f"desk.shop_reason_{reason}")) for reason in ShopReason],
        past=history(past, speech),
        last_reasons=[speech.t(f"desk.shop_reason_{reason}") for reason in shop.return_reasons],
        last_words=shop.return_words,
        seen=shop.seen,
        approve_word=speech.t("desk.approve_shop"),
        ask_phone=not shop.is_reached,
        shop_picture=url_for("staff.desk_shop_picture", shop_id=shop_id) if shop.has_picture else "",
        given=given_decision(),
        errors=problem.errors if problem else {},
        summary=problem.summary() if problem else [],
        done=done_words(),
    )
    return make_response(page, 422 if problem else 200)
