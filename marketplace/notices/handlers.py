"""From what happened to who is told: messages are composed in a unit, mail is carried out after it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from marketplace.db import Document, dialect_name, in_unit, reading
from marketplace.db.faults import fault_point
from marketplace.fulfilment.models import Parcel
from marketplace.kernel.clock import Clock
from marketplace.language.languages import Language, work_language
from marketplace.notices.decisions import DECISIONS, decision_key, decision_message, read_decided
from marketplace.notices.further_letters import FINDERS
from marketplace.notices.letters import BUYER_LETTERS, Message, Told
from marketplace.notices.models import Channel, Notice
from marketplace.notices.ports import Letter, Links, Mailer
from marketplace.notices.queries import (
    OrderFacts,
    PartFacts,
    order_facts,
    order_of_part,
    paid_parts,
    seller_contacts,
    stock_to_tell,
)
from marketplace.notices.seller_letters import seller_message, stock_message
from marketplace.notices.writing import LONGEST_SUBJECT, as_html, as_text, as_whatsapp, flat
from marketplace.orders.models import OrderLine, PaymentMethod
from marketplace.outbox.emitting import emit
from marketplace.outbox.handlers import Handler
from marketplace.payments.models import Refund, RefundState

SEND = "notice.send"


@dataclass(frozen=True, slots=True)
class Office:
    """What composing and sending need from outside: addresses, a carrier, the market's name and mail host."""

    links: Links
    mailer: Mailer
    clock: Clock
    market_name: str
    mail_host: str

    def handlers(self) -> tuple[Handler, ...]:
        """Return who reacts to what."""
        buyers = [Handler(kind, f"notices.buyer.{kind}", in_unit=self._tell_buyer(kind)) for kind in BUYER_LETTERS]
        return (
            *buyers,
            *(Handler(kind, f"notices.buyer.{kind}", in_unit=self._tell_about(kind)) for kind in FINDERS),
            Handler("order.placed", "notices.seller.order.placed", in_unit=self._new_order_for_cash),
            Handler("payment.settled", "notices.seller.payment.settled", in_unit=self._new_order),
            Handler("sub_order.accept_reminder", "notices.seller.reminder", in_unit=self._remind),
            *(Handler(kind, f"notices.seller.{kind}", in_unit=self._tell_decision(kind)) for kind in DECISIONS),
            Handler("stock.low", "notices.seller.stock.low", in_unit=self._stock_is_low),
            Handler(SEND, "notices.send", effect=self._send),
        )

    def _tell_buyer(self, kind: str) -> Any:
        def run(session: Session, payload: Document, now: datetime) -> None:
            part_id, payment_id = payload.get("sub_order_id"), payload.get("payment_id")
            order_id = payload["order_id"] if part_id is None else order_of_part(session, part_id)
            order = order_facts(session, order_id, payment_id=payment_id)
            if payment_id is not None and order.method is PaymentMethod.COD:
                return  # paid at the door: the buyer was there, and nothing is being prepared any more
            covered = paid_parts(session, payment_id) if payment_id is not None else frozenset()
            told = Told(
                order=order, part=order.part(part_id) if part_id is not None else None, market_name=self.market_name,
                link=self.links.order(order.number, order.secret, order.language),
                tracking_number=_tracking_number(session, part_id) if part_id is not None else "",
                refund_minor=_refund_minor(session, part_id) if part_id is not None else 0,
                covered=tuple(part for part in order.parts if part.id in covered),
            )  # fmt: skip
            self._address(session, kind, _key(session, kind, payload), BUYER_LETTERS[kind](told), order, now)

        return run

    def _tell_about(self, kind: str) -> Any:
        def run(session: Session, payload: Document, now: datetime) -> None:
            about = FINDERS[kind](session, payload)
            if about is None:
                return  # another letter says it, or it is over already
            order = order_facts(session, about.order_id, payment_id=about.payment_id)
            told = Told(order, self.links.order(order.number, order.secret, order.language), self.market_name)
            self._address(session, kind, about.key, about.write(told), order, now)

        return run

    def _address(self, session: Session, kind: str, key: str, message: Message, order: OrderFacts, now: datetime) -> None:
        """Add the buyer's message for WhatsApp, and as mail for who gave an address."""
        language = Language(order.language)
        if order.buyer_email:
            self.add(session, Channel.MAIL, order.buyer_email, kind, key, message, language, order.number, now)
        self.add(session, Channel.WHATSAPP, order.buyer_phone, kind, key, message, language, order.number, now)

    def _new_order_for_cash(self, session: Session, payload: Document, now: datetime) -> None:
        order = order_facts(session, payload["order_id"])
        if order.method is PaymentMethod.COD:
            self._tell_sellers(session, "new_order", order, order.parts, now)

    def _new_order(self, session: Session, payload: Document, now: datetime) -> None:
        """Tell the sellers whose parts this payment pays, if it does: money that came too late goes back."""
        order = order_facts(session, payload["order_id"], payment_id=payload["payment_id"])
        # Cash is settled at delivery: its sellers knew at once.
        if order.method is PaymentMethod.COD or order.payment is None or not order.payment.is_counted:
            return
        covered = paid_parts(session, payload["payment_id"])
        self._tell_sellers(session, "new_order", order, tuple(part for part in order.parts if part.id in covered), now)

    def _remind(self, session: Session, payload: Document, now: datetime) -> None:
        order = order_facts(session, order_of_part(session, payload["sub_order_id"]))
        self._tell_sellers(session, "reminder", order, (order.part(payload["sub_order_id"]),), now)

    def _tell_decision(self, kind: str) -> Any:
        def run(session: Session, payload: Document, now: datetime) -> None:
            decided = read_decided(session, kind, payload)
            if decided is None:
                return  # what was decided on is not there any more
            for contact in seller_contacts(session, decided.shop_id):
                language = work_language(Language(contact.language))
                message = decision_message(decided, links=self.links, market_name=self.market_name, language=language)
                for channel, to in ((Channel.MAIL, contact.email), (Channel.WHATSAPP, contact.phone)):
                    if to:
                        self.add(session, channel, to, kind, decision_key(kind, payload), message, language, "", now)

        return run

    def _tell_sellers(self, session: Session, name: str, order: OrderFacts, parts: tuple[PartFacts, ...], now: datetime) -> None:
        for part in parts:
            link = self.links.seller_order(part.number)
            for contact in seller_contacts(session, part.shop_id):
                message = seller_message(name, order, part, link=link, reader=contact.language)
                language = work_language(Language(contact.language))
                for channel, to in ((Channel.MAIL, contact.email), (Channel.WHATSAPP, contact.phone)):
                    if to:
                        key = f"seller.{name}:{part.id}"
                        self.add(session, channel, to, f"seller.{name}", key, message, language, part.number, now)

    def _stock_is_low(self, session: Session, payload: Document, now: datetime) -> None:
        """Tell a shop's people that an item runs low; nothing when it was filled up, or given up, before this ran."""
        found = stock_to_tell(session, payload["stock_item_id"])
        if found is None:
            return
        row, shop_name = found
        key = f"seller.stock_low:{row.item_id}:{payload['at']}"
        for contact in seller_contacts(session, row.shop_id):
            link = self.links.seller_stock(row.item_id)
            message = stock_message(row, shop_name, link=link, reader=contact.language)
            language = work_language(Language(contact.language))
            for channel, to in ((Channel.MAIL, contact.email), (Channel.WHATSAPP, contact.phone)):
                if to:
                    self.add(session, channel, to, "seller.stock_low", key, message, language, "", now)

    def add(
        self, session: Session, channel: Channel, to: str, kind: str, key: str, message: Message, language: Language,
        number: str, now: datetime,
    ) -> None:  # fmt: skip
        """Add one message unless it was added before; mail is then sent by its own row of the outbox."""
        whole_key = f"{key}:{channel}:{hashlib.sha256(to.encode()).hexdigest()[:12]}"
        button = message.body.button
        is_mail = channel is Channel.MAIL
        text = as_text(message.body) if is_mail else as_whatsapp(message.whatsapp, button[1] if button else "")
        values: dict[str, Any] = {
            "key": whole_key, "channel": channel, "kind": kind, "language": str(language), "to": to,
            "subject": flat(message.body.subject)[:LONGEST_SUBJECT] if is_mail else "", "text": text,
            "html": as_html(message.body, language=language, market_name=self.market_name) if is_mail else "",
            "message_id": f"<{hashlib.sha256(whole_key.encode()).hexdigest()[:32]}@{self.mail_host}>",
            "order_number": number, "made_at": now,
        }  # fmt: skip
        insert = sqlite.insert if dialect_name(session) == "sqlite" else postgresql.insert
        added = session.scalar(
            insert(Notice).values(**values).on_conflict_do_nothing(index_elements=[Notice.key]).returning(Notice.id)
        )
        if added is not None and is_mail:
            emit(session, SEND, {"notice_id": added}, now=now)

    def _send(self, payload: Document) -> None:
        """Carry one mail out, and note that it went; a crash in between sends it again under the same Message-ID."""
        with reading() as session:
            row = session.get_one(Notice, payload["notice_id"])
            if row.sent_at is not None:
                return
            letter = Letter(row.to, row.subject, row.text, row.html, row.message_id, row.language, row.made_at)
        self.mailer.send(letter)
        fault_point("after_send")
        in_unit(lambda session: _mark_sent(session, payload["notice_id"], self.clock.now()))


