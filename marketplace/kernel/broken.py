"""How a broken invariant is told: which one, where, and in words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Broken:
    """One offence against the invariants of docs `promises` §2: its code, the kind of thing, the offending ids."""

    code: str
    kind: str
    ids: tuple[int | str, ...]
    words: str
