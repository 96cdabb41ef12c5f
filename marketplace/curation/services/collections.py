"""Collections made by hand: their words, dates, goods and order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from marketplace.curation.errors import CollectionChanged, CollectionNotFound, CollectionSlugTaken
from marketplace.curation.models import Collection, CollectionItem, CollectionText
from marketplace.db import lock_rows
from marketplace.kernel.ids import PersonId, ProductId
from marketplace.language.languages import Language

from .checks import check_window, note, require_products


@dataclass(frozen=True, slots=True)
class Titled:
    """A title and a few words, in one language."""

    title: str
    words: str = ""


def make_collection(
    session: Session, *, slug: str, words: Mapping[Language, Titled], product_ids: Sequence[ProductId], starts_at: datetime,
    ends_at: datetime | None, author_id: PersonId | None, now: datetime, position: int | None = None,
) -> Collection:  # fmt: skip
    """Make a collection of products in this order. Flushes. Raises: CollectionSlugTaken, WindowWrong, ProductNotFound."""
    check_window(starts_at, ends_at)
    if session.scalar(select(Collection.id).where(Collection.slug == slug)) is not None:
        raise CollectionSlugTaken(slug=slug)
    require_products(session, product_ids)
    if position is None:
        position = (session.scalar(select(func.max(Collection.position))) or 0) + 1
    collection = Collection(slug=slug, position=position, starts_at=starts_at, ends_at=ends_at, author_id=author_id)
    session.add(collection)
    session.flush()
    _write(session, collection.id, words, product_ids)
    note(session, "collection.make", "collection", collection.id, author_id, now)
    return collection


def change_collection(
    session: Session, *, collection_id: int, words: Mapping[Language, Titled], product_ids: Sequence[ProductId],
    starts_at: datetime, ends_at: datetime | None, seen: int, actor_id: PersonId, now: datetime,
) -> None:  # fmt: skip
    """Give a collection other words, dates and goods.

    Raises: CollectionNotFound, CollectionChanged, WindowWrong, ProductNotFound.
    """
    check_window(starts_at, ends_at)
    found = lock_rows(session, Collection, [collection_id])
    if not found:
        raise CollectionNotFound(collection_id=collection_id)
    if found[0].version != seen:
        raise CollectionChanged(collection_id=collection_id)
    require_products(session, product_ids)
    collection = found[0]
    collection.starts_at, collection.ends_at, collection.version = starts_at, ends_at, seen + 1
    session.execute(delete(CollectionText).where(CollectionText.collection_id == collection_id))
    session.execute(delete(CollectionItem).where(CollectionItem.collection_id == collection_id))
    _write(session, collection_id, words, product_ids)
    note(session, "collection.change", "collection", collection_id, actor_id, now)


def _write(session: Session, collection_id: int, words: Mapping[Language, Titled], product_ids: Sequence[ProductId]) -> None:
    session.add_all(
        CollectionText(collection_id=collection_id, language=language, name=said.title, description=said.words)
        for language, said in words.items()
    )
    session.add_all(
        CollectionItem(collection_id=collection_id, product_id=product_id, position=place)
        for place, product_id in enumerate(dict.fromkeys(product_ids), start=1)
    )
    session.flush()
