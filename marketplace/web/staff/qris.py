"""Registering the QRIS code buyers scan: pasted, read back by name, then made active by a person."""

from __future__ import annotations

from typing import Literal

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from marketplace.accounts.permissions import Permission
from marketplace.db import in_unit, reading
from marketplace.payments.errors import BankAccountGone, QrisCodeEnded, QrisCodeNotFound
from marketplace.payments.qris import LONGEST, BadQris
from marketplace.payments.queries import QrisCodeRow, active_bank_accounts, qris_code, qris_codes
from marketplace.payments.services import activate_qris, register_qris, retire_qris
from marketplace.web import current, sessions
from marketplace.web.fields import FieldErrors, parse
from marketplace.web.guards import guarded
from marketplace.web.speech import Speech
from marketplace.web.staff.blueprint import bp
from marketplace.web.staff.frame import staff_wing
from marketplace.web.staff.payment import LARGEST_ID
from marketplace.web.wings import Column


class CodeForm(BaseModel):
    """A pasted payload, and the account its money arrives on."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    payload: str = Field(min_length=1, max_length=LONGEST)
    bank_account_id: int = Field(ge=1, lt=LARGEST_ID)


class DecideForm(BaseModel):
    """What becomes of a registered code."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    act: Literal["activate", "retire"]


@bp.get("/settings/qris")
@guarded(Permission.STAFF_SETTING_VIEW)
def qris() -> ResponseReturnValue:
    """Show the code in use, the codes before it, and the form for a new one."""
    return _show(200, done=request.args.get("done") == "1")


def _show(status: int, *, errors: dict[str, str] | None = None, done: bool = False) -> ResponseReturnValue:
    speech = current.speech()
    with reading() as session:
        codes, accounts = qris_codes(session), active_bank_accounts(session)
    page = render_template(
        "pages/staff/qris.html",
        wing=staff_wing(here="settings"),
        active=next((row for row in codes if row.is_active), None),
        waiting=[row for row in codes if row.activated_at is None and row.retired_at is None],
        accounts=[(account.id, f"{account.bank_name} {account.number}") for account in accounts],
        may_edit=sessions.acting().may(Permission.STAFF_BANK_EDIT),
        columns=[Column(speech.t(f"settings.column_{name}")) for name in ("what", "state", "when", "who")],
        rows=[_history(row, speech) for row in codes],
        given={name: request.form.get(name, "")[:LONGEST] for name in ("payload", "bank_account_id")},
        errors=errors or {},
        done=done,
    )
    return page, status


def _history(row: QrisCodeRow, speech: Speech) -> list[str]:
    state = "now" if row.is_active else "waiting" if row.retired_at is None else "retired"
    who = row.retired_by if row.retired_at is not None else row.registered_by
    return [
        f"{row.merchant_name}, {row.merchant_city} ({row.nmid})",
        speech.t(f"settings.qris_{state}"),
        speech.moment(row.retired_at or row.activated_at or row.registered_at),
        who or speech.t("settings.system"),
    ]


@bp.post("/settings/qris")
@guarded(Permission.STAFF_BANK_EDIT)
def register_code() -> ResponseReturnValue:
    """Keep a pasted code, and go on to reading its name back."""
    speech, now, actor_id = current.speech(), current.now(), sessions.acting().person_id
    form = parse(CodeForm, request.form.to_dict())
    if isinstance(form, FieldErrors):
        return _show(422, errors={name: form.words(name) for name in form.keys})
    try:
        code_id = in_unit(
            lambda session: (
                register_qris(session, payload=form.payload, bank_account_id=form.bank_account_id, actor_id=actor_id, now=now).id
            )
        )
    except BadQris as refusal:
        return _show(422, errors={"payload": speech.t(f"settings.qris_error_{refusal.fault}")})
    except BankAccountGone:
        return _show(422, errors={"bank_account_id": speech.t("settings.account_error")})
    return redirect(url_for("staff.check_code", code_id=code_id), 303)


def _read(code_id: int) -> QrisCodeRow:
    with reading() as session:
        found = qris_code(session, code_id) if code_id < LARGEST_ID else None
    if found is None:
        raise QrisCodeNotFound(0)
    return found


@bp.get("/settings/qris/<int:code_id>")
@guarded(Permission.STAFF_BANK_EDIT)
def check_code(code_id: int) -> ResponseReturnValue:
    """Read the name inside a code back, before any buyer is shown it."""
    return _show_code(_read(code_id), 200)


def _show_code(row: QrisCodeRow, status: int, *, problem: str = "") -> ResponseReturnValue:
    state = "now" if row.is_active else "waiting" if row.retired_at is None else "retired"
    page = render_template(
        "pages/staff/qris_code.html", wing=staff_wing(here="settings"), row=row, problem=problem,
        state=current.speech().t(f"settings.qris_{state}"),
    )  # fmt: skip
    return page, status


@bp.post("/settings/qris/<int:code_id>")
@guarded(Permission.STAFF_BANK_EDIT)
def decide_code(code_id: int) -> ResponseReturnValue:
    """Use a code from now on, or no more."""
    row, now, actor_id = _read(code_id), current.now(), sessions.acting().person_id
    form = parse(DecideForm, request.form.to_dict())
    if isinstance(form, FieldErrors):
        return _show_code(row, 422, problem=current.speech().t("error.choice"))
    act = activate_qris if form.act == "activate" else retire_qris

    def work(session: Session) -> None:
        act(session, code_id=code_id, actor_id=actor_id, now=now)

    try:
        in_unit(work)
    except BankAccountGone:
        return _show_code(_read(code_id), 409, problem=current.speech().t("settings.account_error"))
    except QrisCodeEnded:
        return _show_code(_read(code_id), 409, problem=current.speech().t("settings.qris_error_ended"))
    return redirect(url_for("staff.qris", done=1), 303)
