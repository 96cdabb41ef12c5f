"""One buyer's purchase, as a thread or a process of its own runs it."""

from __future__ import annotations

import json
import sys
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from marketplace.checkout import flows
from marketplace.checkout.forms import Contact, PlaceOrder
from marketplace.db import in_unit
from marketplace.kernel.errors import DomainError
from marketplace.kernel.ids import CartId
from marketplace.orders.models import PaymentMethod
from tests.conftest import NOW, app_on
from tests.factories.carts import BUYER_DISTRICT, make_token


@dataclass(frozen=True)
class Buyer:
    """A cart of one, everything picked, ready to pay."""

    cart_id: int
    shop_id: int
    phone: str
    seen_total_minor: int
    token: str

    @property
    def form(self) -> PlaceOrder:
        contact = Contact(
            name="Pembeli", phone=self.phone, district=BUYER_DISTRICT, street="Jl. Balapan 1", deliveries={self.shop_id: "pickup"}
        )
        return PlaceOrder(contact=contact, method=PaymentMethod.TRANSFER, seen_total_minor=self.seen_total_minor)


def buy(buyer: Buyer, now: datetime = NOW) -> str:
    """Return the number of the order, or the name of the refusal."""
    try:
        placed = flows.place(
            in_unit, cart_id=CartId(buyer.cart_id), form=buyer.form, token=make_token(buyer.token), language="id", now=now,
            number_prefix="LBK",
        )  # fmt: skip
    except DomainError as refusal:
        return type(refusal).__name__
    return placed.number


def at_once() -> None:
    """Wait for nobody before starting."""


def rush(
    url: str, folder: Path, buyers: Sequence[Buyer], act: Callable[[Buyer], str] = buy, await_start: Callable[[], None] = at_once
) -> list[str]:
    """Let all of them act at once, each in a thread, on one application; return what became of each.

    `await_start` is called when the application stands. Anything but an order or a refusal
    (a lock that waited too long, a bug) is raised.
    """
    outcomes: list[str] = []
    errors: list[BaseException] = []
    start = threading.Barrier(len(buyers))
    with app_on(url, folder) as app:

        def run(buyer: Buyer) -> None:
            with app.app_context():
                start.wait()
                try:
                    outcomes.append(act(buyer))
                except BaseException as error:
                    errors.append(error)

        await_start()
        threads = [threading.Thread(target=run, args=(buyer,)) for buyer in buyers]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    if errors:
        raise errors[0]
    return outcomes


def tally(outcomes: Sequence[str]) -> dict[str, int]:
    """Return how many orders and how many of each refusal there were."""
    return dict(Counter("order" if outcome.startswith("LBK-") else outcome for outcome in outcomes))


def as_json(buyers: Sequence[Buyer]) -> str:
    """Return buyers as another process reads them."""
    return json.dumps([asdict(buyer) for buyer in buyers])


def main() -> None:
    """Run as a process: address and folder as arguments, buyers and a word to start on standard input, outcomes out."""
    url, folder = sys.argv[1:]
    buyers = [Buyer(**row) for row in json.loads(sys.stdin.readline())]

    def await_word() -> None:
        print("ready", flush=True)
        sys.stdin.readline()

    print(json.dumps(rush(url, Path(folder), buyers, await_start=await_word)), flush=True)


if __name__ == "__main__":
    main()
