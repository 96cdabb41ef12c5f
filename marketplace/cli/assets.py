"""Build what browsers load: joined style sheets, scripts, icons, fonts and pictures under hashed names.

`python -m marketplace.cli.assets` builds `static/` into `static/built/`. The same sources give the same bytes.
"""

import gzip
import hashlib
import json
import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import brotli

LAYERS = "@layer reset, tokens, base, layouts, components, pages;"
BACK_ONLY = frozenset(
    {
        "layouts/work.css",
        "components/plan.css",
        "components/queue_row.css",
        "components/seller_bar.css",
        "components/upload.css",
        "components/work_nav.css",
        "pages/back.css",
        "pages/desk.css",
        "pages/styleguide.css",
    }
)
PRINT_ONLY = frozenset({"layouts/document.css", "print.css"})
MANIFEST_NAME = "manifest.json"
_COMPRESSED = frozenset({".css", ".js", ".svg"})
_STATIC_URL = re.compile(r"""url\(\s*["']?/static/([^"')]+)["']?\s*\)""")
_KEPT = re.compile(r"""("[^"\n]*"|'[^'\n]*'|url\([^)]*\))""")
_SVG = re.compile(r"<svg\b([^>]*)>(.*)</svg>", re.DOTALL)
_ATTRIBUTE = re.compile(r"""([\w:-]+)="([^"]*)\"""")


class AssetMissing(Exception):
    """A style sheet names a file that is not in the source folder."""


@dataclass(frozen=True)
class Manifest:
    """Which hashed file stands for which name, as paths below the static folder."""

    files: Mapping[str, str]

    def path_of(self, name: str) -> str:
        """Return the hashed path of `name`, or say that it was never built."""
        try:
            return self.files[name]
        except KeyError:
            raise AssetMissing(name) from None


def build(source: Path, target: Path) -> Manifest:
    """Build everything below `source` into `target` and return the manifest that was written there."""
    built: dict[str, bytes] = {}
    names: dict[str, str] = {}

    def keep(name: str, content: bytes) -> str:
        names[name] = hashed_name(name, content)
        built[names[name]] = content
        return names[name]

    for path in _plain_files(source):
        keep(path.relative_to(source).as_posix(), path.read_bytes())
    keep("icons.svg", sprite(sorted((source / "icons").glob("*.svg"))).encode())
    for path in sorted((source / "js").rglob("*.js")):
        name = path.relative_to(source / "js").as_posix()
        keep(name, path.read_bytes() if name.startswith("vendor/") else minify_js(path.read_text("utf-8")).encode())
    for name, content in style_sheets(source / "css").items():
        keep(name, minify_css(point_to_built(content, names)).encode())

    _write(built, target)
    manifest = Manifest({name: f"{target.name}/{path}" for name, path in sorted(names.items())})
    (target / MANIFEST_NAME).write_text(json.dumps(manifest.files, indent=1) + "\n", "utf-8")
    return manifest


def load_manifest(target: Path) -> Manifest:
    """Read the manifest of an earlier build."""
    return Manifest(json.loads((target / MANIFEST_NAME).read_text("utf-8")))


def style_sheets(css: Path) -> dict[str, str]:
    """Join the sources, generic to specific, into the three sheets pages link."""
    ordered = [css / "tokens.css", css / "base.css"]
    for folder in ("layouts", "components", "pages"):
        ordered += sorted((css / folder).glob("*.css"))
    sheets = {"app.css": [LAYERS], "back.css": [LAYERS], "print.css": [LAYERS]}
    for path in [*ordered, css / "print.css"]:
        name = path.relative_to(css).as_posix()
        sheet = "back.css" if name in BACK_ONLY else "print.css" if name in PRINT_ONLY else "app.css"
        sheets[sheet].append(path.read_text("utf-8"))
    return {name: "\n".join(parts) for name, parts in sheets.items()}


def point_to_built(css: str, names: Mapping[str, str]) -> str:
    """Replace every `url("/static/…")` by the hashed file beside the sheet."""

    def hashed(match: re.Match[str]) -> str:
        if match[1] not in names:
            raise AssetMissing(match[1])
        return f'url("{names[match[1]]}")'

    return _STATIC_URL.sub(hashed, css)


def minify_css(css: str) -> str:
    """Drop comments and needless space; strings and addresses stay as they are."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    return "".join(part if index % 2 else _squeeze(part) for index, part in enumerate(_KEPT.split(css))).strip()


def minify_js(script: str) -> str:
    """Drop indentation, blank lines and lines that hold only a comment."""
    script = re.sub(r"^\s*/\*.*?\*/\s*$", "", script, flags=re.DOTALL | re.MULTILINE)
    lines = (line.strip() for line in script.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//")) + "\n"


def sprite(icons: Iterable[Path]) -> str:
    """Join icon files into one SVG whose symbols carry the files' names."""
    return '<svg xmlns="http://www.w3.org/2000/svg">' + "".join(_symbol(path) for path in icons) + "</svg>\n"


def hashed_name(name: str, content: bytes) -> str:
    """Return the name with ten digits of the content's SHA-256 before its ending."""
    path = Path(name)
    return path.with_name(f"{path.stem}.{hashlib.sha256(content).hexdigest()[:10]}{path.suffix}").as_posix()


def _plain_files(source: Path) -> list[Path]:
    fonts, pictures = (source / "fonts").glob("*.woff2"), (source / "img").rglob("*.*")
    return sorted([*fonts, *pictures, *source.glob("favicon*.*")])


def _symbol(path: Path) -> str:
    found = _SVG.search(path.read_text("utf-8"))
    if found is None:
        raise ValueError(f"{path.name} is not an SVG picture")
    attributes = {name: value for name, value in _ATTRIBUTE.findall(found[1]) if name not in {"xmlns", "width", "height"}}
    written = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f'<symbol id="{path.stem}"{written}>{" ".join(found[2].split())}</symbol>'


def _squeeze(css: str) -> str:
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r"\s*([{};,>])\s*", r"\1", css)
    return re.sub(r"([:(])\s+", r"\1", css).replace(" )", ")").replace(";}", "}")


def _write(built: Mapping[str, bytes], target: Path) -> None:
    """Write the files with their compressed twins, then remove what an earlier build left."""
    wanted = {target / MANIFEST_NAME}
    for name, content in built.items():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        for twin, data in _twins(path, content):
            twin.write_bytes(data)
            wanted.add(twin)
    for path in sorted(target.rglob("*")):
        if path.is_file() and path not in wanted:
            path.unlink()


def _twins(path: Path, content: bytes) -> list[tuple[Path, bytes]]:
    twins = [(path, content)]
    if path.suffix in _COMPRESSED:
        twins.append((path.with_name(path.name + ".gz"), gzip.compress(content, compresslevel=9, mtime=0)))
        twins.append((path.with_name(path.name + ".br"), brotli.compress(content, quality=11)))
    return twins


def main() -> None:
    """Build the project's static folder and print what pages will load."""
    static = Path(__file__).resolve().parents[2] / "static"
    manifest = build(static, static / "built")
    for name, path in manifest.files.items():
        packed = static / f"{path}.gz"
        size = packed.stat().st_size if packed.exists() else (static / path).stat().st_size
        sys.stdout.write(f"{size:>8}  {name}\n")


if __name__ == "__main__":
    main()
