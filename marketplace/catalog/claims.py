"""Words that promise health. Pure: a list and whole-word search.

Source: Law 18/2012 on Food, articles 99-105, and BPOM Regulation 1/2022 on claims: food may not be said to cure or
prevent a disease; Korea's Act on Labeling and Advertising of Foods, article 8, says the same.
"""

from __future__ import annotations

import re

CLAIMS = (
    "diabetes", "kolesterol", "obat", "menyembuhkan", "penyembuh", "khasiat", "berkhasiat", "mengobati", "kanker", "hipertensi",
    "diabetic", "cholesterol", "cure", "cures", "heal", "heals", "medicine", "cancer",
    "당뇨", "콜레스테롤", "치료", "효능", "항암",
)  # fmt: skip
_LATIN = re.compile(r"\b(?:" + "|".join(word for word in CLAIMS if word.isascii()) + r")\b", re.IGNORECASE)
# Korean words carry their particles, so they are found inside longer ones.
_KOREAN = re.compile("|".join(word for word in CLAIMS if not word.isascii()))


def health_claims(*texts: str) -> tuple[str, ...]:
    """Return the words of these texts that promise health, lower case, each once, in the order they stand."""
    found = [match.group().lower() for text in texts for match in [*_LATIN.finditer(text), *_KOREAN.finditer(text)]]
    return tuple(dict.fromkeys(found))
