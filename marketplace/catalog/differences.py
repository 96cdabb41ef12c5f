"""What an edit changes: field by field, and inside long words piece by piece. Pure rules on frozen values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Literal

WORD = re.compile(r"\s+|\w+|[^\w\s]")
PARTS = ("name", "summary", "description", "care")


@dataclass(frozen=True, slots=True)
class RevisionValues:
    """The reviewed fields of a revision as people read them. `words` by language and part; photos as (hash, what it shows)."""

    category: str
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    photos: tuple[tuple[str, str], ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    permits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that stays, goes or comes."""

    kind: Literal["same", "gone", "new"]
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that changes. `part` is one of `PARTS`, `category`, `fact`, `permits`; `name` says which fact."""

    part: str
    language: str
    name: str
    old: str
    new: str

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Return old and new text as one text of pieces."""
        return pieces(self.old, self.new)


@dataclass(frozen=True, slots=True)
class PhotoChange:
    """A place in the row of photos where something changes; a hash is empty where there is no photo."""

    position: int
    old: str
    new: str


def pieces(old: str, new: str) -> tuple[Piece, ...]:
    """Return what stays, goes and comes between two texts, word by word; joining what is not `new` gives the old text."""
    before, after = WORD.findall(old), WORD.findall(new)
    found: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Piece("same", "".join(before[a:b])))
            continue
        if b > a:
            found.append(Piece("gone", "".join(before[a:b])))
        if d > c:
            found.append(Piece("new", "".join(after[c:d])))
    return tuple(found)


def differences(old: RevisionValues, new: RevisionValues) -> tuple[Difference, ...]:
    """Return the fields that differ, in the order a page shows them; photos have `photo_changes`."""
    found = [Difference("category", "", "", old.category, new.category)]
    for language in sorted({*old.words, *new.words}, key=lambda code: (code != "id", code)):
        before, after = old.words.get(language, {}), new.words.get(language, {})
        found += [Difference(part, language, "", before.get(part, ""), after.get(part, "")) for part in PARTS]
    found += [
        Difference("fact", "", name, old.facts.get(name, ""), new.facts.get(name, ""))
        for name in dict.fromkeys([*old.facts, *new.facts])
    ]
    found.append(Difference("permits", "", "", ", ".join(old.permits), ", ".join(new.permits)))
    return tuple(each for each in found if each.old != each.new)


def photo_changes(old: RevisionValues, new: RevisionValues) -> tuple[PhotoChange, ...]:
    """Return the places where the photos differ."""
    before, after = [photo for photo, _ in old.photos], [photo for photo, _ in new.photos]
    length = max(len(before), len(after))
    before += [""] * (length - len(before))
    after += [""] * (length - len(after))
    return tuple(PhotoChange(place, a, b) for place, (a, b) in enumerate(zip(before, after, strict=True), start=1) if a != b)
