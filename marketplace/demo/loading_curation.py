"""What the demo's curators placed: picks, collections and stories."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from marketplace.accounts.permissions import Role
from marketplace.curation.exposure import Surface
from marketplace.curation.models import Exposure
from marketplace.curation.services import Titled, feature_shop, make_collection, place_pick
from marketplace.language.languages import Language
from marketplace.places.words import Words

from .calendar import DemoDay
from .loading_goods import Shelved
from .loading_people import Office
from .loading_shops import OpenedShop
from .people import Curation

DAYS_SEEN = 14


def load_curation(
    session: Session, curation: Curation, *, goods: Mapping[str, Shelved], shops: Mapping[str, OpenedShop], day: DemoDay,
    office: Office,
) -> None:  # fmt: skip
    """Place everything in the order of the file; picks begin and end at midnight in WIB."""
    curator = office[Role.CURATOR]
    for pick in curation.picks:
        starts, ends = (day.at(-days, 0) for days in (pick.starts_in_days, pick.ends_in_days))
        place_pick(
            session, slot=pick.slot, product_id=goods[pick.item].product_id, reasons=_by_language(pick.reason), starts_at=starts,
            ends_at=ends, author_id=curator, now=min(starts, day.now),
        )  # fmt: skip
    for position, entry in enumerate(curation.collections, start=1):
        make_collection(
            session, slug=entry.slug, words=_titled(entry.title, entry.text), position=position, starts_at=day.at(30, 0),
            product_ids=[goods[item].product_id for item in entry.items], ends_at=None, author_id=curator, now=day.at(30, 0),
        )  # fmt: skip
    for position, story in enumerate(curation.stories, start=1):
        feature_shop(
            session, shop_id=shops[story.shop].id, words=_titled(story.title, story.text), position=position,
            starts_at=day.at(14, 0), ends_at=None, author_id=curator, now=day.at(14, 0),
        )  # fmt: skip
    _load_exposure(session, goods, day)


def _load_exposure(session: Session, goods: Mapping[str, Shelved], day: DemoDay) -> None:
    """Let two weeks of readers have passed by: unevenly, so that turns differ, and past some goods not at all."""
    session.add_all(
        Exposure(product_id=shelved.product_id, day=day.day(ago), surface=str(surface), impressions=times)
        for place, shelved in enumerate(goods.values())
        for ago in range(1, DAYS_SEEN + 1)
        for surface, times in ((Surface.CATEGORY, place * 7 % 23 + ago % 3), (Surface.HOME, (place * 5 + ago) % 11 - 6))
        if place % 6 and times > 0
    )
    session.flush()


def _by_language(words: Words) -> dict[Language, str]:
    return {language: getattr(words, language.value) for language in Language}


def _titled(title: Words, text: Words) -> dict[Language, Titled]:
    return {language: Titled(getattr(title, language.value), getattr(text, language.value)) for language in Language}
