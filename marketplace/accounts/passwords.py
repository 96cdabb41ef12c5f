"""Passwords: Argon2id at 19 MiB, and equal work for people we do not know."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

MIN_LENGTH = 8
MAX_LENGTH = 128

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# Checked for unknown names, so that known and unknown take the same time (promise N2).
_NOBODYS = _hasher.hash("nobody has this password")


def hash_password(password: str) -> str:
    """Return the Argon2id hash. Raises: ValueError when the length is out of bounds."""
    if not MIN_LENGTH <= len(password) <= MAX_LENGTH:
        raise ValueError(f"a password has {MIN_LENGTH} to {MAX_LENGTH} characters")
    return _hasher.hash(password)


def is_password(password: str, stored: str | None) -> bool:
    """Tell whether the password fits; with nothing stored, work as long and say no."""
    try:
        fits = _hasher.verify(stored or _NOBODYS, password[:MAX_LENGTH])
        return fits and stored is not None and len(password) <= MAX_LENGTH
    except (VerificationError, InvalidHashError):
        return False
