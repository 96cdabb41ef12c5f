"""Commands on shops: open, verify, close for a while, and their papers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts import audit
from marketplace.accounts.permissions import Role
from marketplace.accounts.services import grant_role
from marketplace.db import move_public_version
from marketplace.kernel.ids import PersonId, ShopId
from marketplace.language.languages import Language
from marketplace.outbox.emitting import emit

from . import states
from .errors import PermitNotFound, ShopNotFound, SlugTaken
from .models import Permit, PermitKind, Shop, ShopMember, ShopSlug, ShopState, ShopText
from .permits import read_permit_number


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
    _require_free_slug(session, shop.slug)
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
    _note(session, "shop.open", opened.id, owner_id, now)
    return opened


def add_member(
    session: Session, *, shop_id: ShopId, person_id: PersonId, role: Role, actor_id: PersonId | None, now: datetime
) -> None:
    """Let a person work in a shop, as its owner or staff."""
    if session.get(ShopMember, (shop_id, person_id)) is None:
        session.add(ShopMember(shop_id=shop_id, person_id=person_id, joined_at=now))
    grant_role(session, person_id=person_id, role=role, shop_id=shop_id, granted_by=actor_id, now=now)


def verify_shop(session: Session, *, shop_id: ShopId, actor_id: PersonId, now: datetime) -> None:
    """Say that the office knows this shop: it shows from now on. Raises: ShopNotFound, ShopMoveRefused."""
    shop = get_shop_locked(session, shop_id)
    shop.state = states.move(shop.state, ShopState.ACTIVE)
    shop.verified_at = now
    _changed(session, "shop.verify", shop_id, actor_id, now)


def suspend_shop(session: Session, *, shop_id: ShopId, reason: str, actor_id: PersonId, now: datetime) -> None:
    """Hide a shop and all its goods at once, and stop their sale. Raises: ShopNotFound, ShopMoveRefused."""
    shop = get_shop_locked(session, shop_id)
    shop.state, shop.state_reason = states.move(shop.state, ShopState.SUSPENDED), reason
    _changed(session, "shop.suspend", shop_id, actor_id, now)


def reinstate_shop(session: Session, *, shop_id: ShopId, actor_id: PersonId, now: datetime) -> None:
    """Bring a suspended shop back with what was published. Raises: ShopNotFound, ShopMoveRefused."""
    shop = get_shop_locked(session, shop_id)
    if shop.state is not ShopState.SUSPENDED:
        raise states.ShopMoveRefused(now=shop.state, wanted=ShopState.ACTIVE)
    shop.state, shop.state_reason = states.move(shop.state, ShopState.ACTIVE), ""
    _changed(session, "shop.reinstate", shop_id, actor_id, now)


def set_holiday(
    session: Session, *, shop_id: ShopId, starts: date | None, ends: date | None, actor_id: PersonId, now: datetime
) -> None:
    """Stop selling from a day on, to the end of another; no start ends the holiday. Raises: ShopNotFound, ValueError."""
    if ends is not None and (starts is None or ends < starts):
        raise ValueError("a holiday ends on or after the day it starts")
    shop = get_shop_locked(session, shop_id)
    shop.holiday_from, shop.holiday_until = starts, ends
    _changed(session, "shop.holiday", shop_id, actor_id, now)


def rename_shop_slug(session: Session, *, shop_id: ShopId, slug: str, actor_id: PersonId, now: datetime) -> None:
    """Give a shop another address; the old one keeps leading there. Raises: ShopNotFound, SlugTaken."""
    shop = get_shop_locked(session, shop_id)
    if shop.slug == slug:
        return
    # A shop may take back an address that was its own.
    _require_free_slug(session, slug, own=shop_id)
    if session.get(ShopSlug, shop.slug) is None:
        session.add(ShopSlug(slug=shop.slug, shop_id=shop_id))
    shop.slug = slug
    _changed(session, "shop.rename", shop_id, actor_id, now)


def add_permit(
    session: Session, *, shop_id: ShopId, kind: PermitKind, number: str, actor_id: PersonId, now: datetime,
    expires_on: date | None = None, issued_on: date | None = None, is_example: bool = False,
) -> Permit:  # fmt: skip
    """Put a paper into a shop's wallet, not yet verified (flushes for the id). Raises: PermitNumberWrong."""
    permit = Permit(
        shop_id=shop_id, kind=kind, number=read_permit_number(kind, number), is_example=is_example, issued_on=issued_on,
        expires_on=expires_on, created_at=now,
    )  # fmt: skip
    session.add(permit)
    session.flush()
    audit.record(session, action="permit.add", object_kind="permit", object_id=permit.id, actor_id=actor_id, now=now)
    return permit


def verify_permit(session: Session, *, shop_id: ShopId, permit_id: int, actor_id: PersonId, now: datetime) -> None:
    """Say that the office looked a paper up; its badge shows from now to its last day. Raises: PermitNotFound."""
    permit = session.scalar(select(Permit).where(Permit.id == permit_id, Permit.shop_id == shop_id).with_for_update())
    if permit is None:
        raise PermitNotFound(permit_id=permit_id)
    permit.verified_at, permit.verified_by = now, actor_id
    audit.record(session, action="permit.verify", object_kind="permit", object_id=permit_id, actor_id=actor_id, now=now)
    _emit_changed(session, shop_id, now)


def get_shop_locked(session: Session, shop_id: ShopId) -> Shop:
    """Return a shop, locked for this unit. Raises: ShopNotFound."""
    shop = session.get(Shop, shop_id, with_for_update=True)
    if shop is None:
        raise ShopNotFound(shop=shop_id)
    return shop


def _require_free_slug(session: Session, slug: str, own: ShopId | None = None) -> None:
    holder = session.scalar(select(Shop.id).where(Shop.slug == slug))
    former = session.scalar(select(ShopSlug.shop_id).where(ShopSlug.slug == slug))
    if holder is not None or former not in (None, own):
        raise SlugTaken(slug=slug)


def _note(session: Session, action: str, shop_id: ShopId, actor_id: PersonId | None, now: datetime) -> None:
    audit.record(session, action=action, object_kind="shop", object_id=shop_id, actor_id=actor_id, now=now)


def _changed(session: Session, action: str, shop_id: ShopId, actor_id: PersonId, now: datetime) -> None:
    _note(session, action, shop_id, actor_id, now)
    _emit_changed(session, shop_id, now)


def _emit_changed(session: Session, shop_id: ShopId, now: datetime) -> None:
    emit(session, "shop.changed", {"shop_id": shop_id}, now=now, key=f"shop:{shop_id}")
    move_public_version(session)
