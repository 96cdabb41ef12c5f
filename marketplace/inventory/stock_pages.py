"""A shop's stock as its people see it: what is on hand, kept and free of each variant, and everything that moved it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.catalog.models import Product, ProductRevision, ProductState, ProductText, RevisionPhoto, Variant, VariantText
from marketplace.kernel.ids import OrderLineId, ShopId, StockItemId
from marketplace.kernel.paging import Page
from marketplace.language.languages import DEFAULT

from .changes import free_units
from .lowness import low_limit, runs_low
from .models import Movement, MovementKind, StockItem, VariantStock

PER_PAGE = 25


@dataclass(frozen=True, slots=True)
class StockRow:
    """One variant and the item it takes from; the counts are base units of the item."""

    item_id: StockItemId
    shop_id: ShopId
    name: str
    label: str
    sku: str
    unit: str
    step_units: int
    units_per_step: int
    is_tracked: bool
    on_hand: int
    held: int
    allocated: int
    low_at: int | None
    image_hash: str | None

    @property
    def available(self) -> int:
        """Return the units that can be sold now."""
        return self.on_hand - self.held - self.allocated

    @property
    def low_limit(self) -> int:
        """Return the free units at or below which this runs low."""
        return low_limit(self.low_at, self.units_per_step)

    @property
    def is_low(self) -> bool:
        """Tell whether few are left."""
        return self.is_tracked and runs_low(self.available, self.low_limit)


@dataclass(frozen=True, slots=True)
class MovementRow:
    """One change of an item, and who made it."""

    at: datetime
    kind: MovementKind
    on_hand_change: int
    held_change: int
    allocated_change: int
    reason: str
    actor: str | None
    line_id: OrderLineId | None


def _rows(shop_ids: Sequence[ShopId]) -> Select[*tuple[Any, ...]]:
    """Return the query of stock rows: of goods that are not given up, in the order of their names."""
    newest = (
        select(func.max(ProductRevision.id)).where(ProductRevision.product_id == Product.id).correlate(Product).scalar_subquery()
    )
    revision_id = func.coalesce(Product.published_revision_id, newest)
    return (
        select(
            StockItem.id, StockItem.shop_id, func.coalesce(ProductText.name, Variant.sku), func.coalesce(VariantText.label, ""),
            Variant.sku, Variant.unit, Variant.step_units, VariantStock.units_per_step, StockItem.is_tracked, StockItem.on_hand,
            StockItem.held, StockItem.allocated, StockItem.low_at, func.coalesce(Variant.image_hash, RevisionPhoto.image_hash),
        )
        .join(VariantStock, VariantStock.stock_item_id == StockItem.id)
        .join(Variant, Variant.id == VariantStock.variant_id)
        .join(Product, Product.id == Variant.product_id)
        .outerjoin(ProductText, and_(ProductText.revision_id == revision_id, ProductText.language == DEFAULT))
        .outerjoin(RevisionPhoto, and_(RevisionPhoto.revision_id == revision_id, RevisionPhoto.position == 1))
        .outerjoin(VariantText, and_(VariantText.variant_id == Variant.id, VariantText.language == DEFAULT))
        .where(StockItem.shop_id.in_(shop_ids), Variant.is_active, Product.state != ProductState.ARCHIVED)
        .order_by(func.lower(func.coalesce(ProductText.name, Variant.sku)), Variant.product_id, Variant.position, Variant.id)
    )  # fmt: skip


def shop_stock(session: Session, shop_id: ShopId, *, number: int = 1, size: int = PER_PAGE) -> Page[StockRow]:
    """Return one page of a shop's stock. Two statements."""
    query = _rows([shop_id])
    total = session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    rows = session.execute(query.offset((number - 1) * size).limit(size))
    return Page([StockRow(*row) for row in rows], number, size, total)


def low_stock(session: Session, shop_id: ShopId) -> tuple[StockRow, ...]:
    """Return what runs low in a shop, the emptiest first. One statement."""
    limit = func.coalesce(StockItem.low_at, low_limit(None, 1) * VariantStock.units_per_step)
    rows = session.execute(_rows([shop_id]).where(StockItem.is_tracked, limit > 0, free_units <= limit))
    return tuple(sorted((StockRow(*row) for row in rows), key=lambda row: row.available // row.units_per_step))


def find_stock(session: Session, shop_ids: Sequence[ShopId], item_id: StockItemId) -> StockRow | None:
    """Return an item of one of these shops in the words of its first variant; nothing of anybody else's."""
    row = session.execute(_rows(shop_ids).where(StockItem.id == item_id).limit(1)).first()
    return StockRow(*row) if row is not None else None


def movements_of(session: Session, item_id: StockItemId, *, number: int = 1, size: int = PER_PAGE) -> Page[MovementRow]:
    """Return one page of what moved an item, newest first. Two statements."""
    total = session.scalar(select(func.count()).select_from(Movement).where(Movement.stock_item_id == item_id)) or 0
    rows = session.execute(
        select(
            Movement.at, Movement.kind, Movement.on_hand_change, Movement.held_change, Movement.allocated_change,
            Movement.reason, Person.name, Movement.line_id,
        )
        .outerjoin(Person, Person.id == Movement.actor_id)
        .where(Movement.stock_item_id == item_id)
        .order_by(Movement.at.desc(), Movement.id.desc())
        .offset((number - 1) * size)
        .limit(size)
    )  # fmt: skip
    return Page([MovementRow(*row) for row in rows], number, size, total)
