"""What goes into a cart, and what its page announces."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from marketplace.accounts.tokens import digest_of
from marketplace.catalog.models import PriceTier, Product, ProductState, ProductText, VariantText
from marketplace.checkout.carts import (
    accept_prices,
    add_line,
    adopt_cart,
    count_lines,
    draft_of,
    find_cart,
    merge_carts,
    open_cart,
    remember,
    remove_line,
    set_quantity,
)
from marketplace.checkout.errors import CartFull, CartNotFound, NotInCart, NotPurchasable, QuantityOutOfBounds
from marketplace.checkout.models import Cart, CartLine
from marketplace.checkout.problems import Problem
from marketplace.checkout.queries import cart_view
from marketplace.inventory.models import StockItem, VariantStock
from marketplace.kernel.ids import CartId, VariantId
from marketplace.sellers.models import Shop, ShopState
from tests.factories.carts import make_cart
from tests.factories.goods import make_product, make_variant
from tests.factories.people import make_person
from tests.factories.shops import make_shop


def quantities(session: Session, cart_id: CartId) -> dict[VariantId, int]:
    session.flush()
    rows = session.execute(select(CartLine.variant_id, CartLine.quantity).where(CartLine.cart_id == cart_id))
    return {row[0]: row[1] for row in rows}


def test_the_cookie_holds_a_secret_and_the_row_its_digest(session: Session, now: datetime) -> None:
    cart_id, secret = open_cart(session, now=now)
    assert session.get_one(Cart, cart_id).token_digest == digest_of(secret)
    assert find_cart(session, secret) == cart_id
    assert find_cart(session, digest_of(secret)) is None


@pytest.mark.row("K2")
def test_adding_again_adds_up(session: Session, now: datetime) -> None:
    variant = make_variant(session)
    cart = make_cart(session, {variant: 2})
    add_line(session, cart_id=cart, variant_id=variant.id, quantity=3, now=now)
    assert quantities(session, cart) == {variant.id: 5}
    set_quantity(session, cart_id=cart, variant_id=variant.id, quantity=1, now=now)
    assert quantities(session, cart) == {variant.id: 1}
    remove_line(session, cart_id=cart, variant_id=variant.id, now=now)
    remove_line(session, cart_id=cart, variant_id=variant.id, now=now)
    assert count_lines(session, cart) == 0


@pytest.mark.row("C3")
@pytest.mark.promise("M2")
@pytest.mark.parametrize("wanted", [0, -1, 4, 10_000, 10**9])
def test_a_quantity_has_bounds(session: Session, now: datetime, wanted: int) -> None:
    variant = make_variant(session, min_steps=5)
    cart = make_cart(session)
    with pytest.raises(QuantityOutOfBounds) as refusal:
        add_line(session, cart_id=cart, variant_id=variant.id, quantity=wanted, now=now)
    assert (refusal.value.least, refusal.value.most) == (5, 9_999)
    add_line(session, cart_id=cart, variant_id=variant.id, quantity=5, now=now)
    with pytest.raises(QuantityOutOfBounds):
        set_quantity(session, cart_id=cart, variant_id=variant.id, quantity=wanted, now=now)
    with pytest.raises(QuantityOutOfBounds):
        add_line(session, cart_id=cart, variant_id=variant.id, quantity=9_995, now=now)
    assert quantities(session, cart) == {variant.id: 5}


def test_a_cart_holds_forty_goods(session: Session, now: datetime) -> None:
    product = make_product(session)
    variants = [make_variant(session, product=product) for _ in range(41)]
    cart = make_cart(session, dict.fromkeys(variants[:40], 1))
    with pytest.raises(CartFull):
        add_line(session, cart_id=cart, variant_id=variants[40].id, quantity=1, now=now)
    add_line(session, cart_id=cart, variant_id=variants[0].id, quantity=1, now=now)


@pytest.mark.promise("B3")
def test_what_is_not_for_sale_does_not_go_in(session: Session, now: datetime) -> None:
    cart = make_cart(session)
    paused = make_variant(session, product=make_product(session, state=ProductState.PAUSED))
    closed = make_variant(session, product=make_product(session, shop=make_shop(session, state=ShopState.SUSPENDED)))
    dropped = make_variant(session, is_active=False)
    for variant, problem in ((paused, Problem.UNAVAILABLE), (closed, Problem.SHOP_CLOSED), (dropped, Problem.UNAVAILABLE)):
        with pytest.raises(NotPurchasable) as refusal:
            add_line(session, cart_id=cart, variant_id=variant.id, quantity=1, now=now)
        assert refusal.value.problems == {variant.id: problem}
    with pytest.raises(NotInCart):
        add_line(session, cart_id=cart, variant_id=VariantId(10**9), quantity=1, now=now)
    with pytest.raises(NotInCart):
        set_quantity(session, cart_id=cart, variant_id=paused.id, quantity=1, now=now)
    with pytest.raises(CartNotFound):
        add_line(session, cart_id=CartId(10**9), variant_id=paused.id, quantity=1, now=now)


@pytest.mark.row("K5")
def test_carts_merge_when_somebody_signs_in(session: Session, now: datetime) -> None:
    person = make_person(session)
    sugar, cloth = make_variant(session), make_variant(session)
    earlier, browser = make_cart(session, {sugar: 2}), make_cart(session, {sugar: 9_998, cloth: 1})
    adopt_cart(session, cart_id=earlier, person_id=person.id, now=now)
    remember(session, cart_id=earlier, draft={"name": "Ratna"}, now=now)
    adopt_cart(session, cart_id=browser, person_id=person.id, now=now)
    assert quantities(session, browser) == {sugar.id: 9_999, cloth.id: 1}
    assert draft_of(session, browser) == {"name": "Ratna"}
    assert session.scalars(select(Cart.id).where(Cart.person_id == person.id)).all() == [browser]
    with pytest.raises(CartNotFound):
        merge_carts(session, into=browser, source=earlier, now=now)


@pytest.mark.row("K2")
def test_one_group_per_seller_in_the_order_of_adding(session: Session, now: datetime) -> None:
    one, two = make_shop(session), make_shop(session)
    a, b, c = (make_variant(session, product=make_product(session, shop=shop)) for shop in (one, two, one))
    view = cart_view(session, cart_id=make_cart(session, {a: 1, b: 2, c: 3}), language="id", now=now)
    assert [(group.shop.id, [line.variant_id for line in group.lines]) for group in view.groups] == [
        (one.id, [a.id, c.id]),
        (two.id, [b.id]),
    ]
    assert [group.goods_minor for group in view.groups] == [100_000, 50_000]
    assert (view.goods_minor, view.can_order, view.has_price_changes) == (150_000, True, False)


@pytest.mark.row("K5")
def test_a_changed_price_is_announced_until_it_is_seen(session: Session, now: datetime) -> None:
    variant = make_variant(session, price_minor=25_000)
    cart = make_cart(session, {variant: 2})
    variant.price_minor = 27_000
    (line,) = cart_view(session, cart_id=cart, language="id", now=now).lines
    assert (line.seen_price_minor, line.unit_price_minor, line.price_changed, line.problem) == (25_000, 27_000, True, None)
    accept_prices(session, cart_id=cart, now=now)
    assert not cart_view(session, cart_id=cart, language="id", now=now).has_price_changes


@pytest.mark.row("C3")
def test_a_tier_that_is_reached_is_no_changed_price(session: Session, now: datetime) -> None:
    variant = make_variant(session, price_minor=25_000, stock=99)
    session.add(PriceTier(variant_id=variant.id, min_steps=10, price_minor=22_000))
    cart = make_cart(session, {variant: 9})
    add_line(session, cart_id=cart, variant_id=variant.id, quantity=1, now=now)
    (line,) = cart_view(session, cart_id=cart, language="id", now=now).lines
    assert (line.unit_price_minor, line.total_minor, line.price_changed) == (22_000, 220_000, False)


@pytest.mark.row("K5")
@pytest.mark.parametrize(
    ("shop", "product", "stock", "problem"),
    [
        ({"state": ShopState.SUSPENDED}, {}, 5, Problem.SHOP_CLOSED),
        ({"holiday_from": date(2026, 11, 24)}, {}, 5, Problem.SHOP_HOLIDAY),
        ({"holiday_from": date(2026, 11, 25)}, {}, 5, None),
        ({"holiday_from": date(2026, 11, 1), "holiday_until": date(2026, 11, 23)}, {}, 5, None),
        ({}, {"state": ProductState.PAUSED}, 5, Problem.UNAVAILABLE),
        ({}, {"published_revision_id": None}, 5, Problem.UNAVAILABLE),
        ({}, {}, 3, Problem.TOO_FEW),
        ({}, {}, 0, Problem.SOLD_OUT),
        ({}, {}, 4, None),
    ],
)
def test_what_cannot_be_bought_stays_and_says_why(
    session: Session, now: datetime, shop: dict[str, object], product: dict[str, object], stock: int, problem: Problem | None
) -> None:
    variant = make_variant(session, stock=stock)
    cart = make_cart(session, {variant: 4})
    for row, changes in ((session.get_one(Shop, variant.shop_id), shop), (session.get_one(Product, variant.product_id), product)):
        for name, value in changes.items():
            setattr(row, name, value)
    view = cart_view(session, cart_id=cart, language="id", now=now)
    (line,) = view.lines
    assert (line.problem, view.can_order, view.goods_minor) == (problem, problem is None, 0 if problem else 100_000)


@pytest.mark.row("K3")
def test_goods_that_share_stock_are_short_together(session: Session, now: datetime) -> None:
    product = make_product(session)
    jar, hamper = make_variant(session, product=product, stock=6), make_variant(session, product=product, stock=50)
    jars = session.scalars(select(StockItem).join(VariantStock).where(VariantStock.variant_id == jar.id)).one()
    session.add(VariantStock(variant_id=hamper.id, stock_item_id=jars.id, units_per_step=2))
    cart = make_cart(session, {jar: 3, hamper: 2})
    lines = cart_view(session, cart_id=cart, language="id", now=now).lines
    assert [line.problem for line in lines] == [Problem.TOO_FEW, Problem.TOO_FEW]
    set_quantity(session, cart_id=cart, variant_id=jar.id, quantity=2, now=now)
    assert cart_view(session, cart_id=cart, language="id", now=now).can_order


def test_words_are_the_readers_or_else_indonesian(session: Session, now: datetime) -> None:
    variant = make_variant(session)
    revision_id = session.get_one(Product, variant.product_id).published_revision_id
    texts = {t.language: t for t in session.scalars(select(ProductText).where(ProductText.revision_id == revision_id))}
    texts["ko"].name = "팜슈가"
    session.delete(texts["en"])
    session.add(VariantText(variant_id=variant.id, language="id", label="500 g"))
    cart = make_cart(session, {variant: 1})
    words = {language: cart_view(session, cart_id=cart, language=language, now=now).lines[0] for language in ("id", "en", "ko")}
    assert {language: line.name for language, line in words.items()} == {
        "id": "Gula Semut Aren", "en": "Gula Semut Aren", "ko": "팜슈가",
    }  # fmt: skip
    assert (words["ko"].name_id, words["ko"].label) == ("Gula Semut Aren", "500 g")


def test_a_full_cart_takes_five_statements(session: Session, now: datetime) -> None:
    shops = [make_shop(session) for _ in range(4)]
    variants = [make_variant(session, product=make_product(session, shop=shop)) for shop in shops for _ in range(10)]
    cart = make_cart(session, dict.fromkeys(variants, 1))
    said: list[str] = []
    event.listen(session.connection(), "before_cursor_execute", lambda *args: said.append(args[2]))
    assert len(cart_view(session, cart_id=cart, language="en", now=now).lines) == 40
    assert len(said) <= 5
