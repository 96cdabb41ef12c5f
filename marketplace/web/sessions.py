"""Who is signed in: Flask-Login on top of our session rows, so that signing out is immediate everywhere."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Flask, Request, Response, request
from flask.sessions import SecureCookieSession, SessionInterface
from flask_login import LoginManager, UserMixin, current_user

from marketplace.accounts.queries import Viewer, find_viewer
from marketplace.accounts.services import SESSION_LIVES, TOUCH_AFTER, touch_session
from marketplace.db import in_unit, reading
from marketplace.web import current

COOKIE = "market_session"


class SignedInUser(UserMixin):  # type: ignore[misc]  # Flask-Login is untyped
    """Flask-Login's idea of a user, around our viewer."""

    def __init__(self, viewer: Viewer) -> None:
        """Wrap the viewer."""
        self.viewer = viewer

    def get_id(self) -> str:
        """Return the person's id, as Flask-Login wants it."""
        return str(self.viewer.person_id)


class NoFlaskSession(SessionInterface):
    """Flask's own cookie session is not used: nothing is read from it and nothing is written."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession:
        """Return an empty session."""
        del app, request
        return SecureCookieSession()

    def save_session(self, app: Flask, session: Any, response: Response) -> None:
        """Save nothing."""
        del app, session, response


def _load(asked: Request) -> SignedInUser | None:
    secret = asked.cookies.get(COOKIE, "")
    if not 20 <= len(secret) <= 100:
        return None
    with reading() as session:
        viewer = find_viewer(session, secret=secret, now=current.now())
    if viewer is None:
        return None
    if current.now() - viewer.seen_at > TOUCH_AFTER:
        in_unit(lambda session: touch_session(session, session_id=viewer.session_id, now=current.now()))
    return SignedInUser(viewer)


def prepare_sessions(app: Flask) -> None:
    """Attach Flask-Login without its own cookies and hooks: our rows decide, on every request."""
    manager = LoginManager()
    manager.request_loader(_load)
    app.login_manager = manager  # type: ignore[attr-defined]  # what LoginManager.init_app sets, without its after_request
    app.session_interface = NoFlaskSession()


def viewer() -> Viewer | None:
    """Return who is signed in. Raises: RuntimeError on a cached page, which must be the same for everybody."""
    found = current.policy()
    if found is not None and found.is_cached:
        raise RuntimeError("a cached page does not read the session")
    return current_user.viewer if current_user.is_authenticated else None


def acting() -> Viewer:
    """Return who is signed in, on a page that only signed-in people reach."""
    found = viewer()
    if found is None:
        raise RuntimeError("nobody is signed in on a guarded page: the guard did not run")
    return found


def set_session_cookie(response: Response, secret: str, *, now: datetime) -> None:
    """Hand the browser its session secret."""
    response.set_cookie(
        COOKIE, secret, max_age=int(SESSION_LIVES.total_seconds()), httponly=True, samesite="Lax",
        secure=current.settings().is_secure, path="/", expires=now + SESSION_LIVES,
    )  # fmt: skip


def drop_session_cookie(response: Response) -> None:
    """Take the session secret from the browser."""
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="Lax", secure=current.settings().is_secure)


def session_secret() -> str | None:
    """Return the secret this browser sent, whatever it is worth."""
    return request.cookies.get(COOKIE)
