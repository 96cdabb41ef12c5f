"""What every template may use without being handed it: words, the page itself, the ways to go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import Flask, g, request, url_for
from werkzeug.local import LocalProxy

from marketplace.language.languages import Language
from marketplace.web import current
from marketplace.web.guards import PolicyKind
from marketplace.web.navigation import Navigation, navigation

THEMES = ("light", "dark")


@dataclass(frozen=True, slots=True)
class PageInfo:
    """The page at hand, as layouts describe it."""

    language: str
    theme: str
    path: str
    canonical: str
    alternates: tuple[tuple[str, str, str], ...]
    is_private: bool


def theme() -> str:
    """Return the theme this reader chose, empty for the system's."""
    chosen = request.cookies.get("theme", "")
    return chosen if chosen in THEMES else ""


def absolute(path: str) -> str:
    """Return the public address of a path: always from the setting, never from the Host header."""
    return current.settings().public_origin + path


def _alternates() -> tuple[tuple[str, str, str], ...]:
    """Return this page's address in every language: (code, native name, path)."""
    # Only what means something here: a kept page says nothing of what one reader's address held besides.
    kept = urlencode(current.asked())
    query = f"?{kept}" if kept else ""
    arguments = request.view_args or {}
    if isinstance(arguments.get("language"), Language) and request.endpoint:
        addresses = {code: url_for(request.endpoint, **(arguments | {"language": code})) + query for code in Language}
    else:
        addresses = {code: f"/{code}/" for code in Language}
    return tuple((str(language), language.native_name, path) for language, path in addresses.items())


def keep_canonical(query: Mapping[str, str]) -> None:
    """Say which query parts belong to the canonical address of this page (a page number); the others do not."""
    g.canonical_query = urlencode(query)


def page_info() -> PageInfo:
    """Return what layouts say about the page at hand."""
    policy = current.policy()
    is_public = policy is not None and policy.kind is PolicyKind.PUBLIC and policy.is_cached
    query = g.get("canonical_query", "")
    return PageInfo(
        language=str(current.speech().language),
        theme=theme(),
        path=current.address(),
        canonical=absolute(request.path) + (f"?{query}" if query else ""),
        alternates=_alternates(),
        is_private=not is_public or g.get("is_unindexed", False),
    )


def template_values() -> dict[str, Any]:
    """Return the values Jinja adds to every template of this request."""
    speech = current.speech()
    return {
        "t": speech.t,
        "m": speech.m,
        "say": speech,
        "page": page_info(),
        # Asked for only when a template uses it: an error page must come out when the database is away.
        "nav": LocalProxy(_navigation),
        "market_name": current.settings().market_name,
        "absolute": absolute,
    }


def _navigation() -> Navigation:
    if "navigation" not in g:
        g.navigation = navigation(current.language(), current.speech())
    found: Navigation = g.navigation
    return found


def attach(app: Flask) -> None:
    """Let templates of this application use the values above, strictly: an unknown name is an error."""
    app.context_processor(template_values)
