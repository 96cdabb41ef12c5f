"""Style sheets and templates keep the rules of the house: layers, tokens, budgets, contrast, nothing inline."""

import gzip
import re
from pathlib import Path

import pytest

from marketplace.cli.assets import BACK_ONLY, PRINT_ONLY, AssetMissing, Manifest, build, load_manifest, minify_css, minify_js

ROOT = Path(__file__).resolve().parents[3]
STATIC, TEMPLATES = ROOT / "static", ROOT / "templates"
SHEETS = sorted((STATIC / "css").rglob("*.css"))
PAGES = sorted(path for path in TEMPLATES.rglob("*.html") if "mail" not in path.relative_to(TEMPLATES).parts)
MACROS = sorted((TEMPLATES / "macros").glob("*.html"))
LAYER_OF = {"layouts": "layouts", "components": "components", "pages": "pages"}
RAW_COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl)a?\(")


def without_comments(css: str) -> str:
    return re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)


def sheet_id(path: Path) -> str:
    return path.relative_to(STATIC / "css").as_posix()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Manifest]:
    folder = tmp_path_factory.mktemp("static") / "built"
    return folder, build(STATIC, folder)


@pytest.mark.parametrize("sheet", [path for path in SHEETS if path.name != "tokens.css"], ids=sheet_id)
def test_colours_come_from_tokens_only(sheet: Path) -> None:
    assert RAW_COLOUR.findall(without_comments(sheet.read_text("utf-8"))) == []


@pytest.mark.parametrize("sheet", SHEETS, ids=sheet_id)
def test_sheet_has_no_important_and_no_id_selector(sheet: Path) -> None:
    css = without_comments(sheet.read_text("utf-8"))
    selectors = re.findall(r"([^{}]+)\{", css)
    assert "!important" not in css
    assert [selector for selector in selectors if "#" in selector] == []


@pytest.mark.parametrize("sheet", [path for path in SHEETS if path.parent.name in LAYER_OF], ids=sheet_id)
def test_sheet_stands_in_the_layer_of_its_folder(sheet: Path) -> None:
    assert without_comments(sheet.read_text("utf-8")).strip().startswith(f"@layer {LAYER_OF[sheet.parent.name]} {{")


@pytest.mark.parametrize("sheet", SHEETS, ids=sheet_id)
def test_every_custom_property_exists(sheet: Path) -> None:
    tokens = set(re.findall(r"(--[\w-]+)\s*:", (STATIC / "css" / "tokens.css").read_text("utf-8")))
    used = set(re.findall(r"var\((--[\w-]+)", without_comments(sheet.read_text("utf-8"))))
    assert used - tokens == set()


@pytest.mark.parametrize("macro", [path for path in MACROS if 'class="' in path.read_text("utf-8")], ids=lambda path: path.stem)
def test_macro_has_a_sheet_of_the_same_name(macro: Path) -> None:
    assert (STATIC / "css" / "components" / f"{macro.stem}.css").is_file()


@pytest.mark.parametrize("macro", MACROS, ids=lambda path: path.stem)
def test_macro_reads_no_page_context(macro: Path) -> None:
    text = macro.read_text("utf-8")
    body = re.sub(r"\{#.*?#\}", "", text, flags=re.DOTALL)
    assert text.startswith("{#"), "a macro file begins by saying what its arguments are"
    assert re.findall(r"url_for|with context|\bg\.|request\.|current_user", body) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(TEMPLATES).as_posix())
def test_template_has_nothing_inline(page: Path) -> None:
    html = re.sub(r"\{#.*?#\}", "", page.read_text("utf-8"), flags=re.DOTALL)
    assert re.findall(r"""\sstyle\s*=|<style\b|\son[a-z]+\s*=\s*["']|javascript:""", html) == []
    code = [tag for tag in re.findall(r"<script\b[^>]*>", html) if 'type="application/ld+json"' not in tag]
    assert [tag for tag in code if "src=" not in tag] == []


def test_every_icon_a_template_names_is_drawn() -> None:
    drawn = {path.stem for path in (STATIC / "icons").glob("*.svg")}
    named = {name for page in PAGES for name in re.findall(r"""icon\('([\w-]+)'""", page.read_text("utf-8"))}
    named |= {name for page in PAGES for name in re.findall(r"""icon_name='([\w-]+)'""", page.read_text("utf-8"))}
    assert named
    assert named - drawn == set()


@pytest.mark.parametrize(
    ("name", "budget_kb"), [("app.css", 20), ("back.css", 8), ("print.css", 3), ("app.js", 6), ("icons.svg", 6)]
)
def test_built_file_keeps_its_budget(built: tuple[Path, Manifest], name: str, budget_kb: int) -> None:
    folder, manifest = built
    packed = folder.parent / f"{manifest.path_of(name)}.gz"
    assert packed.stat().st_size <= budget_kb * 1024
    assert gzip.decompress(packed.read_bytes()) == (folder.parent / manifest.path_of(name)).read_bytes()


def test_app_sheet_declares_the_layers_first_and_uses_them_all(built: tuple[Path, Manifest]) -> None:
    folder, manifest = built
    css = (folder.parent / manifest.path_of("app.css")).read_text("utf-8")
    assert css.startswith("@layer reset,tokens,base,layouts,components,pages;")
    for layer in ("reset", "tokens", "base", "layouts", "components", "pages"):
        assert f"@layer {layer}{{" in css


