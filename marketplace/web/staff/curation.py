"""The curation board: one slot at a time, its coming weeks, whose turn is next, and the last act to take back."""

from __future__ import annotations

from datetime import timedelta

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from marketplace.accounts.permissions import Permission
from marketplace.curation.board import GoodFilter, districts_with_goods, good, goods_to_choose, last_act, picks_of
from marketplace.curation.board.goods import AGES
from marketplace.curation.errors import ChangedMeanwhile, NothingToUndo
from marketplace.curation.planning import places_in
from marketplace.curation.rotation import COUNTED_OVER, is_eligible
from marketplace.curation.services import place_pick, undo_last
from marketplace.db import in_unit, reading
from marketplace.kernel.clock import end_of_day, local_day
from marketplace.kernel.ids import ProductId
from marketplace.language.catalogue import catalogue
from marketplace.language.languages import Language
from marketplace.web import current, sessions
from marketplace.web.errors import error_page
from marketplace.web.fields import FieldErrors, parse
from marketplace.web.guards import guarded
from marketplace.web.navigation import shelves
from marketplace.web.staff.blueprint import bp
from marketplace.web.staff.curation_words import asked_slot, board_url, pick_cards, plan_of, slot_names
from marketplace.web.staff.frame import staff_wing
from marketplace.web.storefront.pictures import thumbnail
from marketplace.web.wings import Column, Tab

LARGEST_ID = 2**63
TURN_DAYS = 7
SUGGESTED = 5
DONE = ("place", "change", "move", "slot", "end", "withdraw", "undone")


class SuggestForm(BaseModel):
    """Which product gets its turn in which slot."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    slot: str = Field(max_length=80)
    product: int = Field(ge=1, lt=LARGEST_ID)


class UndoForm(BaseModel):
    """Which act is to be taken back, as the board showed it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    act: int = Field(ge=1, lt=LARGEST_ID)
    slot: str = Field(max_length=80)


def refused(key: str, slot: str) -> ResponseReturnValue:
    """Say plainly why nothing was done, and lead back to the board."""
    page = render_template(
        "pages/staff/curation_refused.html", wing=staff_wing(here="curation"), reason=key, back=board_url(slot)
    )
    return page, 409


@bp.get("/curation")
@guarded(Permission.STAFF_CURATION_EDIT)
def curation() -> ResponseReturnValue:
    """Show the board of one slot."""
    speech, now, slot = current.speech(), current.now(), asked_slot(request.args.get("slot", "")[:80])
    with reading() as session:
        rows = picks_of(session, slot, now)
        suggested = goods_to_choose(session, slot, GoodFilter(), now, limit=SUGGESTED)
        act = last_act(session, sessions.acting().person_id, now)
    done, cards, names = request.args.get("done", ""), pick_cards(rows), slot_names()
    return render_template(
        "pages/staff/curation.html",
        wing=staff_wing(here="curation"),
        tabs=[Tab(name, board_url(code), "", code == slot) for code, name in names],
        slot=slot,
        slot_name=dict(names)[slot],
        slots=[(code, name) for code, name in names if code != slot],
        places=places_in(slot),
        columns=[(state, [card for card in cards if card.state == state]) for state in ("now", "coming", "past")],
        suggested=[(one, thumbnail(one.image_hash)) for one in suggested],
        counted_days=COUNTED_OVER.days,
        plan=plan_of(rows, slot),
        plan_columns=[
            Column(speech.t("curation.day")), Column(speech.t("curation.shown"), numeric=True),
            Column(speech.t("curation.to_mend")),
        ],
        act=act,
        done=done if done in DONE else "",
    )  # fmt: skip


@bp.get("/curation/goods")
@guarded(Permission.STAFF_CURATION_EDIT)
def curation_goods() -> ResponseReturnValue:
    """List goods to choose from, least seen first, narrowed by shelf, kecamatan, age and words."""
    speech, now, slot = current.speech(), current.now(), asked_slot(request.args.get("slot", "")[:80])
    asked = GoodFilter(**{name: request.args.get(name, "").replace("\0", "")[:80] for name in GoodFilter.__slots__})
    with reading() as session:
        found = goods_to_choose(session, slot, asked, now)
        districts = districts_with_goods(session)
    return render_template(
        "pages/staff/curation_goods.html",
        wing=staff_wing(here="curation"),
        slot=slot,
        slot_name=dict(slot_names())[slot],
        back=board_url(slot),
        asked=asked,
        shelves=[(shelf.slug, shelf.name) for shelf in shelves(Language(speech.language))],
        districts=districts,
        ages=[(age, speech.t(f"curation.age_{age}")) for age in AGES],
        goods=[(one, thumbnail(one.image_hash)) for one in found],
        counted_days=COUNTED_OVER.days,
    )


@bp.post("/curation/suggested")
@guarded(Permission.STAFF_CURATION_EDIT)
def curation_suggested() -> ResponseReturnValue:
    """Give a product its turn for a week from now, with the reason that it is its turn."""
    form = parse(SuggestForm, request.form.to_dict())
    if isinstance(form, FieldErrors) or form.slot not in dict(slot_names()):
        return error_page(400)
    slot, product_id, now, actor_id = form.slot, form.product, current.now(), sessions.acting().person_id
    reasons = {language: catalogue("public", language).text("choosing.rotation_reason") for language in Language}

    def work(session: Session) -> int | None:
        found = good(session, product_id, now)
        stands = any(row.good.id == product_id and not row.is_past(now) for row in picks_of(session, slot, now))
        if stands or found is None or not is_eligible(found.candidate):
            return None
        ends_at = end_of_day(local_day(now) + timedelta(days=TURN_DAYS - 1))
        pick = place_pick(
            session, slot=slot, product_id=ProductId(product_id), reasons=reasons, starts_at=now, ends_at=ends_at,
            author_id=actor_id, now=now,
        )  # fmt: skip
        return pick.id

    pick_id = in_unit(work)
    return redirect(board_url(slot, "place", pick_id), 303) if pick_id is not None else refused("not_eligible", slot)


@bp.post("/curation/undo")
@guarded(Permission.STAFF_CURATION_EDIT)
def curation_undo() -> ResponseReturnValue:
    """Take this curator's last act back."""
    form, now, actor_id = parse(UndoForm, request.form.to_dict()), current.now(), sessions.acting().person_id
    if isinstance(form, FieldErrors):
        return error_page(400)
    slot = asked_slot(form.slot)
    try:
        in_unit(lambda session: undo_last(session, act_id=form.act, actor_id=actor_id, now=now))
    except ChangedMeanwhile:
        return refused("changed_undo", slot)
    except NothingToUndo:
        return refused("nothing_to_undo", slot)
    return redirect(board_url(slot, "undone"), 303)
