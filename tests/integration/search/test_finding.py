"""What typed words find, in three languages, alike on both databases."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from marketplace.catalog.search.asking import SearchQuery, Sort
from marketplace.catalog.search.indexing import reindex_products
from marketplace.catalog.search.querying import search
from marketplace.catalog.search.signals import set_signals
from marketplace.kernel.ids import ProductId
from tests.conftest import NOW
from tests.factories.found import Words, make_found, make_synonym

# What a few real shelves hold: what it is called here → its words.
GOODS: dict[str, dict[str, Words]] = {
    "semut": {
        "id": ("Gula Semut Aren Original 250 g", "Butiran halus dari nira aren, manis alami."),
        "en": ("Granulated palm sugar (gula semut), original, 250 g", "Fine grains from the sap of the aren palm."),
        "ko": ("아렌 팜슈가 과립(굴라 스뭇) 오리지널 250g", "아렌 야자 수액으로 만든 설탕입니다."),
    },
    "cair": {
        "id": "Gula Aren Cair 500 ml",
        "en": "Liquid palm sugar (syrup), 500 ml",
        "ko": "아렌 팜슈가 시럽 500ml",
    },
    "keranjang": {
        "id": ("Keranjang Bambu Anyaman Halus", "Dianyam tangan di Leuwidamar."),
        "en": ("Handwoven bamboo baskets", "Woven by hand."),
        "ko": ("대나무 바구니", "손으로 짠 바구니입니다."),
    },
    "pisang": {
        "id": "Keripik Pisang Bayah",
        "en": "Banana chips from Bayah",
        "ko": "바나나칩",
    },
    "ketan": {
        "id": ("Rengginang Ketan", "Camilan renyah oleh-oleh Baduy."),
        "en": ("Rengginang rice crackers", "A crisp snack."),
        "ko": "찹쌀 과자(랑이낭)",
    },
    "kopi": {
        "id": "Kopi Bubuk Arabika Curugbitung",
        "en": "Ground arabica coffee",
        "ko": "아라비카 원두커피",
    },
    "lomar": {
        "id": "Ikat Kepala Baduy (lomar)",
        "en": "Baduy headcloth (lomar)",
        "ko": "바두이 두건(로마르)",
    },
    "batik": {
        "id": ("Kain Batik Tulis Lebak 2 m", "Canting di atas katun."),
        "en": ("Lebak hand-drawn batik cloth", "Wax drawn on cotton by the maker."),
        "ko": "르박 핸드드로잉 바틱 면 원단",
    },
    "madu": {"id": "Madu Hutan Odeng 300 g", "en": "Forest honey 300 g", "ko": "야생꿀 300g"},
}  # fmt: skip


@pytest.fixture
def shelf(session: Session) -> dict[ProductId, str]:
    """The goods above, indexed."""
    products = {make_found(session, texts=texts).id: called for called, texts in GOODS.items()}
    reindex_products(session, products, now=NOW)
    return products


def found(session: Session, shelf: dict[ProductId, str], words: str, language: str = "id") -> set[str]:
    """Return what the words find, by what it is called here."""
    result = search(session, SearchQuery(language, words), now=NOW)
    return {shelf[card.product_id] for card in result.cards.rows}


@pytest.mark.row("D1", "D2")
@pytest.mark.parametrize(
    ("language", "words", "expected"),
    [
        ("id", "gula", {"semut", "cair"}),
        ("id", "gula semut", {"semut"}),
        ("id", "GULA  Sémut!", {"semut"}),
        ("id", "nira", {"semut"}),  # only in its description
        ("id", "250 gram", {"semut"}),
        ("id", "anyam", {"keranjang"}),  # stems
        ("id", "anyaman", {"keranjang"}),
        ("id", "menganyam", {"keranjang"}),
        ("id", "keranjang dari bambu", {"keranjang"}),
        ("id", "kripik", {"pisang"}),  # spellings
        ("id", "ranginang", {"ketan"}),
        ("id", "kopi arabica", {"kopi"}),
        ("id", "kopi arabika", {"kopi"}),
        ("id", "curug bitung", {"kopi"}),
        ("id", "badui", {"lomar", "ketan"}),
        ("id", "oleh oleh", {"ketan"}),
        ("id", "oleh-oleh", {"ketan"}),
        ("id", "leuiwidamar", {"keranjang"}),
        ("id", "gula kopi", set()),  # every word must be met
        ("en", "basket", {"keranjang"}),
        ("en", "sugars", {"semut", "cair"}),
        ("en", "hand drawn", {"batik"}),
        ("en", "handdrawn", {"batik"}),
        ("en", "the cloth of the maker", {"batik"}),
        ("ko", "팜슈가", {"semut", "cair"}),
        ("ko", "아렌팜슈가", {"semut", "cair"}),  # solid, where the shop writes a space
        ("ko", "대나무바구니", {"keranjang"}),
        ("ko", "원두 커피", {"kopi"}),  # a space, where the shop writes solid
        ("ko", "커피", {"kopi"}),  # the end of a compound
        ("ko", "바나나", {"pisang"}),
        ("ko", "레박", {"batik"}),
        ("ko", "바띡 원단", {"batik"}),
        ("ko", "250그램", {"semut"}),
    ],
)
def test_words_find_goods(session: Session, shelf: dict[ProductId, str], language: str, words: str, expected: set[str]) -> None:
    """Stems, spellings, measures and Hangul with or without spaces lead to the same goods on both databases."""
    assert found(session, shelf, words, language) == expected


@pytest.mark.row("D2")
@pytest.mark.parametrize(
    ("language", "typed", "meant", "expected"),
    [
        ("id", "kerajnang", "keranjang", {"keranjang"}),  # neighbours swapped
        ("id", "kpoi", "kopi", {"kopi"}),
        ("id", "gula smut", "gula semut", {"semut"}),  # left out
        ("id", "bambbu", "bambu", {"keranjang"}),  # put in
        ("id", "rengginamg", "rengginang", {"ketan"}),  # replaced
        ("en", "cofee", "coffee", {"kopi"}),
        ("en", "honye", "honey", {"madu"}),
        ("ko", "팜슈거루", None, set()),
        ("ko", "바구너", "바구니", {"keranjang"}),  # one vowel
        ("ko", "시롭", "시럽", {"cair"}),
        ("ko", "원단바틱", "원단 바틱", {"batik"}),  # two words written solid, in another order than the shop's
    ],
)
def test_one_slip_is_forgiven(
    session: Session, shelf: dict[ProductId, str], language: str, typed: str, meant: str | None, expected: set[str]
) -> None:
    """A word that finds nothing is read as the word one slip away, and the page can say so."""
    result = search(session, SearchQuery(language, typed), now=NOW)
    assert result.corrected == meant
    assert {shelf[card.product_id] for card in result.cards.rows} == expected


@pytest.mark.row("D2")
def test_words_that_find_something_are_never_corrected(session: Session, shelf: dict[ProductId, str]) -> None:
    """`aren` is one slip from other words and still means itself; two known words that meet nowhere find nothing."""
    assert search(session, SearchQuery("id", "aren"), now=NOW).corrected is None
    result = search(session, SearchQuery("id", "bambu kopi"), now=NOW)
    assert (result.corrected, result.total) == (None, 0)


@pytest.mark.row("D2")
def test_synonyms_lead_both_ways(session: Session, shelf: dict[ProductId, str]) -> None:
    """What people say finds what we call it, and our name finds goods that only carry the other word."""
    make_synonym(session, "id", "brown sugar aren", "gula semut")
    make_synonym(session, "id", "camilan", "keripik")
    make_synonym(session, "ko", "야자 설탕", "팜슈가")
    assert found(session, shelf, "brown sugar aren") == {"semut"}
    assert found(session, shelf, "brownsugar aren") == {"semut"}
    assert found(session, shelf, "camilan") == {"pisang", "ketan"}
    assert found(session, shelf, "keripik") == {"pisang", "ketan"}
    assert found(session, shelf, "야자설탕", "ko") == {"semut", "cair"}
    assert found(session, shelf, "야자 설탕", "ko") == {"semut", "cair"}
    assert found(session, shelf, "brown sugar aren", "en") == set()  # a synonym is one language's


@pytest.mark.row("D9")
def test_relevance_puts_titles_first(session: Session) -> None:
    """As typed in the title, then loosely in the title, then elsewhere; within that what sells; then the newest."""
    texts: dict[str, Words] = {"id": ("Talenan", "Untuk opak dan kue")}
    elsewhere = make_found(session, texts=texts)
    loosely = make_found(session, texts={"id": "Opaknya Ibu"})
    plain = make_found(session, texts={"id": "Opak Singkong"})
    sells = make_found(session, texts={"id": "Opak Ketan"})
    gone = make_found(session, texts={"id": "Opak Pedas"})
    products = [elsewhere.id, loosely.id, plain.id, sells.id, gone.id]
    reindex_products(session, products, now=NOW)
    for product, sold in ((elsewhere, 900), (sells, 20), (gone, 99)):
        set_signals(session, product.id, sold=sold, now=NOW)
    set_signals(session, gone.id, is_available=False, now=NOW)
    # The stem of "opaknya" is "opak", so the loosest title is one that only begins so.
    begins = make_found(session, texts={"id": "Opakan"})
    reindex_products(session, [begins.id], now=NOW)
    result = search(session, SearchQuery("id", "opak"), now=NOW)
    order = [card.product_id for card in result.cards.rows]
    assert order[0] == sells.id
    assert order[-1] == elsewhere.id
    assert order.index(plain.id) < order.index(gone.id)


@pytest.mark.row("D9")
@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        (Sort.NEWEST, [3, 2, 1, 0]),
        (Sort.RELEVANCE, [3, 2, 1, 0]),
        (Sort.BEST_SELLING, [1, 3, 2, 0]),
        (Sort.PRICE_UP, [0, 2, 3, 1]),
        (Sort.PRICE_DOWN, [1, 3, 2, 0]),
        (Sort.RATING, [2, 0, 3, 1]),
    ],
)
def test_every_order_is_stable(session: Session, sort: Sort, expected: list[int]) -> None:
    """Ties are broken by product id, the later one first except from the lowest price up."""
    prices, sold, ratings = (10_000, 30_000, 20_000, 20_000), (0, 5, 1, 1), ((480, 2), (0, 0), (480, 9), (100, 1))
    products = []
    for number in range(4):
        published = datetime(2026, 1, 1 + number // 2, tzinfo=NOW.tzinfo)
        texts: dict[str, Words] = {"id": f"Barang {number}"}
        products.append(make_found(session, price_minor=prices[number], texts=texts, published_at=published))
    reindex_products(session, [product.id for product in products], now=NOW)
    for product, times, (stars, count) in zip(products, sold, ratings, strict=True):
        set_signals(session, product.id, sold=times, rating_hundredths=stars, rating_count=count, now=NOW)
    result = search(session, SearchQuery("id", sort=sort), now=NOW)
    assert [card.product_id for card in result.cards.rows] == [products[at].id for at in expected]


@pytest.mark.promise("V2")
@pytest.mark.parametrize(
    "typed",
    [
        '"', "'", '"" OR ""', "*", "gula*", "NEAR(gula semut)", "title_words : gula", "gula AND", "NOT", "a OR b",
        "gula\x00semut", "\ud800", "😀", "😀 gula", "x" * 10_000, "gula " * 2_000, "& | ! :*", "<->", "((((", "\\", "%_%",
        "'; DROP TABLE search_row; --", "gula:A", "ㅋㅋㅋ", "İstanbul ß ﬁ", "\u202e", "-", "--gula", "1e400", "가" * 500,
    ],
)  # fmt: skip
def test_hostile_words_never_raise(session: Session, shelf: dict[ProductId, str], typed: str) -> None:
    """Whatever is typed is words to look up, or nothing."""
    for language in ("id", "en", "ko"):
        result = search(session, SearchQuery(language, typed), now=NOW)
        assert result.total <= len(shelf)
    only_signs = not any(c.isalnum() for c in typed)
    if only_signs:
        assert search(session, SearchQuery("id", typed), now=NOW).total == 0


@pytest.mark.promise("V2")
def test_hostile_choices_never_raise(session: Session, shelf: dict[ProductId, str]) -> None:
    """Codes that no name of ours contains find nothing; groups nobody knows are passed over; numbers are bounded."""
    bad = "x\x00'\ud800"
    for query in (SearchQuery("id", category=bad), SearchQuery("id", shop=bad), SearchQuery("id", district=bad)):
        assert search(session, query, now=NOW).total == 0
    unknown = SearchQuery("id", facets={"nonsense": ("x",), bad: (bad,)}, price_max=10**30, price_min=-5, page=10**9)
    assert search(session, unknown, now=NOW).total == len(shelf)
    search(session, SearchQuery("id", facets={"kecamatan": (bad, "36.02.22")}), now=NOW)
