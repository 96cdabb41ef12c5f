"""What people of a shop see of it themselves, whatever the public sees."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from marketplace.kernel.ids import ShopId
from marketplace.language.languages import DEFAULT

from .applying import Missing, what_is_missing
from .errors import ShopNotFound
from .models import Shop, ShopState, ShopText


@dataclass(frozen=True, slots=True)
class OwnShop:
    """A shop as it stands, with what the office said of it."""

    name: str
    state: ShopState
    village: str
    pickup_address: str
    pickup_hours: str
    tagline: str
    story: str
    submitted_at: datetime | None
    returned_at: datetime | None
    return_reasons: list[str]
    return_words: str
    holiday_from: date | None
    holiday_until: date | None

    @property
    def is_waiting(self) -> bool:
        """Tell whether the office does not know the shop yet."""
        return self.state is ShopState.APPLIED

    @property
    def is_with_office(self) -> bool:
        """Tell whether the office was asked and has not answered."""
        return self.is_waiting and self.submitted_at is not None and self.returned_at is None

    @property
    def missing(self) -> tuple[Missing, ...]:
        """Return what is still to be written before the office can look."""
        return what_is_missing(story=self.story, village=self.village)


def own_shop(session: Session, shop_id: ShopId) -> OwnShop:
    """Return a shop as its people see it; one statement. Raises: ShopNotFound."""
    row = session.execute(
        select(
            Shop.name, Shop.state, Shop.village, Shop.pickup_address, Shop.pickup_hours,
            func.coalesce(ShopText.tagline, ""), func.coalesce(ShopText.story, ""),
            Shop.submitted_at, Shop.returned_at, Shop.return_reasons, Shop.return_words, Shop.holiday_from, Shop.holiday_until,
        )
        .outerjoin(ShopText, and_(ShopText.shop_id == Shop.id, ShopText.language == DEFAULT))
        .where(Shop.id == shop_id)
    ).first()  # fmt: skip
    if row is None:
        raise ShopNotFound(shop=shop_id)
    return OwnShop(*row)  # type: ignore[call-arg]  # the columns above, in the order of the fields
