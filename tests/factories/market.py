"""A small market to buy from: two shops, each with goods, deliveries and people."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.accounts.permissions import Role
from marketplace.catalog.models import Variant
from marketplace.sellers.models import Shop, ShopMember
from tests.conftest import NOW
from tests.factories.carts import make_bank_account
from tests.factories.delivery import make_own_delivery, make_service
from tests.factories.goods import make_product, make_variant
from tests.factories.people import make_person
from tests.factories.places import make_district
from tests.factories.shops import make_shop


@dataclass(frozen=True)
class Stall:
    """A shop, what it sells, and who owns it."""

    shop: Shop
    variant: Variant
    owner: Person


def make_stall(session: Session, *, price_minor: int = 25_000, stock: int = 10, **given: object) -> Stall:
    """Return a shop in Sobang with one product and its owner."""
    shop = make_shop(session, **given)  # type: ignore[arg-type]
    variant = make_variant(session, product=make_product(session, shop=shop), price_minor=price_minor, stock=stock)
    return Stall(shop, variant, make_seller(session, shop))


def make_seller(session: Session, shop: Shop, role: Role = Role.OWNER) -> Person:
    """Return somebody who works in a shop."""
    person = make_person(session, name="Bu Sari", role=role, shop_id=shop.id)
    session.add(ShopMember(shop_id=shop.id, person_id=person.id, joined_at=NOW))
    session.flush()
    return person


def make_stalls(session: Session) -> tuple[Stall, Stall]:
    """Return two shops within reach of Rangkasbitung: the first brings goods itself, a courier serves both."""
    make_district(session, "36.02.14")
    make_bank_account(session)
    make_service(session, first_minor=10_000)
    first = make_stall(session)
    second = make_stall(session, price_minor=40_000)
    make_own_delivery(session, shop_id=first.shop.id)
    session.flush()
    return first, second
