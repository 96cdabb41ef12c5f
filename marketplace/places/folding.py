"""Fold place names so that what people type finds what the official list says."""

from __future__ import annotations

import re
import unicodedata

_NOT_A_SIGN = re.compile(r"[^0-9a-z\uac00-\ud7a3]+")

# Whole words that only say what kind of place follows; the list of places does not carry them.
_KINDS = re.compile(r"^(?:kecamatan|kec|kabupaten|kab|kelurahan|kel|desa|ds|provinsi|prov)\b[\s.]*")

# Spellings met in the wild (domain.md §2), after folding, and the official form they stand for.
_SPELLINGS: dict[str, str] = {
    "badui": "baduy",
    "cigemlong": "cigemblong",
    "leuiwidamar": "leuwidamar",
    "lewidamar": "leuwidamar",
    "rangkasbetung": "rangkasbitung",
}


def fold(name: str) -> str:
    """Return `name` in the form used for comparing: lower case, no accents, hyphens or spaces, one spelling.

    `Curug bitung` and `Curugbitung` fold alike, and so do `Badui` and `Baduy`; Hangul loses its spaces only.
    """
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    plain = unicodedata.normalize("NFC", "".join(c for c in decomposed if not unicodedata.combining(c)))
    bare = _KINDS.sub("", plain.strip())
    solid = _NOT_A_SIGN.sub("", bare) or _NOT_A_SIGN.sub("", plain)
    for typed, official in _SPELLINGS.items():
        solid = solid.replace(typed, official)
    return solid
