"""The demo goods: complete, priced within what was read, packed and shipped plausibly."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from pydantic import ValidationError

from marketplace.demo.good_kinds import ExportFit, Fulfilment, Unit
from marketplace.demo.goods import Good, GoodVariant, read_goods

ITEM_IDS = [
    "gs-ori-250",
    "gs-ori-500",
    "gs-ori-1k",
    "gs-ori-25k",
    "gs-jahe-250",
    "gs-kunyit-250",
    "gs-sachet",
    "ga-cair-500",
    "ga-kojor",
    "ga-cimenga",
    "bt-cap-katun",
    "bt-alam",
    "bt-tulis",
    "bt-sutra",
    "bt-tenun",
    "bt-kemeja-p",
    "bt-kemeja-pj",
    "bt-blus",
    "bt-syal",
    "bt-seragam",
    "tb-suat",
    "tb-janggawari",
    "tb-adumancung",
    "tb-susuwatan",
    "tb-syal",
    "tb-lomar",
    "tb-kampret",
    "kb-koja-s",
    "kb-koja-m",
    "kb-koja-l",
    "kb-gelang",
    "kb-gantungan",
    "kb-golok",
    "kb-golok-rangkas",
    "kb-pisau",
    "md-hutan-500",
    "em-mentah-500",
    "em-matang",
    "em-jengkol",
    "kc-keceprek",
    "op-singkong",
    "rg-ketan",
    "kp-manis",
    "kp-kulit",
    "sp-sale",
    "ul-ketan",
    "wj-baduy",
    "lj-labeur",
    "kf-robusta-200",
    "kf-arabika-200",
    "kf-green",
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
    "kl-susu",
    "kl-black",
    "kl-fosil",
    "ct-snackbox",
]

# Variants that hold more or less than the unit the catalogue's price was read for.
CATALOGUE_UNITS = {
    "GA-CAIR-250": Fraction(1, 2),
    "GA-CAIR-1000": Fraction(2),
    "GA-KOJOR-25": Fraction(5),
    "GA-CIMENGA-10": Fraction(10),
    "GA-CIMENGA-25": Fraction(25),
    "BT-CAP-METER": Fraction(1, 4),
    "KB-GELANG-KODI": Fraction(20),
    "KB-GANTUNGAN-KODI": Fraction(20),
    "KF-GREEN-ROB-30": Fraction(30),
    "KF-GREEN-ROB-60": Fraction(60),
    "BB-BILIK-METER": Fraction(1, 18),  # half a metre of a 1 m wide sheet, beside a panel of 9 square metres
}


def price_bounds() -> dict[str, tuple[int, int]]:
    """Return the lowest and highest price read or estimated for each catalogue row, in rupiah."""
    table = Path(__file__).parents[2] / "data" / "goods_prices.csv"
    with table.open(encoding="utf-8", newline="") as lines:
        return {row["item_id"]: (int(row["price_idr_min"]), int(row["price_idr_max"])) for row in csv.DictReader(lines)}


def each_variant() -> Iterator[tuple[Good, GoodVariant]]:
    """Yield every variant beside its good."""
    for good in read_goods():
        for variant in good.variants:
            yield good, variant


def test_every_catalogue_row_is_one_good() -> None:
    """Each of the 65 rows has its product, and there is no other."""
    assert len(ITEM_IDS) == 65
    assert sorted(good.item_id for good in read_goods()) == sorted(ITEM_IDS)


def test_slugs_and_skus_are_unique() -> None:
    """No two goods share an address, no two variants a code."""
    slugs = [good.slug for good in read_goods()]
    skus = [variant.sku for _, variant in each_variant()]
    assert len(set(slugs)) == len(slugs)
    assert len(set(skus)) == len(skus)


def test_prices_stay_within_the_catalogue() -> None:
    """Every price, former price and tier lies between the lowest and highest price of its row."""
    bounds = price_bounds()
    assert set(CATALOGUE_UNITS) <= {variant.sku for _, variant in each_variant()}
    for good, variant in each_variant():
        low, high = bounds[good.item_id]
        units = CATALOGUE_UNITS.get(variant.sku, Fraction(1))
        for price in (variant.price, variant.was_price or variant.price, *(price for _, price in variant.tiers)):
            assert low * units <= price <= high * units, variant.sku


def test_customs_data_agrees_with_itself() -> None:
    """A tariff line continues its own HS code; origin is Indonesia; the place is one of the 28 kecamatan."""
    for good in read_goods():
        assert good.origin == "ID"
        assert 1 <= int(good.kecamatan_code[-2:]) <= 28
        assert not re.search(r"[^\x00-\x7f]", good.customs_description), good.item_id
        if good.tariff_line is not None:
            assert good.tariff_line.replace(".", "")[:6] == good.hs6, good.item_id


def test_food_has_permits_and_a_shelf_life() -> None:
    """Packed food names P-IRT and halal; green coffee is a raw crop and needs neither."""
    for good in read_goods():
        if good.category in {"gula", "camilan", "madu", "minuman", "kopi", "katering"} and good.item_id != "kf-green":
            assert {"PIRT", "HALAL"} <= set(good.permits), good.item_id
            assert good.shelf_life_days is not None, good.item_id
        if good.category == "batik":
            assert "HKI_MOTIF" in good.permits


def test_boxes_are_plausible_for_their_weight() -> None:
    """No parcel is lighter than packed straw or heavier than packed stone."""
    for _, variant in each_variant():
        grams_per_litre = variant.ship_weight_g * 1_000_000 / variant.box.volume_mm3
        assert 15 <= grams_per_litre <= 1500, (variant.sku, grams_per_litre)


def test_cartons_hold_what_they_say() -> None:
    """Goods fit for export have a carton per variant, liftable by one person, with room for its contents."""
    for good, variant in each_variant():
        assert (variant.carton is not None) == (good.export.fit is ExportFit.YES), variant.sku
        if variant.carton is None:
            continue
        carton = variant.carton
        inside = variant.box.volume_mm3 * carton.units
        outside = carton.length_mm * carton.width_mm * carton.height_mm
        nested = 0.3 if good.category == "bambu" else 1.0
        assert inside * nested <= outside <= inside * 2.6, variant.sku
        assert variant.ship_weight_g * carton.units <= carton.gross_g <= 30_000, variant.sku


def test_steps_of_kilogram_metre_and_kodi_goods() -> None:
    """Stock is counted in grams, millimetres and pieces; steps say how many of them make one."""
    steps: dict[Unit, set[int]] = {}
    for _, variant in each_variant():
        steps.setdefault(variant.unit, set()).add(variant.step)
        assert variant.stock % variant.step == 0, variant.sku
    assert steps == {
        Unit.PIECE: {1},
        Unit.PACK: {1},
        Unit.BOX: {1},
        Unit.KODI: {20},
        Unit.KG: {1000, 30_000, 60_000},
        Unit.METRE: {500},
    }


def test_unique_stones_are_single_and_say_their_weight() -> None:
    """Every opal exists once and carries carats and measures."""
    stones = [variant for good, variant in each_variant() if "unique" in good.ship_flags]
    assert len(stones) == 7
    for stone in stones:
        assert stone.stock == 1
        assert {"carat", "stone_length", "stone_width"} <= set(stone.attributes)


def test_blades_stay_at_home() -> None:
    """Blades are not exported; a golok is handed over in person."""
    blades = [good for good in read_goods() if "blade" in good.ship_flags]
    assert {good.item_id for good in blades} == {"kb-golok", "kb-golok-rangkas", "kb-pisau"}
    assert all(good.export.fit is ExportFit.NO for good in blades)
    assert all("pickup" in good.ship_flags for good in blades if "golok" in good.slug)


def test_the_states_of_the_shop_show() -> None:
    """Some goods are nearly gone, one is sold out, a few are reduced, some are made to order."""
    ready = {
        good.item_id: sum(variant.stock for variant in good.variants)
        for good in read_goods()
        if good.fulfilment is Fulfilment.READY and "unique" not in good.ship_flags
    }
    assert [item_id for item_id, stock in ready.items() if stock == 0] == ["md-hutan-500"]
    assert {item_id for item_id, stock in ready.items() if 0 < stock <= 5} == {"bt-tulis", "kb-koja-l"}
    assert len({good.item_id for good, variant in each_variant() if variant.was_price}) == 4
    assert sum(good.fulfilment is Fulfilment.MADE_TO_ORDER for good in read_goods()) == 9


def test_uniforms_start_at_twenty_with_three_tiers() -> None:
    """Uniform cloth is a wholesale good."""
    uniform = next(good for good in read_goods() if good.item_id == "bt-seragam")
    for variant in uniform.variants:
        assert variant.min_steps == 20
        assert variant.tiers == ((50, 138_000), (100, 128_000), (200, 118_000))


def test_a_row_that_does_not_add_up_is_refused() -> None:
    """The reader says no to an unknown key, a price as text, a rising tier and a former price below the price."""
    sound: dict[str, object] = {
        "sku": "X-1",
        "price": 1000,
        "price_basis": "E",
        "unit": "piece",
        "step": 1,
        "min_steps": 1,
        "net_weight_g": 10,
        "ship_weight_g": 20,
        "box_mm": [10, 10, 10],
        "tracked": True,
        "stock": 1,
    }
    assert GoodVariant.model_validate(sound).price == 1000
    for wrong in (
        {"colour": "red"},
        {"price": "1000"},
        {"price": 0},
        {"tiers": [[5, 1000]]},
        {"was_price": 900},
        {"ship_weight_g": 5},
        {"tracked": False},
        {"sku": "x 1"},
    ):
        with pytest.raises(ValidationError):
            GoodVariant.model_validate(sound | wrong)
