"""The search words staff start with: what buyers type, and the word the goods use."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

import marketplace

FILE = Path(marketplace.__file__).parent / "catalog" / "search" / "data" / "synonyms.csv"
HANGUL = re.compile(r"[\uac00-\ud7a3]")


def rows() -> list[tuple[str, str, str]]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return [(row["language"], row["canonical"], row["word"]) for row in csv.DictReader(file)]


def test_rows_are_whole_unique_and_never_map_a_word_to_itself() -> None:
    assert len(rows()) == len(set(rows())) >= 750
    for language, canonical, word in rows():
        assert language in {"id", "en", "ko"}
        assert canonical == canonical.strip() != ""
        assert word == word.strip() != ""
        assert canonical.lower() != word.lower()


def test_only_korean_rows_are_hangul() -> None:
    for language, canonical, word in rows():
        assert bool(HANGUL.search(canonical)) == bool(HANGUL.search(word)) == (language == "ko"), (canonical, word)


@pytest.mark.row("D2")
@pytest.mark.parametrize(
    "row",
    [
        ("id", "baduy", "badui"),
        ("id", "keripik", "kripik"),
        ("id", "ranginang", "rengginang"),
        ("id", "arabika", "arabica"),
        ("id", "oleh-oleh", "oleh oleh"),
        ("ko", "바틱", "바띡"),
        ("ko", "팜슈가", "야자설탕"),
        ("en", "palm sugar", "coconut sugar"),
    ],
)
def test_the_spellings_of_the_domain_page_are_folded(row: tuple[str, str, str]) -> None:
    assert row in rows()


def test_no_word_promises_organic_goods() -> None:
    assert [row for row in rows() if re.search("organi[ck]|유기농", row[2], re.IGNORECASE)] == []
