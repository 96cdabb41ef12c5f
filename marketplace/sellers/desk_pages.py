"""The frozen rows of the desk's pages on shops and papers."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from marketplace.accounts.models import AuditEntry, Person
from marketplace.files.models import StoredImage
from marketplace.kernel.ids import ShopId
from marketplace.kernel.paging import Page
from marketplace.places.models import District

from .deciding import permit_digest, shop_digest, shop_owners
from .errors import PermitNotFound, ShopNotFound
from .models import Permit, PermitKind, Shop, ShopState, ShopText
from .queries import read_widths

SHOP_ACTS = ("shop.verify", "shop.return", "shop.suspend", "shop.reinstate")
PERMIT_ACTS = ("permit.verify", "permit.return")


@dataclass(frozen=True, slots=True)
class PastDecision:
    """What the office once said, who and when."""

    action: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class PermitForDesk:
    """One paper as the office sees it."""

    id: int
    shop_id: ShopId
    shop_name: str
    kind: PermitKind
    number: str
    is_example: bool
    issued_on: date | None
    expires_on: date | None
    verified_at: datetime | None
    returned_at: datetime | None
    return_reasons: tuple[str, ...]
    return_words: str
    file_id: int | None
    created_at: datetime
    seen: str

    @property
    def is_waiting(self) -> bool:
        """Tell whether it is still to be decided."""
        return self.verified_at is None and self.returned_at is None


@dataclass(frozen=True, slots=True)
class ShopForDesk:
    """One shop as the office sees it. `words` are (language, tagline, story)."""

    id: ShopId
    slug: str
    name: str
    state: ShopState
    state_reason: str
    district_name: str
    village: str
    phone: str
    is_example: bool
    joined_at: datetime
    submitted_at: datetime | None
    verified_at: datetime | None
    returned_at: datetime | None
    return_reasons: tuple[str, ...]
    return_words: str
    pickup_address: str
    has_picture: bool
    owners: tuple[tuple[str, str, datetime | None], ...]  # name, phone, when it was reached
    words: tuple[tuple[str, str, str], ...]
    permits: tuple[PermitForDesk, ...]
    seen: str

    @property
    def is_waiting(self) -> bool:
        """Tell whether it waits to be let in."""
        is_answered = self.returned_at is not None and self.submitted_at is not None and self.returned_at >= self.submitted_at
        return self.state is ShopState.APPLIED and self.submitted_at is not None and not is_answered

    @property
    def is_reached(self) -> bool:
        """Tell whether the office has reached an owner by phone."""
        return any(reached for _, _, reached in self.owners)


@dataclass(frozen=True, slots=True)
class ShopRow:
    """A shop in the office's list."""

    id: ShopId
    name: str
    state: ShopState
    district_name: str
    phone: str
    joined_at: datetime


def shop_for_desk(session: Session, shop_id: int) -> ShopForDesk:
    """Return a shop with its people, words and papers. Raises: ShopNotFound."""
    found = session.execute(
        select(Shop, District.name).join(District, District.code == Shop.district_code).where(Shop.id == shop_id)
    ).first()
    if found is None:
        raise ShopNotFound(shop=shop_id)
    shop, district_name = found
    words = session.execute(
        select(ShopText.language, ShopText.tagline, ShopText.story).where(ShopText.shop_id == shop.id).order_by(ShopText.language)
    )
    owners = shop_owners(session, shop.id)
    papers = session.scalars(select(Permit).where(Permit.shop_id == shop.id).order_by(Permit.kind, Permit.id)).all()
    return ShopForDesk(
        id=shop.id, slug=shop.slug, name=shop.name, state=shop.state, state_reason=shop.state_reason, district_name=district_name,
        village=shop.village, phone=shop.phone, is_example=shop.is_example, joined_at=shop.joined_at,
        submitted_at=shop.submitted_at, verified_at=shop.verified_at, returned_at=shop.returned_at,
        return_reasons=tuple(shop.return_reasons), return_words=shop.return_words, pickup_address=shop.pickup_address,
        has_picture=shop.picture_hash is not None,
        owners=tuple((owner.name, owner.phone or "", owner.phone_verified_at) for owner in owners),
        words=tuple((language, tagline, story) for language, tagline, story in words),
        permits=tuple(_permit(paper, shop.name) for paper in papers), seen=shop_digest(session, shop),
    )  # fmt: skip


