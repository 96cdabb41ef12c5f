"""What a shop's name gives for its address and for the code on its papers, whatever somebody typed."""

from __future__ import annotations

import re
import unicodedata

LONGEST_SLUG = 60


def plain(name: str) -> str:
    """Return a name in ASCII letters, digits and spaces: accents fall off, other scripts fall out."""
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", " ", folded).strip()


def slug_from(name: str) -> str:
    """Return the address a name asks for; `toko` where nothing of it can stand in an address."""
    return plain(name).lower().replace(" ", "-")[:LONGEST_SLUG].strip("-") or "toko"


def code_from(name: str) -> str:
    """Return four capitals or digits from the beginning of a name, filled up from `TOKO`."""
    return (plain(name).replace(" ", "").upper() + "TOKO")[:4]
