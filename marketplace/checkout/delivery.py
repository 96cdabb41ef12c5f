"""How each seller's goods can reach the buyer: choices per shop, for a whole cart in four statements."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from marketplace.kernel.ids import ShopId
from marketplace.shipping.parcels import Parcel, Piece, stack
from marketplace.shipping.queries import Consignment, Sender, quote_all
from marketplace.shipping.quotes import Quote, ShopQuotes

from .queries import CartGroup, CartView


def delivery_choices(session: Session, *, view: CartView, district_code: str, now: datetime) -> dict[ShopId, ShopQuotes]:
    """Return what each shop in the cart offers for its parcel to this kecamatan."""
    consignments = [Consignment(_sender(group), parcel_of(group)) for group in view.groups]
    return quote_all(session, consignments=consignments, destination=district_code, now=now)


def parcel_of(group: CartGroup) -> Parcel:
    """Return the parcel that one seller's lines make."""
    return stack(
        [Piece(line.ship_weight_grams, line.box, line.quantity) for line in group.lines],
        flags=frozenset[str]().union(*(line.ship_flags for line in group.lines)),
        value_minor=sum(line.total_minor for line in group.lines),
    )


def chosen(quotes: ShopQuotes, code: str) -> Quote | None:
    """Return the choice of this code, if it is (still) one."""
    return next((quote for quote in quotes.choices if quote.code == code), None)


def picks(quotes: Mapping[ShopId, ShopQuotes], codes: Mapping[ShopId, str]) -> dict[ShopId, Quote | None]:
    """Return each shop's chosen delivery; None where none was chosen or it is gone."""
    return {shop_id: chosen(offered, codes.get(shop_id, "")) for shop_id, offered in quotes.items()}


def _sender(group: CartGroup) -> Sender:
    shop = group.shop
    return Sender(shop.id, shop.district_code, takes_cod=shop.takes_cod, offers_pickup=shop.offers_pickup)
