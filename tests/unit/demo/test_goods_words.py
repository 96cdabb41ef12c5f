"""The words of the demo goods: three languages, the agreed spellings, nothing the law or good manners forbid."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from marketplace.demo.goods import read_goods

HANGUL_NAMES = {
    "gs-ori-250": "아렌 팜슈가 과립(굴라 스뭇)",
    "ga-kojor": "블록(코조르)",
    "bt-cap-katun": "스탬프 바틱(찹)",
    "bt-tulis": "핸드드로잉 바틱(툴리스)",
    "bt-alam": "천연 염색 바틱",
    "tb-suat": "손직조 직물(수앗 송켓)",
    "tb-adumancung": "손직조 숄(아두 만충)",
    "kb-koja-s": "나무껍질 섬유 가방(코자)",
    "kb-golok": "골록",
    "md-hutan-500": "야생꿀",
    "em-mentah-500": "멜린조 칩(음핑)",
    "op-singkong": "카사바 크래커(오팍)",
    "kp-manis": "바나나칩",
    "lj-labeur": "라브르 자헤",
    "kf-robusta-200": "르박",
    "bb-besek": "대나무 상자(베섹)",
    "ky-leuit": "르잇",
    "kl-black": "칼리마야",
}

HEALTH_CLAIMS = {
    "id": r"diabet|kolesterol|\bobat|sembuh|khasiat|berkhasiat|menyehatkan|organik|kesehatan|imun",
    "en": r"diabet|cholesterol|medicin|\bcur(e|es|ed|ing)\b|heal(s|ing|th|thy)?\b|remed|therap|organic|immun",
    "ko": r"당뇨|콜레스테롤|의약|약효|약용|치료|치유|효능|효험|건강|면역|유기농",
}
UNWELCOME = {
    "id": r"ciomas|asli dijamin|terbaik|juara|penghargaan",
    "en": r"ciomas|award|world[- ]best|machete",
    "ko": r"치오마스|수직물|석청|코코넛슈가|바띡|착불|당신|수상|최고",
}
INDONESIAN = re.compile(r"\b(yang|dan|untuk|dengan|dari|atau|supaya|tidak|dalam)\b", re.IGNORECASE)
ENGLISH = re.compile(r"\b(the|and|of|with|for|or|is|in)\b", re.IGNORECASE)
HANGUL = re.compile(r"[가-힣]")


def each_text(lang: str) -> Iterator[tuple[str, str]]:
    """Yield every text of one language with a name to find it by."""
    for good in read_goods():
        text = getattr(good.text, lang)
        for field in ("name", "summary", "description", "care", "alt"):
            yield f"{good.item_id} {field}", getattr(text, field)
        for variant in good.variants:
            if variant.label is not None:
                yield f"{variant.sku} label", getattr(variant.label, lang)


@pytest.mark.parametrize("lang", ["id", "en"])
def test_descriptions_have_the_agreed_length(lang: str) -> None:
    """A description says enough without becoming an essay."""
    for good in read_goods():
        words = len(getattr(good.text, lang).description.split())
        assert 60 <= words <= 110, (good.item_id, words)


def test_summaries_are_one_sentence() -> None:
    """A card has room for one sentence."""
    for good in read_goods():
        for lang in ("id", "en", "ko"):
            summary = getattr(good.text, lang).summary
            assert summary.endswith("."), (good.item_id, lang)
            assert len(re.findall(r"\.(?:\s|$)", summary)) == 1, (good.item_id, lang)


def test_indonesian_is_indonesian_and_english_is_english() -> None:
    """No text was left in the other language."""
    for good in read_goods():
        assert INDONESIAN.search(good.text.id.description), good.item_id
        assert not re.search(r"\b(the|and|with|for)\b", good.text.id.description), good.item_id
        assert ENGLISH.search(good.text.en.description), good.item_id
    for name, text in each_text("en"):
        assert not INDONESIAN.search(text), name
    for lang in ("id", "en"):
        assert not [name for name, text in each_text(lang) if HANGUL.search(text)]


def test_korean_is_hangul_in_the_agreed_register() -> None:
    """Korean texts are written in Hangul; statements end in 합니다체, requests in 세요."""
    codes_only = re.compile(r"^[SMLX]+$|^\d+ ?(ml|L)$")
    for name, text in each_text("ko"):
        assert HANGUL.search(text) or codes_only.match(text) or re.fullmatch(r"[0-9x.]+cm", text), name
        assert len(re.findall(r"[A-Za-z]", text)) <= len(HANGUL.findall(text)) or " label" in name, name
    for good in read_goods():
        for text in (good.text.ko.summary, good.text.ko.description, good.text.ko.care):
            for sentence in re.split(r"(?<=\.)\s+", text):
                assert re.search(r"(니다|세요)\.$", sentence), (good.item_id, sentence)
        assert 35 <= len(good.text.ko.description.split()) <= 110, good.item_id


def test_korean_names_use_the_agreed_spellings() -> None:
    """The plain word comes first and the local name stands in brackets, in the spelling of the glossary."""
    by_id = {good.item_id: good for good in read_goods()}
    for item_id, spelling in HANGUL_NAMES.items():
        assert spelling in by_id[item_id].text.ko.name
    for good in read_goods():
        assert not re.search(r"[0-9] (g|kg|cm|ml)\b", good.text.ko.name + good.text.ko.description), good.item_id
        assert not re.search(r" \(", good.text.ko.name + good.text.ko.description), good.item_id


@pytest.mark.parametrize("lang", ["id", "en", "ko"])
def test_no_health_claims_and_no_boasts(lang: str) -> None:
    """Food law forbids health claims; "organic" is a certified word in Korea; Ciomas lies in another regency."""
    banned = re.compile(f"{HEALTH_CLAIMS[lang]}|{UNWELCOME[lang]}", re.IGNORECASE)
    assert banned.search({"id": "Obat alami", "en": "It heals", "ko": "유기농 설탕"}[lang])
    assert [name for name, text in each_text(lang) if banned.search(text)] == []
