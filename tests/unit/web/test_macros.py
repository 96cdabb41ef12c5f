"""Macros and layouts print whole, valid pieces from values alone."""

import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from jinja2 import DictLoader, Environment, FileSystemLoader, StrictUndefined
from jinja2.loaders import ChoiceLoader

from marketplace.web.styleguide import ICONS, samples

ROOT = Path(__file__).resolve().parents[3]
TEMPLATES = ROOT / "templates"
VOID = {"meta", "link", "img", "input", "br", "hr", "path", "rect", "line", "polyline", "circle"}


class Page(HTMLParser):
    """Collect ids, references to ids and tags that were never closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.wanted: list[str] = []
        self.open: list[str] = []
        self.mismatched: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" and value:
                self.ids.append(value)
            if name in {"for", "aria-describedby", "aria-labelledby", "aria-controls"} and value:
                self.wanted += value.split()
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.open.pop()
        elif tag not in VOID:
            self.mismatched.append(tag)


def environment(*, is_private: bool = False, **pages: str) -> Environment:
    env = Environment(
        loader=ChoiceLoader([FileSystemLoader(TEMPLATES), DictLoader(pages)]),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    links = [("Bantuan", "/id/help")]
    env.globals.update(
        t=lambda key, **_values: f"[{key}]",
        asset=lambda name: f"/static/built/{name}",
        market_name="Pasar & Lebak",
        page=SimpleNamespace(
            language="id", theme="dark", path="/id/", canonical="https://pasar.example/id/", is_private=is_private,
            alternates=[("id", "Indonesia", "/id/"), ("en", "English", "/en/"), ("ko", "한국어", "/ko/")], default_twin="/",
        ),
        absolute=lambda path: "https://pasar.example" + path,
        nav=SimpleNamespace(
            home="/id/", search="/id/search", suggest="/id/suggest", cart="/id/cart", shops="/id/shops", export="/id/export",
            sign_in="/account/", help="/id/help", theme_action="/theme", all_goods="/id/products",
            categories=[SimpleNamespace(name="Batik", url="/id/c/batik")], footer=[SimpleNamespace(title="Belanja", links=links)],
        ),
        wing=SimpleNamespace(
            name="seller", title="Sanggar", home="/seller/", label="Menu", person="Sari", sign_out="/out", links=links,
            groups=[SimpleNamespace(title="", entries=[_item()])], bar=[_item()],
        ),
    )  # fmt: skip
    return env


def _item() -> Any:
    return SimpleNamespace(label="Pesanan", icon="box", url="/seller/orders", count="3", current=True)


@pytest.fixture(scope="module")
def styleguide() -> str:
    return environment().get_template("pages/styleguide.html").render(samples=samples())


def test_style_guide_is_well_formed_and_its_ids_are_unique(styleguide: str) -> None:
    page = Page(styleguide)
    assert page.mismatched == []
    assert page.open == []
    assert [name for name, count in Counter(page.ids).items() if count > 1] == []
    assert set(page.wanted) - set(page.ids) == set()


def test_style_guide_shows_every_macro() -> None:
    guide = (TEMPLATES / "pages" / "styleguide.html").read_text("utf-8")
    missing = []
    for path in sorted((TEMPLATES / "macros").glob("*.html")):
        text = path.read_text("utf-8")
        names = set(re.findall(r"\{% macro (\w+)\(", text))
        if 'class="' in text and not any(re.search(rf"\b{name}\(", guide) for name in names):
            missing.append(path.stem)
    assert missing == []


def test_style_guide_shows_every_icon() -> None:
    assert sorted(ICONS) == sorted(path.stem for path in (ROOT / "static" / "icons").glob("*.svg"))


def test_values_are_escaped() -> None:
    html = (
        environment(x="""{% from "macros/badge.html" import badge %}{{ badge('<b>"Halal"</b>') }}""").get_template("x").render()
    )
    assert "<b>" not in html


def test_field_with_error_is_tied_to_its_message() -> None:
    call = "{{ input('phone', 'Nomor WA', hint='Untuk kurir', error='Belum lengkap') }}"
    source = '{% from "macros/field.html" import input %}' + call
    html = environment(x=source).get_template("x").render()
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="f-phone-error f-phone-hint"' in html
    assert Page(html).ids == ["f-phone-hint", "f-phone-error", "f-phone"]


def test_picture_prefers_the_last_but_one_and_lists_all() -> None:
    call = "{{ picture([(160, '/a'), (320, '/b'), (720, '/c')], 'Kain', 720, 720) }}"
    source = '{% from "macros/picture.html" import picture %}' + call
    html = environment(x=source).get_template("x").render()
    assert 'src="/b"' in html
    assert 'srcset="/a 160w, /b 320w, /c 720w"' in html
    assert 'loading="lazy"' in html


@pytest.mark.parametrize("layout", ["storefront", "work", "document"])
@pytest.mark.parametrize("is_private", [True, False])
def test_layout_needs_only_its_documented_globals(layout: str, is_private: bool) -> None:
    child = '{% extends "layouts/LAYOUT.html" %}{% block title %}Halaman{% endblock %}{% block main %}<h1>Halo</h1>{% endblock %}'
    html = environment(is_private=is_private, x=child.replace("LAYOUT", layout)).get_template("x").render()
    page = Page(html)
    assert page.mismatched == []
    assert page.open == []
    assert "<title>Halaman · Pasar &amp; Lebak</title>" in html
    assert '<html lang="id" data-theme="dark">' in html
    assert ('content="noindex"' in html) is is_private
    assert ("hreflang" in html.split("</head>")[0]) is not is_private
    assert page.ids.count("main") == 1
