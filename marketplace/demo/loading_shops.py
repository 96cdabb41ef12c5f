"""The invented shops of a demo, opened and verified by command on the days their entries say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.permissions import Role
from marketplace.kernel.ids import PersonId, ShopId
from marketplace.kernel.phone import normalise_phone
from marketplace.language.languages import Language
from marketplace.places.queries import district_names
from marketplace.sellers.models import PermitKind, Shop
from marketplace.sellers.services import NewShop, ShopWords, add_permit, open_shop, set_holiday, verify_permit, verify_shop
from marketplace.shipping.models import OwnDelivery, Zone

from .calendar import DemoDay, weekdays
from .loading_people import Office, load_owner, load_shop_staff
from .people import ShopEntry
from .worlds import World


@dataclass(frozen=True, slots=True)
class OpenedShop:
    """A shop that stands: its ids, its owner, and its papers by the good they name (`""`: the whole shop)."""

    id: ShopId
    owner_id: PersonId
    entry: ShopEntry
    permits: tuple[tuple[PermitKind, tuple[str, ...], int], ...]

    def permits_for(self, item: str, kinds: frozenset[PermitKind]) -> tuple[int, ...]:
        """Return the papers of these kinds that cover a good."""
        return tuple(id_ for kind, covers, id_ in self.permits if kind in kinds and (not covers or item in covers))


def load_shops(
    session: Session, world: World, *, day: DemoDay, office: Office, pictures: Mapping[str, str]
) -> dict[str, OpenedShop]:
    """Open every shop of the world with its owner, papers, holiday and own delivery; return them by slug. Flushes."""
    places = district_names(session, {shop.district for shop in world.shops})
    zones: dict[str, int] = dict(session.execute(select(Zone.code, Zone.id)).all())
    opened: dict[str, OpenedShop] = {}
    for entry in world.shops:
        joined = day.at(entry.joined_days_ago)
        owner_id = load_owner(session, entry, world.cast, now=joined)
        shop = open_shop(session, shop=_new_shop(entry, places[entry.district]), owner_id=owner_id, now=joined)
        shop.picture_hash = pictures.get(entry.hands.value) if entry.hands else None
        permits = _permits(session, shop, entry, owner_id, day=day, office=office)
        if entry.verified:
            verify_shop(session, shop_id=shop.id, actor_id=office[Role.VERIFIER], now=day.at(entry.joined_days_ago, 14))
        _deliveries(session, shop.id, entry, zones)
        opened[entry.slug] = OpenedShop(shop.id, owner_id, entry, permits)
    members = {slug: (shop.id, shop.owner_id) for slug, shop in opened.items()}
    load_shop_staff(session, world.cast, members, now=day.now)
    session.flush()
    return opened


def begin_holidays(session: Session, shops: Mapping[str, OpenedShop], *, day: DemoDay) -> None:
    """Send the shops that are away on holiday, after everything they sold before."""
    for shop in shops.values():
        if shop.entry.holiday_ends_in_days is not None:
            ends = day.day(-shop.entry.holiday_ends_in_days)
            set_holiday(session, shop_id=shop.id, starts=day.today, ends=ends, actor_id=shop.owner_id, now=day.now)


def _new_shop(entry: ShopEntry, district: str) -> NewShop:
    return NewShop(
        slug=entry.slug, code=entry.code, name=entry.name, district_code=entry.district, phone=normalise_phone(entry.owner.phone),
        words={language: _words(entry, language) for language in Language}, village=entry.village, colour_a=entry.colours[0],
        colour_b=entry.colours[1], accepts_cod=entry.cod, is_pkp=entry.is_pkp, is_example=entry.is_example,
        # Names and figures alone, so that they read in every language; the words stand in the shop's texts.
        pickup_address=f"{entry.village}, {district}", pickup_hours=f"{entry.pickup.opens}–{entry.pickup.closes}",
    )  # fmt: skip


def _words(entry: ShopEntry, language: Language) -> ShopWords:
    hint = getattr(entry.pickup.hint, language.value)
    return ShopWords(
        tagline=getattr(entry.tagline, language.value),
        story=getattr(entry.story, language.value),
        pickup_note=f"{weekdays(entry.pickup.days, language)}. {hint}",
        human_reviewed=language is not Language.KO,  # no native speaker has read the Korean yet (domain.md §8)
    )


def _permits(
    session: Session, shop: Shop, entry: ShopEntry, owner_id: PersonId, *, day: DemoDay, office: Office
) -> tuple[tuple[PermitKind, tuple[str, ...], int], ...]:
    kept = []
    for paper in entry.permits:
        kind = PermitKind(paper.kind.value)
        permit = add_permit(
            session, shop_id=shop.id, kind=kind, number=paper.number_on(day.today), expires_on=paper.expires_on(day.today),
            is_example=True, actor_id=owner_id, now=shop.joined_at,
        )  # fmt: skip
        if paper.verified:
            verified = day.at(entry.joined_days_ago, 13)
            verify_permit(session, shop_id=shop.id, permit_id=permit.id, actor_id=office[Role.VERIFIER], now=verified)
        kept.append((kind, paper.covers, permit.id))
    return tuple(kept)


def _deliveries(session: Session, shop_id: ShopId, entry: ShopEntry, zones: Mapping[str, int]) -> None:
    if entry.own_delivery is None:
        return
    session.add_all(
        OwnDelivery(shop_id=shop_id, zone_id=zones[zone], fee_minor=entry.own_delivery.fee_minor)
        for zone in entry.own_delivery.zones
    )
