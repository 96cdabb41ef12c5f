"""Built files under their hashed names, and the pictures of goods."""

from __future__ import annotations

import json
import mimetypes
from pathlib import Path

from flask import Flask, abort, current_app, send_from_directory
from werkzeug.wrappers import Response

from marketplace.web.guards import public

YEAR = 365 * 24 * 3600


def read_manifest(built: Path) -> dict[str, str]:
    """Return which hashed file stands for which name. Raises: FileNotFoundError before `make assets` ran."""
    manifest: dict[str, str] = json.loads((built / "manifest.json").read_text(encoding="utf-8"))
    return manifest


def attach(app: Flask, root: Path) -> None:
    """Let templates ask `asset(name)`. Files below /static/built are served by WhiteNoise in front of the application."""
    app.extensions["market_assets"] = read_manifest(root / "static" / "built")
    app.jinja_env.globals["asset"] = asset


def asset(name: str) -> str:
    """Return the address of a built file. Raises: KeyError for a name that was never built."""
    files: dict[str, str] = current_app.extensions["market_assets"]
    return f"/static/{files[name]}"


def attach_media(app: Flask, folder: Path) -> None:
    """Serve pictures by content hash: immutable, without cookies, never sniffed."""
    mimetypes.add_type("image/webp", ".webp")

    @public()
    def media(name: str) -> Response:
        if not name.endswith(".webp") or len(name) > 80:
            abort(404)
        response = send_from_directory(folder, name[:2] + "/" + name, max_age=YEAR)
        response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
        return response

    app.add_url_rule("/media/<name>", "media", media)
