"""What every answer carries: security headers, a request id, and who may keep it."""

from __future__ import annotations

import re
import uuid

from flask import Flask, Response, g, request

from marketplace.web import current
from marketplace.web.guards import PolicyKind

CONTENT_SECURITY_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self' https://wa.me https://api.whatsapp.com"
)
FIXED = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=()",
    "X-Frame-Options": "DENY",
}
_REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,36}")


def request_id() -> str:
    """Return this request's id: the one a proxy of ours gave it, else a new one."""
    if "request_id" not in g:
        given = request.headers.get("X-Request-Id", "") if current.settings().trusted_proxies else ""
        g.request_id = given if _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
    found: str = g.request_id
    return found


def add_headers(response: Response) -> Response:
    """Add the fixed headers, and keep private whatever no view said may be kept."""
    for name, value in FIXED.items():
        response.headers.setdefault(name, value)
    response.headers["X-Request-Id"] = request_id()
    if current.settings().is_secure:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    policy = current.policy()
    cached = policy is not None and policy.kind is PolicyKind.PUBLIC and policy.is_cached
    if "Cache-Control" not in response.headers and not cached:
        response.headers["Cache-Control"] = "no-store"
    return response


def attach(app: Flask) -> None:
    """Make every answer of this application carry the headers."""
    app.after_request(add_headers)
