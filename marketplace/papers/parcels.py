"""The two papers of a parcel: the label that goes on it, and the slip that goes into it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from marketplace.kernel.clock import local_day
from marketplace.kernel.money import Money
from marketplace.kernel.phone import display_phone
from marketplace.language import formats
from marketplace.language.catalogue import catalogue
from marketplace.language.languages import Language
from marketplace.orders.models import PaymentFact, PaymentMethod
from marketplace.orders.views import LineRow, SellerOrderView
from marketplace.sellers.queries import ShopContact
from marketplace.shipping.models import DeliveryKind

from .printing import print_pdf, qr_svg

LABEL_WORDS = ("to", "from", "weight", "goods", "cash", "landmark", "paid")
SLIP_WORDS = ("slip", "to", "from", "what", "count", "packed", "ordered", "thanks")


@dataclass(frozen=True, slots=True)
class Parcel:
    """One seller's part to send: its rows as they are now, who sends it, and the address its QR code leads to."""

    view: SellerOrderView
    shop: ShopContact
    link: str


def labels_pdf(parcels: Sequence[Parcel], *, language: Language, market_name: str) -> bytes:
    """Return the labels of these parcels, 100 × 150 mm each."""
    return print_pdf("label", [_label(parcel, language, market_name) for parcel in parcels], _words(LABEL_WORDS, language))


def slips_pdf(parcels: Sequence[Parcel], *, language: Language, market_name: str) -> bytes:
    """Return the packing slips of these parcels, A5, one or more pages each."""
    return print_pdf("slip", [_slip(parcel, language, market_name) for parcel in parcels], _words(SLIP_WORDS, language))


def _words(names: Sequence[str], language: Language) -> dict[str, str]:
    words = catalogue("work", language)
    return {name: words.text(f"paper.{name}") for name in names}


def _head(parcel: Parcel, language: Language, market_name: str) -> dict[str, Any]:
    head, part, shop = parcel.view.head, parcel.view.part, parcel.shop
    return {
        "market": market_name, "number": part.number, "qr": qr_svg(parcel.link), "name": head.buyer_name,
        "phone": display_phone(head.buyer_phone), "street": head.street, "place": head.place_name, "postal": head.postal_code,
        "landmark": head.landmark, "sender": shop.name, "sender_phone": display_phone(shop.phone),
        "sender_place": shop.pickup_address, "delivery": _delivery(part.delivery_kind, part.delivery_name, language),
    }  # fmt: skip


def _delivery(kind: DeliveryKind, name: str, language: Language) -> str:
    return name if kind is DeliveryKind.COURIER else catalogue("work", language).text(f"paper.delivery_{kind}")


def _label(parcel: Parcel, language: Language, market_name: str) -> dict[str, Any]:
    view, words = parcel.view, catalogue("work", language)
    is_owed = view.head.method is PaymentMethod.COD and view.part.payment is PaymentFact.UNPAID
    amount = formats.money(Money(view.part.total_minor, view.head.currency), language)
    goods = sum(line.quantity - line.cancelled for line in view.part.lines)
    return _head(parcel, language, market_name) | {
        "weight": formats.weight(view.part.chargeable_grams, language) if view.part.chargeable_grams else "–",
        "goods": words.text("paper.pieces", count=goods),
        "cash": amount if is_owed else "",
    }


def _slip(parcel: Parcel, language: Language, market_name: str) -> dict[str, Any]:
    lines = [_line(line, language) for line in parcel.view.part.lines if line.quantity > line.cancelled]
    day = formats.date_long(local_day(parcel.view.head.created_at), language)
    return _head(parcel, language, market_name) | {"lines": lines, "day": day}


def _line(line: LineRow, language: Language) -> dict[str, str]:
    count = formats.number(line.quantity - line.cancelled, language)
    return {"name": line.name, "options": " · ".join(word for word in (line.label, line.sku) if word), "count": count}
