"""Public pictures: read with suspicion, stripped, and kept as WebP in the widths that pages ask for."""

from __future__ import annotations

import hashlib
import threading
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError
from sqlalchemy.orm import Session

from marketplace.files.models import StoredImage
from marketplace.files.storage import Storage
from marketplace.kernel.errors import DomainError

WIDTHS = (160, 320, 480, 720)
FRONT_WIDTH = 1080
QUALITY = 70
MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 40_000_000
FORMATS = ("JPEG", "PNG", "WEBP")  # SVG is a program, not a photo

Image.MAX_IMAGE_PIXELS = MOST_PIXELS
# One photo is unpacked at a time in a process: several large ones at once would exhaust a small machine.
_one_at_a_time = threading.Lock()


@dataclass(eq=False)
class NotAPicture(DomainError):
    """The file is no photo we can read, or too large. `why` is `kind`, `bytes` or `pixels`."""

    why: str


def image_name(image_hash: str, width: int) -> str:
    """Return the file name of a rendition, as it stands in storage and behind `/media/`."""
    return f"{image_hash}-{width}.webp"


def open_picture(content: bytes) -> Image.Image:
    """Return the photo, upright and without its metadata. Raises: NotAPicture."""
    if len(content) > MOST_BYTES:
        raise NotAPicture("bytes")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            opened = Image.open(BytesIO(content), formats=FORMATS)
            if opened.width * opened.height > MOST_PIXELS:
                raise NotAPicture("pixels")
            # Unpack a large JPEG at a fraction of its size; the box must have the photo's own proportions.
            short = min(opened.size)
            opened.draft("RGB", (2 * FRONT_WIDTH * opened.width // short, 2 * FRONT_WIDTH * opened.height // short))
            upright = ImageOps.exif_transpose(opened)
            return upright.convert("RGB")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise NotAPicture("pixels") from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, MemoryError):
        raise NotAPicture("kind") from None


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


def adopt_renditions(session: Session, renditions: Mapping[int, bytes], *, storage: Storage, now: datetime) -> str:
    """Keep ready WebP renditions (width in pixels → bytes, square) and return their content hash: that of the widest."""
    widest = renditions[max(renditions)]
    image_hash = hashlib.sha256(widest).hexdigest()[:40]
    if session.get(StoredImage, image_hash) is None:
        for width, content in renditions.items():
            storage.write(image_name(image_hash, width), content)
        session.add(
            StoredImage(
                hash=image_hash, width=max(renditions), height=max(renditions), created_at=now,
                widths=" ".join(str(width) for width in sorted(renditions)),
            )
        )  # fmt: skip
        session.flush()
    return image_hash
