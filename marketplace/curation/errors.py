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


@dataclass(eq=False)
class ChangedMeanwhile(DomainError):
    """Somebody else changed this pick since it was last seen."""

    pick_id: int


@dataclass(eq=False)
class PickEnded(DomainError):
    """The pick does not show now: it is over, or has not begun."""

    pick_id: int


@dataclass(eq=False)
class NothingToUndo(DomainError):
    """There is no act of this curator young enough to be taken back, or another one came after it."""


@dataclass(eq=False)
class StoryNotFound(NotFound):
    """No such story is told now."""

    story_id: int


@dataclass(eq=False)
class CollectionNotFound(NotFound):
    """There is no such collection."""

    collection_id: int


@dataclass(eq=False)
class CollectionChanged(DomainError):
    """Somebody else changed this collection since it was last seen."""

    collection_id: int
