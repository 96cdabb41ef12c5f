"""Lists in bounded pages: by number for people up to a limit, by key for everything longer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")

MOST_PER_PAGE = 100
LAST_NUMBERED_PAGE = 50


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list. `total` may be capped by the query that made it: then `total_is_floor` is true."""

    rows: Sequence[T]
    number: int
    size: int
    total: int
    total_is_floor: bool = False

    @property
    def first_position(self) -> int:
        """Return the position of the first row, counted from 1 (0 when empty)."""
        return (self.number - 1) * self.size + 1 if self.rows else 0

    @property
    def has_next(self) -> bool:
        """Tell whether another numbered page follows."""
        return self.number * self.size < self.total and self.number < LAST_NUMBERED_PAGE
