"""Cut the two faces the pages load: Plus Jakarta Sans for Latin, and Lebak Hangul out of Pretendard for Korean.

Run `npm ci` and then `python -m marketplace.cli.fonts` after Korean words were added; the result depends on nothing but the
sources and the texts. Both faces are under the SIL Open Font License 1.1. Pretendard's name is reserved (OFL 1.1 §3), so
its cut carries another.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

import click
from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

ROOT = Path(__file__).parents[2]
FONTS = ROOT / "static" / "fonts"
SOURCES = ROOT / "node_modules"

LATIN_SOURCE = SOURCES / "@fontsource-variable/plus-jakarta-sans/files/plus-jakarta-sans-latin-wght-normal.woff2"
LATIN_LICENCE = SOURCES / "@fontsource-variable/plus-jakarta-sans/LICENSE"
LATIN_CUT = FONTS / "jakarta-latin.woff2"
LATIN_CAP_BYTES = 13_000

HANGUL_SOURCE = SOURCES / "pretendard/dist/public/variable/PretendardVariable.ttf"
HANGUL_LICENCE = SOURCES / "pretendard/dist/LICENSE.txt"
HANGUL_CUT = FONTS / "lebak-hangul.woff2"
HANGUL_CAP_BYTES = 110_000
HANGUL_NAME = "Lebak Hangul"
# Syllables common in shop Korean that no text of ours holds yet, so that a new sentence seldom needs a new cut.
HANGUL_RESERVE = FONTS / "hangul-reserve.txt"

WEIGHTS = (400, 700)
TYPOGRAPHIC = " ·–—…“”‘’×−•½¼²³°€©"
NAMES_OF_BUYERS = "áàâäçéèêíñóöúü"
LATIN_CHARACTERS = "".join(map(chr, range(0x20, 0x7F))) + TYPOGRAPHIC + NAMES_OF_BUYERS
# Used on pages but missing in Plus Jakarta Sans: the reader's own system draws these, so shapes that matter are drawn as icons.
LEFT_TO_SYSTEM = "★☆→←✓◆◇▲▼◀▶♡♥₩"

_TEXT_FILES = {".po", ".csv", ".toml", ".json", ".md", ".txt"}
_KEPT_NAMES = [0, 1, 2, 3, 4, 5, 6, 13, 14]


def hangul_syllables(texts: Iterable[str]) -> str:
    """Return every precomposed Hangul syllable in `texts`, each once, in code order."""
    return "".join(sorted({character for text in texts for character in text if "가" <= character <= "힣"}))


def korean_texts(root: Path = ROOT) -> list[str]:
    """Return the texts that Korean pages may show: every catalogue and data file under `marketplace/`, and the reserve."""
    files = [path for path in sorted((root / "marketplace").rglob("*")) if path.suffix in _TEXT_FILES]
    return [path.read_text(encoding="utf-8") for path in [*files, HANGUL_RESERVE]]


def cut(source: Path, characters: str, *, features: list[str], name: str | None = None) -> bytes:
    """Return `source` as woff2 with only `characters`, our weights and `features`; `name` gives the face a new family name.

    Equal input gives equal bytes: the face keeps its source's own time of change.
    """
    font = TTFont(source, recalcTimestamp=False)
    subsetter = subset.Subsetter(_options(features))
    subsetter.populate(unicodes=[ord(character) for character in characters])
    subsetter.subset(font)
    instancer.instantiateVariableFont(font, {"wght": WEIGHTS}, inplace=True)
    if name:
        _rename(font, name)
    font.flavor = "woff2"
    file = BytesIO()
    font.save(file)
    return file.getvalue()


def _options(features: list[str]) -> subset.Options:
    options = subset.Options()
    options.layout_features = features
    options.hinting = False  # phones do not hint
    options.notdef_outline = True
    options.name_IDs = _KEPT_NAMES
    options.name_languages = [0x409]
    options.drop_tables += ["STAT"]  # for style menus of desktop programs
    return options


def _rename(font: TTFont, name: str) -> None:
    font["fvar"].instances = []
    solid = name.replace(" ", "")
    version = font["name"].getDebugName(5)
    records = {1: name, 2: "Regular", 3: f"{version};{solid}", 4: name, 6: f"{solid}-Regular"}
    for name_id, words in records.items():
        font["name"].setName(words, name_id, 3, 1, 0x409)


def cut_latin(source: Path = LATIN_SOURCE) -> bytes:
    """Return the Latin face: letters, figures and signs of Indonesian and English, with tabular figures."""
    return cut(source, LATIN_CHARACTERS, features=["kern", "tnum"])


def cut_hangul(texts: Iterable[str], source: Path = HANGUL_SOURCE) -> bytes:
    """Return the Korean face: the syllables of `texts` and nothing else (Latin and figures come from the Latin face)."""
    return cut(source, hangul_syllables(texts), features=[], name=HANGUL_NAME)


@click.command()
def main() -> None:
    """Write both faces and their licences into static/fonts; refuse a face above its cap."""
    logging.getLogger("fontTools").setLevel(logging.ERROR)  # the instancer warns about the axis we narrow on purpose
    faces = {LATIN_CUT: (cut_latin(), LATIN_CAP_BYTES), HANGUL_CUT: (cut_hangul(korean_texts()), HANGUL_CAP_BYTES)}
    for path, (face, cap) in faces.items():
        if len(face) > cap:
            raise click.ClickException(f"{path.name} would be {len(face)} bytes; the cap is {cap}")
        path.write_bytes(face)
        click.echo(f"{path.name} {len(face)} bytes")
    shutil.copyfile(LATIN_LICENCE, FONTS / "jakarta-latin.OFL.txt")
    shutil.copyfile(HANGUL_LICENCE, FONTS / "lebak-hangul.OFL.txt")


if __name__ == "__main__":
    main()
