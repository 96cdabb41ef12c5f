"""The curation board as curators use it: place, move, two at once, undo, preview, collections, the report."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.models import AuditEntry
from marketplace.accounts.permissions import Role
from marketplace.catalog.models import Product
from marketplace.curation.models import Collection, Exposure, Pick, PickText
from marketplace.curation.services import place_pick
from marketplace.language.languages import Language
from tests.conftest import NOW
from tests.factories.people import make_person
from tests.factories.shops import make_shop
from tests.web.conftest import HandClock, SignIn
from tests.web.storefront.goods import make_stocked, page_of, text_of

TODAY = "2026-11-24"


@pytest.fixture
def curator(browse: SignIn, session: Session) -> FlaskClient:
    """The browser of somebody who may curate."""
    return browse(make_person(session, name="Asep", role=Role.CURATOR))


@pytest.fixture
def product(session: Session, clock: HandClock) -> Product:
    """Something to put forward."""
    return make_stocked(session)


def typed(product: Product, **given: str) -> dict[str, str]:
    """Return a pick's form, filled in."""
    values = {
        "slot": "home",
        "product": str(product.id),
        "starts_on": TODAY,
        "ends_on": "2026-11-26",
        "reason_id": "Butirnya rata",
    }
    return values | given


def the_pick(session: Session) -> Pick:
    """Return the only pick, freshly read."""
    session.expire_all()
    return session.scalars(select(Pick)).one()


@pytest.mark.row("F3", "S4")
def test_a_pick_is_placed_shown_on_time_and_gone_on_time(
    curator: FlaskClient, client: FlaskClient, session: Session, product: Product, clock: HandClock
) -> None:
    placed = curator.post("/staff/curation/new", data=typed(product, starts_on="2026-11-25"))
    assert placed.status_code == 303
    board = curator.get(placed.headers["Location"].split("#")[0]).text
    assert "Pilihan dipasang" in board
    assert "Butirnya rata" in board
    assert "Butirnya rata" not in page_of(client, "/id/")
    clock.at = NOW.replace(hour=16, minute=59, second=40)  # 20 seconds to midnight in WIB: a kept page must not outlive it
    assert "Butirnya rata" not in page_of(client, "/id/")
    clock.at = NOW.replace(hour=17, minute=0)
    client.application.extensions["market_page_cache"].clear()
    assert "Butirnya rata" in page_of(client, "/id/")
    clock.at = NOW.replace(hour=17) + timedelta(days=2)
    client.application.extensions["market_page_cache"].clear()
    assert "Butirnya rata" not in page_of(client, "/id/")
    assert session.scalars(select(AuditEntry.action).where(AuditEntry.object_kind == "pick")).all() == ["pick.place"]


@pytest.mark.row("S4")
def test_a_kept_page_dies_when_the_next_pick_begins(
    app: Flask, client: FlaskClient, session: Session, product: Product, clock: HandClock
) -> None:
    for slot, path in (("home", "/id/"), ("category:gula", "/id/c/gula")):
        place_pick(session, slot=slot, product_id=product.id, reasons={Language.ID: "Nanti"}, author_id=None, now=NOW,
                   starts_at=NOW + timedelta(seconds=30), ends_at=None)  # fmt: skip
        cache = app.extensions["market_page_cache"]
        cache.clear()
        page_of(client, path)
        (entry,) = cache._entries.values()
        cache.clear()
        clock.move(timedelta(seconds=10))
        page_of(client, path)
        (later,) = cache._entries.values()
        # Ten seconds of the clock passed and hardly any time: the second entry has ten seconds less to live.
        assert 5 < entry.dies_at - later.dies_at < 15, path
        clock.at = NOW


@pytest.mark.row("F3")
@pytest.mark.parametrize(("wrong", "says"), [
    ({"reason_id": " "}, "Isi dulu"), ({"starts_on": "besok"}, "Tulis tanggal"), ({"ends_on": "2026-11-01"}, "Tanggal sampai"),
    ({"reason_en": "x" * 201}, "Terlalu panjang"), ({"starts_on": ""}, "Tulis tanggal"),
])  # fmt: skip
def test_a_wrong_form_keeps_what_was_typed(
    curator: FlaskClient, session: Session, product: Product, wrong: dict[str, str], says: str
) -> None:
    answer = curator.post("/staff/curation/new", data=typed(product, reason_ko="고른 과립") | wrong)
    assert answer.status_code == 422
    assert says in answer.text
    assert "고른 과립" in answer.text
    assert session.scalars(select(Pick)).all() == []


