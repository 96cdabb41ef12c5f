"""Two officers on one thing at the same instant: one decides, the other is told. A twin without the guard must fail."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from marketplace.accounts.models import AuditEntry
from marketplace.catalog.deciding import approve_revision, refuse_revision, seen_digest
from marketplace.catalog.reasons import ListingReason
from marketplace.db import in_unit, reading
from marketplace.files.models import StoredImage
from marketplace.files.shelves import Shelves
from marketplace.kernel.ids import PersonId, RevisionId, ShopId
from marketplace.sellers import deciding
from marketplace.sellers.deciding import DecidedMeanwhile, approve_permit, permit_digest, return_permit, return_shop, shop_digest
from marketplace.sellers.models import Permit, Shop
from marketplace.sellers.reasons import PermitReason, ShopReason
from tests.conftest import NOW, FreshDatabases, app_on
from tests.factories.desk import make_applicant, make_permit, make_waiting_listing
from tests.factories.people import make_person
from tests.factories.shops import make_shop
from tests.racing import together

_names = itertools.count(1)
Act = Callable[[Session], None]


@pytest.fixture
def whole() -> None:
    """These tests look at a database of their own."""


@pytest.fixture
def market(databases: FreshDatabases) -> Iterator[Flask]:
    """An application on an empty database of its own."""
    with app_on(databases.make(f"desk_race_{next(_names)}"), databases.folder) as app:
        yield app


def race(app: Flask, *acts: Act) -> list[str]:
    """Return what became of each act, all begun together."""

    def run(act: Act) -> Callable[[], str]:
        def once() -> str:
            try:
                in_unit(act)
            except DecidedMeanwhile:
                return "told"
            return "decided"

        return once

    return sorted(together(app, [run(act) for act in acts]))


def decisions(app: Flask, *actions: str) -> int:
    """Return how many decisions were written down."""
    with app.app_context(), reading() as session:
        return session.scalar(select(func.count()).select_from(AuditEntry).where(AuditEntry.action.in_(actions))) or 0


def waiting_permit(app: Flask) -> tuple[int, str, PersonId, PersonId]:
    """Commit one paper to look up and two officers."""

    def work(session: Session) -> tuple[int, str, PersonId, PersonId]:
        permit = make_permit(session, shop=make_shop(session))
        return permit.id, permit_digest(permit), make_person(session).id, make_person(session).id

    with app.app_context():
        return in_unit(work)


def both_on_a_permit(app: Flask) -> list[str]:
    """Let one officer approve and the other return the same paper."""
    permit_id, seen, first, second = waiting_permit(app)
    return race(
        app,
        lambda session: approve_permit(session, permit_id=permit_id, seen=seen, actor_id=first, now=NOW),
        lambda session: return_permit(
            session, permit_id=permit_id, seen=seen, reasons=[PermitReason.FILE_UNREADABLE], words="", actor_id=second, now=NOW
        ),
    )


@pytest.mark.row("F1")
def test_one_of_two_officers_decides_a_paper(market: Flask) -> None:
    assert both_on_a_permit(market) == ["decided", "told"]
    assert decisions(market, "permit.verify", "permit.return") == 1
    with market.app_context(), reading() as session:
        permit = session.scalars(select(Permit)).one()
        assert (permit.verified_at is None) != (permit.returned_at is None)


def test_without_the_guard_both_would_decide(market: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deciding, "_waiting_permit", lambda session, permit_id, _seen: session.get_one(Permit, permit_id))
    assert both_on_a_permit(market) == ["decided", "decided"]


@pytest.mark.row("F1")
def test_one_of_two_officers_returns_a_shop(market: Flask) -> None:
    def prepare(session: Session) -> tuple[ShopId, str, PersonId, PersonId]:
        shop, _ = make_applicant(session)
        return shop.id, shop_digest(session, session.get_one(Shop, shop.id)), make_person(session).id, make_person(session).id

    with market.app_context():
        shop_id, seen, first, second = in_unit(prepare)

    def back(actor_id: PersonId) -> Act:
        return lambda session: return_shop(
            session, shop_id=shop_id, seen=seen, reasons=[ShopReason.OTHER], words="x", actor_id=actor_id, now=NOW
        )

    assert race(market, back(first), back(second)) == ["decided", "told"]
    assert decisions(market, "shop.return") == 1


@pytest.mark.row("F1", "F2")
def test_one_of_two_officers_decides_a_listing(market: Flask) -> None:
    def prepare(session: Session) -> tuple[RevisionId, str, PersonId, PersonId]:
        _, revision_id = make_waiting_listing(session, shop=make_shop(session))
        for image in session.scalars(select(StoredImage)):
            image.is_public = True
        session.flush()
        return revision_id, seen_digest(session, revision_id), make_person(session).id, make_person(session).id

    with market.app_context():
        revision_id, seen, first, second = in_unit(prepare)
    shelves: Shelves = market.extensions["market_shelves"]
    assert race(
        market,
        lambda session: approve_revision(session, revision_id=revision_id, seen=seen, shelves=shelves, actor_id=first, now=NOW),
        lambda session: refuse_revision(
            session, revision_id=revision_id, seen=seen, reasons=[ListingReason.OTHER], words="x", actor_id=second, now=NOW
        ),
    ) == ["decided", "told"]
    assert decisions(market, "product.publish", "product.return") == 1
