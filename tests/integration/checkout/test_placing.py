"""Placing an order: what is written, and what is refused with nothing written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from marketplace.catalog.models import PriceTier, Product, ProductState, Variant
from marketplace.checkout.carts import add_line
from marketplace.checkout.errors import (
    AdultNotConfirmed,
    CartEmpty,
    CodNotAllowed,
    DeliveryGone,
    MethodNotOffered,
    NotPurchasable,
    PlaceUnknown,
    ShopClosed,
    TooManyOpenHolds,
)
from marketplace.checkout.forms import PlaceOrder
from marketplace.checkout.models import CartLine
from marketplace.checkout.problems import Problem
from marketplace.checkout.reviewing import MethodRefusal, PriceDrifted, prepare
from marketplace.db import Document
from marketplace.inventory.models import Hold, HoldState, StockItem, VariantStock
from marketplace.kernel.errors import DomainError
from marketplace.kernel.ids import CartId, ShopId
from marketplace.orders.models import (
    LineStock,
    Order,
    OrderEvent,
    OrderLifecycle,
    OrderLine,
    PaymentMethod,
    SubOrder,
    SubOrderLifecycle,
)
from marketplace.outbox.handlers import HANDLERS, Handler
from marketplace.outbox.models import OutboxRow
from marketplace.payments.models import BankAccount, Payment, PaymentShare
from marketplace.sellers.models import Shop, ShopState
from tests.factories.carts import make_bank_account, make_cart, make_contact, make_form, make_token, place_order
from tests.factories.delivery import make_own_delivery, make_service
from tests.factories.goods import make_product, make_variant
from tests.factories.places import make_district
from tests.factories.shops import make_shop


@dataclass
class World:
    """Two shops, one good each, a courier, and a cart that holds both."""

    sugar_shop: Shop
    cloth_shop: Shop
    sugar: Variant
    cloth: Variant
    courier: str
    cart: CartId

    @property
    def choices(self) -> dict[ShopId, str]:
        return {self.sugar_shop.id: self.courier, self.cloth_shop.id: "pickup"}


@pytest.fixture
def world(session: Session) -> World:
    make_bank_account(session)
    make_district(session, "36.02.14")
    sugar_shop, cloth_shop = make_shop(session), make_shop(session, is_pkp=True)
    sugar = make_variant(session, product=make_product(session, shop=sugar_shop), price_minor=25_000, stock=10)
    cloth = make_variant(session, product=make_product(session, shop=cloth_shop, name="Kain"), price_minor=111_000, stock=4)
    courier = make_service(session)
    cart = make_cart(session, {sugar: 2, cloth: 1})
    return World(sugar_shop, cloth_shop, sugar, cloth, f"courier-{courier.id}", cart)


def form_of(session: Session, world: World, **given: Any) -> PlaceOrder:
    contact = make_contact(session, choices=world.choices)
    return make_form(session, world.cart, contact=contact, **given)


def item_of(session: Session, variant: Variant) -> StockItem:
    item = session.scalars(select(StockItem).join(VariantStock).where(VariantStock.variant_id == variant.id)).one()
    session.refresh(item)
    return item


def nothing_written(session: Session, world: World, refusal: type[DomainError], form: PlaceOrder, **given: object) -> DomainError:
    """Check that placing is refused and leaves no order, no hold, no spent token and a full cart."""
    session.flush()
    token = make_token()
    lines = session.scalar(select(func.count()).select_from(CartLine))
    with pytest.raises(refusal) as raised, session.begin_nested():
        place_order(session, world.cart, form, token=token, **given)
    for model in (Order, SubOrder, Payment, Hold):
        assert session.scalar(select(func.count()).select_from(model)) == 0
    assert session.scalar(select(func.count()).select_from(CartLine)) == lines
    assert item_of(session, world.sugar).held == 0
    assert isinstance(raised.value, DomainError)
    return raised.value


@pytest.mark.row("K1", "K2", "O1")
def test_a_transfer_order_is_written_whole(session: Session, world: World, now: datetime) -> None:
    placed = place_order(session, world.cart, form_of(session, world))
    order = session.scalars(select(Order)).one()
    assert (order.number, order.lifecycle, order.method) == (placed.number, OrderLifecycle.AWAITING_PAYMENT, "transfer")
    assert order.number.startswith("LBK-")
    assert placed.link_secret == order.link_secret
    assert order.buyer_phone.startswith("+62813")
    assert order.place_name == "Rangkasbitung, Kabupaten Lebak, Banten"
    # Two packs weigh 1.090 g: the first kilogram, and 90 g that go down.
    assert (order.goods_minor, order.shipping_minor) == (161_000, 10_000)
    assert 1 <= order.unique_code_minor <= 999
    assert order.total_minor == 171_000 + order.unique_code_minor

    first, second = session.scalars(select(SubOrder).order_by(SubOrder.position)).all()
    assert (first.number, second.number) == (f"{order.number}-1", f"{order.number}-2")
    assert (first.shop_id, first.total_minor, first.tax_minor) == (world.sugar_shop.id, 60_000, 0)
    assert (second.shop_id, second.total_minor, second.tax_minor) == (world.cloth_shop.id, 111_000, 11_000)
    assert {first.lifecycle, second.lifecycle} == {SubOrderLifecycle.AWAITING_PAYMENT}
    assert (first.delivery_name, first.chargeable_grams, first.eta_days_max) == ("JNE REG", 1000, 4)

    line = session.scalars(select(OrderLine).where(OrderLine.sub_order_id == first.id)).one()
    assert (line.quantity, line.unit_price_minor, line.line_total_minor, line.name) == (2, 25_000, 50_000, "Gula Semut Aren")
    taken = session.scalars(select(LineStock).where(LineStock.line_id == line.id)).one()
    assert (taken.stock_item_id, taken.units_per_step) == (item_of(session, world.sugar).id, 1)

    payment = session.scalars(select(Payment)).one()
    assert (payment.amount_minor, payment.expires_at) == (order.total_minor, now + timedelta(hours=24))
    shares = {share.sub_order_id: share.amount_minor for share in session.scalars(select(PaymentShare))}
    assert shares == {first.id: 60_000, second.id: 111_000}


@pytest.mark.row("K3")
def test_the_goods_are_held_until_the_payment_expires(session: Session, world: World, now: datetime) -> None:
    place_order(session, world.cart, form_of(session, world))
    holds = session.scalars(select(Hold).order_by(Hold.stock_item_id)).all()
    assert [(hold.units, hold.state, hold.expires_at) for hold in holds] == [
        (2, HoldState.HELD, now + timedelta(hours=24)),
        (1, HoldState.HELD, now + timedelta(hours=24)),
    ]
    assert (item_of(session, world.sugar).held, item_of(session, world.cloth).held) == (2, 1)
    assert session.scalar(select(func.count()).select_from(CartLine)) == 0


@pytest.mark.row("O6")
@pytest.mark.promise("I9")
def test_every_state_begins_on_the_timeline(session: Session, world: World, now: datetime) -> None:
    place_order(session, world.cart, form_of(session, world))
    events = session.scalars(select(OrderEvent).order_by(OrderEvent.id)).all()
    assert [(event.kind, event.data["from"], event.data["to"]) for event in events] == [("created", None, "awaiting_payment")] * 3


def test_a_one_off_piece_is_held_for_two_hours(session: Session, world: World, now: datetime) -> None:
    session.get_one(Product, world.cloth.product_id).ship_flags = ["unique"]
    place_order(session, world.cart, form_of(session, world))
    assert set(session.scalars(select(Hold.expires_at))) == {now + timedelta(hours=2)}


def test_whoever_listens_hears_of_the_order_once(session: Session, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def ignore(session: Session, payload: Document, now: datetime) -> None:
        """Do nothing: this test looks at the row."""

    monkeypatch.setitem(HANDLERS._by_kind, "order.placed", [Handler("order.placed", "test.order", in_unit=ignore)])
    form, token = form_of(session, world), make_token()
    for _ in range(2):
        place_order(session, world.cart, form, token=token)
    (row,) = session.scalars(select(OutboxRow).where(OutboxRow.kind == "order.placed"))
    assert row.payload == {"order_id": session.scalars(select(Order.id)).one()}


def test_a_review_takes_ten_statements(session: Session, world: World, now: datetime) -> None:
    said: list[str] = []
    event.listen(session.connection(), "before_cursor_execute", lambda *args: said.append(args[2]))
    review = prepare(session, cart_id=world.cart, district_code="36.02.14", choices=world.choices, language="id", now=now)
    assert review.totals is not None
    assert len(said) <= 10


def test_a_review_says_how_it_may_be_paid(session: Session, world: World, now: datetime) -> None:
    review = prepare(session, cart_id=world.cart, district_code="36.02.14", choices={}, language="id", now=now)
    assert (review.totals, review.missing) == (None, (world.sugar_shop.id, world.cloth_shop.id))
    assert [(offer.method, offer.why_not) for offer in review.methods] == [
        (PaymentMethod.TRANSFER, None),
        (PaymentMethod.COD, MethodRefusal.CHOOSE_DELIVERY),
    ]
    session.scalars(select(BankAccount)).one().is_active = False
    review = prepare(session, cart_id=world.cart, district_code="36.02.14", choices=world.choices, language="id", now=now)
    assert [offer.why_not for offer in review.methods] == [MethodRefusal.NO_ACCOUNT, MethodRefusal.NOT_BY_DELIVERY]
    nothing_written(session, world, MethodNotOffered, form_of(session, world))


@pytest.mark.row("P4")
def test_cash_sells_at_once_and_each_seller_collects(session: Session, world: World, now: datetime) -> None:
    make_own_delivery(session, shop_id=world.sugar_shop.id)
    contact = make_contact(session, choices={world.sugar_shop.id: "own", world.cloth_shop.id: "pickup"})
    place_order(session, world.cart, make_form(session, world.cart, contact=contact, method=PaymentMethod.COD))
    order = session.scalars(select(Order)).one()
    assert (order.lifecycle, order.placed_at, order.unique_code_minor) == (OrderLifecycle.PLACED, now, 0)
    parts = session.scalars(select(SubOrder).order_by(SubOrder.position)).all()
    assert [(part.lifecycle, part.accept_by) for part in parts] == [(SubOrderLifecycle.NEW, now + timedelta(hours=48))] * 2
    assert [p.amount_minor for p in session.scalars(select(Payment).order_by(Payment.id))] == [55_000, 111_000]
    sugar = item_of(session, world.sugar)
    assert (sugar.held, sugar.allocated) == (0, 2)


@pytest.mark.row("P4")
def test_cash_wants_every_delivery_to_take_it(session: Session, world: World) -> None:
    refusal = nothing_written(session, world, CodNotAllowed, form_of(session, world, method=PaymentMethod.COD))
    assert isinstance(refusal, CodNotAllowed)
    assert refusal.shop_ids == (world.sugar_shop.id,)


@pytest.mark.row("P4")
def test_cash_has_a_cap(session: Session, world: World, now: datetime) -> None:
    add_line(session, cart_id=world.cart, variant_id=world.cloth.id, quantity=3, now=now)
    add_line(session, cart_id=world.cart, variant_id=world.sugar.id, quantity=1, now=now)
    contact = make_contact(session, choices=dict.fromkeys(world.choices, "pickup"))
    form = make_form(session, world.cart, contact=contact, method=PaymentMethod.COD)
    refusal = nothing_written(session, world, CodNotAllowed, form)
    assert isinstance(refusal, CodNotAllowed)
    assert (refusal.shop_ids, refusal.total_minor, refusal.cap_minor) == ((), 519_000, 500_000)


@pytest.mark.parametrize("method", [PaymentMethod.CARD, PaymentMethod.QRIS, PaymentMethod.TEMPO])
def test_a_method_that_is_not_offered_is_refused(session: Session, world: World, method: PaymentMethod) -> None:
    nothing_written(session, world, MethodNotOffered, form_of(session, world, method=method))


@pytest.mark.row("K4")
@pytest.mark.promise("M2")
def test_a_price_that_drifted_is_shown_before_it_is_charged(session: Session, world: World) -> None:
    form = form_of(session, world)
    world.sugar.price_minor = 26_000
    refusal = nothing_written(session, world, PriceDrifted, form)
    assert isinstance(refusal, PriceDrifted)
    assert refusal.seen_minor == 171_000
    assert refusal.review.totals is not None
    assert refusal.review.totals.base_minor == 173_000
    assert [line.price_changed for line in refusal.review.view.lines] == [True, False]


@pytest.mark.promise("M2")
@pytest.mark.parametrize("seen", [0, 1, 170_999, 171_001, 10**12])
def test_a_total_of_the_buyers_own_is_refused(session: Session, world: World, seen: int) -> None:
    nothing_written(session, world, PriceDrifted, form_of(session, world, seen_total_minor=seen))


@pytest.mark.promise("M2")
def test_a_cart_changed_in_another_tab_drifts(session: Session, world: World, now: datetime) -> None:
    form = form_of(session, world)
    add_line(session, cart_id=world.cart, variant_id=world.sugar.id, quantity=1, now=now)
    nothing_written(session, world, PriceDrifted, form)


@pytest.mark.row("C3")
def test_the_price_tier_that_is_reached_is_charged(session: Session, world: World, now: datetime) -> None:
    session.add(PriceTier(variant_id=world.sugar.id, min_steps=2, price_minor=20_000))
    place_order(session, world.cart, form_of(session, world))
    line = session.scalars(select(OrderLine).order_by(OrderLine.id)).first()
    assert line is not None
    assert (line.unit_price_minor, line.line_total_minor) == (20_000, 40_000)


@pytest.mark.promise("M2")
def test_a_delivery_that_is_not_offered_is_refused(session: Session, world: World) -> None:
    for code in ("courier-999999", "own", "gratis", ""):
        choices = world.choices | {world.sugar_shop.id: code}
        contact = make_contact(session, choices={shop: code for shop, code in choices.items() if code})
        refusal = nothing_written(session, world, DeliveryGone, make_form(session, world.cart, contact=contact))
        assert isinstance(refusal, DeliveryGone)
        assert refusal.shop_ids == (world.sugar_shop.id,)


@pytest.mark.promise("M2")
def test_a_shop_that_is_not_in_the_cart_is_refused(session: Session, world: World) -> None:
    stranger = make_shop(session)
    contact = make_contact(session, choices=world.choices | {stranger.id: "pickup"})
    refusal = nothing_written(session, world, DeliveryGone, make_form(session, world.cart, contact=contact))
    assert isinstance(refusal, DeliveryGone)
    assert refusal.shop_ids == (stranger.id,)


@pytest.mark.promise("B3")
@pytest.mark.parametrize("state", [ShopState.SUSPENDED, ShopState.CLOSED, ShopState.APPLIED])
def test_a_shop_that_may_not_sell_sells_nothing(session: Session, world: World, state: ShopState) -> None:
    form = form_of(session, world)
    world.sugar_shop.state = state
    refusal = nothing_written(session, world, ShopClosed, form)
    assert isinstance(refusal, ShopClosed)
    assert refusal.shop_ids == (world.sugar_shop.id,)


def test_a_shop_on_holiday_sells_nothing(session: Session, world: World) -> None:
    form = form_of(session, world)
    world.cloth_shop.holiday_from, world.cloth_shop.holiday_until = date(2026, 11, 20), date(2026, 11, 24)
    refusal = nothing_written(session, world, ShopClosed, form)
    assert isinstance(refusal, ShopClosed)
    assert refusal.problems == {world.cloth.id: Problem.SHOP_HOLIDAY}


@pytest.mark.promise("B3")
@pytest.mark.parametrize("state", [ProductState.PAUSED, ProductState.SUSPENDED, ProductState.ARCHIVED, ProductState.DRAFT])
def test_a_withdrawn_product_is_not_sold(session: Session, world: World, state: ProductState) -> None:
    form = form_of(session, world)
    session.get_one(Product, world.sugar.product_id).state = state
    refusal = nothing_written(session, world, NotPurchasable, form)
    assert isinstance(refusal, NotPurchasable)
    assert refusal.problems == {world.sugar.id: Problem.UNAVAILABLE}


def test_sold_out_and_too_few_are_said_per_line(session: Session, world: World) -> None:
    form = form_of(session, world)
    item_of(session, world.sugar).on_hand = 1
    item_of(session, world.cloth).on_hand = 0
    refusal = nothing_written(session, world, NotPurchasable, form)
    assert isinstance(refusal, NotPurchasable)
    assert refusal.problems == {world.sugar.id: Problem.TOO_FEW, world.cloth.id: Problem.SOLD_OUT}


@pytest.mark.row("H8")
def test_a_blade_needs_an_adult_and_no_courier(session: Session, world: World) -> None:
    session.get_one(Product, world.cloth.product_id).ship_flags = ["blade"]
    form = form_of(session, world)
    nothing_written(session, world, AdultNotConfirmed, form)
    by_courier = make_contact(session, choices=dict.fromkeys(world.choices, world.courier))
    confirmed = make_form(session, world.cart, contact=by_courier, is_adult_confirmed=True)
    nothing_written(session, world, DeliveryGone, confirmed)
    place_order(session, world.cart, form.model_copy(update={"is_adult_confirmed": True}))
    assert session.scalars(select(Order)).one().is_adult_confirmed


def test_an_unknown_place_is_refused(session: Session, world: World) -> None:
    form = form_of(session, world)
    nowhere = form.model_copy(update={"contact": form.contact.model_copy(update={"district": "99.99.99"})})
    nothing_written(session, world, PlaceUnknown, nowhere)


def test_an_empty_cart_is_refused(session: Session, world: World, now: datetime) -> None:
    form = form_of(session, world)
    with pytest.raises(CartEmpty):
        place_order(session, make_cart(session), form)


def test_open_orders_are_capped_per_phone(session: Session, world: World, now: datetime) -> None:
    form = form_of(session, world)
    for _ in range(3):
        cart = make_cart(session, {world.sugar: 1})
        contact = form.contact.model_copy(update={"deliveries": {int(world.sugar_shop.id): "pickup"}})
        place_order(session, cart, make_form(session, cart, contact=contact))
    with pytest.raises(TooManyOpenHolds) as refusal:
        place_order(session, world.cart, form)
    assert (refusal.value.open, refusal.value.most) == (3, 3)
    session.scalars(select(Order)).first().lifecycle = OrderLifecycle.EXPIRED  # type: ignore[union-attr]
    place_order(session, world.cart, form)


@pytest.mark.row("K4")
@pytest.mark.promise("R2", "I6")
def test_the_same_form_again_answers_with_the_first_order(session: Session, world: World, now: datetime) -> None:
    form, token = form_of(session, world), make_token()
    first = place_order(session, world.cart, form, token=token)
    assert place_order(session, world.cart, form, token=token) == first
    assert session.scalar(select(func.count()).select_from(Order)) == 1


@pytest.mark.row("K4")
@pytest.mark.promise("R2")
def test_a_second_tab_answers_with_the_first_order(session: Session, world: World, now: datetime) -> None:
    form = form_of(session, world)
    first = place_order(session, world.cart, form)
    assert place_order(session, world.cart, form) == first
    with pytest.raises(CartEmpty):
        place_order(session, world.cart, form, now=now + timedelta(hours=25))


def test_a_refused_form_may_be_sent_again(session: Session, world: World, now: datetime) -> None:
    form, token = form_of(session, world), make_token()
    with pytest.raises(PriceDrifted), session.begin_nested():
        place_order(session, world.cart, form.model_copy(update={"seen_total_minor": 1}), token=token)
    assert place_order(session, world.cart, form, token=token).number
