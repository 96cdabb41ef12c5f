"""Drawing a code to scan: as markup inside a page, and as a picture to keep."""

from __future__ import annotations

from io import BytesIO

import segno
from markupsafe import Markup

QUIET = 4  # modules of empty edge that the standard asks for
SCALE = 10  # dots of the picture for each module: sharp in a bank's app, small to send


def _code(payload: str) -> segno.QRCode:
    return segno.make(payload, error="m", micro=False, boost_error=False)


def qr_drawing(payload: str) -> Markup:
    """Return the code as an SVG element without a style, dark on light in either theme."""
    drawn = _code(payload).svg_inline(border=QUIET, dark="#000", light="#fff", omitsize=True, svgclass=None, lineclass=None)
    return Markup(drawn)  # noqa: S704  # drawn from modules: nothing of the payload stands in it as text


def qr_picture(payload: str) -> bytes:
    """Return the code as a PNG."""
    picture = BytesIO()
    _code(payload).save(picture, kind="png", border=QUIET, scale=SCALE)
    return picture.getvalue()
