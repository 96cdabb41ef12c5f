"""Reads about shops: their page, the directory, and the papers that count now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session, aliased

from marketplace.files.models import StoredImage
from marketplace.kernel.clock import local_day
from marketplace.kernel.ids import ShopId
from marketplace.kernel.paging import Page
from marketplace.language.languages import DEFAULT, Language
from marketplace.places.models import District

from .holidays import is_on_holiday
from .models import Permit, PermitKind, Shop, ShopSlug, ShopState, ShopText
from .permits import in_force

SHOPS_PER_PAGE = 24


@dataclass(frozen=True, slots=True)
class Moved:
    """An old address; the thing lives at `slug` now."""

    slug: str


@dataclass(frozen=True, slots=True)
class PermitBadge:
    """A paper that counts now."""

    kind: PermitKind
    number: str
    is_example: bool
    expires_on: date | None


@dataclass(frozen=True, slots=True)
class ShopCard:
    """A shop as lists and product pages show it."""

    id: ShopId
    slug: str
    name: str
    tagline: str
    district_code: str
    district_name: str
    village: str
    joined_at: datetime
    is_example: bool
    colour_a: str
    colour_b: str
    picture_hash: str | None
    picture_widths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ShopPage:
    """Everything a shop's page shows of the shop itself."""

    card: ShopCard
    story: str
    story_language: Language  # the language the story is really in
    is_fallback: bool  # true when it is not the reader's
    phone: str
    is_pkp: bool
    verified_at: datetime | None
    is_on_holiday: bool
    holiday_from: date | None
    holiday_until: date | None
    accepts_cod: bool
    pickup_address: str
    pickup_hours: str
    pickup_note: str
    permits: tuple[PermitBadge, ...]


def shop_page(session: Session, slug: str, language: Language, now: datetime) -> ShopPage | Moved | None:
    """Return an active, verified shop's page, where an old slug leads, or None. Two statements."""
    wanted, plain = aliased(ShopText), aliased(ShopText)
    row = session.execute(
        _cards(wanted, plain, language)
        .add_columns(
            wanted.story.label("story_wanted"), plain.story.label("story_plain"),
            func.coalesce(func.nullif(wanted.pickup_note, ""), plain.pickup_note, "").label("pickup_note"),
            Shop.phone, Shop.is_pkp, Shop.verified_at, Shop.holiday_from,
            Shop.holiday_until, Shop.accepts_cod, Shop.pickup_address, Shop.pickup_hours,
        )
        .where(Shop.slug == slug, is_public())
    ).first()  # fmt: skip
    if row is None:
        return _moved(session, slug)
    is_fallback = not row.story_wanted and language is not DEFAULT
    return ShopPage(
        card=_card(row), story=row.story_wanted or row.story_plain or "", story_language=DEFAULT if is_fallback else language,
        is_fallback=is_fallback, phone=row.phone, is_pkp=row.is_pkp, verified_at=row.verified_at,
        is_on_holiday=is_on_holiday(starts=row.holiday_from, ends=row.holiday_until, day=local_day(now)),
        holiday_from=row.holiday_from, holiday_until=row.holiday_until, accepts_cod=row.accepts_cod,
        pickup_address=row.pickup_address, pickup_hours=row.pickup_hours, pickup_note=row.pickup_note,
        permits=permits_in_force(session, row.id, now),
    )  # fmt: skip


def shops_directory(
    session: Session, language: Language, page: int = 1, *, district_code: str | None = None, size: int = SHOPS_PER_PAGE
) -> Page[ShopCard]:
    """Return one page of the public shops by name, all or those of one kecamatan. Two statements."""
    here = and_(is_public(), Shop.district_code == district_code) if district_code else is_public()
    total = session.scalar(select(func.count()).select_from(Shop).where(here)) or 0
    wanted, plain = aliased(ShopText), aliased(ShopText)
    rows = session.execute(
        _cards(wanted, plain, language).where(here).order_by(func.lower(Shop.name), Shop.id)
        .limit(size).offset((page - 1) * size)
    )  # fmt: skip
    return Page(rows=tuple(_card(row) for row in rows), number=page, size=size, total=total)


@dataclass(frozen=True, slots=True)
class ShopContact:
    """How a buyer or the office reaches a shop, and where its goods are fetched."""

    id: ShopId
    name: str
    slug: str
    phone: str
    pickup_address: str
    pickup_hours: str
    is_shown: bool = True  # the public may see it


def shop_contacts(session: Session, shop_ids: Iterable[ShopId]) -> dict[ShopId, ShopContact]:
    """Return how to reach each of these shops, open or not. One statement."""
    query = select(Shop.id, Shop.name, Shop.slug, Shop.phone, Shop.pickup_address, Shop.pickup_hours, is_public())
    rows = session.execute(query.where(Shop.id.in_(sorted(set(shop_ids)))))
    return {row.id: ShopContact(*row) for row in rows}


def permits_in_force(session: Session, shop_id: ShopId, now: datetime) -> tuple[PermitBadge, ...]:
    """Return the papers of a shop whose badge may show now. One statement."""
    rows = session.execute(
        select(Permit.kind, Permit.number, Permit.is_example, Permit.expires_on)
        .where(Permit.shop_id == shop_id, in_force(now))
        .order_by(Permit.kind, Permit.number)
    )
    return tuple(PermitBadge(*row) for row in rows)


def is_public() -> Any:
    """Return the condition under which the public sees a shop."""
    return and_(Shop.state == ShopState.ACTIVE, Shop.verified_at.is_not(None))


def _cards(wanted: Any, plain: Any, language: Language) -> Select[*tuple[Any, ...]]:
    tagline = func.coalesce(func.nullif(wanted.tagline, ""), plain.tagline, "").label("tagline")
    return (
        select(
            Shop.id, Shop.slug, Shop.name, tagline, Shop.district_code, District.name.label("district_name"), Shop.village,
            Shop.joined_at, Shop.is_example, Shop.colour_a, Shop.colour_b, Shop.picture_hash, StoredImage.widths,
        )
        .join(District, District.code == Shop.district_code)
        .outerjoin(StoredImage, StoredImage.hash == Shop.picture_hash)
        .outerjoin(wanted, and_(wanted.shop_id == Shop.id, wanted.language == language))
        .outerjoin(plain, and_(plain.shop_id == Shop.id, plain.language == DEFAULT))
    )  # fmt: skip


def _card(row: Any) -> ShopCard:
    return ShopCard(
        id=row.id, slug=row.slug, name=row.name, tagline=row.tagline, district_code=row.district_code,
        district_name=row.district_name, village=row.village, joined_at=row.joined_at, is_example=row.is_example,
        colour_a=row.colour_a, colour_b=row.colour_b, picture_hash=row.picture_hash, picture_widths=read_widths(row.widths),
    )  # fmt: skip


def _moved(session: Session, slug: str) -> Moved | None:
    where_to = (
        select(Shop.slug).join(ShopSlug, ShopSlug.shop_id == Shop.id).where(ShopSlug.slug == slug, Shop.slug != slug, is_public())
    )
    found = session.scalar(where_to)
    return Moved(found) if found is not None else None


def read_widths(stored: str | None) -> tuple[int, ...]:
    """Return the rendered widths of a picture, ascending; none where there is no picture."""
    return tuple(int(width) for width in (stored or "").split())
