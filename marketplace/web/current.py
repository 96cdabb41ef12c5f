"""What the request at hand is about: settings, clock, language, policy, viewer."""

from __future__ import annotations

from datetime import datetime

from flask import current_app, g, request

from config import Profile, Settings
from marketplace.kernel.clock import Clock
from marketplace.language.languages import DEFAULT, Language, choose
from marketplace.web.guards import Policy, policy_of
from marketplace.web.speech import Speech, speak


def settings() -> Settings:
    """Return the settings of this application."""
    found: Settings = current_app.extensions["market_settings"]
    return found


def now() -> datetime:
    """Return the present instant, the same throughout one request."""
    if "now" not in g:
        clock: Clock = current_app.extensions["market_clock"]
        g.now = clock.now()
    at: datetime = g.now
    return at


def policy() -> Policy | None:
    """Return the policy of the view that is being called; none where no address matched."""
    view = current_app.view_functions.get(request.endpoint or "")
    return policy_of(view) if view is not None else None


def language() -> Language:
    """Return the language of this page: that of its path, else what the reader asked for."""
    named = (request.view_args or {}).get("language")
    if isinstance(named, Language):
        return named
    first = request.path.split("/", 2)[1] if request.path.count("/") else ""
    if first in set(Language):
        return Language(first)
    return _chosen()


def _chosen() -> Language:
    kept = request.cookies.get("language", "")
    if kept in set(Language):
        return Language(kept)
    header = request.headers.get("Accept-Language")
    return choose(header) if header else DEFAULT


def speech() -> Speech:
    """Return the words and figures for this page: the work catalogue under /seller, /staff and /account."""
    if "speech" not in g:
        name = request.blueprints[-1] if request.blueprints else ""
        is_work = name in {"seller", "staff"} or request.path.startswith(("/seller", "/staff"))
        strict = settings().profile is not Profile.PRODUCTION
        g.speech = speak("work" if is_work else "public", language(), strict=strict)
    spoken: Speech = g.speech
    return spoken