def test_forms_with_anything_strange_are_refused(curator: FlaskClient, product: Product) -> None:
    for strange in ({"slot": "nowhere"}, {"product": "x"}, {"product": "0"}, {"product": "9" * 18}, {"product": "9" * 40}):
        assert curator.post("/staff/curation/new", data=typed(product) | strange).status_code in (400, 404), strange
    assert curator.post("/staff/curation/new", data=typed(product, extra="1")).status_code == 422
    for path in ("/staff/curation/picks/999999", f"/staff/curation/picks/{2**63}", f"/staff/curation/collections/{2**63}"):
        assert curator.get(path).status_code == 404
    assert curator.get("/staff/curation/new?product=" + "9" * 18).status_code == 404
    for query in ("slot=%00", "slot=category:none", "done=<b>", "slot=home&slot=x"):
        assert curator.get(f"/staff/curation?{query}").status_code == 200
    for name in ("words", "category", "district", "age"):
        assert curator.get("/staff/curation/goods", query_string={name: "%'\0<b>" * 30}).status_code == 200


@pytest.mark.row("F3")
def test_acts_on_an_old_version_are_refused_on_a_page_that_says_so(
    curator: FlaskClient, session: Session, product: Product
) -> None:
    curator.post("/staff/curation/new", data=typed(product))
    pick = the_pick(session)
    seen, path = str(pick.version), f"/staff/curation/picks/{pick.id}"
    changed = {"version": seen, "starts_on": TODAY, "ends_on": "", "reason_id": "Lain"}
    assert curator.post(path, data=changed).status_code == 303
    for answer in (curator.post(path, data=changed), curator.post(f"{path}/move", data={"version": seen, "act": "withdraw"})):
        assert answer.status_code == 409
        assert "Orang lain sudah mengubahnya" in answer.text
    pick = the_pick(session)
    assert (pick.ends_at, pick.withdrawn_at) == (None, None)
    assert session.scalar(select(PickText.reason).where(PickText.pick_id == pick.id)) == "Lain"


@pytest.mark.row("F3")
def test_the_last_act_is_undone_once_and_only_for_ten_minutes(
    curator: FlaskClient, session: Session, product: Product, clock: HandClock
) -> None:
    curator.post("/staff/curation/new", data=typed(product))
    pick = the_pick(session)
    moved = {"version": str(pick.version), "act": "slot", "slot": "category:gula"}
    assert curator.post(f"/staff/curation/picks/{pick.id}/move", data=moved).status_code == 303
    (act,) = re.findall(r'name="act" value="(\d+)"', curator.get("/staff/curation").text)
    sent = {"act": act, "slot": "home"}
    assert curator.post("/staff/curation/undo", data=sent).status_code == 303
    assert the_pick(session).slot == "home"
    again = curator.post("/staff/curation/undo", data=sent)
    assert again.status_code == 409
    assert "Tidak ada yang bisa diurungkan" in again.text
    clock.move(timedelta(minutes=10))
    assert 'name="act" value="' not in re.sub(r'value="(up|down|slot|end|withdraw)"', "", curator.get("/staff/curation").text)


@pytest.mark.row("F4")
def test_a_suggestion_is_picked_with_one_click_and_only_once(curator: FlaskClient, session: Session, product: Product) -> None:
    assert product.slug  # stands in the suggestions
    sent = {"slot": "home", "product": str(product.id)}
    assert f'value="{product.id}"' in curator.get("/staff/curation").text
    assert [curator.post("/staff/curation/suggested", data=sent).status_code for _ in range(2)] == [303, 409]
    pick = the_pick(session)
    texts = session.scalars(select(PickText.language).where(PickText.pick_id == pick.id).order_by(PickText.language)).all()
    assert texts == ["en", "id", "ko"]
    assert curator.post("/staff/curation/suggested", data={"slot": "x", "product": "1"}).status_code == 400


@pytest.mark.row("F3")
def test_the_board_shows_gaps_and_conflicts(curator: FlaskClient, session: Session, product: Product) -> None:
    for _ in range(2):
        curator.post("/staff/curation/new", data=typed(product, ends_on=""))
    words = text_of(curator.get("/staff/curation").text)
    assert "kurang 6" in words
    assert words.count("dua kali pada waktu yang sama") == 2
    for language in ("id", "en"):
        curator.set_cookie("language", language)
        assert curator.get("/staff/curation").status_code == 200


