"""What the index holds: what the public may see, kept up as goods, shops and signals change."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from marketplace.catalog.models import Category, Product, ProductState, ProductText, Variant
from marketplace.catalog.search.answering import SuggestionKind
from marketplace.catalog.search.asking import SearchQuery
from marketplace.catalog.search.cards import cards_of
from marketplace.catalog.search.handlers import HANDLERS, product_changed
from marketplace.catalog.search.indexing import reindex_all, reindex_products
from marketplace.catalog.search.models import EmptySearch, SearchDocument, SearchFacet, SearchRow, SearchWord
from marketplace.catalog.search.querying import search
from marketplace.catalog.search.recording import record_empty
from marketplace.catalog.search.signals import set_signals
from marketplace.catalog.search.suggesting import MOST_SUGGESTIONS, suggest
from marketplace.outbox.handlers import HANDLERS as REGISTERED
from marketplace.outbox.models import OutboxRow
from marketplace.sellers.models import Shop, ShopState
from tests.conftest import NOW
from tests.factories.found import make_found
from tests.factories.goods import make_category, make_product, make_variant
from tests.factories.shops import make_shop


def is_found(session: Session, words: str, language: str = "id") -> bool:
    """Tell whether a search by these words finds anything."""
    return search(session, SearchQuery(language, words), now=NOW).total > 0


@pytest.mark.row("D1")
@pytest.mark.parametrize("state", [state for state in ProductState if state is not ProductState.PUBLISHED])
def test_only_published_goods_are_found(session: Session, state: ProductState) -> None:
    """Whatever leaves `published` leaves search: rows, facets, words and suggestions; and comes back whole."""
    product = make_found(session, texts={"id": "Talenan Jati"})
    assert reindex_products(session, [product.id], now=NOW) is True
    set_signals(session, product.id, sold=7, now=NOW)
    product.state = state
    session.flush()
    assert reindex_products(session, [product.id], now=NOW) is True
    assert not is_found(session, "talenan")
    assert not is_found(session, "")
    assert suggest(session, "id", "talen") == ()
    assert cards_of(session, "id", [product.id]) == ()
    for model in (SearchFacet, SearchDocument):
        assert session.scalar(select(func.count()).select_from(model)) == 0
    assert session.scalar(select(func.sum(SearchWord.products))) == 0
    product.state = ProductState.PUBLISHED
    session.flush()
    reindex_products(session, [product.id], now=NOW)
    assert [card.sold for card in cards_of(session, "id", [product.id])] == [7]
    assert is_found(session, "talenan")


@pytest.mark.row("D1")
@pytest.mark.parametrize("state", [ShopState.APPLIED, ShopState.SUSPENDED, ShopState.CLOSED])
def test_a_shop_that_does_not_sell_is_gone_at_once(session: Session, state: ShopState) -> None:
    """Before any job ran: the shop's state is read live."""
    shop = make_shop(session, name="Sanggar Jati")
    product = make_found(session, shop=shop, texts={"id": "Talenan"})
    reindex_products(session, [product.id], now=NOW)
    assert is_found(session, "talenan")
    shop.state = state
    session.flush()
    assert not is_found(session, "talenan")
    assert not is_found(session, "")
    assert suggest(session, "id", "talen") == ()
    assert suggest(session, "id", "sanggar") == ()
    assert cards_of(session, "id", [product.id]) == ()


@pytest.mark.row("D1")
def test_shops_nobody_verified_and_goods_without_a_price_are_not_listed(session: Session) -> None:
    """Both have everything else."""
    unverified = make_found(session, texts={"id": "Satu"}, shop=make_shop(session, verified_at=None))
    priceless = make_product(session)
    inactive = make_found(session, texts={"id": "Dua"})
    for variant in session.scalars(select(Variant).where(Variant.product_id == inactive.id)):
        variant.is_active = False
    session.flush()
    reindex_products(session, [unverified.id, priceless.id, inactive.id], now=NOW)
    assert search(session, SearchQuery("id"), now=NOW).total == 0


