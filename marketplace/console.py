"""The wiring of `flask --app marketplace …`: the market with its commands and migrations.

Web processes load `marketplace.app` alone: commands, the demo and the migration tools would cost each of them 25 MB.
"""

from __future__ import annotations

from flask import Flask
from flask_migrate import Migrate

from config import Settings
from marketplace.app import ROOT, build
from marketplace.cli import catalog, demo, invariants, jobs, payments, routes, worker
from marketplace.db import db


def build_with_commands(settings: Settings | None = None) -> Flask:
    """Return the application with everything `cli/` declares."""
    app = build(settings)
    Migrate(app, db, directory=str(ROOT / "migrations"), render_as_batch=False, compare_type=True)
    for room in (catalog, demo, invariants, jobs, payments, routes, worker):
        for command in room.COMMANDS:
            app.cli.add_command(command)
    return app