def _key(session: Session, kind: str, payload: Document) -> str:
    """Return what makes this message one: its event and what that is about; a further parcel is further news."""
    part_id = payload.get("sub_order_id")
    if part_id is None:
        about = payload.get("payment_id", payload["order_id"])
        return f"{kind}:{about}"
    if kind == "sub_order.handed_over":
        return f"{kind}:{part_id}:{session.scalar(select(func.max(Parcel.id)).where(Parcel.sub_order_id == part_id)) or 0}"
    if kind == "sub_order.cancelled":
        gone = session.scalar(select(func.sum(OrderLine.cancelled)).where(OrderLine.sub_order_id == part_id))
        return f"{kind}:{part_id}:{gone or 0}"
    return f"{kind}:{part_id}"


def _mark_sent(session: Session, notice_id: int, now: datetime) -> None:
    session.get_one(Notice, notice_id).sent_at = now


def _tracking_number(session: Session, sub_order_id: int) -> str:
    newest = select(Parcel.tracking_number).where(Parcel.sub_order_id == sub_order_id).order_by(Parcel.id.desc()).limit(1)
    return session.scalar(newest) or ""


def _refund_minor(session: Session, sub_order_id: int) -> int:
    asked = select(func.sum(Refund.amount_minor)).where(Refund.sub_order_id == sub_order_id, Refund.state != RefundState.FAILED)
    return session.scalar(asked) or 0