def shop_picture(session: Session, shop_id: ShopId) -> tuple[str, tuple[int, ...]]:
    """Return the hash and widths of a shop's picture. Raises: ShopNotFound when there is none."""
    found = session.execute(
        select(StoredImage.hash, StoredImage.widths).join(Shop, Shop.picture_hash == StoredImage.hash).where(Shop.id == shop_id)
    ).first()
    if found is None:
        raise ShopNotFound(shop=shop_id)
    return found[0], read_widths(found[1])


def permit_for_desk(session: Session, permit_id: int) -> PermitForDesk:
    """Return a paper of any shop. Raises: PermitNotFound."""
    found = session.execute(select(Permit, Shop.name).join(Shop, Shop.id == Permit.shop_id).where(Permit.id == permit_id)).first()
    if found is None:
        raise PermitNotFound(permit_id=permit_id)
    return _permit(found[0], found[1])


def past_decisions(
    session: Session, *, object_kind: str, object_ids: Collection[int], actions: Collection[str], most: int = 12
) -> tuple[PastDecision, ...]:
    """Return what the office said about these things, newest first. One statement."""
    rows = session.execute(
        select(AuditEntry.action, AuditEntry.at, func.coalesce(Person.name, ""))
        .outerjoin(Person, Person.id == AuditEntry.actor_id)
        .where(
            AuditEntry.object_kind == object_kind, AuditEntry.object_id.in_([str(id_) for id_ in object_ids]),
            AuditEntry.action.in_(list(actions)),
        )
        .order_by(AuditEntry.id.desc())
        .limit(most)
    )  # fmt: skip
    return tuple(PastDecision(*row) for row in rows)


def staff_shops(
    session: Session, *, search: str = "", district_code: str = "", state: ShopState | None = None, number: int = 1,
    size: int = 30,
) -> Page[ShopRow]:  # fmt: skip
    """Return one page of all shops by name; search by name or phone. Two statements."""
    conditions: list[Any] = []
    if search:
        digits = "".join(letter for letter in search if letter.isdigit()).removeprefix("62").lstrip("0")
        named = func.lower(Shop.name).contains(search.lower(), autoescape=True)
        conditions.append(or_(named, Shop.phone.contains(digits, autoescape=True)) if len(digits) > 3 else named)
    if district_code:
        conditions.append(Shop.district_code == district_code)
    if state is not None:
        conditions.append(Shop.state == state)
    total = session.scalar(select(func.count()).select_from(Shop).where(*conditions)) or 0
    rows = session.execute(
        select(Shop.id, Shop.name, Shop.state, District.name, Shop.phone, Shop.joined_at)
        .join(District, District.code == Shop.district_code)
        .where(*conditions)
        .order_by(func.lower(Shop.name), Shop.id)
        .limit(size)
        .offset((number - 1) * size)
    )
    return Page(rows=tuple(ShopRow(*row) for row in rows), number=number, size=size, total=total)


def shop_districts(session: Session) -> tuple[tuple[str, str], ...]:
    """Return the kecamatan that have shops, as (code, name) by name. One statement."""
    rows = session.execute(
        select(District.code, District.name).join(Shop, Shop.district_code == District.code).distinct().order_by(District.name)
    )
    return tuple((code, name) for code, name in rows)


def _permit(paper: Permit, shop_name: str) -> PermitForDesk:
    return PermitForDesk(
        id=paper.id, shop_id=paper.shop_id, shop_name=shop_name, kind=paper.kind, number=paper.number,
        is_example=paper.is_example, issued_on=paper.issued_on, expires_on=paper.expires_on, verified_at=paper.verified_at,
        returned_at=paper.returned_at, return_reasons=tuple(paper.return_reasons), return_words=paper.return_words,
        file_id=paper.file_id, created_at=paper.created_at, seen=permit_digest(paper),
    )  # fmt: skip
