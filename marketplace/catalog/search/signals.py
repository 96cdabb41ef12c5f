"""What later floors report about goods: ratings, sales and stock, as cards show them."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import Any, Final

from sqlalchemy import or_, update
from sqlalchemy.orm import Session

from marketplace.catalog.search.models import SearchRow
from marketplace.db import move_public_version
from marketplace.kernel.ids import ProductId


class Unsaid(Enum):
    """Stands for a signal that is not reported this time; `None` says that stock is plenty or not counted."""

    UNSAID = "unsaid"


UNSAID: Final = Unsaid.UNSAID


def set_signals(
    session: Session,
    product_id: ProductId,
    *,
    rating_hundredths: int | None = None,
    rating_count: int | None = None,
    sold: int | None = None,
    stock_left: int | Unsaid | None = UNSAID,
    is_available: bool | None = None,
    now: datetime,
) -> bool:
    """Write the signals that are given on the product's rows; tell whether one changed that the public sees.

    `rating_hundredths`: 480 is 4.8 stars. `stock_left`: steps, when few enough to be said. A product that is not in the
    index yet is left alone: `reindex_products` makes its rows.
    """
    given: dict[str, Any] = {
        "rating_hundredths": rating_hundredths,
        "rating_count": rating_count,
        "sold": sold,
        "is_available": is_available,
    }
    values = {name: value for name, value in given.items() if value is not None}
    if stock_left is not UNSAID:
        values["stock_left"] = stock_left
    if not values:
        return False
    differs = or_(*(getattr(SearchRow, name).is_distinct_from(value) for name, value in values.items()))
    moved = (
        session.execute(
            update(SearchRow)
            .where(SearchRow.product_id == product_id, differs)
            .values(**values, updated_at=now)
            .returning(SearchRow.listed)
            .execution_options(synchronize_session=False)
        )
        .scalars()
        .all()
    )
    if any(moved):
        move_public_version(session)
    return any(moved)
