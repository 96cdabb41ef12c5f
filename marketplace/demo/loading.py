"""Load a whole demo through the services, so that everything in it happened as it would have in life."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from marketplace.accounts.permissions import Role
from marketplace.catalog.defining import define_catalogue
from marketplace.catalog.models import Product
from marketplace.catalog.search.first_synonyms import add_first_synonyms
from marketplace.catalog.search.indexing import reindex_all
from marketplace.catalog.search.signals import set_signals
from marketplace.db import move_public_version
from marketplace.files.shelves import Shelves
from marketplace.files.storage import Storage
from marketplace.inventory.handlers import stock_signals
from marketplace.kernel.money import Currency
from marketplace.orders.handlers import sold_steps as sold_steps_of
from marketplace.outbox.models import OutboxRow
from marketplace.payments.codes import free_codes
from marketplace.payments.models import BankAccount
from marketplace.payments.services import activate_qris, register_qris
from marketplace.places.reading import read_region
from marketplace.places.services import enter_exchange_rate, load_places
from marketplace.reviews.queries import product_rating
from marketplace.sellers.models import Shop
from marketplace.shipping.loading import load_tariffs

from .calendar import DemoDay
from .living_orders import load_ended, load_living, plan_living
from .loading_curation import load_curation
from .loading_goods import load_goods
from .loading_past import load_past
from .loading_people import load_office
from .loading_pictures import adopt_pictures
from .loading_queue import load_queue
from .loading_shops import begin_holidays, load_shops
from .morning import load_morning, plan_morning
from .past_orders import plan_past, sold_steps
from .trading import Market
from .worlds import World

# Before the first shop joined: rates and tables must be older than the oldest order.
LONG_AGO = timedelta(days=900)

# Accounts that do not exist; their pages say "contoh".
BANK_ACCOUNTS = (("Bank Contoh Banten", "0000 1234 5678"), ("Bank Contoh Nusantara", "0000 8765 4321"))
HOLDER = "Koperasi Contoh Karya Lebak"
# Rupiah for one whole unit, as an example; staff enter the real ones.
# Synthetic: the numbers of its acquirer and merchant belong to nobody, and every page that shows it says so.
EXAMPLE_QRIS = (
    "00020101021126690017ID.CO.EXAMPLE.WWW01189360999900000000150215LEBAKDEMO0000010303UMI51440014ID.CO.QRIS.WWW"
    "0215ID10200000000010303UMI5204549953033605802ID5916PASAR LEBAK DEMO6005LEBAK61054231162070703A0163045EBA"
)
EXAMPLE_RATES = {Currency.USD: Decimal("16450"), Currency.KRW: Decimal("11.62")}


@dataclass(frozen=True, slots=True)
class Loaded:
    """How much a demo holds."""

    shops: int
    goods: int
    orders: int


def is_loaded(session: Session) -> bool:
    """Tell whether the market has a shop already: a demo is loaded into an empty market only."""
    return session.scalar(select(Shop.id).limit(1)) is not None


def load_demo(
    session: Session, world: World, *, region: str, shelves: Shelves, now: datetime,
    documents: Storage | None = None,
) -> Loaded:  # fmt: skip
    """Load a world into an empty market; the same for the same world and day. Flushes often, for ids.

    With `documents` to keep papers in, a morning's work waits at the verification desk too.
    """
    day = DemoDay(now)
    pack = read_region(region).pack
    load_places(session, region=region)
    load_tariffs(session, valid_from=now - LONG_AGO)
    _load_money_tables(session, day)
    office = load_office(session, world.cast, now=day.at(800))
    items = [f"{good.item_id}-" for good in world.goods]
    pictures = adopt_pictures(session, storage=shelves.public, now=now, prefixes=["hands-", "category-", *items])
    define_catalogue(session, pictures=_by_name(pictures, "category-"))
    add_first_synonyms(session)
    shops = load_shops(session, world, day=day, office=office, pictures=_by_name(pictures, "hands-", keep_prefix=True))
    past, living, morning = plan_past(world), plan_living(world), plan_morning(world)
    shelved = load_goods(
        session, world, shops, day=day, office=office, pictures=pictures, sold_steps=sold_steps((*past, *living, *morning))
    )
    market = Market(shelved, office[Role.FINANCE], pack.number_prefix, shelves)
    load_past(session, market, past, day=day, office=office)
    load_ended(session, market, living, now=now)
    # What is long over needs no message and no recount of its own: the lists are made anew below.
    session.execute(delete(OutboxRow))
    free_codes(session, now=now)
    load_living(session, market, living, now=now)
    load_morning(session, market, morning, now=now)
    begin_holidays(session, shops, day=day)
    load_curation(session, world.curation, goods=shelved, shops=shops, day=day, office=office)
    if documents is not None:
        load_queue(session, world, shops, shelved, pictures=pictures, documents=documents, day=day)
    _refresh_lists(session, now)
    return Loaded(len(shops), len(shelved), len(past) + len(living) + len(morning))


def _load_money_tables(session: Session, day: DemoDay) -> None:
    session.add_all(
        BankAccount(bank_name=bank, number=number, holder=HOLDER, is_example=True, position=place, created_at=day.at(890))
        for place, (bank, number) in enumerate(BANK_ACCOUNTS, start=1)
    )
    session.flush()
    account_id = session.scalars(select(BankAccount.id).order_by(BankAccount.position).limit(1)).one()
    at = day.at(880)
    code = register_qris(session, payload=EXAMPLE_QRIS, bank_account_id=account_id, actor_id=None, now=at, is_example=True)
    activate_qris(session, code_id=code.id, actor_id=None, now=at)
    for currency, rupiah in EXAMPLE_RATES.items():
        enter_exchange_rate(
            session, currency=currency, idr_micros=int(rupiah * 1_000_000), valid_from=day.day(3), entered_by=None,
            now=day.at(3),
        )  # fmt: skip
    session.flush()


def _by_name(pictures: dict[str, str], prefix: str, *, keep_prefix: bool = False) -> dict[str, str]:
    """Return the front views of pictures whose names begin so, by name without view."""
    fronts = {stem.removesuffix("-front"): found for stem, found in pictures.items() if stem.startswith(prefix)}
    return fronts if keep_prefix else {name.removeprefix(prefix): found for name, found in fronts.items()}


def _refresh_lists(session: Session, now: datetime) -> None:
    """Make the search rows, and tell them what was sold, how it is rated and what is left."""
    reindex_all(session, now=now)
    for product_id in session.scalars(select(Product.id).order_by(Product.id)).all():
        rating = product_rating(session, product_id)
        few, is_available = stock_signals(session, product_id)
        set_signals(
            session, product_id, rating_hundredths=rating.average_hundredths, rating_count=rating.count,
            sold=sold_steps_of(session, product_id), stock_left=few, is_available=is_available, now=now,
        )  # fmt: skip
    move_public_version(session)
