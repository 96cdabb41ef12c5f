"""Pictures nobody approved yet, for the office alone."""

from __future__ import annotations

from flask import Response, current_app

from marketplace.files.shelves import Shelves, read_private_image

WIDE_ENOUGH = 480


def shelves() -> Shelves:
    """Return where this application keeps pictures."""
    found: Shelves = current_app.extensions["market_shelves"]
    return found


def picture_response(image_hash: str, widths: tuple[int, ...]) -> Response:
    """Return one rendition: never kept, never sniffed. Raises: NotFound."""
    width = next((each for each in widths if each >= WIDE_ENOUGH), widths[-1])
    response = Response(read_private_image(image_hash, width, shelves=shelves()), content_type="image/webp")
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Disposition"] = "inline"
    return response
