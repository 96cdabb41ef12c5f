"""Photos are read with suspicion: what comes out is square, upright, small and nothing but a picture."""

from __future__ import annotations

import subprocess
import sys
import time
import zlib
from io import BytesIO
from pathlib import Path
from struct import pack
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageDraw

from marketplace.files.images import MOST_BYTES, NotAPicture, open_picture, render_widths
from marketplace.files.private import LONGEST_SIDE, NotADocument, read_document

ROOT = Path(__file__).resolve().parents[3]
SECRET = b"SECRET-PAYLOAD<script>alert(1)</script>"
WIDTHS = [160, 320, 480, 720, 1080]


def encoded(picture: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    """Return the picture as a file."""
    out = BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def photo(width: int = 1600, height: int = 1200, mode: str = "RGB") -> Image.Image:
    """Return a picture: red above, blue below."""
    picture = Image.new("RGB", (width, height), "blue")
    ImageDraw.Draw(picture).rectangle((0, 0, width, height // 2), fill="red")
    return picture.convert(mode)


def _colour(pixel: Any) -> str:
    if pixel[0] > 150 > pixel[2]:
        return "red"
    return "blue" if pixel[2] > 150 > pixel[0] else str(pixel)


def corners(content: bytes) -> dict[str, str]:
    """Return what colour the middle of each edge of a rendition has."""
    picture = Image.open(BytesIO(content)).convert("RGB")
    end, mid = picture.width - 4, picture.width // 2
    return {"top": _colour(picture.getpixel((mid, 3))), "bottom": _colour(picture.getpixel((mid, end))),
            "left": _colour(picture.getpixel((3, mid - 9))), "right": _colour(picture.getpixel((end, mid - 9)))}  # fmt: skip


def png_of(width: int, height: int, *, colour: int = 2) -> bytes:
    """Return a PNG that says it has this size; its data is all zeroes and packs a thousandfold."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data))

    packer, per_pixel = zlib.compressobj(9), {0: 1, 2: 3, 6: 4}[colour]
    line = b"\0" * (1 + width * per_pixel)
    data = b"".join(packer.compress(line) for _ in range(height)) + packer.flush()
    header = chunk(b"IHDR", pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def refusal(content: bytes) -> str:
    """Return why these bytes are refused."""
    with pytest.raises(NotAPicture) as refused:
        render_widths(content)
    return refused.value.why


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_becomes_squares_in_every_width(kind: str) -> None:
    """WebP, square, no wider than the photo, ascending; the middle is kept."""
    made = render_widths(encoded(photo(), kind))
    assert list(made) == WIDTHS
    for width, content in made.items():
        picture = Image.open(BytesIO(content))
        assert (picture.format, picture.size) == ("WEBP", (width, width))
    assert corners(made[1080])["top"] == "red"
    assert corners(made[1080])["bottom"] == "blue"


@pytest.mark.parametrize(("size", "widths"), [((500, 900), [160, 320, 480]), ((100, 100), [160]), ((10, 10_000), [160]),
                                             ((10_000, 10), [160]), ((1, 1), [160]), ((5_000, 1_100), WIDTHS)])  # fmt: skip
def test_small_and_narrow_photos(size: tuple[int, int], widths: list[int]) -> None:
    """Nothing is blown up, but for the narrowest, which every page needs."""
    made = render_widths(encoded(photo(*size), "PNG"))
    assert list(made) == widths
    assert all(Image.open(BytesIO(content)).size == (width, width) for width, content in made.items())


@pytest.mark.promise("X2", "Y1")
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_no_metadata_comes_through(kind: str) -> None:
    """Camera, place, comment, profile: none of it is in any rendition, nor in a private copy."""
    exif = Image.Exif()
    exif[0x010F] = SECRET.decode()
    exif.get_ifd(0x8825)[1] = "S"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes() + SECRET
    options: dict[str, Any] = {"exif": exif, "icc_profile": profile}
    if kind == "JPEG":
        options["comment"] = SECRET
    source = encoded(photo(), kind, **options)
    assert SECRET[:14] in source or kind == "PNG"
    for content in [*render_widths(source).values(), read_document(source, "a.jpg").content]:
        found = Image.open(BytesIO(content))
        assert SECRET[:14] not in content
        assert len(found.getexif()) == 0
        assert not set(found.info) & {"exif", "icc_profile", "xmp", "comment", "photoshop"}


@pytest.mark.parametrize("orientation", range(1, 9))
def test_photos_stand_upright(orientation: int) -> None:
    """A phone held any way: the top is where the photographer saw it."""
    turned = {1: None, 2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}[orientation]
    picture = photo(1600, 1600)
    if turned is not None:
        picture = picture.transpose(Image.Transpose(turned))
    exif = Image.Exif()
    exif[0x0112] = orientation
    found = corners(render_widths(encoded(picture, "JPEG", exif=exif, quality=95))[720])
    assert (found["top"], found["bottom"]) == ("red", "blue")


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_what_is_transparent_is_white(mode: str) -> None:
    """A cut-out product stands on white, whatever colour hides under its transparency."""
    picture = Image.new("RGBA", (400, 400), (0, 0, 0, 0))
    ImageDraw.Draw(picture).ellipse((150, 150, 250, 250), fill=(200, 0, 0, 255))
    source = encoded(picture.convert(mode) if mode != "P" else picture.quantize(16), "PNG")
    edge = Image.open(BytesIO(render_widths(source)[320])).convert("RGB").getpixel((3, 3))
    assert isinstance(edge, tuple)
    assert min(edge) > 245


@pytest.mark.parametrize("mode", ["CMYK", "L", "YCbCr"])
def test_other_colour_spaces_are_read(mode: str) -> None:
    """Printers' CMYK and grey scans become ordinary pictures."""
    made = render_widths(encoded(photo(mode="RGB").convert(mode), "JPEG"))
    assert Image.open(BytesIO(made[720])).mode == "RGB"
    if mode != "L":
        assert corners(made[720])["top"] == "red"


def test_sixteen_bits_become_eight() -> None:
    """A scanner's deep grey keeps its middle tone."""
    made = render_widths(encoded(Image.new("I;16", (300, 300), 128 * 256), "PNG"))
    shades = set(Image.open(BytesIO(made[160])).convert("L").tobytes())
    assert 120 < min(shades) <= max(shades) < 136


@pytest.mark.promise("X2")
@pytest.mark.parametrize(
    "content",
    [b"", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", b"<html><script>alert(1)</script></html>", b"\0" * 100,
     encoded(photo(64, 64), "GIF"), b"GIF89a=1;alert(1)/*", encoded(photo(64, 64), "BMP"),
     encoded(photo(64, 64), "TIFF"), b"%PDF-1.7\n",
     encoded(photo())[:1000], encoded(photo(), "PNG")[:500], encoded(photo(), "WEBP")[:200],
     b"\xff\xd8\xff", b"RIFF\xff\xff\xff\xffWEBP"],
)  # fmt: skip
def test_what_is_no_photo_is_refused(content: bytes) -> None:
    """SVG, pages, GIF and its polyglots, other formats, cut files, nothing at all."""
    assert refusal(content) == "kind"


@pytest.mark.promise("X2")
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_polyglot_loses_its_other_half(kind: str) -> None:
    """A photo that is also a page or an archive is made anew: only the picture is left."""
    made = render_widths(encoded(photo(), kind) + b"PK\x03\x04" + SECRET)
    assert all(SECRET not in content and b"PK\x03\x04" not in content for content in made.values())


@pytest.mark.promise("X2")
def test_too_many_bytes_and_pixels_are_refused_unread() -> None:
    """By what the file says of itself, in no time."""
    assert refusal(encoded(photo()) + b"\0" * MOST_BYTES) == "bytes"
    floods = [png_of(50_000, 30, colour=0), png_of(5_000, 4_001, colour=0)]
    begun = time.perf_counter()
    assert [refusal(flood) for flood in floods] == ["pixels", "pixels"]
    head = b"IHDR" + pack(">IIBBBBB", 2**31 - 1, 2**31 - 1, 8, 6, 0, 0, 0)
    giant = b"\x89PNG\r\n\x1a\n" + pack(">I", 13) + head + pack(">I", zlib.crc32(head)) + pack(">I", 0) + b"IDAT"
    assert refusal(giant + pack(">I", zlib.crc32(b"IDAT"))) == "pixels"
    assert time.perf_counter() - begun < 5


LARGE = ["png flood", "png 20 MP with alpha", "jpeg 40 MP", "jpeg 38 MP lying", "progressive jpeg 20 MP", "cmyk jpeg 40 MP",
         "webp 12 MP", "strip"]  # fmt: skip


def lying() -> Image.Exif:
    """Return what a phone held upright notes."""
    exif = Image.Exif()
    exif[0x0112] = 6
    return exif


MEASURE = """
import sys, threading, time, psutil
from marketplace.files.images import NotAPicture, render_widths
content = open(sys.argv[1], "rb").read()
me, most, done = psutil.Process(), [0], threading.Event()
from PIL import Image; Image.init()
before = me.memory_info().rss
def watch():
    while not done.wait(0.002):
        most[0] = max(most[0], me.memory_info().rss - before)
threading.Thread(target=watch, daemon=True).start()
begun = time.perf_counter()
try:
    made = len(render_widths(content))
except NotAPicture as refused:
    made = refused.why
done.set()
print(made, most[0] // 2**20, round(time.perf_counter() - begun, 2))
"""


@pytest.mark.promise("X2")
@pytest.mark.parametrize("name", LARGE)
def test_memory_and_time_stay_small(tmp_path: Path, name: str) -> None:
    """At most 256 MB and 10 seconds for the largest photo we take and for the worst we refuse."""
    file = tmp_path / "photo"
    content = {
        "png flood": lambda: png_of(19_000, 19_000, colour=0),
        "png 20 MP with alpha": lambda: png_of(5_000, 4_000, colour=6),
        "jpeg 40 MP": lambda: encoded(photo(7_300, 5_400)),
        "jpeg 38 MP lying": lambda: encoded(photo(9_000, 4_300), exif=lying()),
        "progressive jpeg 20 MP": lambda: encoded(photo(5_000, 4_000), progressive=True, subsampling=0),
        "cmyk jpeg 40 MP": lambda: encoded(photo(9_000, 4_300, "CMYK")),
        "webp 12 MP": lambda: encoded(photo(4_000, 3_000, "RGBA"), "WEBP", method=0),
        "strip": lambda: encoded(photo(20_000, 300)),
    }[name]()
    file.write_bytes(content)
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(file)], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    made, megabytes, seconds = done.stdout.split()
    assert made == {"png flood": "pixels", "strip": "1"}.get(name, "5"), done.stdout
    assert int(megabytes) <= 256, done.stdout
    assert float(seconds) <= 10, done.stdout


SEEDS = [encoded(photo(80, 60), kind) for kind in ("JPEG", "PNG", "WEBP")]


@pytest.mark.promise("X2", "V1")
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(SEEDS), st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=1, max_size=6)), max_size=6), st.floats(0, 1)
)
def test_broken_files_are_refused_or_read(seed: bytes, changes: list[tuple[float, bytes]], end: float) -> None:
    """Whatever is changed or cut: a picture or a refusal, never another error."""
    content = bytearray(seed)
    for where, data in changes:
        at = int(where * len(seed))
        content[at : at + len(data)] = data
    content = content[: max(10, int(len(content) * max(end, 0.3)))]
    try:
        mode = open_picture(bytes(content)).mode
    except NotAPicture as refused:
        mode = refused.why
    assert mode in ("RGB", "kind", "pixels")


