"""Weight and size: grams and millimetres, as whole numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NewType

Grams = NewType("Grams", int)


@dataclass(frozen=True, slots=True)
class Box:
    """Outer measures of a packed thing, in millimetres."""

    length_mm: int
    width_mm: int
    height_mm: int

    @property
    def volume_mm3(self) -> int:
        """Return the outer volume in cubic millimetres."""
        return self.length_mm * self.width_mm * self.height_mm
