"""Slips of the finger between two words. Pure. Hangul is compared by single letters, so one wrong vowel is one slip."""

from __future__ import annotations

import unicodedata


def spelled(word: str) -> str:
    """Return a word letter by letter: Hangul syllables taken apart into jamo, Latin as it is."""
    return unicodedata.normalize("NFD", word)


def pieces(word: str) -> frozenset[str]:
    """Return the word's letters, and its letters with each one left out: words one slip apart have a piece in common."""
    letters = spelled(word)
    return frozenset({letters, *(letters[:at] + letters[at + 1 :] for at in range(len(letters)))} - {""})


def is_one_slip(one: str, other: str) -> bool:
    """Tell whether the words differ by one letter put in, left out or replaced, or by two neighbours swapped."""
    a, b = spelled(one), spelled(other)
    if abs(len(a) - len(b)) > 1 or a == b:
        return False
    start = next((at for at, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    rest_a, rest_b = a[start:], b[start:]
    if len(a) == len(b):
        return rest_a[1:] == rest_b[1:] or (rest_a[:2] == rest_b[1::-1] and rest_a[2:] == rest_b[2:])
    longer, shorter = (rest_a, rest_b) if len(a) > len(b) else (rest_b, rest_a)
    return longer[1:] == shorter
