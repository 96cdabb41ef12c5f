"""Every PO file of every area, now and later: complete, alike in placeholders, in the register of design.md §12."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from marketplace.language.catalogue import CATALOGUES, PLACEHOLDER, SAFE_TAG, read_area
from marketplace.language.languages import WORK_LANGUAGES, Language

LANGUAGES = {"public": tuple(Language), "work": WORK_LANGUAGES}
AREAS = sorted({(path.parent.name, path.name.split(".")[0]) for path in CATALOGUES.rglob("*.po")})
FILES = sorted(CATALOGUES.rglob("*.po"))

# Words in Latin letters that stand in a Korean text without any Hangul beside them.
LATIN_IN_KOREAN = {"WhatsApp", "QRIS", "FAQ", "CSV", "PDF", "ID", "EN", "NIB", "QR", "SKU", "HS", "MOQ", "Incoterms"}
ENDING_YO = {"필요", "주요", "중요", "수요", "개요", "소요", "아니요"}  # words that only look like 해요체
PARTICLES = "은|는|이|가|을|를|으로|로|와|과"
MOST_WORDS_A_SENTENCE = {Language.ID: 16, Language.EN: 22}


@dataclass(frozen=True)
class Message:
    """One message of one PO file."""

    path: Path
    language: Language
    key: str
    forms: tuple[str, ...]

    @property
    def placeholders(self) -> set[str]:
        """Return the names of the values that any form shows."""
        return {name for form in self.forms for name in PLACEHOLDER.findall(form)}


def language_of(path: Path) -> Language:
    """Return the language that a file's name promises."""
    return Language(path.name.split(".")[1])


@cache
def messages() -> tuple[Message, ...]:
    """Return every message of every file."""
    return tuple(
        Message(path, language_of(path), key, forms)
        for path in FILES
        for key, forms in read_area(path, language_of(path)).items()
    )


def in_language(*languages: Language) -> Iterator[tuple[Message, str]]:
    """Return every form of every message in `languages`, placeholders kept, tags taken out."""
    return (
        (message, SAFE_TAG.sub("", form)) for message in messages() if message.language in languages for form in message.forms
    )


def has_bare_particle(form: str) -> bool:
    """Tell whether a particle that depends on the sound before it stands straight after a value."""
    return bool(re.search(rf"\}}[\"'”’)\]]?(?:\(?(?:{PARTICLES})\)?)+(?=[\s.,!?…:;·)]|$)", form))


def is_informal(form: str) -> bool:
    """Tell whether Korean leaves 합니다체: a 해요체 ending other than 주세요 and 보세요, or 당신."""
    words = re.findall(r"[가-힣]+요(?=[\s.,!?…”’)]|$)", form)
    return "당신" in form or any(not word.endswith(("주세요", "보세요")) and word not in ENDING_YO for word in words)


def is_left_untranslated(form: str) -> bool:
    """Tell whether a Korean text has Latin words, no Hangul, and is no name that stays Latin."""
    words = re.findall(r"[A-Za-z][A-Za-z-]*", PLACEHOLDER.sub("", form))
    return bool(words) and not re.search("[가-힣]", form) and not set(words) <= LATIN_IN_KOREAN


def keys(folder: str, area: str, language: Language) -> set[str]:
    """Return the keys that one area has in one language."""
    return {m.key for m in messages() if m.path == CATALOGUES / folder / f"{area}.{language}.po"}


def named(found: Iterator[tuple[Message, str]]) -> list[str]:
    """Return what to print of messages that break a rule."""
    return [f"{message.key} ({message.language}): {form}" for message, form in found]


@pytest.mark.parametrize(("folder", "area"), AREAS)
def test_each_area_says_everything_in_each_of_its_languages(folder: str, area: str) -> None:
    wanted = set.union(*(keys(folder, area, language) for language in LANGUAGES[folder]))
    lacking = {language.value: sorted(wanted - keys(folder, area, language)) for language in LANGUAGES[folder]}
    assert lacking == {language.value: [] for language in LANGUAGES[folder]}


def test_files_are_named_by_area_and_by_a_language_their_folder_speaks() -> None:
    strange = [str(path) for path in FILES if language_of(path) not in LANGUAGES[path.parent.name]]
    assert strange == []
    assert len({area for _, area in AREAS}) == len(AREAS), "public and work may not share the name of an area"


def test_keys_begin_with_the_name_of_their_area_so_none_is_defined_twice() -> None:
    shape = re.compile(r"[a-z][a-z0-9_]*\.[a-z0-9_]+")
    strange = [m.key for m in messages() if not shape.fullmatch(m.key) or m.key.split(".")[0] != m.path.name.split(".")[0]]
    assert strange == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_key_stands_twice_in_a_file(path: Path) -> None:
    written = Counter(re.findall(r'^msgid "([^"]+)"', path.read_text(encoding="utf-8"), re.MULTILINE))
    assert [key for key, times in written.items() if times > 1] == []
    assert len(written) == len(read_area(path, language_of(path)))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_message_is_marked_unsure(path: Path) -> None:
    assert "fuzzy" not in path.read_text(encoding="utf-8")


def test_no_words_are_empty_or_padded() -> None:
    assert named((m, form) for m, form in in_language(*Language) if not form.strip() or form != form.strip()) == []


