"""Whether this process lives, and whether it can do its work."""

from __future__ import annotations

import shutil
from datetime import timedelta

import structlog
from flask import Blueprint, Response, jsonify
from sqlalchemy.exc import SQLAlchemyError

from marketplace.db import public_version, reading
from marketplace.outbox.queries import oldest_waiting
from marketplace.web import current
from marketplace.web.guards import public

bp = Blueprint("hooks", __name__)

LEAST_FREE_BYTES = 50 * 1024 * 1024
OLDEST_WAITING = timedelta(minutes=15)
log = structlog.get_logger("market.readiness")


@bp.get("/healthz")
@public()
def healthz() -> Response:
    """Answer as long as the process answers at all."""
    return jsonify({"status": "ok"})


@bp.get("/readyz")
@public()
def readyz() -> tuple[Response, int]:
    """Answer 200 when database, disk and queue are as they should be, else 503 naming what is not."""
    found = {"database": False, "disk": False, "queue": False}
    try:
        with reading() as session:
            public_version(session)
            oldest = oldest_waiting(session, now=current.now())
        found["database"] = True
        found["queue"] = oldest is None or current.now() - oldest < OLDEST_WAITING
    except SQLAlchemyError:
        log.warning("readiness.database")
    found["disk"] = _free_bytes() > LEAST_FREE_BYTES
    return jsonify(found), 200 if all(found.values()) else 503


def _free_bytes() -> int:
    try:
        return shutil.disk_usage(current.settings().data_dir).free
    except OSError:
        log.warning("readiness.disk")
        return 0
