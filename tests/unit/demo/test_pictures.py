"""The drawn pictures: well formed, repeatable, within their bytes, and true to the cultural guardrails."""

import re
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import pytest

from marketplace.demo.pictures.__main__ import IMAGES, main
from marketplace.demo.pictures.catalogue import DRAWINGS, VIEWS
from marketplace.demo.pictures.rasterise import widths_of
from marketplace.demo.pictures.scene import beside_rule, packed, render, rng, shade, zoom

EVERY_VIEW = sorted((item, view) for item, views in DRAWINGS.items() for view in views)
GUARDED = sorted(item for item in DRAWINGS if item.startswith(("bt-", "tb-")))
FOUR_VIEWS = (
    "gs-ori-250", "gs-ori-1k", "ga-kojor", "bt-cap-katun", "bt-alam", "bt-tulis", "bt-syal", "kp-manis", "em-matang", "tb-syal",
)  # fmt: skip
BYTE_BUDGET = 12_000_000


def _file(item: str, view: str, width: int) -> Path:
    return IMAGES / f"{item}-{view}-{width}.webp"


@pytest.mark.parametrize(("item", "view"), EVERY_VIEW)
def test_draws_the_same_well_formed_picture_every_time(item: str, view: str) -> None:
    svg = render(DRAWINGS[item][view]())
    assert svg == render(DRAWINGS[item][view]())
    root = ElementTree.fromstring(svg)
    assert root.get("viewBox") == "0 0 800 800"
    assert "nan" not in svg
    assert "None" not in svg


@pytest.mark.parametrize(("item", "view"), EVERY_VIEW)
def test_names_every_definition_once_and_uses_none_that_is_missing(item: str, view: str) -> None:
    svg = render(DRAWINGS[item][view]())
    named = Counter(re.findall(r'\bid="([^"]+)"', svg))
    assert [name for name, times in named.items() if times > 1] == []
    assert set(re.findall(r"url\(#([^)]+)\)", svg)) - set(named) == set()


@pytest.mark.parametrize(("item", "view"), EVERY_VIEW)
def test_keeps_no_words_in_art(item: str, view: str) -> None:
    assert "<text" not in render(DRAWINGS[item][view]())


@pytest.mark.parametrize("item", GUARDED)
def test_shows_registered_and_baduy_cloth_without_a_motif(item: str) -> None:
    for draw in DRAWINGS[item].values():
        assert "<pattern" not in render(draw())


def test_guards_every_cloth() -> None:
    assert len(GUARDED) == 17


def test_gives_every_item_a_front_and_only_known_views() -> None:
    for views in DRAWINGS.values():
        assert "front" in views
        assert set(views) <= set(VIEWS)


@pytest.mark.parametrize("item", FOUR_VIEWS)
def test_shows_the_chosen_goods_from_four_sides(item: str) -> None:
    assert tuple(sorted(DRAWINGS[item])) == tuple(sorted(VIEWS))
    assert len({render(draw()) for draw in DRAWINGS[item].values()}) == 4


def test_gives_no_two_items_the_same_picture() -> None:
    fronts = Counter(render(views["front"]()) for views in DRAWINGS.values())
    assert max(fronts.values()) == 1


@pytest.mark.parametrize(("item", "view"), EVERY_VIEW)
def test_keeps_every_declared_width(item: str, view: str) -> None:
    for width in widths_of(view):
        head = _file(item, view, width).read_bytes()[:30]
        assert head[8:12] == b"WEBP"
        assert int.from_bytes(head[26:28], "little") & 0x3FFF == width


def test_stays_within_the_bytes_of_a_slow_phone() -> None:
    assert sum(path.stat().st_size for path in IMAGES.glob("*.webp")) < BYTE_BUDGET
    cards = [_file(item, "front", 320).stat().st_size for item in DRAWINGS]
    assert max(cards) < 30_000


def test_keeps_no_picture_that_nothing_draws() -> None:
    declared = {_file(item, view, width).name for item, view in EVERY_VIEW for width in widths_of(view)}
    assert {path.name for path in IMAGES.glob("*.webp")} == declared


def test_refuses_an_item_it_cannot_draw(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["no-such-item"]) == 2
    assert "no-such-item" in capsys.readouterr().err


def test_shades_towards_black_and_white() -> None:
    assert shade("#808080", 0.5) == "#404040"
    assert shade("#808080", 2) == "#FFFFFF"
    assert shade("#FFFFFF", 1) == "#FFFFFF"


def test_repeats_chance_for_the_same_seed_only() -> None:
    assert rng("a", 1).random() == rng("a", 1).random()
    assert rng("a", 1).random() != rng("a", 2).random()


def test_shows_a_small_thing_beside_a_longer_rule_than_a_large_one() -> None:
    def rule_length(cm: float) -> float:
        found = re.search(r"M0 0H([\d.]+)V40H0Z", beside_rule(packed("box"), cm).body)
        assert found
        return float(found[1])

    assert rule_length(20) == pytest.approx(2 * rule_length(40), rel=0.01)
    assert "V40H0Z" not in beside_rule(packed("box"), 60).body


def test_comes_nearer_without_changing_the_room() -> None:
    near = zoom(packed("tube"), 300, 500)
    assert near.wall == packed("tube").wall
    assert "scale(2.4)" in near.body
