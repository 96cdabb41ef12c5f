"""The counter of what is seen, and the page that tells how goods are chosen."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.attempts import LIMITS, Scope
from marketplace.catalog.models import Product
from marketplace.curation.models import Exposure
from tests.web.conftest import HandClock
from tests.web.storefront.goods import make_stocked, page_of, text_of


@pytest.fixture
def product(session: Session, clock: HandClock) -> Product:
    """Something to be seen."""
    return make_stocked(session)


def counted(session: Session) -> list[tuple[str, int]]:
    """Return (kind of page, times) of everything that was counted."""
    return [(row.surface, row.impressions) for row in session.scalars(select(Exposure).execution_options(populate_existing=True))]


@pytest.mark.row("F4")
def test_a_batch_is_counted_without_a_cookie(client: FlaskClient, session: Session, product: Product) -> None:
    answer = client.post("/seen", json={"page": "/ko/c/gula", "goods": [product.slug, product.slug, "tidak-ada"]})
    assert (answer.status_code, answer.data) == (204, b"")
    assert "Set-Cookie" not in answer.headers
    assert counted(session) == [("category", 1)]
    client.post("/seen", json={"page": "/staff/curation/preview", "goods": [product.slug]})
    assert counted(session) == [("category", 1)]


@pytest.mark.row("F4")
@pytest.mark.promise("X2")
def test_what_no_page_of_ours_sends_counts_nothing(client: FlaskClient, session: Session, product: Product) -> None:
    good = [product.slug]
    wrong: list[Any] = [
        {}, [], "x", {"page": "/id/", "goods": []}, {"page": "/id/", "goods": ["a"] * 51}, {"page": "/id/", "goods": [1]},
        {"page": 1, "goods": good}, {"page": "/id/" + "x" * 300, "goods": good}, {"page": "/id/", "goods": ["../x\0"]},
        {"page": "/id/", "goods": good, "times": 1000},
    ]  # fmt: skip
    for sent in wrong:
        assert client.post("/seen", json=sent).status_code == 400, sent
    assert client.post("/seen", data=b"{" * 9_000).status_code == 413
    assert client.post("/seen", data=b"\xff\x00").status_code == 400
    elsewhere = {"Sec-Fetch-Site": "cross-site"}
    assert client.post("/seen", json={"page": "/id/", "goods": good}, headers=elsewhere).status_code == 403
    assert client.get("/seen").status_code == 405
    assert counted(session) == []


@pytest.mark.row("F4")
def test_one_address_cannot_count_for_ever(
    client: FlaskClient, session: Session, product: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LIMITS, Scope.SEEN, type(LIMITS[Scope.SEEN])(3, LIMITS[Scope.SEEN].window))
    sent = {"page": "/id/", "goods": [product.slug]}
    answers = [client.post("/seen", json=sent) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [204, 204, 204, 429, 429]
    assert "Retry-After" in answers[-1].headers
    assert counted(session) == [("home", 3)]


@pytest.mark.row("F4")
def test_everybody_can_read_how_goods_are_chosen(client: FlaskClient, session: Session) -> None:
    del session
    for language, words in (("id", "28 hari terakhir"), ("en", "last 28 days"), ("ko", "28일")):
        page = page_of(client, f"/{language}/how-we-choose")
        assert words in text_of(page)
        assert f"/{language}/how-we-choose" in page_of(client, f"/{language}/products")  # in the foot of every page
    assert "/id/how-we-choose" in page_of(client, "/sitemap.xml")
