"""What the market wrote to people: mails and WhatsApp texts, to read and to pass on by hand."""

from __future__ import annotations

from urllib.parse import quote

from flask import Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.accounts.permissions import Permission
from marketplace.db import reading
from marketplace.kernel.phone import whatsapp_digits
from marketplace.notices.models import Channel
from marketplace.notices.queries import MessageView
from marketplace.notices.queries import mailbox as read_mailbox
from marketplace.notices.queries import message as read_message
from marketplace.web.guards import guarded
from marketplace.web.staff.blueprint import bp
from marketplace.web.staff.frame import note_access, staff_wing

PER_PAGE = 50
LARGEST_ID = 2**63
# A letter brings its own styles and nothing else: no scripts, no pictures from elsewhere, no forms, only our own frame.
LETTER_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox"


def _before() -> int | None:
    typed = request.args.get("before", "")
    return int(typed) if typed.isascii() and typed.isdigit() and 0 < len(typed) < 19 else None


@bp.get("/mailbox")
@guarded(Permission.STAFF_MAILBOX_VIEW)
def mailbox() -> ResponseReturnValue:
    """List what was written, newest first."""
    with reading() as session:
        rows = read_mailbox(session, before=_before(), limit=PER_PAGE)
    note_access("notice.list", "notice", _before() or "newest")
    older = url_for("staff.mailbox", before=rows[-1].id) if len(rows) == PER_PAGE else ""
    return render_template("pages/staff/mailbox.html", wing=staff_wing(here="mailbox"), rows=rows, older=older)


def _find(notice_id: int) -> MessageView:
    if notice_id >= LARGEST_ID:
        abort(404)
    with reading() as session:
        found = read_message(session, notice_id)
    if found is None:
        abort(404)
    note_access("notice.view", "notice", notice_id)
    return found


@bp.get("/mailbox/<int:notice_id>")
@guarded(Permission.STAFF_MAILBOX_VIEW)
def message(notice_id: int) -> ResponseReturnValue:
    """Show one message; a WhatsApp text with what it takes to send it by hand."""
    found = _find(notice_id)
    is_whatsapp = found.channel is Channel.WHATSAPP
    send = f"https://wa.me/{whatsapp_digits(found.to)}?text={quote(found.text)}" if is_whatsapp else ""
    return render_template(
        "pages/staff/message.html",
        wing=staff_wing(here="mailbox"),
        message=found,
        send=send,
        letter=url_for("staff.letter", notice_id=notice_id) if found.html else "",
    )


@bp.get("/mailbox/<int:notice_id>/letter")
@guarded(Permission.STAFF_MAILBOX_VIEW)
def letter(notice_id: int) -> ResponseReturnValue:
    """Return the letter itself, for the frame on the message's page."""
    found = _find(notice_id)
    if not found.html:
        abort(404)
    response = Response(found.html, content_type="text/html; charset=utf-8")
    response.headers["Content-Security-Policy"] = LETTER_POLICY
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    response.headers["Cache-Control"] = "no-store"
    return response
