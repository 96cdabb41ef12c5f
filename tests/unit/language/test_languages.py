"""Which language a stranger gets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.language.languages import DEFAULT, Language, choose, work_language


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        (None, Language.ID),
        ("", Language.ID),
        ("*", Language.ID),
        ("fr, de;q=0.9", Language.ID),
        ("en", Language.EN),
        ("en-GB,en;q=0.9", Language.EN),
        ("ko-KR,ko;q=0.9,en-US;q=0.8,en;q=0.7", Language.KO),
        ("KO", Language.KO),
        ("fr;q=1.0, ko;q=0.4, en;q=0.6", Language.EN),
        ("en;q=0, ko;q=0.1", Language.KO),
        ("en;q=0", Language.ID),
        ("en ; q = 0.3 , id ; q = 0.2", Language.EN),
        ("in-ID,en;q=0.5", Language.ID),
        ("su-ID, en;q=0.8", Language.ID),
        ("en;q=nan, ko;q=1", Language.KO),
        ("en;q=9, ko;q=0.2", Language.KO),
        ("../../etc, ko", Language.KO),
        ("en\x00, ko", Language.KO),
        ("x" * 100_000 + ",en", Language.ID),
        (",".join(["ko;q=0.1"] * 10_000), Language.KO),
    ],
)
def test_the_most_wanted_language_we_speak_is_chosen(header: str | None, wanted: Language) -> None:
    assert choose(header) is wanted


@given(st.text() | st.text(alphabet="enkoid-;,=q.019* \t"))
def test_whatever_a_header_holds_some_language_is_chosen(header: str) -> None:
    assert choose(header) in Language


def test_languages_are_named_in_themselves() -> None:
    assert [language.native_name for language in Language] == ["Indonesia", "English", "한국어"]
    assert [language.short_name for language in Language] == ["ID", "EN", "한국어"]
    assert DEFAULT is Language.ID


def test_work_pages_answer_korean_readers_in_english() -> None:
    assert [work_language(language) for language in Language] == [Language.ID, Language.EN, Language.EN]
