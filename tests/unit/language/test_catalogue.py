"""Looking words up: plurals, values, escaping, and what happens when we ask for what is not there."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from marketplace.language.catalogue import Catalogue, DoubledText, MissingValue, UnknownText, catalogue
from marketplace.language.languages import Language

EN_PO = r"""
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

msgid "toy.hello"
msgstr "Hello {name} & co"

msgid "toy.pieces"
msgid_plural "toy.pieces"
msgstr[0] "One piece of {name}"
msgstr[1] "{count} pieces of {name}"

msgid "toy.left"
msgstr "Only {count} left"

msgid "toy.rich_html"
msgstr "<b>{name}</b> in <span lang=\"ko\">한국어</span>,<br><i>no</i> & more"
"""


@pytest.fixture
def toys(tmp_path: Path) -> Catalogue:
    (tmp_path / "toy.en.po").write_text(EN_PO, encoding="utf-8")
    return Catalogue(tmp_path, Language.EN)


def test_values_are_inserted_as_plain_text(toys: Catalogue) -> None:
    assert toys.text("toy.hello", name="<Sari> {count}") == "Hello <Sari> {count} & co"


def test_count_picks_the_plural(toys: Catalogue) -> None:
    assert toys.text("toy.pieces", count=1, name="cloth") == "One piece of cloth"
    assert toys.text("toy.pieces", count=0, name="cloth") == "0 pieces of cloth"
    assert toys.text("toy.pieces", count=2, name="cloth") == "2 pieces of cloth"


def test_a_whole_count_is_grouped_and_a_formatted_one_is_kept(toys: Catalogue) -> None:
    assert toys.text("toy.left", count=12_500) == "Only 12,500 left"
    assert toys.text("toy.pieces", count="1.2K", name="cloth") == "1.2K pieces of cloth"


def test_markup_keeps_our_tags_and_escapes_all_else(toys: Catalogue) -> None:
    shown = toys.markup("toy.rich_html", name='<script>alert("x")</script>')
    assert shown == (
        "<b>&lt;script&gt;alert(&#34;x&#34;)&lt;/script&gt;</b> in "
        '<span lang="ko">한국어</span>,<br>&lt;i&gt;no&lt;/i&gt; &amp; more'
    )
    assert isinstance(shown, Markup)


def test_markup_given_as_a_value_is_kept(toys: Catalogue) -> None:
    assert toys.markup("toy.hello", name=Markup('<a href="/x">Sari</a>')) == 'Hello <a href="/x">Sari</a> &amp; co'


@given(name=st.text())
def test_no_value_gets_out_of_its_place_in_markup(name: str) -> None:
    shown = catalogue("public", Language.EN).markup("cart.shop_group", name=name)
    assert shown == Markup("Shipped by ") + escape(name)


def test_a_value_that_is_missing_or_none_is_our_bug(toys: Catalogue) -> None:
    for values in ({}, {"name": None}):
        with pytest.raises(MissingValue) as caught:
            toys.text("toy.hello", **values)
        assert (caught.value.key, caught.value.name) == ("toy.hello", "name")
        with pytest.raises(MissingValue):
            toys.markup("toy.hello", **values)


def test_a_plural_without_its_count_is_our_bug(toys: Catalogue) -> None:
    with pytest.raises(MissingValue) as caught:
        toys.text("toy.pieces", name="cloth")
    assert caught.value.name == "count"


def test_unknown_keys_raise_when_strict_and_show_themselves_when_not(tmp_path: Path, toys: Catalogue) -> None:
    with pytest.raises(UnknownText) as caught:
        toys.text("toy.nothing")
    assert (caught.value.key, caught.value.language) == ("toy.nothing", Language.EN)
    lenient = Catalogue(tmp_path, Language.EN, strict=False)
    assert lenient.text("toy.nothing", name="x") == "toy.nothing"
    assert lenient.markup("toy.<nothing>") == "toy.&lt;nothing&gt;"


def test_two_areas_may_not_define_one_key(tmp_path: Path, toys: Catalogue) -> None:
    (tmp_path / "toy2.en.po").write_text(EN_PO, encoding="utf-8")
    with pytest.raises(DoubledText) as caught:
        Catalogue(tmp_path, Language.EN)
    assert (caught.value.key, caught.value.area) == ("toy.hello", "toy2.en.po")


def test_public_words_speak_three_languages() -> None:
    said = [catalogue("public", language).text("cart.title") for language in Language]
    assert said == ["Keranjang", "Cart", "장바구니"]
    assert catalogue("public", Language.ID).text("product.wholesale_from", count=1_200) == "Harga grosir mulai 1.200 barang"
    assert catalogue("public", Language.EN).text("product.wholesale_from", count=1) == "Wholesale price from 1 piece"


def test_work_words_stand_before_the_public_ones() -> None:
    work = catalogue("work", Language.ID)
    assert work.text("seller.print_label") == "Cetak label"
    assert work.text("cart.title") == "Keranjang"
    assert work.has("cart.title")
    assert not catalogue("public", Language.ID).has("seller.print_label")
    assert not work.has("seller.never")


def test_work_words_are_not_written_in_korean() -> None:
    with pytest.raises(ValueError, match="ko"):
        catalogue("work", Language.KO)


def test_a_catalogue_is_read_once() -> None:
    assert catalogue("public", Language.KO) is catalogue("public", Language.KO)
