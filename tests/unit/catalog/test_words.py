"""Folding, stems, pieces and slips: pure rules."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.catalog.search.expressions import AllOf, AnyOf, Term, strict, wide
from marketplace.catalog.search.synonyms import MOST_OTHERS, NO_SYNONYMS, build_synonyms
from marketplace.catalog.search.typos import is_one_slip, pieces
from marketplace.catalog.search.words import indexed_words, query_words, stem, words_of


@pytest.mark.row("D2")
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Oleh-oleh BADUI", ("oleh", "oleh", "baduy")),
        ("Kripik pisang, krupuk", ("keripik", "pisang", "kerupuk")),
        ("Gunung Kencana / Gunungkencana", ("gunungkencana", "gunungkencana")),
        ("Lebak Gedong", ("lebakgedong",)),
        ("250 gram, 1kg; 1.5 L", ("250g", "1kg", "1", "5l")),
        ("men’s Café", ("mens", "cafe")),
        ("야자 설탕", ("야자", "설탕")),
        ("바띡셔츠 팜슈거", ("바틱셔츠", "팜슈가")),
        ("ＡＢＣ ﬁne", ("abc", "fine")),
        ("", ()),
        ("?! 😀", ()),
    ],
)
def test_spelled_one_way(text: str, expected: tuple[str, ...]) -> None:
    """The same thing spelled differently is the same words."""
    assert words_of(text) == expected


@pytest.mark.row("D2")
def test_stems() -> None:
    """Indonesian and English have stems; Korean, numbers and short words are left alone."""
    assert {stem(word, "id") for word in ("anyaman", "menganyam", "dianyam")} == {"anyam"}
    assert stem("baskets", "en") == stem("basket", "en")
    assert (stem("anyaman", "ko"), stem("250g", "id"), stem("kue", "id")) == ("anyaman", "250g", "kue")


@pytest.mark.row("D2")
def test_hangul_is_indexed_in_every_way_it_is_typed() -> None:
    """Solid neighbours and syllable pairs stand beside the words."""
    found = indexed_words("야자 설탕 원두커피", "ko")
    assert {"야자", "설탕", "야자설탕", "설탕원두커피", "원두", "두커", "커피", "원두커피"} == set(found)
    assert "handdrawn" in indexed_words("hand-drawn batik", "en")


@given(st.text(max_size=400))
def test_queries_are_bounded_and_clean(typed: str) -> None:
    """At most eight words of digits, a to z and Hangul, whatever was typed."""
    words = query_words(typed)
    assert len(words) <= 8
    for word in words:
        assert all(c in string.ascii_lowercase + string.digits or "가" <= c <= "힣" for c in word)
        assert 0 < len(word) <= 40


def test_function_words_do_not_narrow_unless_alone() -> None:
    """`dari` says nothing beside other words."""
    assert query_words("tas dari bambu") == ("tas", "bambu")
    assert query_words("untuk") == ("untuk",)


def slips(word: str) -> set[str]:
    """Return every word one slip away from a Latin one, by the definition."""
    letters, cuts = string.ascii_lowercase, [(word[:at], word[at:]) for at in range(len(word) + 1)]
    found = {a + b[1:] for a, b in cuts if b}
    found |= {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    found |= {a + c + b[1:] for a, b in cuts if b for c in letters}
    found |= {a + c + b for a, b in cuts for c in letters}
    return found - {word}


@pytest.mark.row("D2")
@given(st.text(string.ascii_lowercase, min_size=2, max_size=7))
def test_every_slip_shares_a_piece_and_is_told(word: str) -> None:
    """Put in, left out, replaced, swapped: all are found by their pieces."""
    for other in slips(word):
        assert is_one_slip(word, other)
        assert pieces(word) & pieces(other)


@given(st.text("abc", max_size=5), st.text("abc", max_size=5))
def test_nothing_else_is_a_slip(one: str, other: str) -> None:
    """Words further apart, and equal ones, are not one slip apart."""
    assert is_one_slip(one, other) == (other in slips(one))


@pytest.mark.row("D2")
def test_a_wrong_vowel_is_one_slip_in_hangul() -> None:
    """Syllables are compared letter by letter."""
    assert is_one_slip("바구니", "바구너")
    assert is_one_slip("바틱", "바티")
    assert not is_one_slip("바구니", "바나나")


def test_synonyms_lead_through_the_canonical_name_only() -> None:
    """Word to name and name to word, not from word to word; names another covers are dropped, and there are never many."""
    synonyms = build_synonyms([("gula aren", "gula semut"), ("gula jawa", "gula semut"), ("gula semut aren", "gula semut")])
    assert synonyms.longest_at(("gula", "aren"), 0) == (2, (("gula", "semut"),))
    assert synonyms.longest_at(("gula", "semut"), 0) == (2, (("gula", "aren"), ("gula", "jawa")))
    assert synonyms.longest_at(("gula",), 0) == (1, ())
    assert synonyms.longest_at(("gulaaren",), 0) == (1, (("gula", "semut"),))
    many = build_synonyms((f"nama{number}", "golok") for number in range(50))
    assert len(many.longest_at(("golok",), 0)[1]) == MOST_OTHERS


def test_expressions() -> None:
    """What is asked of a text, before any engine writes it down."""
    assert strict(("kue",), "id") == Term("kue")
    assert strict(("anyaman",), "id") == AnyOf((Term("anyaman"), Term("anyam")))
    assert wide(("golok", "25"), "id", NO_SYNONYMS) == AllOf((Term("golok", True), Term("25")))
    assert wide(("golok",), "id", build_synonyms([("bedog", "golok")])) == AnyOf((Term("golok", True), Term("bedog")))
