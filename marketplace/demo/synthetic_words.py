"""Words of the synthetic catalogue: real ones for what goods are, coined ones so that it is known how often each occurs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

# Consonant and vowel, without those that Indonesian endings and beginnings are made of: no coined word has another's stem.
_LATIN = tuple(c + v for c in "bcgjlprtw" for v in "aou")
_HANGUL = tuple("가나다라마바사아자차카타파하고노도로모보소오조초코토포")
_SYLLABLES = 4
_STRIDE = 7_919  # prime, and no divisor of the number of coined words: neighbours do not look alike

Named = Mapping[str, str]  # a word per language


@dataclass(frozen=True, slots=True)
class Kind:
    """What a share of the goods is: its category, its common word in each language, and how many in a thousand are it."""

    category: str
    weight: int
    names: Named


def _kind(category: str, weight: int, *names: str) -> Kind:
    return Kind(category, weight, dict(zip(("id", "en", "ko"), names, strict=True)))


# The first five are common: of 20,000 goods each names 2,400.
KINDS: tuple[Kind, ...] = (
    _kind("batik", 120, "batik", "batik", "바틱"),
    _kind("gula", 120, "gula", "sugar", "팜슈가"),
    _kind("bambu", 120, "bambu", "bamboo", "대나무"),
    _kind("kopi", 120, "kopi", "coffee", "커피"),
    _kind("camilan", 120, "keripik", "chips", "과자"),
    _kind("tenun", 50, "tenun", "handloom", "손직조"),
    _kind("baduy", 50, "koja", "bark bag", "코자"),
    _kind("kayu", 50, "nampan", "tray", "쟁반"),
    _kind("logam", 50, "golok", "golok", "골록"),
    _kind("madu", 50, "madu", "honey", "야생꿀"),
    _kind("minuman", 50, "jahe", "ginger", "생강차"),
    _kind("perhiasan", 50, "kalimaya", "opal", "오팔"),
    _kind("katering", 50, "tumpeng", "catering", "도시락"),
)
COMMON = KINDS[:5]

# What any description is made of.
_GENERAL_ID = """
dibuat tangan perajin desa bahan pilihan hasil panen musim ini dikemas rapi tahan lama cocok hadiah keluarga rumah dapur
meja pesta warna alami aroma lembut rasa khas resep turun temurun dikirim aman setiap pekan ukuran pas ringan kuat halus
kering bersih segar tradisi sungai hutan bukit sawah pagi sore tetua adat bersama kelompok
"""
_GENERAL_EN = """
made by hand in the village from chosen material after this season harvest packed with care lasting gift family home
kitchen table feast colour natural scent gentle taste recipe passed down sent safely every week size fitting light strong
fine dry clean fresh tradition river forest hill field morning evening elders together group
"""
_GENERAL_KO = """
마을 장인 손으로 만든 좋은 재료 이번 계절 수확 정성껏 포장 오래 가족 선물 식탁 부엌 잔치 자연 색상 은은한 향기 고유한 맛 전통 방식
안전하게 매주 발송 크기 가벼운 튼튼한 고운 마른 깨끗한 신선한 숲과 강가 언덕 아침 저녁 어른들 함께 모임
"""
GENERAL: Mapping[str, tuple[str, ...]] = {
    "id": tuple(_GENERAL_ID.split()),
    "en": tuple(_GENERAL_EN.split()),
    "ko": tuple(_GENERAL_KO.split()),
}

COLOURS = {"indigo": ("Biru indigo", "Indigo", "남색"), "soga": ("Cokelat soga", "Soga brown", "갈색"),
           "alami": ("Warna alami", "Natural", "자연색"), "hitam": ("Hitam", "Black", "검은색")}  # fmt: skip
SIZES = {"kecil": ("Kecil", "Small", "소형"), "sedang": ("Sedang", "Medium", "중형"), "besar": ("Besar", "Large", "대형")}


def coined(number: int, language: str) -> str:
    """Return the coined word of a number: four syllables, different for every number up to half a million."""
    syllables = _HANGUL if language == "ko" else _LATIN
    left, word = ((number + 11) * _STRIDE) % len(syllables) ** _SYLLABLES, ""
    for _ in range(_SYLLABLES):
        left, at = divmod(left, len(syllables))
        word += syllables[at]
    return word
