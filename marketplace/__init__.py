"""The marketplace. `create_app` makes one web application of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from config import Settings


def create_app(settings: Settings | None = None) -> Flask:
    """Return the wired application with its commands. Raises: config.BadSettings, marketplace.web.guards.UndeclaredPolicy."""
    # The one allowed inner import: importing a domain package must not pull in the web.
    from marketplace.console import build_with_commands

    return build_with_commands(settings)
