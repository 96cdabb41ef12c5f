"""Where pictures are kept: on the public shelf everybody sees, on the private one until somebody approved them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from marketplace.db import dialect_name
from marketplace.files.models import StoredImage
from marketplace.files.storage import Storage
from marketplace.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class Shelves:
    """The two places for pictures. What stands on the public one is served to anybody under `/media/`."""

    public: Storage
    private: Storage


def image_name(image_hash: str, width: int) -> str:
    """Return the file name of a rendition, as it stands in storage and behind `/media/`."""
    return f"{image_hash}-{width}.webp"


def adopt_renditions(session: Session, renditions: Mapping[int, bytes], *, storage: Storage, now: datetime) -> str:
    """Keep ready WebP renditions (width in pixels → bytes, square) for everybody; return the content hash of the widest."""
    image_hash = _hash_of(renditions)
    known = session.get(StoredImage, image_hash)
    if known is None or not known.is_public:
        _write(renditions, image_hash, storage)
        _insert(session, renditions, image_hash, is_public=True, now=now)
        session.execute(update(StoredImage).where(StoredImage.hash == image_hash).values(is_public=True))
    return image_hash


def keep_private_image(session: Session, renditions: Mapping[int, bytes], *, shelves: Shelves, now: datetime) -> str:
    """Keep renditions that nobody approved yet and return their content hash; a picture that is public already stays so."""
    image_hash = _hash_of(renditions)
    _write(renditions, image_hash, shelves.private)
    _insert(session, renditions, image_hash, is_public=False, now=now)
    return image_hash


def publish_image(session: Session, image_hash: str, *, shelves: Shelves) -> None:
    """Let everybody see a picture, in the unit that approves it; done twice, it stays public. Raises: NotFound."""
    image = session.get(StoredImage, image_hash)
    if image is None:
        raise NotFound
    if not image.is_public:
        for width in image.widths.split():
            name = image_name(image_hash, int(width))
            shelves.public.write(name, shelves.private.read(name))
        image.is_public = True


def read_private_image(image_hash: str, width: int, *, shelves: Shelves) -> bytes:
    """Return a rendition for whom a policy lets see it; the caller found the picture through its owner. Raises: NotFound."""
    name = image_name(image_hash, width)
    try:
        return shelves.private.read(name)
    except NotFound:
        return shelves.public.read(name)


def _hash_of(renditions: Mapping[int, bytes]) -> str:
    return hashlib.sha256(renditions[max(renditions)]).hexdigest()[:40]


def _write(renditions: Mapping[int, bytes], image_hash: str, storage: Storage) -> None:
    for width, content in renditions.items():
        storage.write(image_name(image_hash, width), content)


def _insert(session: Session, renditions: Mapping[int, bytes], image_hash: str, *, is_public: bool, now: datetime) -> None:
    insert = sqlite.insert if dialect_name(session) == "sqlite" else postgresql.insert
    row = {
        "hash": image_hash, "width": max(renditions), "height": max(renditions), "created_at": now, "is_public": is_public,
        "widths": " ".join(str(width) for width in sorted(renditions)),
    }  # fmt: skip
    # Two people may send the same photo at the same moment: it is kept once, and neither fails.
    session.execute(insert(StoredImage).values(**row).on_conflict_do_nothing(index_elements=[StoredImage.hash]))
