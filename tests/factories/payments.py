"""Orders as checkout would place them: through the services, with holds and payments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.catalog.models import Variant
from marketplace.inventory.models import VariantStock
from marketplace.inventory.services import allocate, hold
from marketplace.orders.demands import demands_of_sub_orders
from marketplace.orders.drafts import Buyer, NewDelivery, NewLine, NewOrder, NewPart, NewTake, ShipTo
from marketplace.orders.models import Order, PaymentMethod, SubOrder
from marketplace.orders.services import create_order
from marketplace.payments.codes import pick_unique_code
from marketplace.payments.models import BankAccount, Payment
from marketplace.payments.services import open_payment
from marketplace.sellers.models import Shop
from marketplace.shipping.models import DeliveryKind
from tests.conftest import NOW
from tests.factories.goods import make_variant

_numbers = count(1)
HOLD = timedelta(hours=24)


@dataclass(frozen=True)
class Placed:
    """An order with its parts and payments (cash has one for each part)."""

    order: Order
    parts: Sequence[SubOrder]
    payments: Sequence[Payment]

    @property
    def payment(self) -> Payment:
        """Return the only payment."""
        (payment,) = self.payments
        return payment

    @property
    def part(self) -> SubOrder:
        """Return the only part."""
        (part,) = self.parts
        return part


def make_bank_account(session: Session) -> BankAccount:
    """Return the cooperative's account, made once per test."""
    found = session.scalar(select(BankAccount).limit(1))
    if found is not None:
        return found
    account = BankAccount(bank_name="Bank Contoh", number="0000000001", holder="Koperasi Contoh", is_example=True, created_at=NOW)
    session.add(account)
    session.flush()
    return account


def _line(session: Session, variant: Variant, quantity: int) -> NewLine:
    takes = session.execute(
        select(VariantStock.stock_item_id, VariantStock.units_per_step).where(VariantStock.variant_id == variant.id)
    )
    return NewLine(
        variant_id=variant.id, product_id=variant.product_id, sku=variant.sku, name="Gula Semut Aren", name_id="Gula Semut Aren",
        unit="piece", step_units=1, quantity=quantity, unit_price_minor=variant.price_minor,
        ship_weight_grams=variant.ship_weight_grams, takes=tuple(NewTake(item, units) for item, units in takes),
    )  # fmt: skip


def _part(session: Session, lines: Sequence[tuple[Variant, int]], shipping_minor: int, commission: int) -> NewPart:
    shop = session.get_one(Shop, lines[0][0].shop_id)
    return NewPart(
        shop_id=shop.id, shop_name=shop.name, lines=tuple(_line(session, variant, quantity) for variant, quantity in lines),
        delivery=NewDelivery(kind=DeliveryKind.COURIER, name="JNE REG", fee_minor=shipping_minor, days_min=2, days_max=4),
        commission_basis_points=commission,
    )  # fmt: skip


def make_order(
    session: Session,
    *,
    parts: Sequence[Sequence[tuple[Variant, int]]] | None = None,
    method: PaymentMethod = PaymentMethod.TRANSFER,
    shipping_minor: int = 9_000,
    commission_basis_points: int = 0,
    now: datetime = NOW,
) -> Placed:
    """Return an unpaid order, one part for each seller's lines (by default one piece of one variant)."""
    parts = parts or [[(make_variant(session), 1)]]
    drafts = tuple(_part(session, lines, shipping_minor, commission_basis_points) for lines in parts)
    base = sum(line.quantity * line.unit_price_minor for part in drafts for line in part.lines) + shipping_minor * len(drafts)
    bank = make_bank_account(session)
    is_transfer = method is PaymentMethod.TRANSFER
    code = pick_unique_code(session, bank_account_id=bank.id, base_minor=base, now=now) if is_transfer else 0
    draft = NewOrder(
        number=f"LBK-TEST-{next(_numbers):04d}", method=method, language="id", buyer=Buyer("Sari", "+6281211112222"),
        ship_to=ShipTo("36.02.14", "Rangkasbitung, Kabupaten Lebak, Banten", "Jl. Multatuli 1"), parts=drafts,
        unique_code_minor=code,
    )  # fmt: skip
    order = create_order(session, draft=draft, now=now)
    rows = session.scalars(select(SubOrder).where(SubOrder.order_id == order.id).order_by(SubOrder.position)).all()
    shares = {part.id: part.total_minor for part in rows}
    demands = demands_of_sub_orders(session, list(shares))
    if method is PaymentMethod.COD:
        payments = [
            open_payment(session, order_id=order.id, method=method, shares={part: amount}, expires_at=None, now=now)
            for part, amount in shares.items()
        ]
        allocate(session, demands=demands, now=now)
        return Placed(order, rows, payments)
    payment = open_payment(
        session, order_id=order.id, method=method, shares=shares, expires_at=now + HOLD, now=now, bank_account_id=bank.id,
        unique_code_minor=code,
    )  # fmt: skip
    hold(session, demands=demands, order_id=order.id, payment_id=payment.id, expires_at=now + HOLD, now=now)
    session.flush()
    return Placed(order, rows, [payment])
