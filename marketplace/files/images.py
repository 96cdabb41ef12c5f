"""Photos: read with suspicion, stripped, and rendered as WebP in the widths that pages ask for."""

from __future__ import annotations

import struct
import threading
import warnings
from dataclasses import dataclass
from io import BytesIO
from math import ceil, sqrt

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from marketplace.kernel.errors import DomainError

WIDTHS = (160, 320, 480, 720)
FRONT_WIDTH = 1080
QUALITY = 70
MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 40_000_000
# PNG, WebP and progressive JPEG are unpacked whole, some of them twice, before they can be made smaller.
MOST_PIXELS_WHOLE = {"PNG": 20_000_000, "WEBP": 12_000_000}
MOST_PIXELS_PROGRESSIVE = 20_000_000
LONGEST_SIDE = 20_000
HANDY_PIXELS = 10_000_000  # what is larger is halved until it is near this, before anything copies it
LARGEST_PROFILE = 64 * 1024
FORMATS = ("JPEG", "PNG", "WEBP")  # SVG is a program, not a photo

Image.MAX_IMAGE_PIXELS = MOST_PIXELS
# One photo is unpacked at a time in a process: several large ones at once would exhaust a small machine.
_one_at_a_time = threading.RLock()
# What Pillow raises for files that are broken, cut or made to break it.
_NOT_READABLE = (
    UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, MemoryError,
    struct.error, IndexError, KeyError, TypeError, OverflowError, ZeroDivisionError,
)  # fmt: skip


@dataclass(eq=False)
class NotAPicture(DomainError):
    """The file is no photo we can read, or too large. `why` is `kind`, `bytes` or `pixels`."""

    why: str


def open_picture(content: bytes) -> Image.Image:
    """Return the photo: upright, in sRGB on white, without its metadata, made smaller when it is very large.

    Raises: NotAPicture.
    """
    if len(content) > MOST_BYTES:
        raise NotAPicture("bytes")
    try:
        with warnings.catch_warnings(), _one_at_a_time:
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # _check_size says no before anything is unpacked
            return _unpack(content)
    except Image.DecompressionBombError:
        raise NotAPicture("pixels") from None
    except _NOT_READABLE:
        raise NotAPicture("kind") from None


def _unpack(content: bytes) -> Image.Image:
    opened = Image.open(BytesIO(content), formats=FORMATS)
    _check_size(opened)
    # Unpack a large JPEG at a fraction of its size; the box must have the photo's own proportions.
    short = min(opened.size)
    opened.draft("RGB", (2 * FRONT_WIDTH * opened.width // short, 2 * FRONT_WIDTH * opened.height // short))
    plain = _plain_mode(opened)
    factor = ceil(sqrt(plain.width * plain.height / HANDY_PIXELS))
    smaller = plain.reduce(factor) if factor > 1 else plain
    del plain, opened
    upright = _in_srgb(_on_white(ImageOps.exif_transpose(smaller)))
    upright.info = {}  # profile, comment, position: encoders would carry them on
    return upright


def _check_size(opened: Image.Image) -> None:
    is_progressive = opened.info.get("progressive") or opened.info.get("progression")
    most = MOST_PIXELS_PROGRESSIVE if is_progressive else MOST_PIXELS_WHOLE.get(opened.format or "", MOST_PIXELS)
    if opened.width * opened.height > most or max(opened.size) > LONGEST_SIDE:
        raise NotAPicture("pixels")


def _plain_mode(opened: Image.Image) -> Image.Image:
    """Return the photo in a mode that can be made smaller: no palette, no sixteen bits."""
    if opened.mode.startswith("I"):
        return opened.point(lambda value: value * (1 / 256)).convert("L")
    if opened.mode in ("P", "PA", "1"):
        return opened.convert("RGBA" if "transparency" in opened.info or opened.mode == "PA" else "RGB")
    return opened.convert("RGBA") if "transparency" in opened.info else opened


def _on_white(picture: Image.Image) -> Image.Image:
    if not picture.has_transparency_data:
        return picture
    glass = picture.convert("RGBA")
    white = Image.new("RGB", glass.size, "white")
    white.paste(glass, mask=glass.getchannel("A"))
    white.info = dict(picture.info)
    return white


def _in_srgb(picture: Image.Image) -> Image.Image:
    """Return the photo in the colours of the web: phones write wider ones, and cloth must keep its hue."""
    profile = picture.info.get("icc_profile", b"")
    if picture.mode == "RGB" and 0 < len(profile) <= LARGEST_PROFILE:
        try:
            converted = ImageCms.profileToProfile(picture, BytesIO(profile), ImageCms.createProfile("sRGB"))
        except (ImageCms.PyCMSError, OSError, ValueError):
            return picture
        return converted or picture
    return picture.convert("RGB")


def render_widths(content: bytes, *, widths: tuple[int, ...] = (*WIDTHS, FRONT_WIDTH)) -> dict[int, bytes]:
    """Return square WebP renditions of a photo, no wider than the photo itself (the narrowest always). Raises: NotAPicture."""
    with _one_at_a_time:
        picture = open_picture(content)
        side = min(picture.size)
        square = ImageOps.fit(picture, (side, side), method=Image.Resampling.LANCZOS)
        made: dict[int, bytes] = {}
        for width in sorted(widths, reverse=True):
            if width > side and width != min(widths):
                continue
            square = square.resize((width, width), Image.Resampling.LANCZOS) if width != square.width else square
            out = BytesIO()
            square.save(out, "WEBP", quality=QUALITY, method=4)
            made[width] = out.getvalue()
    return dict(sorted(made.items()))
