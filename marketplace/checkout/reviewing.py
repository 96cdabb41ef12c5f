"""What the buyer sees before paying: the cart priced now, the chosen deliveries, the total, and how it may be paid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.kernel.errors import DomainError
from marketplace.kernel.ids import CartId, ShopId
from marketplace.orders.models import PaymentMethod
from marketplace.orders.totals import LinePrice, OrderTotals, PartTotals, order_totals, part_totals
from marketplace.payments.models import BankAccount, QrisCode
from marketplace.payments.qris import LIMIT_MINOR
from marketplace.shipping.quotes import Quote, ShopQuotes

from .delivery import delivery_choices, picks
from .queries import CartGroup, CartView, cart_view
from .terms import COD_CAP_MINOR


class MethodRefusal(StrEnum):
    """Why a way to pay is not offered; pages have a sentence for each."""

    NOT_BY_DELIVERY = "cod_not_by_delivery"
    OVER_CAP = "cod_over_cap"
    OVER_QRIS = "qris_over_limit"
    NO_ACCOUNT = "no_bank_account"
    CHOOSE_DELIVERY = "choose_delivery_first"


@dataclass(frozen=True, slots=True)
class QrisTarget:
    """The code buyers scan, and the bank account its money arrives on."""

    code_id: int
    bank_account_id: int


@dataclass(frozen=True, slots=True)
class MethodOffer:
    """A way to pay, and why not when it is not offered."""

    method: PaymentMethod
    why_not: MethodRefusal | None = None


@dataclass(frozen=True, slots=True)
class ReviewPart:
    """One seller's part under review. `picked` and `totals` are None until a delivery is chosen that is still offered."""

    group: CartGroup
    quotes: ShopQuotes
    picked: Quote | None
    totals: PartTotals | None


@dataclass(frozen=True, slots=True)
class Review:
    """A purchase as it would be placed now. `totals` is None until every part has its delivery; no unique code is in it."""

    view: CartView
    parts: tuple[ReviewPart, ...]
    totals: OrderTotals | None
    methods: tuple[MethodOffer, ...]
    bank_account_id: int | None
    qris: QrisTarget | None

    @property
    def missing(self) -> tuple[ShopId, ...]:
        """Return the shops whose delivery is not chosen, or gone."""
        return tuple(part.group.shop.id for part in self.parts if part.picked is None)

    @property
    def cod_refused_by(self) -> tuple[ShopId, ...]:
        """Return the shops whose chosen delivery takes no cash."""
        return tuple(part.group.shop.id for part in self.parts if part.picked is not None and not part.picked.allows_cod)


@dataclass(eq=False)
class PriceDrifted(DomainError):
    """The total is no longer what the buyer saw; the new review is to be shown before anything is charged."""

    review: Review
    seen_minor: int


def prepare(
    session: Session, *, cart_id: CartId, district_code: str, choices: Mapping[ShopId, str], language: str, now: datetime
) -> Review:
    """Return the purchase as it would be placed now, from at most ten statements; nothing is written."""
    view = cart_view(session, cart_id=cart_id, language=language, now=now)
    quotes = delivery_choices(session, view=view, district_code=district_code, now=now) if view.groups else {}
    picked = picks(quotes, choices)
    parts = tuple(_part(group, quotes[group.shop.id], picked[group.shop.id]) for group in view.groups)
    priced = [part.totals for part in parts if part.totals is not None]
    totals = order_totals(priced) if priced and len(priced) == len(parts) else None
    account_id, qris = open_targets(session)
    return Review(view, parts, totals, _methods(parts, totals, account_id, qris), account_id, qris)


def open_targets(session: Session) -> tuple[int | None, QrisTarget | None]:
    """Return the bank account buyers are asked to transfer to and the code they may scan, where there are such; one statement."""
    account = select(BankAccount.id).where(BankAccount.is_active).order_by(BankAccount.position, BankAccount.id).limit(1)
    code = select(QrisCode.id).where(QrisCode.is_active)
    collects = select(QrisCode.bank_account_id).where(QrisCode.is_active)
    row = session.execute(select(*(query.scalar_subquery() for query in (account, code, collects)))).one()
    return row[0], QrisTarget(row[1], row[2]) if row[1] is not None else None


def _part(group: CartGroup, quotes: ShopQuotes, picked: Quote | None) -> ReviewPart:
    totals = None
    if picked is not None:
        totals = part_totals(
            [LinePrice(line.quantity, line.unit_price_minor) for line in group.lines],
            shipping_minor=picked.fee_minor,
            is_pkp=group.shop.is_pkp,
        )
    return ReviewPart(group, quotes, picked, totals)


def _methods(
    parts: Sequence[ReviewPart], totals: OrderTotals | None, account_id: int | None, qris: QrisTarget | None
) -> tuple[MethodOffer, ...]:
    is_over = totals is not None and totals.base_minor > LIMIT_MINOR
    by_code = MethodOffer(PaymentMethod.QRIS, MethodRefusal.OVER_QRIS if is_over else None)
    return (
        MethodOffer(PaymentMethod.TRANSFER, MethodRefusal.NO_ACCOUNT if account_id is None else None),
        *((by_code,) if qris is not None else ()),
        MethodOffer(PaymentMethod.COD, _why_no_cod(parts, totals)),
    )


def _why_no_cod(parts: Sequence[ReviewPart], totals: OrderTotals | None) -> MethodRefusal | None:
    if totals is None:
        return MethodRefusal.CHOOSE_DELIVERY
    if any(part.picked is None or not part.picked.allows_cod for part in parts):
        return MethodRefusal.NOT_BY_DELIVERY
    return MethodRefusal.OVER_CAP if totals.base_minor > COD_CAP_MINOR else None
