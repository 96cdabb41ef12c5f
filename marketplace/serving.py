"""The built files in front of the application: served without it, immutable, already compressed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask
from whitenoise import WhiteNoise

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

BUILT = Path(__file__).resolve().parent.parent / "static" / "built"
# `make assets` puts ten digits of the content's hash before each ending: such a name never changes its meaning.
IMMUTABLE = r"^.+\.[0-9a-f]{10}\.[a-z0-9]+$"
YEAR_SECONDS = 365 * 24 * 3600


def with_static(app: Flask, built: Path = BUILT) -> WSGIApplication:
    """Return the application behind WhiteNoise, which answers /static/built/… from memory of the folder as it is now."""
    front = WhiteNoise(app, max_age=YEAR_SECONDS, immutable_file_test=IMMUTABLE, allow_all_origins=False)
    front.add_headers_function = _never_sniffed
    front.add_files(str(built), prefix="static/built/")
    served: WSGIApplication = front
    return served


def _never_sniffed(headers: dict[str, str], _path: str, _url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
