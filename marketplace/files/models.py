"""Tables of stored files."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.db import Model
from marketplace.kernel.ids import PersonId


class StoredImage(Model):
    """A picture as immutable WebP renditions: a public one at `/media/{hash}-{width}.webp`, another only through a policy."""

    __tablename__ = "stored_image"
    __table_args__ = (CheckConstraint("width > 0 AND height > 0", name="size_positive"),)

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    width: Mapped[int]
    height: Mapped[int]
    widths: Mapped[str] = mapped_column(String(60))  # the rendered widths in pixels, ascending, separated by spaces
    is_public: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]


class PrivateFile(Model):
    """A document that only its owner and those a policy names may open; every view is audited."""

    __tablename__ = "private_file"
    __table_args__ = (Index("ix_private_file_owner", "owner_kind", "owner_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(String(43), unique=True)  # unguessable name in addresses and in storage
    owner_kind: Mapped[str] = mapped_column(String(40))  # `payment`, `permit`, … ; a typed id, as the owner is a later floor
    owner_id: Mapped[int]
    file_name: Mapped[str] = mapped_column(String(120))
    media_type: Mapped[str] = mapped_column(String(60))
    byte_size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    uploaded_by: Mapped[PersonId | None]
    created_at: Mapped[datetime]
