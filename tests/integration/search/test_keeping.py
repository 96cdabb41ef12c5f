"""Answers kept between requests, and units that index at the same time, on databases of their own."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from marketplace.catalog.search.asking import SearchQuery
from marketplace.catalog.search.indexing import reindex_products
from marketplace.catalog.search.models import SearchRow, SearchWord
from marketplace.catalog.search.querying import search
from marketplace.db import in_unit, move_public_version, public_version, reading
from marketplace.kernel.ids import ProductId
from tests.conftest import NOW, FreshDatabases, app_on
from tests.factories.found import make_found


def _total() -> int:
    with reading() as session:
        return search(session, SearchQuery("id"), now=NOW).total


def _add(session: Session) -> ProductId:
    product = make_found(session, texts={"id": "Talenan Jati", "ko": "원목 도마"})
    reindex_products(session, [product.id], now=NOW)
    return product.id


@pytest.mark.promise("V2")
def test_counts_are_kept_until_the_public_version_moves(databases: FreshDatabases) -> None:
    """A change that is indexed shows at once; rows taken away behind the index's back show when the version moves."""
    with app_on(databases.make("kept"), databases.folder) as app, app.app_context():
        assert _total() == 0
        in_unit(_add)
        assert _total() == 1

        def take_away(session: Session) -> None:
            for row in session.scalars(select(SearchRow)):
                row.listed = False

        in_unit(take_away)
        assert _total() == 1  # the kept count
        in_unit(move_public_version)
        assert _total() == 0


def test_indexing_nothing_new_leaves_pages_in_their_caches(databases: FreshDatabases) -> None:
    """Only what the public sees moves the version."""
    with app_on(databases.make("still"), databases.folder) as app, app.app_context():
        product = in_unit(_add)
        with reading() as session:
            before = public_version(session)
        in_unit(lambda session: reindex_products(session, [product], now=NOW))
        with reading() as session:
            assert public_version(session) == before


@pytest.mark.promise("I10")
def test_workers_index_the_same_goods_at_once(databases: FreshDatabases) -> None:
    """Six threads, the same four products in different orders: one row each, and every word counted once."""
    with app_on(databases.make("atonce"), databases.folder) as app:
        with app.app_context():
            products = in_unit(lambda s: [make_found(s, texts={"id": f"Gula Semut {n}"}).id for n in range(4)])
        with ThreadPoolExecutor(6) as pool:
            for done in [pool.submit(_index, app, products[turn % 4 :] + products[: turn % 4]) for turn in range(12)]:
                done.result()
        with app.app_context(), reading() as session:
            assert session.scalar(select(func.count()).select_from(SearchRow)) == 12
            counts = session.execute(
                select(SearchWord.language, SearchWord.products).where(SearchWord.word == "semut").order_by(SearchWord.language)
            )
            assert [tuple(row) for row in counts] == [("en", 4), ("id", 4), ("ko", 4)]


def _index(app: Flask, products: list[ProductId]) -> None:
    with app.app_context():
        for product in products:
            in_unit(partial(_one, product=product))


def _one(session: Session, *, product: ProductId) -> bool:
    return reindex_products(session, [product], now=NOW)
