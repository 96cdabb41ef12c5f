"""Tables of messages sent."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.db import Model, value_enum


class Channel(StrEnum):
    """How a notice reaches its reader."""

    MAIL = "mail"
    WHATSAPP = "whatsapp"


class Notice(Model):
    """One message to one reader. `key` makes a logical message exist once, with one Message-ID for life."""

    __tablename__ = "notice"
    __table_args__ = (Index("ix_notice_made", "made_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(120), unique=True)
    channel: Mapped[Channel] = mapped_column(value_enum(Channel))
    kind: Mapped[str] = mapped_column(String(60))
    language: Mapped[str] = mapped_column(String(2))
    to: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(200), default="")
    text: Mapped[str]
    html: Mapped[str] = mapped_column(default="")
    message_id: Mapped[str] = mapped_column(String(120))
    order_number: Mapped[str] = mapped_column(String(24), default="")
    made_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
