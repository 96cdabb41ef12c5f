"""The acts that views call for a purchase. Transfer and cash have no provider, so placing is one unit of work."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol, TypeVar

from sqlalchemy.orm import Session

from marketplace.accounts.tokens import FormToken
from marketplace.kernel.ids import CartId, PersonId

from . import placing
from .forms import PlaceOrder
from .placing import Placed

T = TypeVar("T")


class InUnit(Protocol):
    """What opens a unit of work, such as `db.in_unit`."""

    def __call__(self, work: Callable[[Session], T]) -> T:
        """Call `work` in one transaction."""
        ...


def place(
    in_unit: InUnit, *, cart_id: CartId, form: PlaceOrder, token: FormToken, language: str, now: datetime,
    number_prefix: str, person_id: PersonId | None = None,
) -> Placed:  # fmt: skip
    """Place the order of a cart in one unit of work. Raises what `placing.place` raises."""
    return in_unit(
        lambda session: placing.place(
            session,
            cart_id=cart_id,
            form=form,
            token=token,
            language=language,
            now=now,
            number_prefix=number_prefix,
            person_id=person_id,
        )
    )
