"""Addresses of pictures, as the picture macro wants them."""

from __future__ import annotations

from collections.abc import Sequence

from marketplace.web.assets import asset

Sources = list[tuple[int, str]]

# A card or photo asks for no more than this; the 1080 px view is for the zoom only.
WIDEST_SHOWN = 720


def image_url(image_hash: str, width: int) -> str:
    """Return the address of one rendition."""
    return f"/media/{image_hash}-{width}.webp"


def sources(image_hash: str | None, widths: Sequence[int], *, most: int = WIDEST_SHOWN) -> Sources:
    """Return (width, address) ascending, none where there is no picture."""
    if image_hash is None:
        return []
    return [(width, image_url(image_hash, width)) for width in widths if width <= most] or [
        (width, image_url(image_hash, width)) for width in widths[:1]
    ]


def thumbnail(image_hash: str | None, widths: Sequence[int] = (160,)) -> str:
    """Return the address of the smallest rendition, empty where there is no picture."""
    return image_url(image_hash, widths[0]) if image_hash is not None and widths else ""


def hero_sources() -> Sources:
    """Return the front page's picture: part of the look, built with the other assets."""
    return [(width, asset(f"img/hero-{width}.webp")) for width in (320, 480, 720)]
