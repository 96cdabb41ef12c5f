"""What the demo's curators placed: picks, collections and stories."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from marketplace.accounts.permissions import Role
from marketplace.curation.planning import HOME
from marketplace.curation.services import Titled, feature_shop, make_collection, place_pick
from marketplace.language.languages import Language
from marketplace.places.words import Words

from .calendar import DemoDay
from .loading_goods import Shelved
from .loading_people import Office
from .loading_shops import OpenedShop
from .people import Curation


def load_curation(
    session: Session, curation: Curation, *, goods: Mapping[str, Shelved], shops: Mapping[str, OpenedShop], day: DemoDay,
    office: Office,
) -> None:  # fmt: skip
    """Place everything in the order of the file; picks begin and end at midnight in WIB."""
    curator = office[Role.CURATOR]
    for pick in curation.picks:
        starts, ends = (day.at(-days, 0) for days in (pick.starts_in_days, pick.ends_in_days))
        place_pick(
            session, slot=HOME, product_id=goods[pick.item].product_id, reasons=_by_language(pick.reason), starts_at=starts,
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


def _by_language(words: Words) -> dict[Language, str]:
    return {language: getattr(words, language.value) for language in Language}


def _titled(title: Words, text: Words) -> dict[Language, Titled]:
    return {language: Titled(getattr(title, language.value), getattr(text, language.value)) for language in Language}
