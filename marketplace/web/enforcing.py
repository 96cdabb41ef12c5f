"""Enforcing what the views declare, before any of them runs: origin, sign-in, rights, links."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from flask import Flask, abort, g, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from marketplace.accounts.links import LinkPurpose
from marketplace.language.languages import Language
from marketplace.web import current, linking, sessions
from marketplace.web.guards import PolicyKind

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def is_own_origin() -> bool:
    """Tell whether an unsafe request comes from a page of ours, as every browser we support says of itself.

    `Sec-Fetch-Site` decides where it is sent; older browsers send `Origin` with every POST. A request with neither
    comes from no browser page of ours and is refused.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin")
    if origin is None:
        return False
    if origin == current.settings().public_origin:
        return True
    return urlsplit(origin).netloc == request.host and urlsplit(origin).scheme == request.scheme


def safe_next(raw: str | None) -> str:
    """Return a path on this site to go on to, or `/`: no host, no backslash, no control character gets through."""
    if not raw or len(raw) > 500 or not raw.startswith("/") or raw.startswith("//"):
        return "/"
    if "\\" in raw or any(ord(letter) < 33 or ord(letter) == 127 for letter in raw):
        return "/"
    parts = urlsplit(raw)
    return raw if not parts.scheme and not parts.netloc else "/"


def _to_sign_in() -> BaseResponse:
    here = request.full_path.rstrip("?") if request.method in SAFE else "/"
    return redirect(f"/account/sign-in?next={quote(here, safe='/')}", 303)


def enforce() -> BaseResponse | None:
    """Run before every view; answer in its place where its policy does not let the request pass."""
    policy = current.policy()
    if policy is None:
        return None  # no such address: the 404 or 405 page follows
    if "\0" in request.path:
        abort(404)  # names nothing, and no database would look for it
    if request.method not in SAFE and policy.kind is not PolicyKind.HOOK and not is_own_origin():
        abort(403)
    if policy.kind is PolicyKind.GUARDED and policy.permission is not None:
        viewer = sessions.viewer()
        if viewer is None:
            return _to_sign_in()
        g.reader_language = Language(viewer.language)
        if not viewer.may(policy.permission):
            abort(403)
    if policy.kind is PolicyKind.LINKED and policy.purpose is not None:
        return linking.check_link(LinkPurpose(policy.purpose), str((request.view_args or {})["number"]))
    return None


def attach(app: Flask) -> None:
    """Make every request of this application pass the guards."""
    app.before_request(enforce)
