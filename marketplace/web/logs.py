"""Structured logs: one JSON line an event, each with its request id; secrets and personal data stay out."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import MutableMapping
from typing import Any, TextIO

import structlog
from flask import Flask, Response, g, request

from config import Profile
from marketplace.db import without_values
from marketplace.web.headers import request_id


def configure(profile: Profile, stream: TextIO = sys.stderr) -> None:
    """Write log lines as JSON to the stream, from information up (warnings up in tests)."""
    level = logging.WARNING if profile is Profile.TEST else logging.INFO
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            _without_values,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(stream),
        cache_logger_on_first_use=False,
    )


def _without_values(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Keep out of every line what a database repeats of the values it refused."""
    for name in ("exception", "error"):
        if isinstance(event.get(name), str):
            event[name] = without_values(event[name])
    return event


def attach(app: Flask) -> None:
    """Log every request once: method, path without its query (links carry secrets there), status, milliseconds."""
    log = structlog.get_logger("market.request")

    def begin() -> None:
        g.begun = time.perf_counter()
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id())

    def end(response: Response) -> Response:
        if request.path not in ("/healthz", "/readyz"):
            took = round((time.perf_counter() - g.get("begun", time.perf_counter())) * 1000, 1)
            log.info("request", method=request.method, path=request.path[:200], status=response.status_code, ms=took)
        return response

    app.before_request(begin)
    app.after_request(end)
