"""Reviews: written of what arrived, decided on, answered, read with their figures."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.catalog.models import Product
from marketplace.catalog.search.models import SearchRow
from marketplace.files.shelves import Shelves
from marketplace.files.storage import FolderStorage
from marketplace.fulfilment.services import confirm_delivered, hand_over
from marketplace.inventory.models import VariantStock
from marketplace.inventory.services import allocate
from marketplace.kernel.ids import OrderId, OrderLineId
from marketplace.language.languages import Language
from marketplace.orders.demands import demands_of_sub_orders
from marketplace.orders.drafts import Buyer, NewDelivery, NewLine, NewOrder, NewPart, NewTake, ShipTo
from marketplace.orders.models import OrderLine, PaymentMethod, SubOrder
from marketplace.orders.services import accept_sub_order, create_order
from marketplace.reviews.errors import (
    AlreadyReplied,
    AlreadyReviewed,
    LineNotFound,
    NotDeliveredYet,
    ReviewNotFound,
    ReviewUnfit,
)
from marketplace.reviews.handlers import report_rating
from marketplace.reviews.models import RefusalReason, ReviewState
from marketplace.reviews.queries import product_reviews, rating_of, shop_rating
from marketplace.reviews.services import ReviewDraft, moderate, reply, write_review
from marketplace.reviews.states import ReviewMoveRefused
from marketplace.shipping.models import DeliveryKind
from tests.counting import statements_of
from tests.factories.goods import make_variant
from tests.factories.listings import make_image, make_listing
from tests.factories.people import make_person
from tests.factories.shops import make_shop

_numbers = count(1)
# The photos of these tests are public already: nothing is moved.
NO_SHELVES = Shelves(FolderStorage(Path("unused")), FolderStorage(Path("unused")))


def bought(session: Session, product: Product, now: datetime, *, arrived: bool = True) -> tuple[OrderId, OrderLineId]:
    """Return an order in cash of one piece of a product, with its only line, which arrived unless told otherwise."""
    variant = make_variant(session, product=product)
    item = session.scalars(select(VariantStock.stock_item_id).where(VariantStock.variant_id == variant.id)).one()
    line = NewLine(
        variant_id=variant.id, product_id=product.id, sku=variant.sku, name="Gula", name_id="Gula", unit="piece", step_units=1,
        quantity=1, unit_price_minor=25_000, ship_weight_grams=500, takes=(NewTake(item, 1),), variant_label="250 g",
    )  # fmt: skip
    part = NewPart(shop_id=product.shop_id, shop_name="Toko", lines=(line,), delivery=NewDelivery(DeliveryKind.PICKUP, "", 0))
    draft = NewOrder(
        number=f"LBK-TEST-{next(_numbers):04d}", method=PaymentMethod.COD, language="id", buyer=Buyer("Sari", "+6281200000050"),
        ship_to=ShipTo("36.02.22", "Sobang", "Jl. Raya 1"), parts=(part,),
    )  # fmt: skip
    order = create_order(session, draft=draft, now=now)
    sub_order = session.scalars(select(SubOrder).where(SubOrder.order_id == order.id)).one()
    allocate(session, demands=demands_of_sub_orders(session, [sub_order.id]), now=now)
    if arrived:
        seller, number = make_person(session).id, sub_order.number
        accept_sub_order(session, shop_id=product.shop_id, number=number, promised_on=now.date(), actor_id=seller, now=now)
        hand_over(session, shop_id=product.shop_id, number=number, tracking_number="", actor_id=seller, now=now)
        confirm_delivered(session, order_id=order.id, sub_order_number=number, now=now)
    session.flush()
    return order.id, session.scalars(select(OrderLine.id).where(OrderLine.sub_order_id == sub_order.id)).one()


def make_review(session: Session, product: Product, now: datetime, stars: int = 5, *, shown: bool = True) -> int:
    """Return the id of a review, shown unless told otherwise."""
    order_id, line_id = bought(session, product, now)
    draft = ReviewDraft(author_name="Sari", stars=stars, language=Language.ID, words="Enak")
    review = write_review(session, order_id=order_id, line_id=line_id, draft=draft, now=now)
    if shown:
        moderate(
            session, review_id=review.id, wanted=ReviewState.SHOWN, actor_id=make_person(session).id, now=now, shelves=NO_SHELVES
        )
    return review.id


@pytest.fixture
def product(session: Session) -> Product:
    """A product whose variants the tests make."""
    variant = make_variant(session)
    return session.get_one(Product, variant.product_id)


@pytest.mark.row("T1")
def test_a_review_waits_shows_and_is_answered(session: Session, product: Product, now: datetime) -> None:
    order_id, line_id = bought(session, product, now)
    image, clerk = make_image(session), make_person(session)
    draft = ReviewDraft(author_name="지은 K.", stars=4, language=Language.KO, words=" 향이 좋습니다. ", photo_hashes=[image])
    review = write_review(session, order_id=order_id, line_id=line_id, draft=draft, now=now)
    assert review.state is ReviewState.WAITING
    assert product_reviews(session, product.id).page.rows == ()
    moderate(session, review_id=review.id, wanted=ReviewState.SHOWN, actor_id=clerk.id, now=now, shelves=NO_SHELVES)
    reply(session, shop_id=product.shop_id, review_id=review.id, words="감사합니다.", actor_id=clerk.id, now=now)
    with statements_of(session) as sent:
        view = product_reviews(session, product.id)
    (row,) = view.page.rows
    assert (row.author_name, row.stars, row.language, row.words) == ("지은 K.", 4, Language.KO, "향이 좋습니다.")
    assert (row.variant_label, row.reply, row.replied_at) == ("250 g", "감사합니다.", now)
    assert [(photo.hash, photo.widths) for photo in row.photos] == [(image, (160, 320, 480, 720))]
    assert len([statement for statement in sent if statement.startswith("SELECT")]) == 2


def test_only_what_arrived_in_this_order_is_reviewed_and_once(session: Session, product: Product, now: datetime) -> None:
    draft = ReviewDraft(author_name="Sari", stars=5, language=Language.ID)
    order_id, line_id = bought(session, product, now)
    other_order, waiting_line = bought(session, product, now, arrived=False)
    with pytest.raises(LineNotFound):
        write_review(session, order_id=other_order, line_id=line_id, draft=draft, now=now)
    with pytest.raises(NotDeliveredYet):
        write_review(session, order_id=other_order, line_id=waiting_line, draft=draft, now=now)
    write_review(session, order_id=order_id, line_id=line_id, draft=draft, now=now)
    with pytest.raises(AlreadyReviewed):
        write_review(session, order_id=order_id, line_id=line_id, draft=draft, now=now)
    for unfit in (ReviewDraft("Sari", 0, Language.ID), ReviewDraft("Sari", 6, Language.ID),
                  ReviewDraft("Sari", 5, Language.ID, photo_hashes=["x"] * 5)):  # fmt: skip
        with pytest.raises(ReviewUnfit):
            write_review(session, order_id=order_id, line_id=line_id, draft=unfit, now=now)


def test_one_reply_by_the_shop_itself(session: Session, product: Product, now: datetime) -> None:
    review_id, seller = make_review(session, product, now), make_person(session)
    with pytest.raises(ReviewNotFound):
        reply(session, shop_id=make_shop(session).id, review_id=review_id, words="Halo", actor_id=seller.id, now=now)
    with pytest.raises(ReviewUnfit):
        reply(session, shop_id=product.shop_id, review_id=review_id, words=" ", actor_id=seller.id, now=now)
    reply(session, shop_id=product.shop_id, review_id=review_id, words="Terima kasih", actor_id=seller.id, now=now)
    with pytest.raises(AlreadyReplied):
        reply(session, shop_id=product.shop_id, review_id=review_id, words="Lagi", actor_id=seller.id, now=now)


def test_figures_filter_and_pages(session: Session, product: Product, now: datetime) -> None:
    for minutes, stars in enumerate([5, 5, 5, 4, 4, 2, 5, 5, 5, 5, 5]):
        make_review(session, product, now + timedelta(minutes=minutes), stars)
    make_review(session, product, now, 1, shown=False)
    view = product_reviews(session, product.id)
    assert (view.rating.average_hundredths, view.rating.count) == (455, 11)
    assert [(share.stars, share.count, share.percent) for share in view.breakdown] == [
        (5, 8, 73), (4, 2, 18), (3, 0, 0), (2, 1, 9), (1, 0, 0),
    ]  # fmt: skip
    assert (len(view.page.rows), view.page.total, view.page.has_next) == (10, 11, True)
    assert view.page.rows[0].created_at == now + timedelta(minutes=10)
    assert [row.stars for row in product_reviews(session, product.id, page=2).page.rows] == [5]
    fours = product_reviews(session, product.id, stars=4).page
    assert ([row.stars for row in fours.rows], fours.total) == ([4, 4], 2)
    assert product_reviews(session, product.id, stars=3).page.rows == ()
    assert shop_rating(session, product.shop_id) == view.rating


def test_hiding_a_review_takes_it_out_of_the_rating(session: Session, product: Product, now: datetime) -> None:
    clerk = make_person(session)
    make_review(session, product, now, 5)
    bad = make_review(session, product, now, 1)
    moderate(
        session,
        review_id=bad,
        wanted=ReviewState.REFUSED,
        reason=RefusalReason.RUDE,
        actor_id=clerk.id,
        now=now,
        shelves=NO_SHELVES,
    )
    assert product_reviews(session, product.id).rating == rating_of({5: 1})
    with pytest.raises(ReviewMoveRefused):
        moderate(session, review_id=bad, wanted=ReviewState.WAITING, actor_id=clerk.id, now=now, shelves=NO_SHELVES)
    with pytest.raises(ReviewNotFound):
        moderate(session, review_id=10**9, wanted=ReviewState.SHOWN, actor_id=clerk.id, now=now, shelves=NO_SHELVES)


def test_cards_learn_the_rating(session: Session, now: datetime) -> None:
    product = make_listing(session, shop=make_shop(session))
    make_review(session, product, now, 5)
    make_review(session, product, now, 4)
    report_rating(session, product.id, now=now)
    shown = select(SearchRow.rating_hundredths, SearchRow.rating_count).where(SearchRow.language == "ko")
    assert [tuple(row) for row in session.execute(shown)] == [(450, 2)]


@given(st.dictionaries(st.integers(1, 5), st.integers(0, 500)))
def test_an_average_is_rounded_half_up(counts: dict[int, int]) -> None:
    rating = rating_of(counts)
    total = sum(stars * times for stars, times in counts.items())
    if rating.count:
        assert abs(rating.average_hundredths * rating.count - 100 * total) * 2 <= rating.count
        assert 100 <= rating.average_hundredths <= 500
    else:
        assert rating.average_hundredths == 0
