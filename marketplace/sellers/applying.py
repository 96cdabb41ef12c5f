"""What a shop still lacks before the office can look at it."""

from __future__ import annotations

from enum import StrEnum

SHORTEST_STORY = 40  # a sentence: who makes it, and what


class Missing(StrEnum):
    """One thing that is still to be written."""

    STORY = "story"
    VILLAGE = "village"


def what_is_missing(*, story: str, village: str) -> tuple[Missing, ...]:
    """Return what is still to be written, in the order of the page."""
    lacks = ((Missing.VILLAGE, not village.strip()), (Missing.STORY, len(story.strip()) < SHORTEST_STORY))
    return tuple(thing for thing, is_missing in lacks if is_missing)
