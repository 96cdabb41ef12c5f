"""Where a shop stands with the office, for its own people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.kernel.ids import ShopId

from .models import Shop, ShopState


@dataclass(frozen=True, slots=True)
class Standing:
    """A shop's state and what the office last said about it."""

    state: ShopState
    reason: str
    submitted_at: datetime | None
    returned_at: datetime | None
    return_words: str

    @property
    def is_returned(self) -> bool:
        """Tell whether the office's last word was to send it back."""
        return self.returned_at is not None and (self.submitted_at is None or self.submitted_at <= self.returned_at)


def shop_standing(session: Session, shop_id: ShopId) -> Standing:
    """Return where a shop stands. One statement."""
    columns = (Shop.state, Shop.state_reason, Shop.submitted_at, Shop.returned_at, Shop.return_words)
    return Standing(*session.execute(select(*columns).where(Shop.id == shop_id)).one())
