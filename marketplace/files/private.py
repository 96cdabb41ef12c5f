"""Private documents: kept under unguessable names, opened only through the owner's policy."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.files.images import NotAPicture, open_picture
from marketplace.files.models import PrivateFile
from marketplace.files.storage import Storage
from marketplace.kernel.errors import DomainError, NotFound
from marketplace.kernel.ids import PersonId

MOST_BYTES = 5_000_000
LONGEST_SIDE = 2000


@dataclass(eq=False)
class NotADocument(DomainError):
    """The file is neither a photo nor a PDF that we keep. `why` is `kind`, `bytes`, `pixels` or `empty`."""

    why: str


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it will be kept: bytes, kind, and a harmless name to show."""

    content: bytes
    media_type: str
    file_name: str


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A kept document's facts."""

    id: int
    token: str
    file_name: str
    media_type: str
    byte_size: int


def _harmless_name(raw: str, ending: str) -> str:
    stem = re.sub(r"[^\w .-]+", "", raw.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0]).strip(" .")[:60]
    return f"{stem or 'berkas'}{ending}"


def read_document(content: bytes, file_name: str) -> Document:
    """Return an upload made harmless: photos are re-encoded without metadata, PDFs are kept as they are.

    A PDF is only ever offered as a download from a cookieless answer, never shown in a page. Raises: NotADocument.
    """
    if not content:
        raise NotADocument("empty")
    if len(content) > MOST_BYTES:
        raise NotADocument("bytes")
    if content.startswith(b"%PDF-"):
        return Document(content, "application/pdf", _harmless_name(file_name, ".pdf"))
    try:
        picture = open_picture(content)
    except NotAPicture as failure:
        raise NotADocument(failure.why) from None
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    out = BytesIO()
    picture.save(out, "JPEG", quality=85)
    return Document(out.getvalue(), "image/jpeg", _harmless_name(file_name, ".jpg"))


def keep_document(
    session: Session, document: Document, *, owner_kind: str, owner_id: int, storage: Storage,
    uploaded_by: PersonId | None, now: datetime,
) -> StoredDocument:  # fmt: skip
    """Keep a document for its owner (flushes for the id). The bytes come first: a unit rolled back leaves only an orphan."""
    token = secrets.token_urlsafe(32)
    storage.write(token.replace("-", "_"), document.content)
    row = PrivateFile(
        token=token, owner_kind=owner_kind, owner_id=owner_id, file_name=document.file_name, media_type=document.media_type,
        byte_size=len(document.content), sha256=hashlib.sha256(document.content).hexdigest(),
        uploaded_by=uploaded_by, created_at=now,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return StoredDocument(row.id, row.token, row.file_name, row.media_type, row.byte_size)


def find_document(session: Session, *, owner_kind: str, owner_id: int, file_id: int) -> StoredDocument:
    """Return a document through its owner, never by id alone. Raises: NotFound."""
    row = session.execute(
        select(PrivateFile.id, PrivateFile.token, PrivateFile.file_name, PrivateFile.media_type, PrivateFile.byte_size).where(
            PrivateFile.id == file_id, PrivateFile.owner_kind == owner_kind, PrivateFile.owner_id == owner_id
        )
    ).first()
    if row is None:
        raise NotFound
    return StoredDocument(*row)


def read_content(document: StoredDocument, *, storage: Storage) -> bytes:
    """Return the bytes of a kept document. Raises: NotFound."""
    return storage.read(document.token.replace("-", "_"))
