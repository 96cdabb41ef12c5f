"""Commands that open a shop, let people in and give it its address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from marketplace.accounts.permissions import Role
from marketplace.accounts.services import grant_role
from marketplace.db import lock_name
from marketplace.kernel.ids import PersonId, ShopId
from marketplace.language.languages import Language
from marketplace.sellers.models import Shop, ShopMember, ShopSlug, ShopState, ShopText

from .naming import free_code, free_slug
from .shared import changed, get_shop_locked, note, require_free_slug


@dataclass(frozen=True, slots=True)
class ShopWords:
    """A shop's words in one language."""

    tagline: str
    story: str
    pickup_note: str = ""
    human_reviewed: bool = False


@dataclass(frozen=True, slots=True)
class NewShop:
    """What a shop opens with. `phone` is E.164; `pickup_address` empty means no pick-up."""

    slug: str
    code: str
    name: str
    district_code: str
    phone: str
    words: Mapping[Language, ShopWords]
    village: str = ""
    colour_a: str = "#26376F"
    colour_b: str = "#E5A82E"
    accepts_cod: bool = False
    is_pkp: bool = False
    is_example: bool = False
    pickup_address: str = ""
    pickup_hours: str = ""


def open_shop(session: Session, *, shop: NewShop, owner_id: PersonId, now: datetime) -> Shop:
    """Open a shop with its owner; it shows once verified (flushes for the id). Raises: SlugTaken."""
    require_free_slug(session, shop.slug)
    opened = Shop(
        slug=shop.slug, code=shop.code, name=shop.name, state=ShopState.APPLIED, district_code=shop.district_code,
        village=shop.village, phone=shop.phone, is_example=shop.is_example, is_pkp=shop.is_pkp, joined_at=now,
        colour_a=shop.colour_a, colour_b=shop.colour_b, accepts_cod=shop.accepts_cod, pickup_address=shop.pickup_address,
        pickup_hours=shop.pickup_hours,
    )  # fmt: skip
    session.add(opened)
    session.flush()
    session.add_all(
        ShopText(
            shop_id=opened.id,
            language=language,
            tagline=words.tagline,
            story=words.story,
            pickup_note=words.pickup_note,
            human_reviewed=words.human_reviewed,
        )
        for language, words in shop.words.items()
    )
    add_member(session, shop_id=opened.id, person_id=owner_id, role=Role.OWNER, actor_id=owner_id, now=now)
    note(session, "shop.open", opened.id, owner_id, now)
    return opened


def add_member(
    session: Session, *, shop_id: ShopId, person_id: PersonId, role: Role, actor_id: PersonId | None, now: datetime
) -> None:
    """Let a person work in a shop, as its owner or staff."""
    if session.get(ShopMember, (shop_id, person_id)) is None:
        session.add(ShopMember(shop_id=shop_id, person_id=person_id, joined_at=now))
    grant_role(session, person_id=person_id, role=role, shop_id=shop_id, granted_by=actor_id, now=now)


def apply_for_shop(session: Session, *, name: str, district_code: str, phone: str, owner_id: PersonId, now: datetime) -> Shop:
    """Open a shop that has no more than a name and a kecamatan yet; slug and code come from the name (flushes for the id).

    Asked again for the same while it waits, the shop that waits is the answer.
    """
    # Two of the same name at the same moment get different addresses, one after the other.
    lock_name(session, "shop-names")
    waiting = session.scalar(_waiting(name=name, district_code=district_code, owner_id=owner_id))
    if waiting is not None:
        return waiting
    shop = NewShop(
        slug=free_slug(session, name),
        code=free_code(session, name),
        name=name,
        district_code=district_code,
        phone=phone,
        words={},
    )
    return open_shop(session, shop=shop, owner_id=owner_id, now=now)


def _waiting(*, name: str, district_code: str, owner_id: PersonId) -> Select[Shop]:
    return (
        select(Shop)
        .join(ShopMember, ShopMember.shop_id == Shop.id)
        .where(
            ShopMember.person_id == owner_id, ShopMember.left_at.is_(None), Shop.name == name,
            Shop.district_code == district_code, Shop.state == ShopState.APPLIED,
        )
        .limit(1)
    )  # fmt: skip


def rename_shop_slug(session: Session, *, shop_id: ShopId, slug: str, actor_id: PersonId, now: datetime) -> None:
    """Give a shop another address; the old one keeps leading there. Raises: ShopNotFound, SlugTaken."""
    shop = get_shop_locked(session, shop_id)
    if shop.slug == slug:
        return
    # A shop may take back an address that was its own.
    require_free_slug(session, slug, own=shop_id)
    if session.get(ShopSlug, shop.slug) is None:
        session.add(ShopSlug(slug=shop.slug, shop_id=shop_id))
    shop.slug = slug
    changed(session, "shop.rename", shop_id, actor_id, now)
