"""Cut what somebody typed for a place into folded words."""

from __future__ import annotations

import re

from .folding import fold

MOST_WORDS = 6
SHORTEST_NAME = 2

# They say what kind of place follows; alone they would narrow to every kabupaten.
_KINDS = {"kecamatan", "kec", "kabupaten", "kab", "kota", "provinsi", "prov", "kelurahan", "kel", "desa", "ds"}
_BETWEEN = re.compile(r"[\s,./;]+")


def place_words(typed: str) -> tuple[str, ...]:
    """Return the folded words of `typed` without the kinds of place: "Kec. Cibadak, Kab. Lebak" is cibadak, lebak.

    A word that only names a kind stays when nothing else was typed ("kota"), as some places are called so.
    """
    raw = [word for word in _BETWEEN.split(typed[:120].casefold()) if word]
    meant = [word for word in raw if word not in _KINDS] or raw
    return tuple(folded for word in meant if (folded := fold(word)))