@pytest.mark.row("D1")
def test_a_card_holds_what_was_made(session: Session) -> None:
    """Lowest and highest price, the old price of the lowest, the place, and words borrowed where a language has none."""
    product = make_found(session, price_minor=40_000, texts={"id": "Golok Tempa"}, lead_days=9)
    make_variant(session, product=product, price_minor=30_000, was_price_minor=35_000)
    make_variant(session, product=product, price_minor=10_000, is_active=False)
    reindex_products(session, [product.id], now=NOW)
    set_signals(session, product.id, rating_hundredths=480, rating_count=3, stock_left=2, now=NOW)
    for language in ("id", "en", "ko"):
        (card,) = search(session, SearchQuery(language, "golok"), now=NOW).cards.rows
        assert (card.name, card.slug, card.district_name) == ("Golok Tempa", product.slug, "Sobang")
        assert (card.price_minor, card.price_high_minor, card.was_price_minor) == (30_000, 40_000, 35_000)
        assert (card.rating_hundredths, card.rating_count, card.stock_left, card.lead_days) == (480, 3, 2, 9)
        assert cards_of(session, language, [product.id]) == (card,)


@pytest.mark.row("D1")
def test_new_words_take_the_place_of_old_ones(session: Session) -> None:
    """After a text changed, the old word finds nothing and is no longer what a typo may have meant."""
    product = make_found(session, texts={"id": "Tampah Bambu"})
    reindex_products(session, [product.id], now=NOW)
    assert is_found(session, "tampha")
    text = session.scalars(select(ProductText).where(ProductText.revision_id == product.published_revision_id)).one()
    text.name = "Boboko Bambu"
    session.flush()
    assert reindex_products(session, [product.id], now=NOW) is True
    assert is_found(session, "boboko")
    assert is_found(session, "bobko")
    assert not is_found(session, "tampah")
    assert not is_found(session, "tampha")
    assert reindex_products(session, [product.id], now=NOW) is False  # nothing shown changed


def test_signals_are_written_once_and_kept_by_reindexing(session: Session) -> None:
    """The same signal again changes nothing; making all anew keeps it; nobody's product is nobody's business."""
    product = make_found(session, texts={"id": "Talenan"})
    reindex_products(session, [product.id], now=NOW)
    assert set_signals(session, product.id, sold=3, stock_left=2, is_available=False, now=NOW) is True
    assert set_signals(session, product.id, sold=3, stock_left=2, is_available=False, now=NOW) is False
    reindex_all(session, now=NOW)
    (card,) = cards_of(session, "ko", [product.id])
    assert (card.sold, card.stock_left, card.is_available) == (3, 2, False)
    assert set_signals(session, product.id, stock_left=None, now=NOW) is True
    assert cards_of(session, "ko", [product.id])[0].stock_left is None
    session.execute(delete(SearchDocument))
    session.execute(delete(SearchRow))
    assert set_signals(session, product.id, sold=4, now=NOW) is False


def test_changes_of_one_product_are_one_piece_of_work(session: Session) -> None:
    """Said three times before the worker comes round, indexed once; a shop's change brings all its goods."""
    REGISTERED.clear()
    REGISTERED.register(HANDLERS)
    try:
        product = make_found(session, texts={"id": "Talenan"})
        for _ in range(3):
            product_changed(session, product.id, now=NOW)
        (row,) = session.scalars(select(OutboxRow))
        by_name = {handler.name: handler for handler in HANDLERS}
        run = by_name[row.handler].in_unit
        assert run is not None
        run(session, row.payload, NOW)
        assert is_found(session, "talenan")
        shop = session.get_one(Shop, product.shop_id)
        shop.name = "Rumah Kayu Baru"
        session.flush()
        run = by_name["search.shop"].in_unit
        assert run is not None
        run(session, {"shop_id": shop.id}, NOW)
        assert is_found(session, "rumah kayu")
    finally:
        REGISTERED.clear()


