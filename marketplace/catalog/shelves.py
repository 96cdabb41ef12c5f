"""The names of the categories, as every page's navigation shows them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.catalog.models import Category, CategoryText


@dataclass(frozen=True, slots=True)
class ShelfName:
    """A category's slug and its name in one language."""

    slug: str
    name: str


def category_names(session: Session, language: str) -> list[ShelfName]:
    """Return all categories in their order, named in this language."""
    query = (
        select(Category.slug, CategoryText.name)
        .join(CategoryText, CategoryText.category_id == Category.id)
        .where(CategoryText.language == language)
        .order_by(Category.position, Category.id)
    )
    return [ShelfName(slug, name) for slug, name in session.execute(query)]
