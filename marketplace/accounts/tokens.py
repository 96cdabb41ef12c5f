"""Secrets and what they sign: session secrets, one-time form tokens, links that open one object."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from marketplace.accounts.models import SpentToken
from marketplace.db import dialect_name
from marketplace.kernel.errors import DomainError


def new_secret() -> str:
    """Return 32 random bytes as URL-safe text (43 characters)."""
    return secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    """Return the SHA-256 of a secret, as hex: what the database keeps instead of it."""
    return hashlib.sha256(secret.encode()).hexdigest()


def sign(key: str, *parts: str) -> str:
    """Return a URL-safe HMAC-SHA-256 (43 characters) over the parts, which cannot run into each other."""
    message = "".join(f"{len(part)}:{part}" for part in parts).encode("utf-8", "replace")
    return base64.urlsafe_b64encode(hmac.new(key.encode(), message, hashlib.sha256).digest()).rstrip(b"=").decode()


def is_signed(key: str, signature: str, *parts: str) -> bool:
    """Tell whether `signature` is ours for these parts, in constant time."""
    return hmac.compare_digest(sign(key, *parts).encode(), signature.encode("utf-8", "replace"))


class BadFormToken(DomainError):
    """The form's one-time token is missing, forged, for another purpose or too old: the form must be shown again."""


@dataclass(eq=False)
class AlreadySpent(DomainError):
    """The form was sent before and succeeded; `outcome` says what came of it."""

    outcome: str


@dataclass(frozen=True, slots=True)
class FormToken:
    """A verified one-time token: what is kept of it, and what for."""

    digest: str
    purpose: str


TOKEN_LIVES_SECONDS = 24 * 3600
# A spent token is remembered for longer than any token is taken.
SPENT_KEPT = timedelta(hours=48)


def issue_form_token(key: str, *, purpose: str, holder: str, now: datetime) -> str:
    """Return a token for one form of one holder (a cart, an order, a person), signed and dated when the page is made."""
    body = f"{secrets.token_urlsafe(12)}.{int(now.timestamp())}"
    return f"{body}.{sign(key, 'form', purpose, holder, body)}"


def read_form_token(key: str, raw: str, *, purpose: str, holder: str, now: datetime) -> FormToken:
    """Return the verified token. Raises: BadFormToken."""
    body, dot, signature = raw[:200].rpartition(".")
    if not dot or not is_signed(key, signature, "form", purpose, holder, body):
        raise BadFormToken
    _, _, made = body.partition(".")
    if not made.isdecimal() or not -300 <= now.timestamp() - int(made) <= TOKEN_LIVES_SECONDS:
        raise BadFormToken
    return FormToken(digest=digest_of(raw), purpose=purpose)


def spend(session: Session, *, token: FormToken, outcome: str, now: datetime) -> None:
    """Use the token up in this unit. Raises: AlreadySpent with the first outcome.

    The insert itself decides who was first; a refused unit rolls back and leaves the token usable.
    """
    insert = sqlite.insert if dialect_name(session) == "sqlite" else postgresql.insert
    first = session.scalar(
        insert(SpentToken)
        .values(digest=token.digest, purpose=token.purpose, outcome=outcome, spent_at=now)
        .on_conflict_do_nothing(index_elements=[SpentToken.digest])
        .returning(SpentToken.digest)
    )
    if first is None:
        raise AlreadySpent(outcome=outcome_of(session, token=token) or "")


def sweep_spent(session: Session, *, now: datetime) -> None:
    """Forget spent tokens that are too old to be sent again."""
    session.execute(delete(SpentToken).where(SpentToken.spent_at < now - SPENT_KEPT))


def outcome_of(session: Session, *, token: FormToken) -> str | None:
    """Return what came of this token, if it was spent."""
    spent = session.get(SpentToken, token.digest)
    return spent.outcome if spent is not None else None
