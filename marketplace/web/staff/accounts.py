"""The bank accounts buyers transfer to."""

from __future__ import annotations

from typing import Literal

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from marketplace.accounts.permissions import Permission
from marketplace.db import in_unit, reading
from marketplace.payments.errors import BankAccountInUse, BankAccountKnown, BankAccountNotFound
from marketplace.payments.queries import bank_accounts
from marketplace.payments.services import add_bank_account, make_current, retire_bank_account
from marketplace.web import current, sessions
from marketplace.web.fields import FieldErrors, parse
from marketplace.web.guards import guarded
from marketplace.web.staff.blueprint import bp
from marketplace.web.staff.frame import staff_wing

FIELDS = ("bank_name", "number", "holder")


class AccountForm(BaseModel):
    """A new account."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    bank_name: str = Field(min_length=1, max_length=60)
    number: str = Field(pattern=r"^[0-9]{5,30}$")
    holder: str = Field(min_length=1, max_length=80)


class UseForm(BaseModel):
    """What becomes of an account."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    act: Literal["current", "retire"]


@bp.get("/settings/accounts")
@guarded(Permission.STAFF_SETTING_VIEW)
def accounts() -> ResponseReturnValue:
    """Show the accounts, the one buyers are asked to use on top."""
    return _show(200, done=request.args.get("done") == "1")


def _show(status: int, *, errors: dict[str, str] | None = None, problem: str = "", done: bool = False) -> ResponseReturnValue:
    with reading() as session:
        rows = bank_accounts(session)
    page = render_template(
        "pages/staff/accounts.html",
        wing=staff_wing(here="settings"),
        rows=rows,
        current_id=next((row.id for row in rows if row.is_active), 0),
        may_edit=sessions.acting().may(Permission.STAFF_BANK_EDIT),
        given={name: request.form.get(name, "")[:80] for name in FIELDS},
        errors=errors or {},
        problem=problem,
        done=done,
    )
    return page, status


@bp.post("/settings/accounts")
@guarded(Permission.STAFF_BANK_EDIT)
def add_account() -> ResponseReturnValue:
    """Add an account to the list."""
    speech, now, actor_id = current.speech(), current.now(), sessions.acting().person_id
    given = request.form.to_dict()
    given["number"] = given.get("number", "").replace(" ", "").replace("-", "").replace(".", "")
    form = parse(AccountForm, given)
    if isinstance(form, FieldErrors):
        words = {name: form.words(name) for name in form.keys}
        return _show(422, errors=words | ({"number": speech.t("settings.account_digits")} if "number" in words else {}))
    try:
        in_unit(
            lambda session: (
                add_bank_account(
                    session, bank_name=form.bank_name, number=form.number, holder=form.holder, actor_id=actor_id, now=now
                ).id
            )
        )
    except BankAccountKnown:
        return _show(422, errors={"number": speech.t("settings.account_known")})
    return redirect(url_for("staff.accounts", done=1), 303)


@bp.post("/settings/accounts/<int:account_id>")
@guarded(Permission.STAFF_BANK_EDIT)
def use_account(account_id: int) -> ResponseReturnValue:
    """Put an account first, or use it no more."""
    now, actor_id = current.now(), sessions.acting().person_id
    with reading() as session:
        is_known = account_id in {row.id for row in bank_accounts(session)}
    if not is_known:
        raise BankAccountNotFound(0)
    form = parse(UseForm, request.form.to_dict())
    if isinstance(form, FieldErrors):
        return _show(422, problem=current.speech().t("error.choice"))
    act = make_current if form.act == "current" else retire_bank_account

    def work(session: Session) -> None:
        act(session, account_id=account_id, actor_id=actor_id, now=now)

    try:
        in_unit(work)
    except BankAccountInUse:
        return _show(409, problem=current.speech().t("settings.account_in_use"))
    return redirect(url_for("staff.accounts", done=1), 303)