def test_english_tells_one_from_many_and_the_others_do_not() -> None:
    plural_in_english = {m.key for m in messages() if m.language is Language.EN and len(m.forms) > 1}
    wrong = [f"{m.key} ({m.language})" for m in messages() if len(m.forms) > (2 if m.language is Language.EN else 1)]
    assert wrong == []
    assert [m.key for m in messages() if m.key in plural_in_english and "count" not in m.placeholders] == []


def test_placeholders_are_the_same_in_every_language() -> None:
    by_key: dict[str, set[frozenset[str]]] = {}
    for message in messages():
        by_key.setdefault(message.key, set()).add(frozenset(message.placeholders))
    assert {key: names for key, names in by_key.items() if len(names) > 1} == {}


def test_braces_are_placeholders_and_nothing_else() -> None:
    assert named((m, form) for m, form in in_language(*Language) if re.search(r"[{}]", PLACEHOLDER.sub("", form))) == []


def test_tags_are_safe_balanced_and_announced_by_the_key() -> None:
    for message in messages():
        for form in message.forms:
            tags = [tag for tag in SAFE_TAG.findall(form) if tag != "<br>"]
            opened: list[str] = []
            for tag in tags:
                name = tag.strip("</>").split()[0]
                if tag.startswith("</"):
                    assert opened.pop() == name, message.key
                else:
                    opened.append(name)
            assert opened == [], message.key
            assert not re.search(r"[<>]", SAFE_TAG.sub("", form)), message.key
        has_tags = any(SAFE_TAG.search(form) for form in message.forms)
        assert not has_tags or message.key.endswith("_html"), message.key


def test_spaces_are_plain_single_ones() -> None:
    assert named((m, form) for m, form in in_language(*Language) if re.search(r"[^\S \n]|  ", form)) == []


def test_no_korean_particle_stands_straight_after_a_value() -> None:
    assert named((m, form) for m, form in in_language(Language.KO) if has_bare_particle(form)) == []


def test_korean_keeps_its_formal_register() -> None:
    assert named((m, form) for m, form in in_language(Language.KO) if is_informal(form)) == []


def test_korean_is_written_in_hangul() -> None:
    assert named((m, form) for m, form in in_language(Language.KO) if is_left_untranslated(form)) == []


@pytest.mark.parametrize(
    "form", ["{name}은 좋다", "“{query}”를 찾음", "{place}으로 발송", "총 {amount}을(를) 결제", "{name}와 {other}"]
)
def test_the_particle_rule_bites(form: str) -> None:
    assert has_bare_particle(form)


@pytest.mark.parametrize(
    "form", ["{count}개", "{count}가지 색상", "{time}까지", "{place}에서 발송", "금액: {amount}", "{name} 발송 상품"]
)
def test_the_particle_rule_lets_counters_pass(form: str) -> None:
    assert not has_bare_particle(form)


def test_the_register_rule_bites() -> None:
    assert all(is_informal(form) for form in ("담았어요", "없어요. 다시 시도해 주세요.", "괜찮아요?", "당신의 상품"))
    assert not any(is_informal(form) for form in ("다시 시도해 주세요.", "둘러보세요", "필요 수량", "아니요", "담았습니다"))


def test_the_hangul_rule_bites() -> None:
    assert is_left_untranslated("Go to {place}")
    assert not any(is_left_untranslated(form) for form in ("{page} · {site}", "QRIS", "WhatsApp 문의"))


def test_no_hangul_strays_into_indonesian_or_english() -> None:
    stray = (
        (m, form)
        for m in messages()
        if m.language is not Language.KO
        for form in m.forms
        if re.search("[가-힣]", re.sub(r'<span lang="ko">.*?</span>', "", form))
    )
    assert named(stray) == []


def test_indonesian_speaks_to_kamu_and_keeps_its_own_words() -> None:
    foreign = re.compile(
        r"\b(?:Anda|anda|filter|sort|cart|shipping|order|stock|review|seller|rating|login|upload|download)\b", re.I
    )
    assert named((m, form) for m, form in in_language(Language.ID) if foreign.search(PLACEHOLDER.sub("", form))) == []


def test_english_is_spelt_the_british_way() -> None:
    american = re.compile(
        r"\b(?:colou?r(?<!colour)|favorite|center|cancel(?:ed|ing)|catalog|organiz\w+|recogniz\w+|gray|fulfill)\b", re.I
    )
    assert named((m, form) for m, form in in_language(Language.EN) if american.search(form)) == []


def test_sentences_are_short() -> None:
    def too_long(message: Message, form: str) -> bool:
        most = MOST_WORDS_A_SENTENCE[message.language]
        return any(len(sentence.split()) > most for sentence in re.split(r"(?<=[.!?])\s|\n", form))

    assert named((m, form) for m, form in in_language(Language.ID, Language.EN) if too_long(m, form)) == []


def test_the_glossary_of_shop_words_is_kept() -> None:
    """A few terms whose wrong twin would mislead: cash on delivery is not freight collect, a NIB is not a Korean number."""
    misleading = re.compile("착불|코코넛슈가|수직물|석청")
    assert named((m, form) for m, form in in_language(Language.KO) if misleading.search(form)) == []
