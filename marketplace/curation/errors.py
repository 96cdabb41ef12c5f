"""Refusals about what curators place."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.kernel.errors import DomainError, NotFound


@dataclass(eq=False)
class PickNotFound(NotFound):
    """There is no such pick, or it was withdrawn already."""

    pick_id: int


@dataclass(eq=False)
class ReasonMissing(DomainError):
    """A pick says why, at least in Indonesian."""


@dataclass(eq=False)
class WindowWrong(DomainError):
    """What is placed ends after it starts."""


@dataclass(eq=False)
class CollectionSlugTaken(DomainError):
    """Another collection has this slug; slugs are never used again."""

    slug: str
