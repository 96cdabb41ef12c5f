"""The lines of a cart with everything that is for sale behind them, priced now: five statements for any cart."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from marketplace.catalog.models import Fulfilment, PriceTier, Product, ProductText, RevisionPhoto, Variant, VariantText
from marketplace.catalog.pricing import Tier, price_in_force
from marketplace.inventory.queries import Take, steps_left, takes_of
from marketplace.kernel.clock import local_day
from marketplace.kernel.ids import CartId, ProductId, RevisionId, ShopId, StockItemId, VariantId
from marketplace.kernel.weight import Box
from marketplace.sellers.models import Shop

from .models import CartLine
from .problems import Problem, find_problem, is_on_holiday

HOME = "id"  # the language every text has, for readers of others and for sellers


@dataclass(frozen=True, slots=True)
class CartShop:
    """A seller as the cart needs it."""

    id: ShopId
    name: str
    slug: str
    district_code: str
    takes_cod: bool
    is_pkp: bool
    offers_pickup: bool


@dataclass(frozen=True, slots=True)
class PricedLine:
    """A cart line at today's price, with what is wrong with it. Money for one step, in minor units of IDR."""

    variant_id: VariantId
    product_id: ProductId
    shop: CartShop
    product_slug: str
    sku: str
    name: str
    name_id: str
    label: str
    label_id: str
    image_hash: str | None
    unit: str
    step_units: int
    min_steps: int
    quantity: int
    unit_price_minor: int
    seen_price_minor: int
    ship_weight_grams: int
    box: Box
    ship_flags: frozenset[str]
    lead_days: int
    is_made_to_order: bool
    takes: tuple[Take, ...]
    available_steps: int | None
    problem: Problem | None

    @property
    def total_minor(self) -> int:
        """Return the price of the line."""
        return self.quantity * self.unit_price_minor

    @property
    def price_changed(self) -> bool:
        """Tell whether the price is not the one the buyer last saw."""
        return self.unit_price_minor != self.seen_price_minor


@dataclass(frozen=True, slots=True)
class _Words:
    names: Mapping[RevisionId, Mapping[str, str]]
    labels: Mapping[VariantId, Mapping[str, str]]


def priced_lines(session: Session, *, cart_id: CartId, language: str, now: datetime) -> tuple[PricedLine, ...]:
    """Return a cart's lines, shops together, in the order in which they were added."""
    rows = session.execute(
        select(CartLine, Variant, Product, Shop, RevisionPhoto.image_hash)
        .join(Variant, Variant.id == CartLine.variant_id)
        .join(Product, Product.id == Variant.product_id)
        .join(Shop, Shop.id == Product.shop_id)
        .outerjoin(RevisionPhoto, and_(RevisionPhoto.revision_id == Product.published_revision_id, RevisionPhoto.position == 1))
        .where(CartLine.cart_id == cart_id)
        .order_by(CartLine.added_at, CartLine.id),
        execution_options={"populate_existing": True},
    ).all()
    if not rows:
        return ()
    variant_ids = [variant.id for _, variant, *_ in rows]
    takes = takes_of(session, variant_ids)
    tiers = tiers_of(session, variant_ids)
    words = _words(session, [product.published_revision_id for _, _, product, *_ in rows], variant_ids, language)
    short = _short_items({line.variant_id: line.quantity for line, *_ in rows}, takes)
    lines = [
        _line(line, variant, product, shop, photo, takes.get(variant.id, ()), tiers[variant.id], words, short, language, now)
        for line, variant, product, shop, photo in rows
    ]
    first_seen = {shop_id: position for position, shop_id in reversed(list(enumerate(line.shop.id for line in lines)))}
    return tuple(sorted(lines, key=lambda line: first_seen[line.shop.id]))


