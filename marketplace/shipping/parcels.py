"""What one seller's goods weigh and measure together: pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from marketplace.kernel.weight import Box, Grams


@dataclass(frozen=True, slots=True)
class Piece:
    """One step of a variant, packed, and how many of them travel."""

    grams: int
    box: Box
    count: int


@dataclass(frozen=True, slots=True)
class Parcel:
    """All goods of one seller for one buyer. `longest_mm` is the longest side of any single piece."""

    grams: Grams
    box: Box
    longest_mm: int
    flags: frozenset[str]
    value_minor: int


def stack(pieces: Sequence[Piece], *, flags: frozenset[str], value_minor: int) -> Parcel:
    """Return the parcel that these pieces make.

    Weight is the sum. Size is a stack: every piece lies on its largest face, heights add up on the largest base. That is
    exact for many of one size and on the safe side for a mixture. The stack may be packed as several, so a courier's limit
    of length is held against single pieces. Units: grams, millimetres. Raises: ValueError without pieces.
    """
    if not pieces:
        raise ValueError("a parcel holds at least one piece")
    lying = [sorted((p.box.length_mm, p.box.width_mm, p.box.height_mm), reverse=True) for p in pieces]
    return Parcel(
        grams=Grams(sum(piece.grams * piece.count for piece in pieces)),
        box=Box(
            length_mm=max(length for length, _, _ in lying),
            width_mm=max(width for _, width, _ in lying),
            height_mm=sum(height * piece.count for (_, _, height), piece in zip(lying, pieces, strict=True)),
        ),
        longest_mm=max(length for length, _, _ in lying),
        flags=flags,
        value_minor=value_minor,
    )
