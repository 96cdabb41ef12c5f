"""The drawn crafts: every item has its views, draws the same each time, keeps its images, and obeys the guardrails."""

import itertools
import math
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from marketplace.demo.pictures import (
    angklung,
    bamboo,
    bamboo_bags,
    bamboo_home,
    catering,
    craft_tiles,
    drinks,
    fibre,
    honey,
    kitchen,
    metal,
    stone,
    table_tiles,
    wood,
)
from marketplace.demo.pictures.catalogue import DRAWINGS
from marketplace.demo.pictures.rasterise import widths_of
from marketplace.demo.pictures.scene import render, rng
from marketplace.demo.pictures.solid import LIGHT, Stand, Vec, even_ring, normal_of, tinted
from marketplace.demo.pictures.weave import Strips, chevron, diamonds, plain, twill, woven

IMAGES = Path(bamboo.__file__).parents[1] / "images"
GOODS = (angklung, bamboo, bamboo_bags, bamboo_home, catering, drinks, fibre, honey, kitchen, metal, stone, wood)
PICTURES = {item: views for module in (*GOODS, craft_tiles, table_tiles) for item, views in module.PICTURES.items()}
EVERY_VIEW = sorted((item, view) for item, views in PICTURES.items() for view in views)
PROMISED = {
    *(
        "bb-boboko",
        "bb-besek",
        "bb-aseupan",
        "bb-tampah",
        "bb-lampu",
        "bb-bilik",
        "bb-tas",
        "ky-nampan",
        "ky-leuit",
        "ky-angklung",
    ),
    *("kb-koja-s", "kb-koja-m", "kb-koja-l", "kb-gelang", "kb-gantungan", "kb-golok", "kb-golok-rangkas", "kb-pisau"),
    *(
        "kl-susu",
        "kl-black",
        "kl-fosil",
        "lj-labeur",
        "kf-robusta-200",
        "kf-arabika-200",
        "kf-green",
        "md-hutan-500",
        "ct-snackbox",
    ),
    *("category-bambu", "category-kayu", "category-baduy", "category-logam", "category-madu", "category-kopi"),
    *("category-minuman", "category-perhiasan", "category-katering"),
}
FOUR_VIEWS = ("bb-boboko", "bb-tas", "kb-koja-m", "ky-leuit", "kf-robusta-200", "md-hutan-500")
BYTE_BUDGET = 5_000_000


def test_draws_exactly_the_promised_items_and_the_catalogue_knows_them() -> None:
    assert set(PICTURES) == PROMISED
    for item, views in PICTURES.items():
        assert DRAWINGS[item] == views


@pytest.mark.parametrize("item", FOUR_VIEWS)
def test_shows_the_chosen_crafts_from_four_sides(item: str) -> None:
    assert set(PICTURES[item]) == {"front", "detail", "scale", "packed"}


@pytest.mark.parametrize(("item", "view"), EVERY_VIEW)
def test_draws_well_formed_wordless_svg_the_same_each_time(item: str, view: str) -> None:
    svg = render(PICTURES[item][view]())
    root = ElementTree.fromstring(svg)
    assert root.get("viewBox") == "0 0 800 800"
    assert not [node for node in root.iter() if node.tag.endswith(("}text", "}image"))]
    assert render(PICTURES[item][view]()) == svg


@pytest.mark.parametrize(("item", "view"), EVERY_VIEW)
def test_keeps_an_image_of_every_width(item: str, view: str) -> None:
    sizes = [(IMAGES / f"{item}-{view}-{width}.webp").stat().st_size for width in widths_of(view)]
    assert all(small < large for small, large in itertools.pairwise(sizes))


def test_stays_within_the_byte_budget() -> None:
    files = [IMAGES / f"{item}-{view}-{width}.webp" for item, view in EVERY_VIEW for width in widths_of(view)]
    assert sum(path.stat().st_size for path in files) < BYTE_BUDGET


def test_draws_the_three_koja_on_one_measure() -> None:
    def cup_and_mouth(item: str) -> tuple[str, float]:
        body = PICTURES[item]["front"]().body
        cup = re.search(r'<ellipse cx="\d+" cy="\d+" rx="(\d+)" ry="14" fill="#E6CF96"/>', body)
        dark = re.search(r'<path d="M([^"]+)Z" fill="#24170B"/>', body)
        assert cup
        assert dark
        across = [float(pair.split()[0]) for pair in dark[1].split("L")]
        return cup[1], max(across) - min(across)

    small, medium, large = (cup_and_mouth(f"kb-koja-{size}") for size in "sml")
    assert small[0] == medium[0] == large[0]
    assert medium[1] == pytest.approx(small[1] * 30 / 20, rel=0.03)
    assert large[1] == pytest.approx(small[1] * 41 / 20, rel=0.03)


def test_lights_what_turns_to_the_window_more_than_what_turns_away() -> None:
    stand = Stand(400, 600)
    assert stand.glow(LIGHT) > stand.glow((0, 0, 1)) > stand.glow((1, 0, 0))
    assert tinted("#808080", 0.5) < "#808080" < tinted("#808080", 1.4)


def test_projects_up_as_up_and_near_as_lower() -> None:
    stand = Stand(400, 600, tilt=20)
    assert stand.at((0, 100, 0))[1] < 600 < stand.at((0, 0, 100))[1]
    assert stand.at((50, 0, 0))[0] == pytest.approx(450)
    assert stand.depth((0, 0, 10)) > stand.depth((0, 0, -10))


def test_points_normals_out_of_a_turned_wall() -> None:
    def wall(u: float, v: float) -> Vec:
        return 100 * math.sin(u), v, 100 * math.cos(u)

    x, y, z = normal_of(wall, 0.0, 1.0)
    assert z == pytest.approx(1, abs=0.02)
    assert (x, y) == pytest.approx((0, 0), abs=0.02)


def test_walks_a_rounded_box_in_even_steps() -> None:
    ring = even_ring(200, 80, 0.5, 60)
    steps = [math.dist(ring(k), ring(k + 1)) for k in range(60)]
    assert max(steps) / min(steps) < 1.25
    assert ring(0) == pytest.approx(ring(60))


@pytest.mark.parametrize("over", [plain, twill, chevron(6), diamonds(8)])
def test_weaves_so_that_neither_set_of_strips_covers_the_other(over: object) -> None:
    assert callable(over)
    tops = sum(over(i, j) for i in range(48) for j in range(48))
    assert 0.4 < tops / 48**2 < 0.6


def test_hides_the_far_side_of_a_woven_wall() -> None:
    def wall(u: float, v: float) -> Vec:
        return 100 * math.sin(math.pi * u / 10), 10 * v, 100 * math.cos(math.pi * u / 10)

    strips = Strips(("#DDBB77",), ("#BE9248",))
    near = woven(wall, Stand(400, 600), (20, 8), plain, strips, rng("near"))
    far = woven(wall, Stand(400, 600), (20, 8), plain, strips, rng("near"), inside=True)
    whole = 20 * 8 * 4
    assert 0.4 * whole < near.count("<path") < 0.6 * whole
    assert 0.4 * whole < far.count("<path") < 0.6 * whole
    assert near != far