def _line(
    line: CartLine, variant: Variant, product: Product, shop: Shop, photo: str | None, takes: tuple[Take, ...],
    tiers: Collection[Tier], words: _Words, short: Collection[StockItemId], language: str, now: datetime,
) -> PricedLine:  # fmt: skip
    names: Mapping[str, str] = words.names.get(product.published_revision_id, {}) if product.published_revision_id else {}
    labels = words.labels.get(variant.id, {})
    available = steps_left(takes)
    name_id = names.get(HOME) or next(iter(names.values()), variant.sku)
    return PricedLine(
        variant_id=variant.id,
        product_id=product.id,
        shop=_shop(shop),
        product_slug=product.slug,
        sku=variant.sku,
        name=names.get(language) or name_id,
        name_id=name_id,
        label=labels.get(language) or labels.get(HOME, ""),
        label_id=labels.get(HOME, ""),
        image_hash=variant.image_hash or photo,
        unit=variant.unit,
        step_units=variant.step_units,
        min_steps=variant.min_steps,
        quantity=line.quantity,
        unit_price_minor=price_in_force(variant.price_minor, tiers, steps=line.quantity),
        seen_price_minor=line.seen_price_minor,
        ship_weight_grams=variant.ship_weight_grams,
        box=Box(variant.length_mm, variant.width_mm, variant.height_mm),
        ship_flags=frozenset(product.ship_flags),
        lead_days=product.lead_days,
        is_made_to_order=product.fulfilment is Fulfilment.MADE_TO_ORDER,
        takes=takes,
        available_steps=available,
        problem=find_problem(
            shop_state=shop.state,
            on_holiday=is_on_holiday(local_day(now), starts=shop.holiday_from, ends=shop.holiday_until),
            product_state=product.state,
            is_active=variant.is_active,
            is_published=product.published_revision_id is not None,
            quantity=line.quantity,
            min_steps=variant.min_steps,
            available_steps=available,
            is_short_together=any(take.stock_item_id in short for take in takes),
        ),
    )


def _shop(shop: Shop) -> CartShop:
    return CartShop(
        id=shop.id,
        name=shop.name,
        slug=shop.slug,
        district_code=shop.district_code,
        takes_cod=shop.accepts_cod,
        is_pkp=shop.is_pkp,
        offers_pickup=bool(shop.pickup_address),
    )


def _short_items(quantities: Mapping[VariantId, int], takes: Mapping[VariantId, tuple[Take, ...]]) -> set[StockItemId]:
    """Return the items of which all lines together want more than is free: a hamper and its jars share the jars."""
    wanted: Counter[StockItemId] = Counter()
    free: dict[StockItemId, int] = {}
    for variant_id, steps in quantities.items():
        for take in takes.get(variant_id, ()):
            wanted[take.stock_item_id] += steps * take.units_per_step
            if take.available is not None:
                free[take.stock_item_id] = take.available
    return {item_id for item_id, available in free.items() if wanted[item_id] > available}


def tiers_of(session: Session, variant_ids: Collection[VariantId]) -> Mapping[VariantId, list[Tier]]:
    """Return the quantity prices of each variant."""
    found: defaultdict[VariantId, list[Tier]] = defaultdict(list)
    rows = session.execute(
        select(PriceTier.variant_id, PriceTier.min_steps, PriceTier.price_minor).where(PriceTier.variant_id.in_(variant_ids))
    )
    for variant_id, min_steps, price_minor in rows:
        found[variant_id].append(Tier(min_steps, price_minor))
    return found


def _words(
    session: Session, revision_ids: Collection[RevisionId | None], variant_ids: Collection[VariantId], language: str
) -> _Words:
    languages = {language, HOME}
    names: defaultdict[RevisionId, dict[str, str]] = defaultdict(dict)
    for revision_id, spoken, name in session.execute(
        select(ProductText.revision_id, ProductText.language, ProductText.name).where(
            ProductText.revision_id.in_([id_ for id_ in revision_ids if id_ is not None]), ProductText.language.in_(languages)
        )
    ):
        names[revision_id][spoken] = name
    labels: defaultdict[VariantId, dict[str, str]] = defaultdict(dict)
    for variant_id, spoken, label in session.execute(
        select(VariantText.variant_id, VariantText.language, VariantText.label).where(
            VariantText.variant_id.in_(variant_ids), VariantText.language.in_(languages)
        )
    ):
        labels[variant_id][spoken] = label
    return _Words(names, labels)
