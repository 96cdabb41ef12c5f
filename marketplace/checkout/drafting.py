"""Turning a review into a new order: pure copying of what the buyer saw."""

from __future__ import annotations

from marketplace.kernel.ids import PersonId
from marketplace.orders.drafts import Buyer, NewDelivery, NewLine, NewOrder, NewPart, NewTake, ShipTo
from marketplace.shipping.quotes import Quote

from .forms import PlaceOrder
from .lines import PricedLine
from .queries import CartGroup
from .reviewing import Review


def draft_order(
    review: Review, form: PlaceOrder, *, number: str, place_name: str, language: str, unique_code_minor: int,
    person_id: PersonId | None,
) -> NewOrder:  # fmt: skip
    """Return the order that a checked review and form make."""
    contact = form.contact
    return NewOrder(
        number=number,
        method=form.method,
        language=language,
        buyer=Buyer(name=contact.name, phone=contact.phone, email=contact.email or None, person_id=person_id),
        ship_to=ShipTo(
            district_code=contact.district,
            place_name=place_name,
            street=contact.street,
            postal_code=contact.postal_code,
            landmark=contact.landmark,
        ),
        parts=tuple(_part(part.group, part.picked) for part in review.parts if part.picked is not None),
        unique_code_minor=unique_code_minor,
        is_adult_confirmed=form.is_adult_confirmed,
        source=form.source,
    )


def _part(group: CartGroup, picked: Quote) -> NewPart:
    return NewPart(
        shop_id=group.shop.id,
        shop_name=group.shop.name,
        is_pkp=group.shop.is_pkp,
        lead_days=max(line.lead_days for line in group.lines),
        delivery=NewDelivery(
            kind=picked.kind,
            name=picked.name,
            fee_minor=picked.fee_minor,
            courier_service_id=picked.service_id,
            chargeable_grams=picked.chargeable_grams,
            days_min=picked.days_min,
            days_max=picked.days_max,
        ),
        lines=tuple(_line(line) for line in group.lines),
    )


def _line(line: PricedLine) -> NewLine:
    return NewLine(
        variant_id=line.variant_id,
        product_id=line.product_id,
        sku=line.sku,
        name=line.name,
        name_id=line.name_id,
        variant_label=line.label,
        variant_label_id=line.label_id,
        image_hash=line.image_hash,
        unit=line.unit,
        step_units=line.step_units,
        quantity=line.quantity,
        unit_price_minor=line.unit_price_minor,
        ship_weight_grams=line.ship_weight_grams,
        is_made_to_order=line.is_made_to_order,
        takes=tuple(NewTake(take.stock_item_id, take.units_per_step) for take in line.takes),
    )
