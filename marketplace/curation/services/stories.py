"""Makers whose stories the front page tells."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from marketplace.curation.errors import StoryNotFound
from marketplace.curation.models import FeaturedShop, FeaturedShopText
from marketplace.kernel.ids import PersonId, ShopId
from marketplace.language.languages import Language
from marketplace.sellers.errors import ShopNotFound
from marketplace.sellers.models import Shop

from .checks import check_window, note
from .collections import Titled


def feature_shop(
    session: Session, *, shop_id: ShopId, words: Mapping[Language, Titled], position: int, starts_at: datetime,
    ends_at: datetime | None, author_id: PersonId | None, now: datetime,
) -> FeaturedShop:  # fmt: skip
    """Tell a maker's story on the home page for a time. Flushes. Raises: ShopNotFound, WindowWrong."""
    check_window(starts_at, ends_at)
    if session.scalar(select(Shop.id).where(Shop.id == shop_id)) is None:
        raise ShopNotFound(shop=shop_id)
    featured = FeaturedShop(shop_id=shop_id, position=position, starts_at=starts_at, ends_at=ends_at)
    session.add(featured)
    session.flush()
    session.add_all(
        FeaturedShopText(featured_id=featured.id, language=language, title=said.title, teaser=said.words)
        for language, said in words.items()
    )
    note(session, "story.feature", "shop", shop_id, author_id, now)
    return featured


def end_story(session: Session, *, story_id: int, actor_id: PersonId, now: datetime) -> None:
    """Stop telling a story that is told now. Raises: StoryNotFound."""
    told = (FeaturedShop.id == story_id, FeaturedShop.starts_at < now)
    ended = session.scalar(
        update(FeaturedShop)
        .where(*told, or_(FeaturedShop.ends_at.is_(None), FeaturedShop.ends_at > now))
        .values(ends_at=now)
        .returning(FeaturedShop.shop_id)
    )
    if ended is None:
        raise StoryNotFound(story_id=story_id)
    note(session, "story.end", "shop", ended, actor_id, now)
