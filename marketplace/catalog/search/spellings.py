"""Spellings met in the wild and the one that stands for each (domain facts §2 and §8), and words that say nothing."""

from __future__ import annotations

import re

# Whole words.
SPELLINGS: dict[str, str] = {
    "badui": "baduy",
    "baduwi": "baduy",
    "kripik": "keripik",
    "krupuk": "kerupuk",
    "cemilan": "camilan",
    "ranginang": "rengginang",
    "rangginang": "rengginang",
    "renginang": "rengginang",
    "arabika": "arabica",
    "kaceprek": "keceprek",
    "souvenir": "suvenir",
    "mlinjo": "melinjo",
    "jangkawari": "janggawari",
    "cigemlong": "cigemblong",
    "leuiwidamar": "leuwidamar",
    "lewidamar": "leuwidamar",
    "rangkasbetung": "rangkasbitung",
    "fibre": "fiber",
    "jewellery": "jewelry",
    "batick": "batik",
    "batic": "batik",
    "레박": "르박",
    "바드위": "바두이",
    "바두위": "바두이",
}

# Beginnings of longer words that carry the same spelling.
PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"^colour"), "color"),
    (re.compile(r"^(?:바띡|바띠크|바티크)"), "바틱"),
    (re.compile(r"^(?:레박)"), "르박"),
    (re.compile(r"^팜(?:슈거|설탕)"), "팜슈가"),
)

# Names that some write in two words.
JOINED: frozenset[tuple[str, str]] = frozenset(
    {
        ("curug", "bitung"),
        ("gunung", "kencana"),
        ("lebak", "gedong"),
        ("rangkas", "bitung"),
        ("rangkas", "betung"),
        ("kalang", "anyar"),
        ("warung", "gunung"),
        ("bojong", "manik"),
        ("banjar", "sari"),
        ("wana", "salam"),
        ("leuwi", "damar"),
    }
)

# Words that narrow nothing down; a query of only such words keeps them.
IGNORED: frozenset[str] = frozenset(
    {
        *("dan", "di", "dari", "untuk", "yang", "dengan", "ke", "atau", "para"),
        *("the", "a", "an", "of", "for", "and", "with", "in", "from", "to", "or"),
    }
)
