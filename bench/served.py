"""What the bench serves: the market itself, and beside it in the same processes a floor with nothing on it.

`BENCH_COUNTS=1` lets every answer say how many statements it took; speed is measured without it.
"""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING, Any

from flask import Flask, Response
from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from marketplace.app import build as build_market
from marketplace.catalog.models import Product
from marketplace.db import db
from marketplace.db.engine import WRITES
from marketplace.serving import with_static

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

_counts = threading.local()


def floor_app(engine: Engine) -> Flask:
    """Return an application with the two views everything else is measured against."""
    floor = Flask("floor")
    bind = engine.execution_options(**{WRITES: False})

    @floor.get("/hello")
    def hello() -> str:
        return "hello"

    @floor.get("/one/<int:number>")
    def one(number: int) -> str:
        with Session(bind) as session:
            row = session.execute(select(Product.id, Product.slug).where(Product.id == number)).one()
        return f"<!doctype html><title>{row.slug}</title><p>{row.id}"

    return floor


def count_statements(app: Flask, engine: Engine) -> None:
    """Let every answer of `app` carry the number of statements it took."""

    def note(*_: Any) -> None:
        _counts.sent = getattr(_counts, "sent", 0) + 1

    def begin() -> None:
        _counts.sent = 0

    def end(response: Response) -> Response:
        response.headers["X-Statements"] = str(_counts.sent)
        return response

    event.listen(engine, "before_cursor_execute", note)
    app.before_request_funcs.setdefault(None, []).insert(0, begin)
    app.after_request_funcs.setdefault(None, []).insert(0, end)


def build() -> WSGIApplication:
    """Return both behind one server."""
    market = build_market()
    with market.app_context():
        engine = db.engines[None]
    if os.environ.get("BENCH_COUNTS"):
        count_statements(market, engine)
    both: WSGIApplication = DispatcherMiddleware(with_static(market), {"/_floor": floor_app(engine).wsgi_app})
    return both


app = build()
