"""Tables of search. The full-text index itself is made by a migration: FTS5 on SQLite, tsvector on PostgreSQL."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.catalog.models import Category, Product
from marketplace.db import Model
from marketplace.kernel.ids import CategoryId, ProductId, ShopId


class SearchRow(Model):
    """All that a card shows and a list sorts by, for one product in one language. `listed` says whether the public sees it."""

    __tablename__ = "search_row"
    __table_args__ = (
        UniqueConstraint("product_id", "language"),
        # One pair of indexes per order of a list: over everything, and inside one category.
        Index("ix_search_row_new", "language", "listed", "rank_new", "product_id"),
        Index("ix_search_row_price", "language", "listed", "price_minor", "product_id"),
        Index("ix_search_row_sold", "language", "listed", "sold", "product_id"),
        Index("ix_search_row_rating", "language", "listed", "rating_hundredths", "rating_count", "product_id"),
        Index("ix_search_row_category_new", "language", "listed", "category_id", "rank_new", "product_id"),
        Index("ix_search_row_category_price", "language", "listed", "category_id", "price_minor", "product_id"),
        Index("ix_search_row_category_sold", "language", "listed", "category_id", "sold", "product_id"),
        Index(
            "ix_search_row_category_rating",
            *("language", "listed", "category_id", "rating_hundredths", "rating_count", "product_id"),
        ),
        Index("ix_search_row_shop", "shop_id", "language"),
        Index("ix_search_row_district", "district_code", "language"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # `row_id`: rows of one language lie together
    product_id: Mapped[ProductId] = mapped_column(ForeignKey(Product.id))
    language: Mapped[str] = mapped_column(String(2))
    listed: Mapped[bool]
    category_id: Mapped[CategoryId] = mapped_column(ForeignKey(Category.id))
    shop_id: Mapped[ShopId]
    district_code: Mapped[str] = mapped_column(String(8))
    # What the card shows
    slug: Mapped[str] = mapped_column(String(90))
    name: Mapped[str] = mapped_column(String(120))
    image_hash: Mapped[str | None] = mapped_column(String(64))
    alt: Mapped[str] = mapped_column(String(200), default="")
    shop_name: Mapped[str] = mapped_column(String(80))
    district_name: Mapped[str] = mapped_column(String(80))
    price_minor: Mapped[int]  # the lowest price in force among active variants, rupiah
    price_high_minor: Mapped[int]
    was_price_minor: Mapped[int | None]
    # What lists sort and filter by; later floors report these through set_signals
    rating_hundredths: Mapped[int] = mapped_column(default=0)  # 480 is 4.8 stars; 0 with no reviews
    rating_count: Mapped[int] = mapped_column(default=0)
    sold: Mapped[int] = mapped_column(default=0)
    stock_left: Mapped[int | None]  # steps, when few enough to be said; NULL when plenty or made to order
    is_available: Mapped[bool] = mapped_column(default=True)
    is_ready: Mapped[bool] = mapped_column(default=True)
    lead_days: Mapped[int] = mapped_column(default=0)
    is_export_ready: Mapped[bool] = mapped_column(default=False)
    rank_new: Mapped[int]  # newest first: published_at as epoch seconds
    updated_at: Mapped[datetime]


class SearchDocument(Model):
    """What the words of a listed row are looked up in. Each engine keeps its own index over title and body words.

    `plain_words` are those that stand in the texts, without stems and pieces: the ones `search_word` counts.
    """

    __tablename__ = "search_document"

    row_id: Mapped[int] = mapped_column(ForeignKey(SearchRow.id), primary_key=True, autoincrement=False)
    language: Mapped[str] = mapped_column(String(2))
    title_words: Mapped[str]
    body_words: Mapped[str]
    plain_words: Mapped[str]


class SearchFacet(Model):
    """One value by which a product can be filtered, such as (`motif`, `sawarna`) or (`permit`, `halal`)."""

    __tablename__ = "search_facet"
    __table_args__ = (Index("ix_search_facet_value", "facet", "value", "product_id"),)

    product_id: Mapped[ProductId] = mapped_column(ForeignKey(Product.id), primary_key=True)
    facet: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(String(80), primary_key=True)


class SearchWord(Model):
    """A word that occurs in listed texts of a language, and in how many products: what a typo may have meant."""

    __tablename__ = "search_word"
    __table_args__ = (UniqueConstraint("language", "word"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(String(2))
    word: Mapped[str] = mapped_column(String(60))
    products: Mapped[int]


class SearchPiece(Model):
    """A word with one letter left out, and the word itself: two words one typo apart share a piece.

    Hangul is spelled in its single letters (jamo), so a wrong vowel is one typo, not a wrong syllable.
    """

    __tablename__ = "search_piece"

    piece: Mapped[str] = mapped_column(String(180), primary_key=True)
    word_id: Mapped[int] = mapped_column(ForeignKey(SearchWord.id), primary_key=True)


class SearchSynonym(Model):
    """What people type for what we call something else; staff edit these."""

    __tablename__ = "search_synonym"
    __table_args__ = (UniqueConstraint("language", "word", "canonical"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(String(2))
    word: Mapped[str] = mapped_column(String(60), index=True)
    canonical: Mapped[str] = mapped_column(String(60))


class EmptySearch(Model):
    """A query that found nothing, counted per day."""

    __tablename__ = "empty_search"
    __table_args__ = (UniqueConstraint("language", "query", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(String(2))
    query: Mapped[str] = mapped_column(String(80))
    day: Mapped[str] = mapped_column(String(10))
    times: Mapped[int]
