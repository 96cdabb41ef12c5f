"""Tables of people and of what they may do."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.accounts.permissions import Permission, Role
from marketplace.db import Document, Model, value_enum
from marketplace.kernel.ids import PersonId, ShopId


class Person(Model):
    """Somebody who can sign in. Phones are E.164 (`+6281…`), e-mail addresses lower case."""

    __tablename__ = "person"
    __table_args__ = (CheckConstraint("phone IS NOT NULL OR email IS NOT NULL", name="reachable"),)

    id: Mapped[PersonId] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    phone: Mapped[str | None] = mapped_column(String(20), unique=True)
    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    phone_verified_at: Mapped[datetime | None]
    email_verified_at: Mapped[datetime | None]
    password_hash: Mapped[str | None] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(2), default="id")
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]


class SignedInSession(Model):
    """One signed-in browser. The cookie holds a secret, the row only its digest; ending the row signs it out at once."""

    __tablename__ = "signed_in_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[PersonId] = mapped_column(ForeignKey(Person.id), index=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    user_agent: Mapped[str] = mapped_column(String(200), default="")
    address: Mapped[str] = mapped_column(String(45), default="")


class RoleGrant(Model):
    """A role held by a person: in one shop for shop roles, in the market (no shop) for the others."""

    __tablename__ = "role_grant"
    __table_args__ = (UniqueConstraint("person_id", "role", "shop_id", postgresql_nulls_not_distinct=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[PersonId] = mapped_column(ForeignKey(Person.id), index=True)
    role: Mapped[Role] = mapped_column(value_enum(Role))
    shop_id: Mapped[ShopId | None] = mapped_column(index=True)  # a later floor's row: checked by check-invariants
    granted_by: Mapped[PersonId | None]
    granted_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class RolePermission(Model):
    """A right that a role has; staff change these rows and every change is audited."""

    __tablename__ = "role_permission"

    role: Mapped[Role] = mapped_column(value_enum(Role), primary_key=True)
    permission: Mapped[Permission] = mapped_column(String(60), primary_key=True)


class Attempt(Model):
    """One try at something limited (a sign-in, a look-up, a mail); counted within a sliding window by all processes."""

    __tablename__ = "attempt"
    __table_args__ = (Index("ix_attempt_window", "scope", "key_digest", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    scope: Mapped[str] = mapped_column(String(40))
    key_digest: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]


class SpentToken(Model):
    """A one-time form token that a successful unit used up, and what came of it (the answer to give again)."""

    __tablename__ = "spent_token"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    purpose: Mapped[str] = mapped_column(String(40))
    outcome: Mapped[str] = mapped_column(String(80))
    spent_at: Mapped[datetime]


class AuditEntry(Model):
    """Who did what to what, and when: sign-in, staff acts, rights, prices, bank data, views of private files. Append-only."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_object", "object_kind", "object_id"), Index("ix_audit_entry_at", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor_id: Mapped[PersonId | None] = mapped_column(index=True)
    actor_kind: Mapped[str] = mapped_column(String(20))  # `person`, `buyer`, `system`, `stranger`
    action: Mapped[str] = mapped_column(String(60))
    object_kind: Mapped[str] = mapped_column(String(40))
    object_id: Mapped[str] = mapped_column(String(80))
    data: Mapped[Document]
    request_id: Mapped[str] = mapped_column(String(36), default="")
