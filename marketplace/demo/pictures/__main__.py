"""Draw pictures into `marketplace/demo/images`: `python -m marketplace.demo.pictures [ITEM …]`, all items when none is named."""

import sys
from pathlib import Path

from .catalogue import DRAWINGS
from .rasterise import drawing_board, rasterise, save, widths_of
from .scene import render

IMAGES = Path(__file__).parents[1] / "images"


def main(items: list[str]) -> int:
    """Draw every view of the named items."""
    unknown = [item for item in items if item not in DRAWINGS]
    if unknown:
        print("No drawing for:", *unknown, file=sys.stderr)
        return 2
    IMAGES.mkdir(exist_ok=True)
    with drawing_board() as page:
        for item in items or sorted(DRAWINGS):
            for view, draw in DRAWINGS[item].items():
                save(rasterise(page, render(draw())), IMAGES, f"{item}-{view}", widths_of(view))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
