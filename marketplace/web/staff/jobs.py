"""Work that was given up, and the button that lets it try again."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from marketplace.accounts import audit
from marketplace.accounts.permissions import Permission
from marketplace.db import in_unit, reading
from marketplace.outbox.queries import dead_rows
from marketplace.outbox.services import retry_dead
from marketplace.web import current, sessions
from marketplace.web.errors import error_page
from marketplace.web.fields import FieldErrors, parse
from marketplace.web.guards import guarded
from marketplace.web.staff.blueprint import bp
from marketplace.web.staff.frame import staff_wing


class RetryForm(BaseModel):
    """Which row is to try again."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    row_id: int = Field(ge=1, lt=2**63)


@bp.get("/jobs")
@guarded(Permission.STAFF_JOBS_VIEW)
def jobs() -> ResponseReturnValue:
    """List what was given up, newest first."""
    with reading() as session:
        rows = dead_rows(session)
    may_retry = sessions.acting().may(Permission.STAFF_JOBS_RETRY)
    return render_template("pages/staff/jobs.html", wing=staff_wing(here="jobs"), rows=rows, may_retry=may_retry)


@bp.post("/jobs/retry")
@guarded(Permission.STAFF_JOBS_RETRY)
def retry() -> ResponseReturnValue:
    """Let one row wait again from its first try."""
    form = parse(RetryForm, request.form.to_dict())
    if isinstance(form, FieldErrors):
        return error_page(400)
    now, actor_id = current.now(), sessions.acting().person_id

    def work(session: Session) -> int:
        revived = retry_dead(session, row_ids=[form.row_id], now=now)
        if revived:
            audit.record(session, action="job.retry", object_kind="outbox_row", object_id=form.row_id, actor_id=actor_id, now=now)
        return revived

    in_unit(work)
    return redirect(url_for("staff.jobs"), 303)
