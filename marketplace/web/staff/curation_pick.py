"""One pick: placed, changed, moved, ended, withdrawn. Every form carries the version that was seen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from marketplace.accounts.permissions import Permission
from marketplace.catalog.errors import ProductNotFound
from marketplace.curation.board import Good, PickRow, good, pick_row
from marketplace.curation.errors import ChangedMeanwhile, PickEnded, WindowWrong
from marketplace.curation.services import change_pick, end_pick, move_pick, move_to_slot, place_pick, withdraw_pick
from marketplace.db import in_unit, reading
from marketplace.kernel.clock import end_of_day, local_day
from marketplace.kernel.ids import ProductId
from marketplace.web import current, sessions
from marketplace.web.errors import error_page
from marketplace.web.fields import FieldErrors, parse
from marketplace.web.guards import guarded
from marketplace.web.staff.blueprint import bp
from marketplace.web.staff.curation import TURN_DAYS, refused
from marketplace.web.staff.curation_forms import LARGEST_ID, MoveForm, PickChangeForm, PickForm
from marketplace.web.staff.curation_words import asked_slot, board_url, day_start, last_day, slot_names
from marketplace.web.staff.frame import staff_wing
from marketplace.web.storefront.pictures import thumbnail

FIELDS = ("starts_on", "ends_on", "reason_id", "reason_en", "reason_ko")


def _good(product_id: int) -> Good:
    with reading() as session:
        found = good(session, product_id, current.now()) if 0 < product_id < LARGEST_ID else None
    return found or abort(404)


def _pick(pick_id: int) -> PickRow:
    with reading() as session:
        found = pick_row(session, pick_id, current.now()) if 0 < pick_id < LARGEST_ID else None
    return found or abort(404)


def _show(
    one: Good, slot: str, given: Mapping[str, str], action: str, *, pick: PickRow | None = None, errors: FieldErrors | None = None
) -> ResponseReturnValue:
    names = dict(slot_names())
    page = render_template(
        "pages/staff/curation_pick.html",
        wing=staff_wing(here="curation"),
        good=one,
        picture=thumbnail(one.image_hash),
        slot=slot,
        slot_name=names.get(slot, slot),
        given={name: given.get(name, "") for name in FIELDS},
        action=action,
        back=board_url(slot, pick_id=pick.id if pick else None),
        pick=pick,
        author=pick.author if pick else "",
        errors=errors or FieldErrors({}),
    )
    return page, 422 if errors else 200


def _dated(errors: FieldErrors) -> FieldErrors:
    """Put the sentence about the whole window at its last day."""
    return FieldErrors({"ends_on" if name == "form" else name: key for name, key in errors.keys.items()})


@bp.get("/curation/new")
@guarded(Permission.STAFF_CURATION_EDIT)
def curation_new() -> ResponseReturnValue:
    """Show the form that places a product, for a week from today unless told otherwise."""
    typed, slot, today = request.args.get("product", ""), asked_slot(request.args.get("slot", "")[:80]), local_day(current.now())
    one = _good(int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else 0)
    given = {"starts_on": today.isoformat(), "ends_on": (today + timedelta(days=TURN_DAYS - 1)).isoformat()}
    return _show(one, slot, given, url_for("staff.curation_place"))


@bp.post("/curation/new")
@guarded(Permission.STAFF_CURATION_EDIT)
def curation_place() -> ResponseReturnValue:
    """Place a product in a slot."""
    form, now, actor_id = parse(PickForm, request.form.to_dict()), current.now(), sessions.acting().person_id
    slot, typed = request.form.get("slot", "")[:80], request.form.get("product", "")
    if slot not in dict(slot_names()) or not (typed.isascii() and typed.isdigit() and len(typed) < 19):
        return error_page(400)
    if isinstance(form, FieldErrors):
        return _show(_good(int(typed)), slot, request.form, url_for("staff.curation_place"), errors=_dated(form))
    starts_at = day_start(form.starts_on)
    if form.starts_on == local_day(now):
        starts_at = now  # what was not there this morning did not show this morning
    ends_at = end_of_day(form.ends_on) if form.ends_on else None
    try:
        pick_id = in_unit(
            lambda session: place_pick(
                session, slot=slot, product_id=ProductId(form.product), reasons=form.reasons, starts_at=starts_at,
                ends_at=ends_at, author_id=actor_id, now=now,
            ).id
        )  # fmt: skip
    except ProductNotFound:
        return error_page(404)
    return redirect(board_url(slot, "place", pick_id), 303)


@bp.get("/curation/picks/<int:pick_id>")
@guarded(Permission.STAFF_CURATION_EDIT)
def curation_pick(pick_id: int) -> ResponseReturnValue:
    """Show a pick's window and reasons, to be changed."""
    row = _pick(pick_id)
    last = last_day(row.ends_at)
    given = {f"reason_{language}": reason for language, reason in row.reasons.items()} | {
        "starts_on": local_day(row.starts_at).isoformat(), "ends_on": last.isoformat() if last else "",
    }  # fmt: skip
    return _show(row.good, row.slot, given, url_for("staff.curation_change", pick_id=pick_id), pick=row)


