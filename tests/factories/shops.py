"""Shops."""

from __future__ import annotations

from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from marketplace.sellers.models import Shop, ShopState, ShopText
from tests.conftest import NOW
from tests.factories.places import make_district

_numbers = count(1)


def make_shop(session: Session, *, district_code: str = "36.02.22", **given: Any) -> Shop:
    """Return an active, verified shop in Sobang unless told otherwise."""
    make_district(session, district_code)
    n = next(_numbers)
    values: dict[str, Any] = {
        "slug": f"toko-{n}", "code": f"T{n:04d}", "name": f"Toko {n}", "state": ShopState.ACTIVE, "verified_at": NOW,
        "district_code": district_code, "phone": "+6281200000099", "joined_at": NOW, "pickup_address": "Jl. Raya 1",
        "accepts_cod": True,
    }  # fmt: skip
    shop = Shop(**(values | given))
    session.add(shop)
    session.flush()
    for language in ("id", "en", "ko"):
        session.add(ShopText(shop_id=shop.id, language=language, tagline="", story=""))
    session.flush()
    return shop
