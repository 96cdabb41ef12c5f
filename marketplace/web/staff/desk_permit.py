"""A paper at the desk: its number beside its file; real, or sent back."""

from __future__ import annotations

from flask import abort, current_app, make_response, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from marketplace.accounts.permissions import Permission
from marketplace.db import reading
from marketplace.files.private import StoredDocument, find_document, read_content
from marketplace.kernel.errors import NotFound
from marketplace.sellers.deciding import approve_permit, return_permit
from marketplace.sellers.desk_pages import PERMIT_ACTS, PermitForDesk, past_decisions, permit_for_desk
from marketplace.sellers.errors import PermitNotFound
from marketplace.sellers.reasons import PermitReason
from marketplace.web import current, sessions
from marketplace.web.guards import guarded
from marketplace.web.staff.blueprint import bp
from marketplace.web.staff.desk import done_words
from marketplace.web.staff.desk_deciding import LARGEST_ID, Problem, carry_out, given_decision, read_decision
from marketplace.web.staff.desk_words import REGISTERS, history, permit_state
from marketplace.web.staff.frame import note_access, staff_wing
from marketplace.web.storefront.order_acts import file_response


@bp.get("/desk/permits/<int:permit_id>")
@guarded(Permission.STAFF_PERMIT_VERIFY)
def desk_permit(permit_id: int) -> ResponseReturnValue:
    """Show one paper."""
    return _show(permit_id)


@bp.post("/desk/permits/<int:permit_id>")
@guarded(Permission.STAFF_PERMIT_VERIFY)
def decide_permit(permit_id: int) -> ResponseReturnValue:
    """Say that the paper is real, or send it back."""
    form = read_decision(list(PermitReason))
    if isinstance(form, Problem):
        return _show(permit_id, form)
    if permit_id >= LARGEST_ID:
        raise PermitNotFound(permit_id=permit_id)
    actor_id, now = sessions.acting().person_id, current.now()

    def work(session: Session) -> None:
        if form.decision == "approve":
            approve_permit(session, permit_id=permit_id, seen=form.seen, actor_id=actor_id, now=now)
        else:
            reasons = [PermitReason(reason) for reason in form.reasons]
            return_permit(
                session, permit_id=permit_id, seen=form.seen, reasons=reasons, words=form.words, actor_id=actor_id, now=now
            )

    return carry_out(work, form=form)


@bp.get("/desk/permits/<int:permit_id>/file")
@guarded(Permission.STAFF_PERMIT_VERIFY)
def permit_file(permit_id: int) -> ResponseReturnValue:
    """Show a paper's private file; every look is written down."""
    if permit_id >= LARGEST_ID:
        abort(404)
    with reading() as session:
        document = _document(session, permit_for_desk(session, permit_id))
    if document is None:
        abort(404)
    note_access("file.view", "private_file", document.id)
    content = read_content(document, storage=current_app.extensions["market_documents"])
    return file_response(content, document.media_type, document.file_name)


def _document(session: Session, permit: PermitForDesk) -> StoredDocument | None:
    if permit.file_id is None:
        return None
    try:
        return find_document(session, owner_kind="permit", owner_id=permit.id, file_id=permit.file_id)
    except NotFound:
        return None


def _show(permit_id: int, problem: Problem | None = None) -> ResponseReturnValue:
    if permit_id >= LARGEST_ID:
        raise PermitNotFound(permit_id=permit_id)
    with reading() as session:
        permit = permit_for_desk(session, permit_id)
        document = _document(session, permit)
        past = past_decisions(session, object_kind="permit", object_ids=[permit_id], actions=PERMIT_ACTS)
    note_access("permit.view", "permit", permit_id)
    speech = current.speech()
    register, register_url = REGISTERS[permit.kind]
    page = render_template(
        "pages/staff/desk_permit.html",
        wing=staff_wing(here="desk"),
        permit=permit,
        kind=speech.t(f"desk.permit_{permit.kind}"),
        state=permit_state(permit, speech),
        form_of_number=speech.t(f"desk.form_{permit.kind}"),
        register=register,
        register_url=register_url,
        document=document,
        is_picture=document is not None and document.media_type == "image/jpeg",
        file_url=url_for("staff.permit_file", permit_id=permit_id),
        checklist=[speech.t(f"desk.check_permit_{number}") for number in range(1, 4)],
        reasons=[(str(reason), speech.t(f"desk.permit_reason_{reason}")) for reason in PermitReason],
        past=history(past, speech),
        last_reasons=[speech.t(f"desk.permit_reason_{reason}") for reason in permit.return_reasons],
        last_words=permit.return_words,
        seen=permit.seen,
        approve_word=speech.t("desk.approve_permit"),
        ask_phone=False,
        may_see_shop=sessions.acting().may(Permission.STAFF_SHOP_VERIFY),
        given=given_decision(),
        errors=problem.errors if problem else {},
        summary=problem.summary() if problem else [],
        done=done_words(),
    )
    return make_response(page, 422 if problem else 200)