@bp.post("/curation/picks/<int:pick_id>")
@guarded(Permission.STAFF_CURATION_EDIT)
def curation_change(pick_id: int) -> ResponseReturnValue:
    """Give a pick another window and other reasons."""
    row, now, actor_id = _pick(pick_id), current.now(), sessions.acting().person_id
    form = parse(PickChangeForm, request.form.to_dict())
    if isinstance(form, FieldErrors):
        if "version" in form.keys:
            return error_page(400)
        return _show(row.good, row.slot, request.form, request.path, pick=row, errors=_dated(form))
    # A day that was not changed keeps its exact instant.
    starts_at = row.starts_at if form.starts_on == local_day(row.starts_at) else day_start(form.starts_on)
    ends_at = end_of_day(form.ends_on) if form.ends_on else None
    if form.ends_on is not None and form.ends_on == last_day(row.ends_at):
        ends_at = row.ends_at
    try:
        in_unit(
            lambda session: change_pick(
                session, pick_id=pick_id, reasons=form.reasons, starts_at=starts_at, ends_at=ends_at, seen=form.version,
                actor_id=actor_id, now=now,
            )
        )  # fmt: skip
    except ChangedMeanwhile:
        return refused("changed", row.slot)
    except WindowWrong:
        errors = FieldErrors({"ends_on": "curation.error_window"})
        return _show(row.good, row.slot, request.form, request.path, pick=row, errors=errors)
    return redirect(board_url(row.slot, "change", pick_id), 303)


@bp.post("/curation/picks/<int:pick_id>/move")
@guarded(Permission.STAFF_CURATION_EDIT)
def curation_move(pick_id: int) -> ResponseReturnValue:
    """Move a pick up, down, to another slot, to its end, or away."""
    row, form = _pick(pick_id), parse(MoveForm, request.form.to_dict())
    if isinstance(form, FieldErrors) or (form.act == "slot" and form.slot not in dict(slot_names())):
        return error_page(400)
    now, actor_id = current.now(), sessions.acting().person_id

    def work(session: Session) -> None:
        if form.act in ("up", "down"):
            move_pick(session, pick_id=pick_id, up=form.act == "up", seen=form.version, actor_id=actor_id, now=now)
        elif form.act == "slot":
            move_to_slot(session, pick_id=pick_id, slot=form.slot, seen=form.version, actor_id=actor_id, now=now)
        elif form.act == "end":
            end_pick(session, pick_id=pick_id, seen=form.version, actor_id=actor_id, now=now)
        else:
            withdraw_pick(session, pick_id=pick_id, seen=form.version, actor_id=actor_id, now=now)

    try:
        in_unit(work)
    except ChangedMeanwhile:
        return refused("changed", row.slot)
    except PickEnded:
        return refused("ended", row.slot)
    done = "move" if form.act in ("up", "down") else form.act
    return redirect(board_url(row.slot, done, pick_id if done == "move" else None), 303)
