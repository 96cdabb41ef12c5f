"""Signing in and out, the account's front page, and the theme."""

from __future__ import annotations

from math import ceil

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from marketplace.accounts.attempts import TooManyAttempts
from marketplace.accounts.permissions import Permission
from marketplace.accounts.services import SignedIn, begin_session, check_credentials, count_sign_in, end_session
from marketplace.db import in_unit, reading
from marketplace.kernel.phone import BadPhone, normalise_phone
from marketplace.web import current, sessions
from marketplace.web.context import THEMES
from marketplace.web.enforcing import safe_next
from marketplace.web.fields import FieldErrors, parse
from marketplace.web.guards import public
from marketplace.web.storefront import baskets

bp = Blueprint("account", __name__, url_prefix="/account")

YEAR_SECONDS = 365 * 24 * 3600


class SignInForm(BaseModel):
    """What the sign-in form sends."""

    model_config = ConfigDict(frozen=True, extra="ignore", str_strip_whitespace=False)

    login: str = Field(min_length=1, max_length=254)
    password: str = Field(min_length=1, max_length=200)


def _login_of(typed: str) -> str:
    """Return a phone as E.164 or an e-mail address as typed."""
    if "@" in typed:
        return typed.strip().lower()
    try:
        return normalise_phone(typed)
    except BadPhone:
        return typed.strip()


@bp.get("/sign-in")
@public()
def sign_in() -> ResponseReturnValue:
    """Show the sign-in form, or go on for somebody who is signed in."""
    if sessions.viewer() is not None:
        return redirect(url_for("account.home"), 303)
    return _form(FieldErrors({}), 200)


def _form(errors: FieldErrors, status: int, wait: int = 0) -> ResponseReturnValue:
    given = {"login": request.form.get("login", "")[:254], "next": safe_next(request.values.get("next"))}
    return render_template("pages/account/sign_in.html", errors=errors, given=given, wait=wait), status


@bp.post("/sign-in")
@public()
def sign_in_with_password() -> ResponseReturnValue:
    """Sign in: the same answer, in the same time, for an unknown name and a wrong password."""
    form = parse(SignInForm, {name: request.form.get(name, "") for name in ("login", "password")})
    if isinstance(form, FieldErrors):
        return _form(form, 422)
    login, address, now = _login_of(form.login), request.remote_addr or "", current.now()
    try:
        in_unit(lambda session: count_sign_in(session, login=login, address=address, now=now))
    except TooManyAttempts as refusal:
        response = make_response(_form(FieldErrors({}), 429, wait=ceil(refusal.wait_seconds / 60)))
        response.headers["Retry-After"] = str(refusal.wait_seconds)
        return response
    with reading() as session:
        person = check_credentials(session, login=login, password=form.password)
    if person is None:
        return _form(FieldErrors({"password": "account.error_wrong"}), 422)

    def work(session: Session) -> tuple[SignedIn, int]:
        begun = begin_session(
            session, person_id=person, user_agent=request.headers.get("User-Agent", ""), address=address,
            ended=sessions.session_secret(), now=now,
        )  # fmt: skip
        return begun, baskets.adopt(session, person)

    signed_in, lines = in_unit(work)
    target = safe_next(request.form.get("next"))
    response = make_response(redirect(target if target != "/" else url_for("account.home"), 303))
    sessions.set_session_cookie(response, signed_in.secret, now=now)
    if lines:
        baskets.set_cookies(response, secret="", lines=lines)
    return response


@bp.post("/sign-out")
@public()
def sign_out() -> ResponseReturnValue:
    """End this browser's session at once."""
    secret = sessions.session_secret()
    if secret:
        in_unit(lambda session: end_session(session, secret=secret, now=current.now()))
    response = make_response(redirect(f"/{current.language()}/", 303))
    sessions.drop_session_cookie(response)
    return response


@bp.get("/")
@public()
def home() -> ResponseReturnValue:
    """Show who is signed in and where they may go; strangers are sent to sign in."""
    viewer = sessions.viewer()
    if viewer is None:
        return redirect(url_for("account.sign_in"), 303)
    speech = current.speech()
    wings = (
        (Permission.SELLER_ORDER_VIEW, speech.t("account.to_seller"), "/seller/"),
        (Permission.STAFF_HOME_VIEW, speech.t("account.to_staff"), "/staff/"),
    )
    ways = [(label, url) for right, label, url in wings if viewer.may(right)]
    return render_template("pages/account/home.html", viewer=viewer, ways=ways)


@bp.post("/theme")
@public()
def set_theme() -> ResponseReturnValue:
    """Keep the chosen theme in a cookie and go back to the page."""
    response: Response = make_response(redirect(safe_next(request.form.get("next")), 303))
    chosen = request.form.get("theme", "")
    if chosen in THEMES:
        response.set_cookie("theme", chosen, max_age=YEAR_SECONDS, samesite="Lax", secure=current.settings().is_secure)
    else:
        response.delete_cookie("theme", samesite="Lax")
    return response
