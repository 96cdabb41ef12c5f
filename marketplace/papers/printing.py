"""From values to a PDF: Typst lays out one of our sheets; what people wrote reaches it as data, never as markup."""

from __future__ import annotations

import importlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SHEETS, FONTS = HERE / "sheets", HERE / "fonts"

Words = Mapping[str, str]
LONGEST_WORD = 28  # letters on a narrow label before a word without spaces may be broken
ZERO_WIDTH_SPACE = "\u200b"


def print_pdf(sheet: str, papers: Sequence[Mapping[str, Any]], words: Words) -> bytes:
    """Return one PDF with a page for each of these papers, on the sheet of this name (`label`, `slip`)."""
    # Loaded only when somebody prints: most web processes never do, and it is large.
    typst = importlib.import_module("typst")
    data = json.dumps({"papers": [_softened(paper) for paper in papers], "words": dict(words)}, ensure_ascii=False)
    made: bytes = typst.compile(
        str(SHEETS / f"{sheet}.typ"), root=str(SHEETS), format="pdf", sys_inputs={"data": data}, font_paths=[str(FONTS)],
        ignore_system_fonts=True,
    )  # fmt: skip
    return made


def qr_svg(content: str) -> str:
    """Return a QR code as an SVG picture, dark on nothing, with its quiet zone."""
    segno = importlib.import_module("segno")
    drawn: str = segno.make(content, error="m", micro=False).svg_inline(scale=4, border=2)
    return drawn


def _softened(value: Any) -> Any:
    """Return the value with places to break in words too long for a line, and without control characters."""
    if isinstance(value, str):
        return value if value.startswith("<svg") else " ".join(_breakable(word) for word in _printable(value).split())
    if isinstance(value, Mapping):
        return {name: _softened(part) for name, part in value.items()}
    if isinstance(value, Sequence):
        return [_softened(part) for part in value]
    return value


def _printable(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _breakable(word: str) -> str:
    pieces = [word[start : start + LONGEST_WORD] for start in range(0, len(word), LONGEST_WORD)]
    return ZERO_WIDTH_SPACE.join(pieces)
