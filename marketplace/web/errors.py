"""Error pages: a sentence, a way out, and the request id to quote. They never depend on the database."""

from __future__ import annotations

from dataclasses import dataclass

import structlog
from flask import Flask, Response, render_template, request
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException

from marketplace.kernel.errors import NotFound
from marketplace.web import current
from marketplace.web.context import theme
from marketplace.web.headers import request_id

SHOWN = frozenset({400, 403, 404, 405, 409, 413, 429, 500, 503})
log = structlog.get_logger("market.web")


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """What the error page says."""

    status: int
    title: str
    text: str
    way_out: str
    reference: str
    home: str
    language: str
    theme: str


def error_page(status: int) -> Response:
    """Return the page for this status, in the reader's language."""
    shown = status if status in SHOWN else (500 if status >= 500 else 400)
    speech = current.speech()
    home = next((wing for wing in ("/staff/", "/seller/") if request.path.startswith(wing)), f"/{current.language()}/")
    error = ErrorPage(
        status=status,
        title=speech.t(f"common.error_{shown}_title"),
        text=speech.t(f"common.error_{shown}_text"),
        way_out=speech.t(f"common.error_{shown}_way_out"),
        reference=speech.t("common.error_reference", code=request_id()),
        home=home,
        language=str(speech.language),
        theme=theme(),
    )
    return Response(render_template("pages/error.html", error=error), status=status, headers={"Cache-Control": "no-store"})


def _http(failure: HTTPException) -> Response:
    status = failure.code or 500
    answer = error_page(status)
    for name, value in failure.get_headers():
        if name in ("Allow", "Retry-After"):
            answer.headers[name] = value
    return answer


def _database(failure: DBAPIError) -> Response:
    """Answer 503 when the database cannot be reached: nothing was changed, trying again may help."""
    log.error("database.failed", error=str(failure.orig), path=request.path, exc_info=failure)
    answer = error_page(503 if failure.connection_invalidated or _is_unreachable(failure) else 500)
    if answer.status_code == 503:
        answer.headers["Retry-After"] = "5"
    return answer


def _is_unreachable(failure: DBAPIError) -> bool:
    words = str(failure.orig)
    return any(sign in words for sign in ("connection", "database is locked", "the database system is", "disk I/O", "is full"))


def _not_found(refusal: NotFound) -> Response:
    """Answer 404 for what is not there, or is somebody else's."""
    del refusal
    return error_page(404)


def _unexpected(failure: Exception) -> Response:
    log.error("request.failed", path=request.path, exc_info=failure)
    return error_page(500)


def attach(app: Flask) -> None:
    """Answer every failure of this application with a page of ours."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(NotFound, _not_found)
    app.register_error_handler(DBAPIError, _database)
    app.register_error_handler(Exception, _unexpected)
