"""The office's settings: what holds now, and what was changed before."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from marketplace.accounts.permissions import Permission
from marketplace.db import reading
from marketplace.payments.queries import bank_accounts, qris_codes
from marketplace.web import current
from marketplace.web.guards import guarded
from marketplace.web.staff.blueprint import bp
from marketplace.web.staff.frame import staff_wing


@dataclass(frozen=True, slots=True)
class SettingView:
    """One kind of setting: what it is called, what holds now, and where it is changed."""

    title: str
    about: str
    now: str
    url: str


@bp.get("/settings")
@guarded(Permission.STAFF_SETTING_VIEW)
def settings() -> ResponseReturnValue:
    """Show every kind of setting with what holds now."""
    speech = current.speech()
    with reading() as session:
        accounts = [row for row in bank_accounts(session) if row.is_active]
        codes = [row for row in qris_codes(session) if row.is_active]
    bank = f"{accounts[0].bank_name} {accounts[0].number}" if accounts else "-"
    code = f"{codes[0].merchant_name}, {codes[0].merchant_city}" if codes else speech.t("settings.qris_none")
    kinds = [
        SettingView(speech.t("settings.accounts"), speech.t("settings.accounts_about"), bank, url_for("staff.accounts")),
        SettingView(speech.t("settings.qris"), speech.t("settings.qris_about"), code, url_for("staff.qris")),
    ]
    return render_template("pages/staff/settings.html", wing=staff_wing(here="settings"), kinds=kinds)
