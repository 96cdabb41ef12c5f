"""The two faces: whole enough for our words, light enough for a slow line, and free of the reserved name."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
import time_machine
from fontTools.ttLib import TTFont

from marketplace.cli import fonts
from marketplace.language.catalogue import CATALOGUES, PLACEHOLDER


@cache
def characters_in(path: Path) -> set[str]:
    """Return the characters a face can draw."""
    return {chr(code) for code in TTFont(path).getBestCmap()}


def catalogue_texts(*languages: str) -> list[str]:
    """Return the PO files of `languages`."""
    return [path.read_text(encoding="utf-8") for language in languages for path in CATALOGUES.rglob(f"*.{language}.po")]


def test_every_syllable_of_the_korean_catalogues_is_in_the_korean_face() -> None:
    wanted = set(fonts.hangul_syllables(catalogue_texts("ko")))
    assert len(wanted) > 200
    assert wanted - characters_in(fonts.HANGUL_CUT) == set(), "cut again: npm ci && python -m marketplace.cli.fonts"


def test_the_latin_face_draws_every_sign_of_our_indonesian_and_english() -> None:
    wanted = {c for text in catalogue_texts("id", "en") for c in PLACEHOLDER.sub("", text) if c != "\n"}
    foreign = {c for c in wanted if "가" <= c <= "힣"}
    assert wanted - foreign - set(fonts.LEFT_TO_SYSTEM) - characters_in(fonts.LATIN_CUT) == set()
    assert set(fonts.LATIN_CHARACTERS) <= characters_in(fonts.LATIN_CUT)


def test_what_is_said_to_fall_to_the_system_really_does() -> None:
    assert set(fonts.LEFT_TO_SYSTEM) & characters_in(fonts.LATIN_CUT) == set()


@pytest.mark.parametrize(
    ("path", "cap"),
    [(fonts.LATIN_CUT, fonts.LATIN_CAP_BYTES), (fonts.HANGUL_CUT, fonts.HANGUL_CAP_BYTES)],
    ids=["latin", "hangul"],
)
def test_faces_stay_under_their_caps_and_bring_their_licence(path: Path, cap: int) -> None:
    assert path.stat().st_size <= cap
    assert "SIL OPEN FONT LICENSE Version 1.1" in path.with_suffix(".OFL.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", [fonts.LATIN_CUT, fonts.HANGUL_CUT], ids=["latin", "hangul"])
def test_faces_run_from_regular_to_bold(path: Path) -> None:
    axes = [(axis.axisTag, axis.minValue, axis.maxValue) for axis in TTFont(path)["fvar"].axes]
    assert axes == [("wght", *fonts.WEIGHTS)]


def test_the_korean_face_does_not_carry_the_reserved_name() -> None:
    names = {record.nameID: str(record) for record in TTFont(fonts.HANGUL_CUT)["name"].names}
    assert names[1] == "Lebak Hangul"
    assert "pretendard" not in " ".join(names[part] for part in names if part in {1, 2, 3, 4, 6, 16, 25}).lower()
    assert "Kil Hyung-jin" in names[0]


def test_the_latin_face_can_set_columns_of_figures() -> None:
    features = {record.FeatureTag for record in TTFont(fonts.LATIN_CUT)["GSUB"].table.FeatureList.FeatureRecord}
    assert "tnum" in features


@pytest.mark.parametrize("path", [fonts.LATIN_CUT, fonts.HANGUL_CUT], ids=["latin", "hangul"])
def test_cutting_on_another_day_gives_the_same_bytes(path: Path) -> None:
    some = "".join(sorted(characters_in(path))[:40])
    with time_machine.travel(datetime(2026, 1, 2, tzinfo=UTC)):
        first = fonts.cut(path, some, features=[], name="Some Face")
    with time_machine.travel(datetime(2031, 6, 5, tzinfo=UTC)):
        second = fonts.cut(path, some, features=[], name="Some Face")
    assert first == second
    assert len(first) < path.stat().st_size


def test_hangul_syllables_are_found_once_and_in_order() -> None:
    assert fonts.hangul_syllables(["나가 ABC 가", "힣ㅋ"]) == "가나힣"