def test_private_photos_are_made_anew_and_smaller() -> None:
    """A proof of payment: JPEG, at most 2,000 pixels, whole, under a harmless name."""
    document = read_document(encoded(photo(4_000, 1_500), "PNG"), "../..\\bukti <transfer>.png")
    picture = Image.open(BytesIO(document.content))
    assert (picture.format, picture.size) == ("JPEG", (LONGEST_SIDE, 750))
    assert (document.media_type, document.file_name) == ("image/jpeg", "bukti transfer.jpg")


def test_a_pdf_is_kept_as_it_is() -> None:
    """Byte for byte, and called what it is."""
    content = b"%PDF-1.7\n" + SECRET
    document = read_document(content, "nota.html")
    assert (document.content, document.media_type, document.file_name) == (content, "application/pdf", "nota.pdf")


@pytest.mark.parametrize(
    ("content", "why"), [(b"", "empty"), (b"<html>", "kind"), (b" %PDF-1.7", "kind"),
                         (b"%PDF-" + b"0" * 5 * 1024 * 1024, "bytes"),
                         (png_of(50_000, 900, colour=0), "pixels")],
)  # fmt: skip
def test_other_documents_are_refused(content: bytes, why: str) -> None:
    """Each for its reason."""
    with pytest.raises(NotADocument) as refused:
        read_document(content, "x.pdf")
    assert refused.value.why == why


@given(st.text(max_size=300))
def test_shown_file_names_are_harmless(raw: str) -> None:
    """No path, no control or direction character, an ending of ours, never empty."""
    name = read_document(b"%PDF-1.7", raw).file_name
    assert name.endswith(".pdf")
    assert 4 < len(name) <= 64
    assert name.isprintable()
    assert not set(name) & set('/\\<>"\r\n\0;%')
    assert not name.startswith(".")
