"""What the request at hand is about: settings, clock, language, policy, viewer."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from flask import current_app, g, request

from config import Profile, Settings
from marketplace.kernel.clock import Clock
from marketplace.language.languages import DEFAULT, Language, choose
from marketplace.web.guards import Pairs, Policy, policy_of
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


def asked() -> Pairs:
    """Return the parts of this address's query that mean something: what the view declares, else all but a link's secret."""
    if "asked" not in g:
        declared = policy()
        if declared is not None and declared.reads is not None:
            g.asked = declared.reads(dict(request.args.lists())) if request.args else ()
        else:
            g.asked = tuple(sorted((name, value) for name, value in request.args.items(multi=True) if name != "t"))
    pairs: Pairs = g.asked
    return pairs


def address() -> str:
    """Return the path of this page with the query that means something here, in one spelling."""
    return request.path + (f"?{urlencode(asked())}" if asked() else "")


def wants_fragment() -> bool:
    """Tell whether htmx asks for a part of the page; when it restores its history it wants the whole."""
    return "HX-Request" in request.headers and "HX-History-Restore-Request" not in request.headers


def language() -> Language:
    """Return the language of this page: that of its path, else the signed-in reader's own, else what the browser asks for."""
    named = (request.view_args or {}).get("language")
    if isinstance(named, Language):
        return named
    first = request.path.split("/", 2)[1] if request.path.count("/") else ""
    if first in set(Language):
        return Language(first)
    own: Language | None = g.get("reader_language")
    return own or _chosen()


def _chosen() -> Language:
    kept = request.cookies.get("language", "")
    if kept in set(Language):
        return Language(kept)
    header = request.headers.get("Accept-Language")
    return choose(header) if header else DEFAULT


def speech() -> Speech:
    """Return the words and figures for this page: the work catalogue under /seller and /staff."""
    if "speech" not in g:
        name = request.blueprints[-1] if request.blueprints else ""
        is_work = name in {"seller", "staff"} or request.path.startswith(("/seller", "/staff"))
        strict = settings().profile is not Profile.PRODUCTION
        g.speech = speak("work" if is_work else "public", language(), strict=strict)
    spoken: Speech = g.speech
    return spoken
