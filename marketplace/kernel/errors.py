"""Refusals are types that carry facts; their words belong to the edge that shows them."""

from __future__ import annotations


class DomainError(Exception):
    """Something a person asked for cannot be done, and they can act on it. Subclasses are dataclasses of facts."""


class NotFound(DomainError):
    """There is no such thing, or it is not yours: the two are never told apart."""
