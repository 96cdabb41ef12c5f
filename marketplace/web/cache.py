"""The page cache: anonymous pages kept as compressed bytes until what they show changes.

An entry lives at most 60 seconds or until the next scheduled change, and dies within half a second of `public_version`
moving. A request that carries a session or a theme goes past the cache. What is bought is always checked again.
"""

from __future__ import annotations

import gzip
import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, TypeVar
from urllib.parse import urlencode

import brotli
from flask import Flask, Response, current_app, g, request

from marketplace.db import public_version, reading
from marketplace.web import current, sessions

LIVES_SECONDS = 60.0
VERSION_CHECK_SECONDS = 0.5
MOST_BYTES = 48 * 1024 * 1024
Encoding = Literal["br", "gzip", "identity"]
Key = tuple[str, str, bool]
T = TypeVar("T")


@dataclass(slots=True)
class Entry:
    """One kept page: its body per encoding, made when first asked for."""

    identity: bytes
    etag: str
    content_type: str
    version: int
    dies_at: float
    bodies: dict[Encoding, bytes] = field(default_factory=dict)

    def body(self, encoding: Encoding) -> bytes:
        """Return the page in this encoding."""
        if encoding == "identity":
            return self.identity
        if encoding not in self.bodies:
            squeeze = _brotli if encoding == "br" else _gzip
            self.bodies[encoding] = squeeze(self.identity)
        return self.bodies[encoding]


def _brotli(raw: bytes) -> bytes:
    squeezed: bytes = brotli.compress(raw, quality=5)
    return squeezed


def _gzip(raw: bytes) -> bytes:
    return gzip.compress(raw, compresslevel=6, mtime=0)


class PageCache:
    """The kept pages of one process, least recently used ones leaving first."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        """Start empty."""
        self._entries: OrderedDict[Key, Entry] = OrderedDict()
        self._bytes = 0
        self._most = most_bytes
        self._lock = threading.Lock()
        self._version = -1
        self._version_at = float("-inf")
        self._remembered: dict[Hashable, tuple[int, Any]] = {}

    def version(self) -> int:
        """Return `public_version`, read again when the last look is half a second old."""
        if time.monotonic() - self._version_at > VERSION_CHECK_SECONDS:
            with reading() as session:
                self._version = public_version(session)
            self._version_at = time.monotonic()
        return self._version

    def find(self, key: Key, version: int) -> Entry | None:
        """Return a living entry of this version."""
        with self._lock:
            entry = self._entries.get(key)
            if entry is None:
                return None
            if entry.version != version or entry.dies_at <= time.monotonic():
                self._drop(key)
                return None
            self._entries.move_to_end(key)
            return entry

    def keep(self, key: Key, entry: Entry) -> None:
        """Keep an entry, and let others go when there is no room."""
        with self._lock:
            if key in self._entries:
                self._drop(key)
            self._entries[key] = entry
            self._bytes += len(entry.identity)
            while self._bytes > self._most:
                self._drop(next(iter(self._entries)))

    def remember(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what was made under this key, made again once `public_version` has moved. For a few small things only."""
        version = self.version()
        known = self._remembered.get(key)
        if known is None or known[0] != version:
            known = self._remembered[key] = (version, make())
        found: T = known[1]
        return found

    def clear(self) -> None:
        """Forget everything, the version too."""
        with self._lock:
            self._entries.clear()
            self._remembered.clear()
            self._bytes = 0
            self._version_at = float("-inf")

    def _drop(self, key: Key) -> None:
        self._bytes -= len(self._entries.pop(key).identity)


def _key() -> Key:
    """Return what tells pages apart: of the query only what the view reads, however the address was written."""
    return (request.path, urlencode(current.asked()), current.wants_fragment())


def _is_kept_here() -> bool:
    """Tell whether this request's page is the same for everybody."""
    policy = current.policy()
    if policy is None or not policy.is_cached or request.method not in ("GET", "HEAD"):
        return False
    return sessions.COOKIE not in request.cookies and "theme" not in request.cookies


def _encoding() -> Encoding:
    accepted = request.accept_encodings
    if accepted.quality("br") > 0:
        return "br"
    return "gzip" if accepted.quality("gzip") > 0 else "identity"


def _answer(entry: Entry) -> Response:
    encoding = _encoding()
    response = Response(entry.body(encoding), content_type=entry.content_type)
    if encoding != "identity":
        response.headers["Content-Encoding"] = encoding
    response.headers["Cache-Control"] = "public, max-age=0, must-revalidate"
    response.headers["Vary"] = "Accept-Encoding, Cookie, HX-Request"
    if current.wants_fragment():
        # What a form sent may hold empty fields and more: the history keeps the address that means the same.
        response.headers["HX-Push-Url"] = current.address()
    response.set_etag(entry.etag, weak=True)
    response.make_conditional(request)
    return response


def _cache() -> PageCache:
    found: PageCache = current_app.extensions["market_page_cache"]
    return found


def remember(key: Hashable, make: Callable[[], T]) -> T:
    """Return a small thing that every page needs, read again only when what the public sees has changed."""
    return _cache().remember(key, make)


def answer_from_cache() -> Response | None:
    """Answer with a kept page, where there is one."""
    if not _is_kept_here():
        return None
    # Read before the page is made: a change in between makes the entry one version too old, never too new.
    g.cache_version = _cache().version()
    entry = _cache().find(_key(), g.cache_version)
    return _answer(entry) if entry is not None else None


def changes_at(moment: datetime | None) -> None:
    """Tell the cache that this page changes by itself at `moment` (a pick ends, a price begins)."""
    if moment is not None:
        g.changes_at = min(moment, g.get("changes_at", moment))


def keep_page(response: Response) -> Response:
    """Keep a page that was just made, and answer with the kept form of it."""
    policy = current.policy()
    if policy is None or not policy.is_cached or response.status_code != 200 or "ETag" in response.headers:
        if policy is not None and policy.is_cached and response.status_code >= 400:
            response.headers["Cache-Control"] = "no-store"
        return response
    if not _is_kept_here():
        response.headers["Cache-Control"] = "private, no-cache"
        response.headers["Vary"] = "Cookie, HX-Request"
        return response
    seconds = LIVES_SECONDS
    if "changes_at" in g:
        seconds = max(0.0, min(seconds, (g.changes_at - current.now()).total_seconds()))
    raw = response.get_data()
    entry = Entry(
        identity=raw,
        etag=hashlib.sha256(raw).hexdigest()[:20],
        content_type=response.content_type or "text/html; charset=utf-8",
        version=g.cache_version,
        dies_at=time.monotonic() + seconds,
    )
    _cache().keep(_key(), entry)
    return _answer(entry)


def attach(app: Flask) -> None:
    """Give this application its page cache. Attach after the guards and before the headers."""
    app.extensions["market_page_cache"] = PageCache()
    app.before_request(answer_from_cache)
    app.after_request(keep_page)
