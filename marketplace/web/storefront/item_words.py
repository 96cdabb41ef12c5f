"""A product in words: its variants, its facts, what it is about worth abroad."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from marketplace.catalog.models import AttributeKind
from marketplace.catalog.pages import Fact, ProductPage, VariantView
from marketplace.checkout.terms import MOST_STEPS
from marketplace.db import reading
from marketplace.kernel.clock import local_day
from marketplace.kernel.ids import VariantId
from marketplace.kernel.money import Currency
from marketplace.language.formats import approximate_money, decimal
from marketplace.language.languages import Language
from marketplace.places.rates import Rate, find_rate
from marketplace.web import current
from marketplace.web.cache import remember
from marketplace.web.speech import Speech
from marketplace.web.storefront.quantities import quantity_words, step_words

FEW_STEPS = 5
# What a reader of each language counts in at home.
ABROAD = {Language.EN: Currency.USD, Language.KO: Currency.KRW}
# The attribute that already tells what the net weight would.
NET_CONTENT = "net_content"


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """A variant to choose."""

    id: int
    label: str
    price: str
    was: str
    unit: str  # "Rp6.600/100 g" for food, else "per 0,5 m" where a step is a measure
    step: str  # what one step is, where it is not one piece
    note: str
    most: int
    least: int
    is_available: bool


def _note(variant: VariantView, left: int | None, speech: Speech) -> str:
    """Return what to know before choosing this variant: sold out, few left, least quantity, wholesale prices."""

    def amount(steps: int) -> str:
        return quantity_words(variant.unit, variant.step_units, steps, speech)

    if left is not None and left < variant.min_steps:
        return speech.t("product.sold_out")
    words = []
    if left is not None and left <= FEW_STEPS:
        words.append(speech.t("product.stock_left", count=amount(left) if variant.step_units > 1 else left))
    if variant.min_steps > 1:
        words.append(speech.t("item.least", amount=amount(variant.min_steps)))
    words += [
        speech.t("item.tier", amount=amount(tier.min_steps), price=speech.money(tier.price_minor)) for tier in variant.tiers
    ]
    return " · ".join(words)


def choice_views(page: ProductPage, left: Mapping[VariantId, int | None], speech: Speech) -> list[ChoiceView]:
    """Return the variants in words; `left` says how many steps of each can be sold, none when never short."""
    return [_choice(variant, left.get(variant.id, 0), speech) for variant in page.variants]


def _choice(variant: VariantView, left: int | None, speech: Speech) -> ChoiceView:
    step = step_words(variant.unit, variant.step_units, speech)
    per_100g = variant.per_100g_minor
    per_step = speech.t("item.per", amount=step) if step else ""
    return ChoiceView(
        id=variant.id,
        label=variant.label,
        price=speech.money(variant.price_minor),
        was=speech.money(variant.was_price_minor) if variant.was_price_minor else "",
        unit=speech.t("item.per_100g", amount=speech.money(per_100g)) if per_100g else per_step,
        step=step,
        note=_note(variant, left, speech),
        most=min(MOST_STEPS, left) if left is not None and left >= variant.min_steps else MOST_STEPS,
        least=variant.min_steps,
        is_available=left is None or left >= variant.min_steps,
    )


def _fact(fact: Fact, speech: Speech) -> tuple[str, str]:
    if fact.kind is AttributeKind.NUMBER and fact.number_milli is not None:
        number = decimal(fact.number_milli, speech.language, places=3, trim=True)
        return fact.name, f"{number} {fact.unit}".strip()
    return fact.name, fact.words


def spec_rows(page: ProductPage, speech: Speech) -> list[tuple[str, str]]:
    """Return the facts as (name, value): properties, weights, packed size, origin; the customs code for readers abroad."""
    rows = [_fact(fact, speech) for fact in page.facts]
    only = page.variants[0] if len(page.variants) == 1 else None
    if only is not None and only.net_weight_grams and all(fact.code != NET_CONTENT for fact in page.facts):
        rows.append((speech.t("item.net_weight"), speech.weight(only.net_weight_grams)))
    if page.shelf_life_days:
        rows.append((speech.t("item.shelf_life"), speech.t("common.count_days", count=page.shelf_life_days)))
    if only is not None:
        sides = " × ".join(decimal(side, speech.language, places=1, trim=True) for side in only.box_mm)
        rows.append((speech.t("item.packed"), f"{sides} cm, {speech.weight(only.ship_weight_grams)}"))
    rows.append((speech.t("item.made_in"), ", ".join((page.district_name, page.regency_name, page.province_name))))
    if page.export.hs_code and speech.language in ABROAD:
        rows.append((speech.t("item.hs_code"), page.export.hs_code))
    return rows


def about_abroad(amount_minor: int, speech: Speech) -> str:
    """Return "About USD 1.10, rate of 21 November 2026" for readers abroad, where staff entered a rate; else nothing."""
    currency = ABROAD.get(speech.language)
    if currency is None:
        return ""
    day = local_day(current.now())

    def read() -> Rate | None:
        with reading(stale_ok=True) as session:
            return find_rate(session, currency=currency, day=day)

    rate = remember(("rate", currency), lambda: (day, read()))
    known = rate[1] if rate[0] == day else read()
    if known is None:
        return ""
    amount = approximate_money(known.from_rupiah(amount_minor), speech.language)
    return speech.t("product.approx_price", amount=amount, date=speech.long_day(known.valid_from))
