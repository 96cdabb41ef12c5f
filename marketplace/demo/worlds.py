"""What a demo is loaded from: all of it, or the small world that outside tests know (promises §5)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from .goods import Good, read_goods
from .people import Curation, ReviewEntry, ShopEntry, read_curation, read_reviews, read_shops
from .people_cast import FULL_CAST, OWNER, RIVAL_SHOP, SignIn, small_cast

SMALL_GOODS = 20
FEWEST_IN_COLLECTION = 3


@dataclass(frozen=True, slots=True)
class World:
    """Shops, goods, reviews and curation that fit together; `baskets` is how many past orders have no review."""

    shops: tuple[ShopEntry, ...]
    goods: tuple[Good, ...]
    reviews: tuple[ReviewEntry, ...]
    curation: Curation
    cast: tuple[SignIn, ...]
    baskets: int

    @property
    def shop_of_item(self) -> dict[str, ShopEntry]:
        """Return which shop sells each good."""
        return {item: shop for shop in self.shops for item in shop.items}


def full_world() -> World:
    """Return the whole demo."""
    return World(read_shops(), read_goods(), read_reviews(), read_curation(), FULL_CAST, baskets=70)


def small_world() -> World:
    """Return two shops with four sellers, 20 goods and every role, cut out of the whole demo."""
    whole = full_world()
    shops = tuple(shop for shop in whole.shops if shop.slug in (OWNER.shop, RIVAL_SHOP))
    kept = set(islice(_items_in_turn(shops), SMALL_GOODS))
    rival = next(shop for shop in shops if shop.slug == RIVAL_SHOP)
    return World(
        shops=tuple(_with_items(shop, kept) for shop in shops),
        goods=tuple(good for good in whole.goods if good.item_id in kept),
        reviews=tuple(review for review in whole.reviews if review.item in kept),
        curation=_with_goods(whole.curation, kept, {shop.slug for shop in shops}),
        cast=small_cast(rival.owner.name, rival.owner.phone),
        baskets=6,
    )


def _items_in_turn(shops: tuple[ShopEntry, ...]) -> Iterator[str]:
    """Yield the first good of each shop, then the second of each, so that no shop is left bare."""
    for place in range(max(len(shop.items) for shop in shops)):
        yield from (shop.items[place] for shop in shops if place < len(shop.items))


def _with_items(shop: ShopEntry, kept: set[str]) -> ShopEntry:
    permits = tuple(permit for permit in shop.permits if not permit.covers or set(permit.covers) & kept)
    return shop.model_copy(update={"items": tuple(item for item in shop.items if item in kept), "permits": permits})


def _with_goods(curation: Curation, kept: set[str], slugs: set[str]) -> Curation:
    cut = [
        entry.model_copy(update={"items": tuple(item for item in entry.items if item in kept)}) for entry in curation.collections
    ]
    return Curation(
        picks=tuple(pick for pick in curation.picks if pick.item in kept),
        collections=tuple(entry for entry in cut if len(entry.items) >= FEWEST_IN_COLLECTION),
        stories=tuple(story for story in curation.stories if story.shop in slugs),
    )
