"""How well goods are described, out of 100, and the one thing to do next. Pure."""

from __future__ import annotations

from dataclasses import dataclass

# (step, points): what buyers ask first comes first; the six required fields alone give 60.
STEPS = (("required", 60), ("three_photos", 15), ("description", 15), ("summary", 10))
PHOTOS_WANTED = 3
LONG_ENOUGH = 80  # characters that tell how a thing is made


@dataclass(frozen=True, slots=True)
class Quality:
    """Points out of 100, and the next step; empty when nothing is missing."""

    points: int
    next_step: str


def quality_of(*, has_required: bool, photos: int, summary: str, description: str) -> Quality:
    """Return the score of a listing and exactly one next step."""
    done = {
        "required": has_required,
        "three_photos": photos >= PHOTOS_WANTED,
        "description": len(description.strip()) >= LONG_ENOUGH,
        "summary": bool(summary.strip()),
    }
    points = sum(worth for step, worth in STEPS if done[step])
    return Quality(points, next((step for step, _ in STEPS if not done[step]), ""))
