"""From SVG to WebP: drawn once at 1080 by a headless Chromium, then resized down by Pillow."""

import io
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

FULL = 1080
WIDTHS = (160, 320, 480, 720)
QUALITY = 70
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class NoChromium(Exception):
    """No Chromium was found: name one in the environment variable CHROMIUM."""


def widths_of(view: str) -> tuple[int, ...]:
    """The widths kept for a view; only the front is shown large enough to need 1080."""
    return (*WIDTHS, FULL) if view == "front" else WIDTHS


def chromium_path() -> str:
    """The browser to draw with: `CHROMIUM` from the environment, else the first found on PATH."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if not found:
        raise NoChromium
    return found


@contextmanager
def drawing_board() -> Iterator[Page]:
    """An empty page, 1080 square, on which SVG is drawn."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=_FLAGS)
        try:
            # 800 units are shown 1.35 times larger, so the page itself stays 800 wide and every filter keeps its scale.
            yield browser.new_page(viewport={"width": 800, "height": 800}, device_scale_factor=FULL / 800)
        finally:
            browser.close()


def rasterise(page: Page, svg: str) -> Image.Image:
    """Draw one SVG at full width."""
    page.set_content(f"<style>html,body{{margin:0}}svg{{display:block}}</style>{svg}")
    return Image.open(io.BytesIO(page.screenshot(type="png"))).convert("RGB")


def save(image: Image.Image, folder: Path, name: str, widths: tuple[int, ...]) -> None:
    """Write `name-width.webp` for every width."""
    for width in widths:
        sized = image if width == image.width else image.resize((width, width), Image.Resampling.LANCZOS)
        sized.save(folder / f"{name}-{width}.webp", "WEBP", quality=QUALITY, method=6)
