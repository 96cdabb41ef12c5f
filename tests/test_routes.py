"""Every address in the URL map, for everybody who may knock. A new endpoint without a row here fails.

The table says what each actor gets; `OK` is any answer of the view itself (a page, a redirect of its own, a refusal of
an empty form).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from marketplace.catalog.models import ListingDraft, Product
from marketplace.curation.models import Collection, CollectionItem, CollectionText
from marketplace.curation.services import place_pick
from marketplace.inventory.models import VariantStock
from marketplace.language.languages import Language
from marketplace.notices.models import Channel, Notice
from marketplace.orders.models import PaymentMethod
from marketplace.payments.services import open_payment
from marketplace.sellers.models import Permit, PermitKind, Shop
from marketplace.web.guards import PolicyKind, policy_of
from tests.conftest import NOW
from tests.factories.cast import Actor, Cast, make_cast
from tests.factories.goods import make_product, make_variant
from tests.factories.orders import lines_of, make_order, parts_of
from tests.factories.shops import make_shop


class Answer(StrEnum):
    """What somebody gets."""

    OK = "ok"
    SIGN_IN = "sign-in"
    LOOK_UP = "look-up"
    FORBIDDEN = "403"
    MISSING = "404"


OK, SIGN_IN, LOOK_UP, FORBIDDEN, MISSING = Answer
Row = dict[Actor, Answer]


def row(*answers: Answer) -> Row:
    """Return a row in the order of the cast: stranger, buyer, seller, rival, clerk without the right, clerk with it."""
    return dict(zip(Actor, answers, strict=True))


EVERYBODY = row(OK, OK, OK, OK, OK, OK)
ANY_SHOP = row(SIGN_IN, FORBIDDEN, OK, OK, FORBIDDEN, FORBIDDEN)
ONE_SHOP = row(SIGN_IN, FORBIDDEN, OK, MISSING, FORBIDDEN, FORBIDDEN)
# A shop's, where the world of these tests has no bytes of a photo.
SHOP_NOTHING = row(SIGN_IN, FORBIDDEN, MISSING, MISSING, FORBIDDEN, FORBIDDEN)
OFFICE = row(SIGN_IN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, OK)
# Who shows no link: a stranger is led to the look-up page; whoever is signed in and not its owner sees nothing there.
BY_LINK = row(LOOK_UP, MISSING, MISSING, MISSING, MISSING, MISSING)

# The office's, where the world of these tests has no such thing.
OFFICE_NOTHING = row(SIGN_IN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, MISSING)

NOBODYS = row(MISSING, MISSING, MISSING, MISSING, MISSING, MISSING)

BROWSE = (
    "home", "products", "category", "collection", "search", "filters", "suggest", "product", "reviews", "shops", "shop",
    "how_to_buy", "how_we_choose", "places",
)  # fmt: skip
BUYING = (
    "cart", "add_to_cart", "checkout", "save_checkout", "pay", "place_order", "order_lookup", "find_order",
)  # fmt: skip
ORDER = (
    "order", "ask_cancel", "cancel_order", "order_file", "confirm_received", "send_proof", "review_form", "send_review",
)  # fmt: skip

SHOP_PAGES = tuple(f"seller.{page}" for page in ("home", "orders", "choose_shop", "papers", "stock", "balance"))
SELLING = (
    "order", "accept", "ask_reject", "reject", "give", "take_cash", "correct_tracking_number", "stock_item", "receive_stock",
    "count_stock", "set_low_stock",
)  # fmt: skip
REVIEWING = ("review", "decide_review", "review_photo")
GOODS = ("goods", "begin")
GOOD = ("good", "edit_good", "withdraw_good", "move_good", "price_good")
DRAFT = (
    "draft_photos", "send_photos", "order_photos", "draft_contents", "save_contents", "draft_preview",
    "send_draft_off", "drop",
)  # fmt: skip
DESKS = (
    "home", "payments", "payment", "preview", "confirm", "orders", "order", "mailbox", "message", "letter", "jobs", "retry",
    "settings", "qris", "register_code", "accounts", "add_account",
    "desk", "desk_shop", "decide_shop", "desk_permit", "decide_permit", "desk_listing", "decide_listing",
    "shops", "shop", "suspend_shop", "reinstate_shop", "suspend_good", "reinstate_good",
)  # fmt: skip
CURATION = (
    "", "_goods", "_suggested", "_undo", "_place", "_pick", "_change", "_move", "_preview", "_collections", "_collection_new",
    "_make_collection", "_collection", "_change_collection", "_exposure", "_exposure_file",
)  # fmt: skip

OWN_SHOP = ("shop", "write_words", "send_to_office", "go_on_holiday")

ACCESS: dict[str, Row] = {
    "media": EVERYBODY,
    "hooks.healthz": EVERYBODY,
    "hooks.readyz": EVERYBODY,
    "account.home": EVERYBODY,  # sends strangers on by itself
    "account.sign_in": EVERYBODY,
    "account.sign_in_with_password": EVERYBODY,
    "account.sign_out": EVERYBODY,
    "account.set_theme": EVERYBODY,
    "styles.styleguide": EVERYBODY,
    "site.seen": EVERYBODY,
    **dict.fromkeys(("site.to_language", "site.sitemap", "site.robots"), EVERYBODY),
    **dict.fromkeys((f"storefront.{page}" for page in BROWSE), EVERYBODY),
    **dict.fromkeys((f"storefront.{page}" for page in BUYING), EVERYBODY),
    "storefront.change_line": NOBODYS,  # nobody here has this line in their cart
    **dict.fromkeys((f"storefront.{page}" for page in ORDER), BY_LINK),
    **dict.fromkeys(("seller.ask_open", "seller.open_shop"), EVERYBODY),
    **dict.fromkeys((f"seller.{page}" for page in OWN_SHOP), ANY_SHOP),
    "storefront.order_qr": BY_LINK,
    **dict.fromkeys(SHOP_PAGES, ANY_SHOP),
    **dict.fromkeys((f"seller.{page}" for page in SELLING), ONE_SHOP),
    **dict.fromkeys((f"seller.{page}" for page in GOODS), ANY_SHOP),
    **dict.fromkeys((f"seller.{page}" for page in (*GOOD, *DRAFT)), ONE_SHOP),
    **dict.fromkeys(("seller.good_picture", "seller.draft_photo"), SHOP_NOTHING),
    **dict.fromkeys((f"staff.{page}" for page in DESKS), OFFICE),
    **dict.fromkeys((f"staff.curation{page}" for page in CURATION), OFFICE),
    **dict.fromkeys(("staff.curation_new", "staff.curation_end_story"), OFFICE_NOTHING),  # no product named; no story told
    **dict.fromkeys(
        (
            "staff.payment_file",
            "staff.resolve",
            "staff.end_refund",
            "staff.permit_file",
            "staff.desk_photo",
            "staff.desk_shop_picture",
        ),
        OFFICE_NOTHING,
    ),
    "staff.reviews": OFFICE,
    **dict.fromkeys((f"staff.{page}" for page in REVIEWING), OFFICE_NOTHING),
    "seller.reviews": ANY_SHOP,
    "seller.reply_to_review": row(SIGN_IN, FORBIDDEN, MISSING, MISSING, FORBIDDEN, FORBIDDEN),
    **dict.fromkeys(("staff.check_code", "staff.decide_code", "staff.use_account"), OFFICE_NOTHING),
}
# Answers that are not the view's own, though the policy lets everybody in.
SENT_TO_SIGN_IN_BY_ITSELF = frozenset({"account.home"})


@dataclass(frozen=True)
class World:
    """One of everything an address can name."""

    cast: Cast
    arguments: dict[str, str]

    def path(self, app: Flask, rule: Rule, **instead: str) -> str:
        """Return the address of this rule in this world."""
        given = {name: (self.arguments | instead)[_named(rule, name)] for name in rule.arguments}
        with app.test_request_context():
            return app.url_map.bind("localhost").build(rule.endpoint, given)


def _named(rule: Rule, argument: str) -> str:
    """Return which thing of the world an argument of this rule names."""
    if argument == "number" and rule.rule.startswith("/seller/"):
        return "part"
    if argument == "slug":
        owners = {"/seller/goods/": "product", "/p/": "product", "/shops/": "shop", "/c/": "category", "/": "collection"}
        return next(name for part, name in owners.items() if part in rule.rule)
    return argument


def make_collection(session: Session, product: Product) -> Collection:
    """Return a collection in force that holds the product."""
    collection = Collection(slug="untuk-dapur", position=1, starts_at=NOW)
    session.add(collection)
    session.flush()
    session.add_all(CollectionText(collection_id=collection.id, language=code, name="Untuk dapur") for code in ("id", "en", "ko"))
    session.add(CollectionItem(collection_id=collection.id, product_id=product.id, position=1))
    session.flush()
    return collection


def make_letter(session: Session) -> str:
    """Return the id of a mail that was written."""
    letter = Notice(
        key="a-letter", channel=Channel.MAIL, kind="order.placed", language="id", to="sari@example.org", subject="Pesanan",
        text="Halo", html="<p>Halo</p>", message_id="<1@localhost>", made_at=NOW,
    )  # fmt: skip
    session.add(letter)
    session.flush()
    return str(letter.id)


def make_paper(session: Session, shop: Shop) -> str:
    """Return the id of a paper nobody has looked up."""
    paper = Permit(shop_id=shop.id, kind=PermitKind.NIB, number="0000000000009", created_at=NOW)
    session.add(paper)
    session.flush()
    return str(paper.id)


def make_listing_draft(session: Session, shop: Shop) -> str:
    """Return the token of a draft that a shop began."""
    draft = ListingDraft(token="0123456789abcdef", shop_id=shop.id, given={}, photos=[], created_at=NOW, saved_at=NOW)
    session.add(draft)
    session.flush()
    return draft.token


@pytest.fixture
def world(session: Session) -> World:
    """A shop with a product, an order, a rival, and the cast."""
    shop = make_shop(session)
    product = make_product(session, shop=shop)
    variant = make_variant(session, product=product)
    placed = make_order(session, shops={shop: {variant: 1}}, method=PaymentMethod.COD)
    part = parts_of(session, placed)[0]
    payment = open_payment(
        session, order_id=placed.id, method=PaymentMethod.COD, shares={part.id: part.total_minor}, expires_at=None, now=NOW
    )
    collection = make_collection(session, product)
    pick = place_pick(session, slot="home", product_id=product.id, reasons={Language.ID: "Rata"}, starts_at=NOW, ends_at=None,
                      author_id=None, now=NOW)  # fmt: skip
    arguments = {
        "language": "id", "product": product.slug, "shop": shop.slug, "category": "gula", "number": placed.number,
        "name": "0" * 64 + "-320.webp", "variant_id": str(variant.id), "part": part.number, "file_id": "1",
        "line_id": str(lines_of(session, part)[0].id), "collection": collection.slug,
        "payment_id": str(payment.id), "notice_id": make_letter(session), "attention_id": "1", "refund_id": "1",
        "pick_id": str(pick.id), "collection_id": str(collection.id), "story_id": "1",
        "code_id": "1", "account_id": "999999999",
        "shop_id": str(shop.id), "product_id": str(product.id), "revision_id": str(product.published_revision_id),
        "place": "1", "token": make_listing_draft(session, shop),
        "permit_id": make_paper(session, shop), "position": "1",
        "item_id": str(session.scalars(select(VariantStock.stock_item_id).where(VariantStock.variant_id == variant.id)).one()),
        "review_id": "1", "width": "320",
    }  # fmt: skip
    return World(make_cast(session, shop=shop, rival_shop=make_shop(session)), arguments)


def answer_of(response: TestResponse) -> str:
    """Return what an answer amounts to."""
    where = response.headers.get("Location", "")
    if response.status_code == 303 and where.startswith("/account/sign-in"):
        return SIGN_IN
    if response.status_code == 303 and where.rstrip("/").endswith("/orders"):
        return LOOK_UP
    by_status = {403: FORBIDDEN, 404: MISSING}
    if response.status_code in by_status:
        return by_status[response.status_code]
    return OK if response.status_code < 500 and response.status_code not in (401, 405) else f"HTTP {response.status_code}"


def rules_of(app: Flask) -> Iterator[tuple[Rule, str]]:
    """Yield every rule with each of its own methods."""
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule, method


def test_every_endpoint_has_its_row(app: Flask) -> None:
    assert sorted({rule.endpoint for rule in app.url_map.iter_rules()}) == sorted(ACCESS)


def test_every_view_declares_a_policy_and_the_rows_agree_with_it(app: Flask) -> None:
    for endpoint, expected in ACCESS.items():
        policy = policy_of(app.view_functions[endpoint])
        assert policy is not None, endpoint
        stranger = {PolicyKind.GUARDED: {SIGN_IN}, PolicyKind.LINKED: {LOOK_UP}}.get(policy.kind, {OK, MISSING})
        assert expected[Actor.STRANGER] in stranger, endpoint


@pytest.mark.promise("B1")
@pytest.mark.parametrize("endpoint", ACCESS)
def test_everybody_gets_what_the_table_says(endpoint: str, app: Flask, client: FlaskClient, world: World) -> None:
    got, wanted = {}, {}
    for rule, method in rules_of(app):
        if rule.endpoint != endpoint:
            continue
        for actor, answer in ACCESS[endpoint].items():
            world.cast.enter(client, actor)
            cell = f"{method} {actor}"
            got[cell] = answer_of(client.open(world.path(app, rule), method=method))
            wanted[cell] = SIGN_IN if (answer, endpoint) == (OK, "account.home") and actor is Actor.STRANGER else answer
            if (answer, endpoint) == (OK, "media"):
                wanted[cell] = MISSING  # no such picture
    assert got == wanted


@pytest.mark.promise("B1")
def test_what_does_not_exist_is_404_for_whoever_may_look(app: Flask, client: FlaskClient, world: World) -> None:
    unknown = {"product": "tidak-ada", "shop": "tidak-ada", "category": "tidak-ada", "collection": "tidak-ada",
               "number": "LBK-0000-0000", "part": "LBK-0000-0000-1", "payment_id": "999999999",
               "shop_id": "999999999", "product_id": "999999999", "revision_id": "999999999", "permit_id": "999999999",
               "notice_id": "999999999", "attention_id": "999999999", "refund_id": "999999999",
               "review_id": "999999999",
               "pick_id": "999999999", "collection_id": "999999999", "story_id": "999999999",
               "code_id": "999999999", "account_id": "999999999"}  # fmt: skip
    wrong = []
    for rule, method in rules_of(app):
        named = {_named(rule, name) for name in rule.arguments} & set(unknown)
        if not named:
            continue
        let_in = [actor for actor, answer in ACCESS[rule.endpoint].items() if answer is OK]
        actors = let_in or [actor for actor, answer in ACCESS[rule.endpoint].items() if answer is MISSING]
        for actor in actors:
            world.cast.enter(client, actor)
            response = client.open(world.path(app, rule, **unknown), method=method)
            if response.status_code != 404:
                wrong.append(f"{method} {rule.rule} {actor}: {response.status_code}")
    assert wrong == []


def test_a_method_no_view_declares_is_refused(app: Flask, client: FlaskClient, world: World) -> None:
    world.cast.enter(client, Actor.CLERK)
    by_path: dict[str, set[str]] = {}
    for rule, method in rules_of(app):
        by_path.setdefault(world.path(app, rule) if _is_known(rule, world) else "", set()).add(method)
    by_path.pop("", None)
    wrong = [
        f"{method} {path}: {status}"
        for path, methods in by_path.items()
        for method in {"GET", "POST", "PUT", "DELETE"} - methods
        if (status := client.open(path, method=method).status_code) != 405
    ]
    assert wrong == []


def _is_known(rule: Rule, world: World) -> bool:
    return {_named(rule, name) for name in rule.arguments} <= set(world.arguments)