def test_build_twice_gives_the_same_and_removes_what_is_stale(built: tuple[Path, Manifest]) -> None:
    folder, manifest = built
    stale = folder / "app.0000000000.css"
    stale.write_text("old", "utf-8")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and path != stale}
    assert build(STATIC, folder) == manifest == load_manifest(folder)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_built_sheets_point_to_files_that_are_there(built: tuple[Path, Manifest]) -> None:
    folder, manifest = built
    for name in ("app.css", "back.css", "print.css"):
        css = (folder.parent / manifest.path_of(name)).read_text("utf-8")
        assert "/static/" not in css
        for url in re.findall(r'url\("([^"]+)"\)', css):
            assert url.startswith("data:image/svg+xml,") or (folder / url).is_file()


def test_unknown_name_is_an_error(built: tuple[Path, Manifest]) -> None:
    with pytest.raises(AssetMissing):
        built[1].path_of("app.scss")


def test_sheets_kept_for_the_back_and_for_paper_exist() -> None:
    assert [name for name in sorted(BACK_ONLY | PRINT_ONLY) if not (STATIC / "css" / name).is_file()] == []


def test_minified_css_keeps_strings_sums_and_descendants() -> None:
    css = 'a :is(b, c) > d { width: calc( 1px + 2px ); /* gone */ content: "a  ;  b"; background: url("x y.svg"); }'
    assert minify_css(css) == 'a :is(b,c)>d{width:calc(1px + 2px);content:"a  ;  b";background:url("x y.svg")}'


def test_minified_script_keeps_code() -> None:
    assert minify_js('/* head\n more */\n  // note\n  const a = "// kept"; // tail\n\n') == 'const a = "// kept"; // tail\n'


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


def palettes() -> dict[str, dict[str, str]]:
    """Read the colours of both themes; the two dark blocks must say the same."""
    css = without_comments((STATIC / "css" / "tokens.css").read_text("utf-8"))
    found: dict[str, list[dict[str, str]]] = {"light": [], "dark": []}
    for body in re.findall(r"\{([^{}]*--mori:[^{}]*)\}", css):
        theme = "dark" if "color-scheme: dark" in body else "light"
        found[theme].append(dict(re.findall(r"--([\w-]+):\s*(#[0-9A-Fa-f]{6})", body)))
    assert [len(found["light"]), len(found["dark"])] == [1, 2]
    assert found["dark"][0] == found["dark"][1]
    fixed = dict(re.findall(r"--((?:on-)?hero[\w-]*|on-hero-cta):\s*(#[0-9A-Fa-f]{6})", css))
    return {theme: {**blocks[0], **fixed} for theme, blocks in found.items()}


def pairs(fronts_on: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    return [(front, ground) for ground, fronts in fronts_on.items() for front in fronts]


TEXT = {
    "mori": ("ink", "ink-2", "nila", "soga", "merah"),
    "paper": ("ink", "ink-2", "nila", "soga", "kunyit-ink", "daun", "merah"),
    "raised": ("ink", "ink-2", "nila"),
    "sunken": ("ink", "ink-2"),
    "nila-tint": ("nila", "ink"),
    "nila": ("on-nila",),
    "nila-deep": ("on-nila",),
    "soga-tint": ("soga", "ink"),
    "kunyit-tint": ("kunyit-ink", "ink"),
    "daun-tint": ("daun", "ink"),
    "merah-tint": ("merah", "ink"),
    "hero": ("on-hero", "on-hero-2"),
    "hero-cta": ("on-hero-cta",),
    "hero-cta-hover": ("on-hero-cta",),
    "soga": ("paper",),
}
OUTLINES = {
    "paper": ("edge", "chart-1", "chart-2", "chart-3", "chart-4", "chart-5"),
    "mori": ("edge", "daun"),
    "raised": ("edge",),
    "sunken": ("edge", "nila", "kunyit-ink"),
    "hero": ("hero-cta",),
}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("front", "ground"), pairs(TEXT), ids=" on ".join)
def test_text_can_be_read(theme: str, front: str, ground: str) -> None:
    colours = palettes()[theme]
    assert contrast(colours[front], colours[ground]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("front", "ground"), pairs(OUTLINES), ids=" on ".join)
def test_outlines_and_charts_can_be_seen(theme: str, front: str, ground: str) -> None:
    colours = palettes()[theme]
    assert contrast(colours[front], colours[ground]) >= 3


@pytest.mark.parametrize(
    ("theme", "front", "ground", "ratio"),
    [
        ("light", "ink", "mori", 15.95),
        ("light", "soga", "paper", 7.65),
        ("light", "on-nila", "nila", 11.12),
        ("light", "edge", "sunken", 3.33),
        ("dark", "ink", "mori", 15.91),
        ("dark", "on-nila", "nila", 9.41),
        ("dark", "merah", "merah-tint", 7.41),
    ],
)
def test_contrast_is_what_the_design_says(theme: str, front: str, ground: str, ratio: float) -> None:
    colours = palettes()[theme]
    assert contrast(colours[front], colours[ground]) == pytest.approx(ratio, abs=0.01)
