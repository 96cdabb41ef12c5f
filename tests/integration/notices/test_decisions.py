"""What the office's decisions say to a shop: in words, once, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.catalog.deciding import refuse_revision, seen_digest, suspend_listing
from marketplace.catalog.reasons import ListingReason
from marketplace.language.catalogue import catalogue
from marketplace.language.languages import WORK_LANGUAGES, Language
from marketplace.notices.handlers import Office
from marketplace.notices.models import Channel, Notice
from marketplace.outbox.handlers import HANDLERS, Handlers
from marketplace.outbox.models import OutboxRow
from marketplace.sellers.deciding import (
    Decision,
    approve_permit,
    permit_digest,
    return_shop,
    shop_digest,
    suspend,
)
from marketplace.sellers.models import ShopMember
from marketplace.sellers.reasons import PermitReason, ShopReason
from tests.conftest import NOW
from tests.factories.desk import make_applicant, make_permit, make_waiting_listing
from tests.factories.listings import make_listing
from tests.factories.people import make_person
from tests.fakes.clocks import HandClock
from tests.fakes.smtp import Inbox
from tests.integration.notices.test_office import office


@pytest.fixture
def desk() -> Iterator[Office]:
    """An office whose handlers alone stand in the market's table."""
    kept = HANDLERS.__dict__.copy()
    HANDLERS.__dict__.update(Handlers().__dict__)
    found = office(Inbox(), HandClock(NOW))
    HANDLERS.register(found.handlers())
    try:
        yield found
    finally:
        HANDLERS.__dict__.update(kept)


def written(session: Session, desk: Office, kind: str, *, times: int = 1) -> list[Notice]:
    """Perform what waits for the shop's people, as often as said, and return the messages."""
    handler = next(each for each in desk.handlers() if each.kind == kind)
    assert handler.in_unit is not None
    for row in session.scalars(select(OutboxRow).where(OutboxRow.kind == kind)).all():
        for _ in range(times):
            handler.in_unit(session, row.payload, NOW)
    return list(session.scalars(select(Notice).where(Notice.kind == kind).order_by(Notice.id)))


@pytest.mark.row("F1")
def test_a_returned_shop_reads_why_and_what_to_do(session: Session, desk: Office) -> None:
    shop, owner = make_applicant(session, name="Saung <b>Baru</b>")
    owner.email = "rohani@contoh.id"
    helper = make_person(session)
    helper.language = "en"
    session.add(ShopMember(shop_id=shop.id, person_id=helper.id, joined_at=NOW))
    session.flush()
    return_shop(
        session, shop_id=shop.id, seen=shop_digest(session, shop), reasons=[ShopReason.GOODS_NOT_OWN], words="Desa mana?",
        actor_id=make_person(session).id, now=NOW,
    )  # fmt: skip
    mail, text, english = written(session, desk, "shop.decided", times=2)
    assert (mail.channel, text.channel, english.language) == (Channel.MAIL, Channel.WHATSAPP, "en")
    for part in ("Bapak/Ibu", "Barang bukan buatan sendiri", "Pesan dinas: Desa mana?", "https://pasar.contoh.id/seller/"):
        assert part in mail.text
        assert part in text.text
    assert "Saung &lt;b&gt;Baru" in mail.html
    assert "The goods are not the shop's own" in english.text
    assert len(text.text) <= 300


@pytest.mark.row("F1")
def test_each_thing_has_its_own_news(session: Session, desk: Office) -> None:
    shop, _ = make_applicant(session)
    officer = make_person(session).id
    permit = make_permit(session, shop=shop)
    approve_permit(session, permit_id=permit.id, seen=permit_digest(permit), actor_id=officer, now=NOW)
    assert [permit.number in notice.text for notice in written(session, desk, "permit.decided")] == [True]
    _, revision_id = make_waiting_listing(session, shop=shop)
    refuse_revision(
        session, revision_id=revision_id, seen=seen_digest(session, revision_id), reasons=[ListingReason.HEALTH_CLAIM], words="",
        actor_id=officer, now=NOW,
    )  # fmt: skip
    (news,) = written(session, desk, "revision.decided")
    assert "Gula Semut Aren" in news.text
    assert "janji kesehatan" in news.text
    live = make_listing(session, shop=shop)
    suspend_listing(session, product_id=live.id, words="Foto bukan miliknya", actor_id=officer, now=NOW)
    assert "Foto bukan miliknya" in written(session, desk, "revision.decided")[-1].text


@pytest.mark.row("L4")
def test_a_suspended_shop_is_told_why(session: Session, desk: Office) -> None:
    shop, _ = make_applicant(session, state="active", verified_at=NOW)
    suspend(session, shop_id=shop.id, words="Izin dicabut", actor_id=make_person(session).id, now=NOW)
    (news,) = written(session, desk, "shop.decided")
    assert "Izin dicabut" in news.text


@pytest.mark.parametrize("language", WORK_LANGUAGES)
def test_every_decision_and_reason_has_words(language: Language) -> None:
    words = catalogue("work", language)
    keys = [f"desk_mail.shop_{decision}_{part}" for decision in Decision for part in ("subject", "text", "short")]
    keys += [f"desk_mail.listing_{decision}_{part}" for decision in Decision for part in ("subject", "text", "short")]
    for thing, reasons in (("shop", ShopReason), ("permit", PermitReason), ("listing", ListingReason)):
        keys += [f"{area}.{thing}_reason_{reason}" for reason in reasons for area in ("desk", "desk_mail")]
    assert [key for key in keys if not words.has(key)] == []
