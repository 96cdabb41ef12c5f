"""Checkout: two pages, a place that is found, deliveries to choose, and an order once."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from marketplace.catalog.models import Variant
from marketplace.inventory.models import StockItem
from marketplace.orders.models import Order, PaymentMethod, SubOrder
from marketplace.payments.models import BankAccount
from marketplace.sellers.models import ShopState
from marketplace.shipping.models import OwnDelivery, ZoneRate
from tests.factories.goods import make_product, make_variant
from tests.factories.market import Stall
from tests.factories.places import make_district
from tests.web.buying import BUYER, buy, chosen, fill_in, hidden, pay, put_in_cart
from tests.web.conftest import SignIn

Stalls = tuple[Stall, Stall]


def orders(session: Session) -> int:
    """Return how many orders there are."""
    return session.scalar(select(func.count()).select_from(Order)) or 0


@pytest.mark.row("K1", "K2", "O1")
@pytest.mark.parametrize("language", ["id", "en", "ko"])
def test_a_guest_orders_from_two_shops_in_two_pages(client: FlaskClient, session: Session, stalls: Stalls, language: str) -> None:
    put_in_cart(client, *stalls, language=language)
    assert client.get(f"/{language}/checkout").status_code == 200
    saved = fill_in(client, *stalls, language=language)
    assert (saved.status_code, saved.headers["Location"]) == (303, f"/{language}/checkout/pay")
    placed = pay(client, language=language)
    assert placed.status_code == 303
    order = session.scalars(select(Order)).one()
    assert placed.headers["Location"] == f"/{language}/orders/{order.number}"
    assert (order.buyer_phone, order.language, order.goods_minor, order.method) == (
        "+6281234567890", language, 65_000, PaymentMethod.TRANSFER,
    )  # fmt: skip
    assert order.total_minor == 65_000 + order.unique_code_minor
    assert 1 <= order.unique_code_minor <= 999
    assert session.scalar(select(func.count()).select_from(SubOrder)) == 2
    assert client.get_cookie("cart_n").value == "0"  # type: ignore[union-attr]
    assert client.get(placed.headers["Location"]).status_code == 200


def test_without_a_cart_there_is_nothing_to_check_out(client: FlaskClient, stalls: Stalls) -> None:
    for address in ("/id/checkout", "/id/checkout/pay"):
        assert client.get(address).status_code == 303
        assert client.post(address).status_code == 303


@pytest.mark.row("K1")
@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "", "Tulis nama penerima"),
        ("name", "a" * 81, "Terlalu panjang"),
        ("phone", "08", "Nomor WA belum lengkap"),
        ("phone", "abc", "Nomor WA belum lengkap"),
        ("email", "ratna@", "Alamat email belum lengkap"),
        ("street", "Jl", "Tulis sedikit lebih lengkap"),
        ("street", "", "Tulis jalan dan nomor rumah"),
        ("street", "a" * 301, "Terlalu panjang"),
        ("street", "Jl. Satu\0Dua", "Ada tanda yang tidak bisa disimpan"),
        ("postal_code", "4231", "Kode pos terdiri dari 5 angka"),
        ("price", "1", "Ada isian yang tidak kami kenal"),
    ],
)
def test_a_wrong_field_gets_a_sentence_and_everything_typed_is_kept(
    client: FlaskClient, session: Session, stalls: Stalls, field: str, value: str, words: str
) -> None:
    put_in_cart(client, *stalls)
    answer = fill_in(client, *stalls, **{field: value})
    assert answer.status_code == 422
    assert words in answer.text
    assert "Galat: " in answer.text
    for name in ("landmark",) if field != "landmark" else ():
        assert BUYER[name] in answer.text
    assert BUYER["landmark"] in client.get("/id/checkout").text
    assert orders(session) == 0


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "' OR 1=1 --", "{{ 7*7 }}", "＜img src=x＞", "‮gnp.exe"])
def test_hostile_text_is_only_text(client: FlaskClient, stalls: Stalls, text: str) -> None:
    put_in_cart(client, *stalls)
    answer = fill_in(client, *stalls, name=text, street=text + " nomor lima", landmark=text, phone="")
    assert answer.status_code == 422
    assert "<script>alert" not in answer.text
    assert client.get("/id/checkout").status_code == 200


@pytest.mark.row("K1")
def test_typed_words_are_resolved_without_scripts(client: FlaskClient, session: Session, stalls: Stalls) -> None:
    put_in_cart(client, *stalls)
    asked = client.post("/id/checkout", data=BUYER | {"district": "", "place": "rangkas bitung", "act": "quote"})
    assert (asked.status_code, asked.headers["Location"]) == (303, "/id/checkout#delivery")
    page = client.get("/id/checkout")
    assert "Rangkasbitung, Kab. Lebak, Banten" in page.text
    assert f'name="delivery-{stalls[0].shop.id}"' in page.text
    assert BUYER["street"] in page.text


def test_a_name_of_several_places_is_asked_about(client: FlaskClient, session: Session, stalls: Stalls) -> None:
    make_district(session, "36.02.22")
    put_in_cart(client, *stalls)
    page = fill_in(client, *stalls, district="", place="lebak")
    assert page.status_code == 422
    assert "Kecamatan yang mana?" in page.text
    picked = fill_in(client, *stalls, district="", place="lebak", district_pick="36.02.14")
    assert picked.status_code == 303


@pytest.mark.parametrize("place", ["", "Atlantis", "x", "%%%%", "a" * 500])
def test_an_unknown_place_is_said_at_the_field(client: FlaskClient, stalls: Stalls, place: str) -> None:
    put_in_cart(client, *stalls)
    answer = fill_in(client, *stalls, district="99.99.99", place=place)
    assert answer.status_code == 422
    assert 'href="#f-place"' in answer.text


def test_scripts_get_the_deliveries_alone(client: FlaskClient, stalls: Stalls) -> None:
    put_in_cart(client, *stalls)
    answer = client.post("/id/checkout", data=BUYER | {"act": "quote"}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert "Antar oleh penjual" in answer.text


@pytest.mark.row("H3", "K2")
def test_each_shop_offers_its_own_deliveries(client: FlaskClient, stalls: Stalls) -> None:
    put_in_cart(client, *stalls)
    client.post("/id/checkout", data=BUYER | {"act": "quote"})
    page = client.get("/id/checkout").text
    assert page.count("Antar oleh penjual") == 1  # only the first shop brings its goods
    assert page.count("JNE REG") == 2
    assert page.count("Ambil di tempat") == 2


@pytest.mark.row("H4", "H8")
def test_a_blade_never_reaches_a_courier_and_asks_for_an_adult(client: FlaskClient, session: Session, stalls: Stalls) -> None:
    shop = stalls[1].shop
    knife = make_variant(session, product=make_product(session, shop=shop, ship_flags=["blade"]))
    client.post("/id/cart/lines", data={"variant_id": knife.id})
    stall = Stall(shop, knife, stalls[1].owner)
    client.post("/id/checkout", data=BUYER | {"act": "quote"})
    page = client.get("/id/checkout").text
    assert "courier-" not in page
    assert "JNE REG tidak menerima barang ini" in page
    refused = fill_in(client, stall)
    assert refused.status_code == 422
    assert "Barang ini hanya untuk orang dewasa" in refused.text
    assert fill_in(client, stall, adult="1").status_code == 303
    assert pay(client).status_code == 303
    assert session.scalars(select(Order.is_adult_confirmed)).one()


def test_a_delivery_that_is_not_offered_is_refused(client: FlaskClient, stalls: Stalls) -> None:
    put_in_cart(client, *stalls)
    answer = fill_in(client, *stalls, code="teleport")
    assert answer.status_code == 422
    assert f'href="#f-delivery-{stalls[0].shop.id}"' in answer.text


@pytest.mark.row("K4")
def test_the_same_form_sent_twice_makes_one_order(client: FlaskClient, session: Session, stalls: Stalls) -> None:
    put_in_cart(client, *stalls)
    fill_in(client, *stalls)
    form = hidden(client.get("/id/checkout/pay")) | {"method": "transfer"}
    first, second = (client.post("/id/checkout/pay", data=form) for _ in range(2))
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.headers["Location"] == second.headers["Location"]
    assert orders(session) == 1


@pytest.mark.row("K4")
def test_an_old_tab_with_another_form_leads_to_the_order(client: FlaskClient, session: Session, stalls: Stalls) -> None:
    put_in_cart(client, *stalls)
    fill_in(client, *stalls)
    other = hidden(client.get("/id/checkout/pay")) | {"method": "transfer"}
    first = pay(client)
    assert client.post("/id/checkout/pay", data=other).headers["Location"] == first.headers["Location"]
    assert orders(session) == 1


@pytest.mark.row("K4")
def test_a_total_that_drifted_is_shown_before_anything_is_charged(client: FlaskClient, session: Session, stalls: Stalls) -> None:
    put_in_cart(client, *stalls)
    fill_in(client, *stalls)
    form = hidden(client.get("/id/checkout/pay")) | {"method": "transfer"}
    stalls[0].variant.price_minor = 30_000
    session.flush()
    drifted = client.post("/id/checkout/pay", data=form)
    assert drifted.status_code == 409
    assert "Tadi Rp65.000, sekarang Rp70.000" in drifted.text
    assert "Rp25.000" in drifted.text
    assert orders(session) == 0
    agreed = client.post("/id/checkout/pay", data=hidden(drifted))
    assert agreed.status_code == 303
    assert session.scalars(select(Order.goods_minor)).one() == 70_000


@pytest.mark.row("K4")
def test_a_delivery_price_that_drifted_is_named(client: FlaskClient, session: Session, stalls: Stalls) -> None:
    put_in_cart(client, stalls[0])
    fill_in(client, stalls[0], code="own")
    form = hidden(client.get("/id/checkout/pay")) | {"method": "transfer"}
    session.scalars(select(OwnDelivery)).one().fee_minor = 8_000
    session.flush()
    drifted = client.post("/id/checkout/pay", data=form)
    assert drifted.status_code == 409
    assert "Rp5.000" in drifted.text
    assert "Rp8.000" in drifted.text


def test_goods_that_ran_short_are_marked_and_nothing_typed_is_lost(client: FlaskClient, session: Session, stalls: Stalls) -> None:
    put_in_cart(client, *stalls, quantity=5)
    fill_in(client, *stalls)
    form = hidden(client.get("/id/checkout/pay")) | {"method": "transfer"}
    item = session.scalars(select(StockItem).where(StockItem.label == stalls[0].variant.sku)).one()
    item.on_hand = 3
    session.flush()
    answer = client.post("/id/checkout/pay", data=form)
    assert answer.status_code == 409
    assert "Stok tinggal 3" in answer.text
    assert orders(session) == 0
    client.post(f"/id/cart/lines/{stalls[0].variant.id}", data={"quantity": 3})
    assert BUYER["landmark"] in client.get("/id/checkout").text


def test_a_shop_that_closed_is_said_at_its_lines(client: FlaskClient, session: Session, stalls: Stalls) -> None:
    put_in_cart(client, *stalls)
    fill_in(client, *stalls)
    form = hidden(client.get("/id/checkout/pay")) | {"method": "transfer"}
    stalls[1].shop.state = ShopState.SUSPENDED
    session.flush()
    answer = client.post("/id/checkout/pay", data=form)
    assert answer.status_code == 409
    assert "Toko ini sedang tutup" in answer.text
    assert orders(session) == 0


def test_a_delivery_that_is_gone_is_asked_for_again(client: FlaskClient, session: Session, stalls: Stalls) -> None:
    put_in_cart(client, *stalls)
    service = session.scalars(select(ZoneRate.service_id).limit(1)).one()
    fill_in(client, *stalls, code=f"courier-{service}")
    form = hidden(client.get("/id/checkout/pay")) | {"method": "transfer"}
    for rate in session.scalars(select(ZoneRate)):
        session.delete(rate)
    session.flush()
    answer = client.post("/id/checkout/pay", data=form)
    assert answer.status_code == 409
    assert "Pengiriman yang tadi dipilih sudah tidak ada" in answer.text
    assert BUYER["street"] in answer.text
    assert client.get("/id/checkout/pay").headers["Location"] == "/id/checkout"


@pytest.mark.row("P4")
def test_cash_is_offered_where_every_delivery_takes_it(client: FlaskClient, session: Session, stalls: Stalls) -> None:
    put_in_cart(client, *stalls)
    fill_in(client, *stalls)
    placed = pay(client, "cod")
    assert placed.status_code == 303
    assert session.scalars(select(Order.method)).one() is PaymentMethod.COD
    assert "Siapkan uang Rp25.000" in client.get(placed.headers["Location"]).text


@pytest.mark.row("P4")
def test_cash_is_refused_with_its_reason(client: FlaskClient, session: Session, stalls: Stalls) -> None:
    stalls[0].shop.accepts_cod = False
    session.flush()
    put_in_cart(client, *stalls)
    fill_in(client, *stalls)
    page = client.get("/id/checkout/pay")
    assert f"Belum bisa: {stalls[0].shop.name}" in page.text
    answer = client.post("/id/checkout/pay", data=hidden(page) | {"method": "cod"})
    assert answer.status_code == 409
    assert "Cara bayar ini tidak bisa" in answer.text
    assert orders(session) == 0


@pytest.mark.row("P4")
def test_cash_has_a_cap(client: FlaskClient, session: Session, stalls: Stalls) -> None:
    session.scalars(select(Variant).where(Variant.id == stalls[0].variant.id)).one().price_minor = 600_000
    session.flush()
    put_in_cart(client, stalls[0])
    fill_in(client, stalls[0])
    assert "bayar di tempat paling banyak Rp500.000" in client.get("/id/checkout/pay").text


@pytest.mark.parametrize(
    "sent",
    [
        {"method": "magic"}, {"method": ""}, {"seen_total_minor": "-1"}, {"seen_total_minor": "satu"},
        {"seen_total_minor": "1e99"}, {"total": "1"}, {"is_adult_confirmed": "maybe"},
    ],
)  # fmt: skip
def test_a_bent_form_makes_no_order(client: FlaskClient, session: Session, stalls: Stalls, sent: dict[str, str]) -> None:
    put_in_cart(client, *stalls)
    fill_in(client, *stalls)
    assert pay(client, fields=sent).status_code in (409, 422)
    assert orders(session) == 0


@pytest.mark.parametrize("token", ["", "x", "a.1.b", "a" * 3000, "é\0"])
def test_a_forged_token_shows_the_form_again(client: FlaskClient, session: Session, stalls: Stalls, token: str) -> None:
    put_in_cart(client, *stalls)
    fill_in(client, *stalls)
    answer = pay(client, fields={"token": token})
    assert answer.status_code == 422
    assert "terlalu lama terbuka" in answer.text
    assert orders(session) == 0


def test_a_cheap_total_does_not_make_a_cheap_order(client: FlaskClient, session: Session, stalls: Stalls) -> None:
    put_in_cart(client, *stalls)
    fill_in(client, *stalls)
    assert pay(client, fields={"seen_total_minor": "1"}).status_code == 409
    assert orders(session) == 0


def test_a_phone_with_enough_open_orders_is_told(client: FlaskClient, session: Session, stalls: Stalls) -> None:
    for _ in range(3):
        buy(client, stalls[0])
    put_in_cart(client, stalls[0])
    fill_in(client, stalls[0])
    answer = pay(client)
    assert answer.status_code == 409
    assert "Masih ada 3 pesanan" in answer.text


def test_without_a_bank_account_a_transfer_is_not_offered(client: FlaskClient, session: Session, stalls: Stalls) -> None:
    session.scalars(select(BankAccount)).one().is_active = False
    session.flush()
    put_in_cart(client, *stalls)
    fill_in(client, *stalls)
    assert "rekening penampung sedang disiapkan" in client.get("/id/checkout/pay").text


def test_a_signed_in_buyer_owns_the_order(browse: SignIn, session: Session, stalls: Stalls) -> None:
    buyer = stalls[1].owner
    number = buy(browse(buyer), stalls[0])
    assert session.scalars(select(Order.person_id).where(Order.number == number)).one() == buyer.id


def test_suggestions_are_few_and_harmless(client: FlaskClient, session: Session, stalls: Stalls) -> None:
    found = client.get("/id/places?q=rangkas").json
    assert found == [{"value": "36.02.14", "label": "Rangkasbitung, Kab. Lebak, Banten", "note": "42311"}]
    for typed in ("", "x", "%", "\0\0\0", "a" * 5000, "' OR 1=1"):
        assert client.get("/id/places", query_string={"q": typed}).status_code == 200


def test_extra_deliveries_of_other_shops_are_not_kept(client: FlaskClient, session: Session, stalls: Stalls) -> None:
    put_in_cart(client, stalls[0])
    assert fill_in(client, *stalls).status_code == 303
    assert pay(client).status_code == 303
    assert session.scalar(select(func.count()).select_from(SubOrder)) == 1


def test_odd_delivery_fields_do_no_harm(client: FlaskClient, stalls: Stalls) -> None:
    put_in_cart(client, stalls[0])
    odd = {"delivery-x": "own", "delivery-": "own", "delivery-99999999999999999999": "own", "delivery-1\0": "own"}
    answer = client.post("/id/checkout", data=BUYER | chosen(stalls[0]) | {"act": "next"} | odd)
    assert answer.status_code in (303, 422)
