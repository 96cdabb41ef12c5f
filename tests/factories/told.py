"""An order as notices see it, with every fact or with as few as there can be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from marketplace.kernel.ids import OrderId, ShopId, SubOrderId
from marketplace.kernel.money import Currency
from marketplace.notices.letters import Told
from marketplace.notices.queries import LineFacts, OrderFacts, PartFacts, PaymentFacts
from marketplace.orders.models import PaymentMethod
from marketplace.shipping.models import DeliveryKind
from tests.conftest import NOW

LINK = "https://pasar.contoh.id/ko/orders/LBK-7K3M-9QXA?t=" + "x" * 43
HOSTILE = "<script>alert(\"x\")</script>\r\nBcc: b@x.id\u202e{number} & 'satu'"


def told(language: str, *, is_full: bool, method: PaymentMethod = PaymentMethod.TRANSFER, name: str = "Sari") -> Told:
    """Return what a message is about."""
    line = LineFacts(2, name, name, 50_000)
    part = PartFacts(
        id=SubOrderId(1), number="LBK-7K3M-9QXA-1", shop_id=ShopId(1), shop_name=name, total_minor=59_000,
        delivery_kind=DeliveryKind.COURIER, delivery_name="JNE REG" if is_full else "",
        promised_on=date(2026, 11, 30) if is_full else None, accept_by=NOW + timedelta(days=2) if is_full else None,
        lines=(line, line) if is_full else (),
    )  # fmt: skip
    payment = PaymentFacts(
        id=1, amount_minor=118_123, received_minor=118_123, is_counted=True, expires_at=NOW + timedelta(days=1),
        bank="Bank Contoh", account_number="0001", account_holder=name,
    )  # fmt: skip
    order = OrderFacts(
        id=OrderId(1), number="LBK-7K3M-9QXA", secret="s", language=language, method=method, buyer_name=name,
        buyer_phone="+6281234567890", buyer_email="sari@contoh.id" if is_full else None, place=name if is_full else "",
        currency=Currency.IDR, total_minor=118_000, parts=(part, replace(part, id=SubOrderId(2))),
        payment=payment if is_full else None,
    )  # fmt: skip
    return Told(
        order=order, part=part, link=LINK, market_name="Pasar Lebak", tracking_number="JP123" if is_full else "",
        refund_minor=59_000 if is_full else 0,
    )  # fmt: skip


def late(of: Told) -> Told:
    """Return the same with money that came too late."""
    assert of.order.payment is not None
    payment: Any = replace(of.order.payment, is_counted=False, received_minor=118_123)
    return replace(of, order=replace(of.order, payment=payment))
