"""How many statements a page sends to the database, once the process is warm and the page itself is not kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session

from marketplace.curation.services import place_pick
from marketplace.db import db
from marketplace.language.languages import Language
from marketplace.shipping.loading import load_tariffs
from tests.conftest import FreshDatabases, app_on
from tests.factories.listings import VARIANT
from tests.factories.shops import make_shop
from tests.web.storefront.goods import make_stocked, page_of

AT = datetime(2026, 11, 1, tzinfo=UTC)
# Sent by SQLAlchemy's own opening and closing of transactions, not by us.
NOT_OURS = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "PRAGMA", "SET ")


@contextmanager
def sent_by(app: Flask) -> Iterator[list[str]]:
    """Yield a list that fills with the statements this application sends meanwhile."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(NOT_OURS):
            sent.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


@pytest.fixture
def filled(databases: FreshDatabases, tmp_path: Path) -> Iterator[tuple[Flask, str, str]]:
    """An application on a database of its own with a few goods: it, a product's slug and a shop's."""
    with app_on(databases.make("statements"), tmp_path) as app:
        with app.app_context(), Session(db.engine, expire_on_commit=False) as session:
            load_tariffs(session, valid_from=AT)
            shop = make_shop(session)
            goods = [make_stocked(session, shop=shop, variants=(replace(VARIANT, sku=f"GS-{n}"),)) for n in range(6)]
            place_pick(session, slot="home", product_id=goods[0].id, reasons={Language.ID: "Rata"}, starts_at=AT, ends_at=None,
                       author_id=None, now=AT)  # fmt: skip
            session.commit()
        yield app, goods[0].slug, shop.slug


@pytest.mark.row("D1", "S1")
def test_pages_send_few_statements(filled: tuple[Flask, str, str]) -> None:
    app, product, shop = filled
    client = app.test_client()
    for path, most in (
        ("/id/", 6),
        ("/id/products", 6),
        ("/id/c/gula", 6),
        ("/id/search?q=gula", 6),
        (f"/id/p/{product}", 5),
        ("/id/shops", 6),
        (f"/id/shops/{shop}", 8),
    ):
        cache = app.extensions["market_page_cache"]
        page_of(client, path)
        cache._entries.clear()
        with sent_by(app) as sent:
            page_of(client, path)
        assert 0 < len(sent) <= most, (path, len(sent), sent)
        with sent_by(app) as again:
            page_of(client, path)
        assert len(again) <= 1, (path, again)  # a kept page asks for the public version at most
