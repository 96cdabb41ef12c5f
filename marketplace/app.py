"""The wiring: settings, database, the wings of pages, handlers, commands."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

from flask import Flask
from flask_migrate import Migrate

from config import Profile, Settings, read_settings
from marketplace import tables as tables
from marketplace.db import db
from marketplace.db.engine import engine_options, prepare_engine
from marketplace.db.faults import arm
from marketplace.kernel.clock import SystemClock
from marketplace.web.guards import require_policies

ROOT = Path(__file__).resolve().parent.parent


def build(settings: Settings | None = None) -> Flask:
    """Return the application for these settings (by default those of the environment)."""
    settings = settings or read_settings(os.environ)
    app = Flask("marketplace", root_path=str(ROOT / "marketplace"), template_folder=str(ROOT / "templates"), static_folder=None)
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=settings.max_request_bytes,
        MAX_FORM_MEMORY_SIZE=512 * 1024,
        MAX_FORM_PARTS=200,
        TESTING=settings.profile is Profile.TEST,
    )
    app.extensions["market_settings"] = settings
    app.extensions["market_clock"] = SystemClock(timedelta(seconds=settings.clock_offset_s))
    if settings.profile is Profile.TEST:
        arm(settings.fault_point)
    _open_database(app, settings)
    require_policies(app)
    return app


def _open_database(app: Flask, settings: Settings) -> None:
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.database_url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(settings.database_url, pool_size=settings.pool_size)
    if settings.replica_url:
        app.config["SQLALCHEMY_BINDS"] = {
            "replica": {"url": settings.replica_url, **engine_options(settings.replica_url, pool_size=settings.pool_size)}
        }
    db.init_app(app)
    Migrate(app, db, directory=str(ROOT / "migrations"), render_as_batch=False, compare_type=True)
    with app.app_context():
        for engine in db.engines.values():
            prepare_engine(engine)