@pytest.mark.row("D1")
def test_pages_do_not_overlap_and_end_at_fifty(session: Session) -> None:
    """Sixty goods at one instant come once each; pages before the first and past the last are the first and the fiftieth."""
    products = [make_found(session, texts={"id": f"Barang {number}"}) for number in range(60)]
    reindex_products(session, [product.id for product in products], now=NOW)
    pages = [search(session, SearchQuery("id", page=page), now=NOW).cards for page in (1, 2, 3)]
    assert [len(page.rows) for page in pages] == [24, 24, 12]
    assert {card.product_id for page in pages for card in page.rows} == {product.id for product in products}
    assert [page.has_next for page in pages] == [True, True, False]
    assert search(session, SearchQuery("id", page=-3), now=NOW).cards.number == 1
    assert search(session, SearchQuery("id", page=9_999), now=NOW).cards.number == 50


@pytest.mark.row("D1")
def test_a_category_holds_what_is_below_it(session: Session) -> None:
    """A shelf's page and filter show goods of the shelves under it."""
    above = make_category(session, "pangan")
    make_category(session, "gula").parent_id = above.id
    session.flush()
    product = make_found(session, category="gula", texts={"id": "Gula"})
    make_found(session, category="batik", texts={"id": "Kain"})
    reindex_products(session, session.scalars(select(Product.id)), now=NOW)
    result = search(session, SearchQuery("id", category="pangan"), now=NOW)
    assert [card.product_id for card in result.cards.rows] == [product.id]
    (shelves,) = [group for group in result.facets if group.code == "category"]
    assert {value.value: value.count for value in shelves.values} == {"gula": 1, "pangan": 1}
    assert session.scalar(select(func.count()).select_from(Category)) == 3


@pytest.mark.row("D3")
def test_suggestions_name_categories_goods_and_shops(session: Session) -> None:
    """At most eight, the best-selling goods first; too little typed suggests nothing."""
    shop = make_shop(session, name="Gulali Manis 100%")
    products = [make_found(session, shop=shop, category="gula", texts={"id": f"Gula Semut {number}"}) for number in range(12)]
    reindex_products(session, [product.id for product in products], now=NOW)
    set_signals(session, products[4].id, sold=9, now=NOW)
    found = suggest(session, "id", "gul")
    assert len(found) == MOST_SUGGESTIONS
    assert [one.kind for one in found] == [SuggestionKind.CATEGORY, *[SuggestionKind.PRODUCT] * 6, SuggestionKind.SHOP]
    assert (found[0].slug, found[1].slug, found[-1].slug) == ("gula", products[4].slug, shop.slug)
    assert suggest(session, "id", "g") == ()
    assert [one.slug for one in suggest(session, "id", "100%")] == [shop.slug]
    assert suggest(session, "id", "%") == ()
    for hostile in ('"', "\x00gul", "\ud800gul", "gul*", "x" * 10_000, "'; --"):
        assert len(suggest(session, "id", hostile)) <= MOST_SUGGESTIONS


@pytest.mark.row("D3")
def test_searches_that_found_nothing_are_counted_by_day(session: Session) -> None:
    """Folded alike they are one; telephone numbers and signs are nobody's search."""
    for typed in ("Songket Palembang", "songket  palembang!", "081234567890", "???"):
        record_empty(session, "id", typed, now=NOW)
    record_empty(session, "id", "songket palembang", now=NOW + timedelta(days=1))
    rows = session.execute(select(EmptySearch.query, EmptySearch.day, EmptySearch.times).order_by(EmptySearch.day))
    assert [tuple(row) for row in rows] == [("songket palembang", "2026-11-24", 2), ("songket palembang", "2026-11-25", 1)]