@pytest.mark.row("F3")
@pytest.mark.parametrize("language", ["id", "en", "ko"])
def test_the_preview_shows_another_day_in_another_language_and_says_so(
    curator: FlaskClient, session: Session, product: Product, language: str
) -> None:
    sent = typed(product, starts_on="2026-12-01", ends_on="2026-12-03", reason_en="Even grains", reason_ko="고른 과립")
    curator.post("/staff/curation/new", data=sent)
    curator.post("/staff/curation/new", data=sent | {"slot": "category:gula"})
    reason = {"id": "Butirnya rata", "en": "Even grains", "ko": "고른 과립"}[language]
    for slot in ("home", "category:gula"):
        asked: dict[str, Any] = {"slot": slot, "date": "2026-12-02", "language": language, "show": "page"}
        page = curator.get("/staff/curation/preview", query_string=asked)
        assert page.status_code == 200
        assert reason in page.text
        assert f'<html lang="{language}"' in page.text
        assert "Barang dan harga dari hari ini" in page.text
        assert "noindex" in page.text
        assert reason not in curator.get("/staff/curation/preview", query_string=asked | {"date": "2026-12-04"}).text
    assert curator.get("/staff/curation/preview?date=x&language=x&slot=x").status_code == 200


@pytest.mark.row("F5")
def test_a_collection_is_made_and_changed(curator: FlaskClient, client: FlaskClient, session: Session, product: Product) -> None:
    other = make_stocked(session)
    sent = {"slug": "untuk-dapur", "starts_on": TODAY, "ends_on": "", "name_id": "Untuk dapur", "text_id": "Setiap hari",
            "goods": f"{product.slug}\nhttps://localhost/id/p/{other.slug}\n"}  # fmt: skip
    path = "/staff/curation/collections/new"
    assert curator.post(path, data=sent).status_code == 303
    taken = curator.post(path, data=sent)
    assert (taken.status_code, "Alamat ini sudah dipakai" in taken.text, "Setiap hari" in taken.text) == (422, True, True)
    for wrong in ({"slug": ""}, {"slug": "Besar Sekali"}, {"name_id": ""}, {"goods": "tidak-ada"}, {"ends_on": "2026-01-01"}):
        assert curator.post(path, data=sent | {"slug": "lain"} | wrong).status_code == 422, wrong
    page = page_of(client, "/id/collections/untuk-dapur")
    assert page.index(f"/id/p/{product.slug}") < page.index(f"/id/p/{other.slug}")
    found = session.scalars(select(Collection)).one()
    edit = f"/staff/curation/collections/{found.id}"
    assert product.slug in curator.get(edit).text
    changed = {name: value for name, value in sent.items() if name != "slug"} | {"version": "1", "goods": other.slug}
    assert curator.post(edit, data=changed).status_code == 303
    client.application.extensions["market_page_cache"].clear()
    assert f"/id/p/{product.slug}" not in page_of(client, "/id/collections/untuk-dapur")
    assert curator.post(edit, data=changed).status_code == 409
    assert "Untuk dapur" in curator.get("/staff/curation/collections").text


@pytest.mark.row("F4")
def test_the_report_counts_by_seller_and_place_and_leaves_as_a_file(
    curator: FlaskClient, session: Session, clock: HandClock
) -> None:
    shop = make_shop(session, name="=Sanggar")
    product = make_stocked(session, shop=shop)
    session.add(Exposure(product_id=product.id, day=NOW.date(), surface="home", impressions=1_234))
    session.flush()
    page = curator.get("/staff/curation/exposure")
    assert page.status_code == 200
    assert "1.234" in page.text
    assert "1.234" not in curator.get("/staff/curation/exposure?from=2026-01-01&until=2026-01-31").text
    file = curator.get("/staff/curation/exposure.csv")
    assert file.headers["Content-Type"].startswith("text/csv")
    assert "attachment" in file.headers["Content-Disposition"]
    assert "'=Sanggar," in file.text
    assert ",1,1234,1234" in file.text
    for query in ("from=x&until=y", "from=2030-01-01&until=2020-01-01", "from=0001-01-01&until=9999-12-31"):
        assert curator.get(f"/staff/curation/exposure?{query}").status_code == 200


@pytest.mark.row("F6")
def test_only_roles_with_the_right_curate(browse: SignIn, session: Session, product: Product) -> None:
    for role in (Role.ADMIN, Role.CURATOR, Role.FINANCE, Role.SUPPORT, Role.VERIFIER, Role.FIELD_OFFICER):
        browser = browse(make_person(session, role=role))
        may = role in (Role.ADMIN, Role.CURATOR)
        assert (browser.get("/staff/curation").status_code == 200) == may
        assert (browser.post("/staff/curation/new", data=typed(product)).status_code == 303) == may
