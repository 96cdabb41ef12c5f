"""The goods of a demo, made, reviewed and published by command, with the stock they had before anything was sold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.permissions import Role
from marketplace.catalog.definitions import Words
from marketplace.catalog.drafts import (
    CartonDraft,
    PhotoDraft,
    ProductDraft,
    ProductWords,
    RevisionDraft,
    VariantDraft,
)
from marketplace.catalog.models import ExportFit, Fulfilment, Variant
from marketplace.catalog.services import make_product, publish_product, send_to_review
from marketplace.catalog.typing_rules import Given
from marketplace.inventory.models import StockItem, VariantStock
from marketplace.inventory.services import receive
from marketplace.kernel.ids import ProductId, VariantId
from marketplace.language.languages import Language
from marketplace.sellers.models import PermitKind

from .calendar import DemoDay
from .goods import Good, GoodVariant
from .loading_people import Office
from .loading_pictures import VIEWS
from .loading_shops import OpenedShop
from .worlds import World

# Papers that the wallet knows; the others a good may name (motif rights, gem memos) come with later rooms.
_PAPERS = {"PIRT": PermitKind.PIRT, "HALAL": PermitKind.HALAL}


@dataclass(frozen=True, slots=True)
class Shelved:
    """A good on sale: its product, and its variants in the order of its entry."""

    product_id: ProductId
    variant_ids: tuple[VariantId, ...]
    shop: OpenedShop
    good: Good


def load_goods(
    session: Session, world: World, shops: Mapping[str, OpenedShop], *, day: DemoDay, office: Office,
    pictures: Mapping[str, str], sold_steps: Mapping[str, int],
) -> dict[str, Shelved]:  # fmt: skip
    """Publish every good of the world; `sold_steps` (by SKU) came in on top of the stock that is left. Returns by item id."""
    owners = world.shop_of_item
    shelved: dict[str, Shelved] = {}
    for good in world.goods:
        shop = shops[owners[good.item_id].slug]
        made = day.at(_days_on_sale(shop, good), 10)
        draft = draft_of(good, shop, pictures)
        product = make_product(session, shop_id=shop.id, draft=draft, actor_id=shop.owner_id, now=made)
        send_to_review(session, shop_id=shop.id, product_id=product.id, actor_id=shop.owner_id, now=made)
        publish_product(session, product_id=product.id, actor_id=office[Role.CURATOR], now=made)
        ids = tuple(session.scalars(select(Variant.id).where(Variant.product_id == product.id).order_by(Variant.position)))
        for variant_id, variant in zip(ids, good.variants, strict=True):
            units = variant.stock + sold_steps.get(variant.sku, 0) * variant.step
            _stock(session, shop, variant_id, variant, units=units, day=day, days_ago=_days_on_sale(shop, good))
        shelved[good.item_id] = Shelved(product.id, ids, shop, good)
    return shelved


def _days_on_sale(shop: OpenedShop, good: Good) -> int:
    """Return for how long a good is on sale: a shop shows its first on its first days and adds one about every week."""
    place = shop.entry.items.index(good.item_id)
    return max(shop.entry.joined_days_ago - 1 - 8 * place, 1)


def _stock(
    session: Session, shop: OpenedShop, variant_id: VariantId, variant: GoodVariant, *, units: int, day: DemoDay, days_ago: int
) -> None:
    item = StockItem(shop_id=shop.id, label=variant.sku, is_tracked=variant.tracked)
    session.add(item)
    session.flush()
    session.add(VariantStock(variant_id=variant_id, stock_item_id=item.id, units_per_step=variant.step))
    session.flush()
    if variant.tracked and units:
        receive(session, item_id=item.id, units=units, reason="stok awal", actor_id=shop.owner_id, now=day.at(days_ago, 11))


def draft_of(good: Good, shop: OpenedShop, pictures: Mapping[str, str]) -> ProductDraft:
    """Return what a shop hands in for a good of the demo."""
    papers = frozenset(_PAPERS[paper.value] for paper in good.permits if paper.value in _PAPERS)
    return ProductDraft(
        slug=good.slug, district_code=good.kecamatan_code, fulfilment=Fulfilment(good.fulfilment.value),
        lead_days=good.lead_time_days or 0, ship_flags=tuple(flag.value for flag in good.ship_flags),
        shelf_life_days=good.shelf_life_days, hs_code=good.hs6, tariff_line=good.tariff_line, origin=good.origin,
        customs_description=good.customs_description, export_fit=ExportFit(good.export.fit.value),
        export_lead_days=good.export.lead_days,
        revision=RevisionDraft(
            category=good.category, words={language: _product_words(good, language) for language in Language},
            photos=_photos(good, pictures), attributes={code: _given(value) for code, value in good.attributes.items()},
            permit_ids=shop.permits_for(good.item_id, papers),
        ),
        variants=tuple(_variant(variant) for variant in good.variants),
    )  # fmt: skip


def _product_words(good: Good, language: Language) -> ProductWords:
    text = getattr(good.text, language.value)
    return ProductWords(
        name=text.name, summary=text.summary, description=text.description, care=text.care,
        human_reviewed=language is not Language.KO,
    )  # fmt: skip


def _photos(good: Good, pictures: Mapping[str, str]) -> tuple[PhotoDraft, ...]:
    fronts = {language: getattr(good.text, language.value).alt for language in Language}
    photos = [PhotoDraft(image_hash=pictures[f"{good.item_id}-front"], alts=fronts)]
    for view, said in VIEWS.items():
        image = pictures.get(f"{good.item_id}-{view}")
        if image is not None:
            alts = {language: said[language].format(name=getattr(good.text, language.value).name) for language in Language}
            photos.append(PhotoDraft(image_hash=image, alts=alts))
    return tuple(photos)


def _given(value: object) -> Given:
    if isinstance(value, Words):
        return {language: getattr(value, language.value) for language in Language}
    return value  # type: ignore[return-value]  # the file's own check left choices and numbers only


def _variant(variant: GoodVariant) -> VariantDraft:
    carton = variant.carton
    return VariantDraft(
        sku=variant.sku, price_minor=variant.price, was_price_minor=variant.was_price, ship_weight_grams=variant.ship_weight_g,
        box_mm=variant.box_mm, net_weight_grams=variant.net_weight_g, unit=variant.unit.value, step_units=variant.step,
        min_steps=variant.min_steps, moq_steps=variant.moq_steps, tiers=variant.tiers,
        labels={language: getattr(variant.label, language.value) for language in Language} if variant.label else {},
        choices={code: value for code, value in variant.attributes.items() if isinstance(value, str)},
        carton=CartonDraft(carton.units, carton.length_mm, carton.width_mm, carton.height_mm, carton.gross_g) if carton else None,
    )  # fmt: skip
