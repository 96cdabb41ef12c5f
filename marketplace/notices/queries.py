"""What a notice tells about: an order with its parts, its payment and who sells."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.inventory.models import StockItem
from marketplace.inventory.stock_pages import StockRow, find_stock
from marketplace.kernel.ids import OrderId, ShopId, StockItemId, SubOrderId
from marketplace.kernel.money import Currency
from marketplace.notices.models import Channel, Notice
from marketplace.orders.models import Order, OrderLine, PaymentMethod, SubOrder
from marketplace.payments.models import BankAccount, Payment, PaymentShare
from marketplace.sellers.models import Shop, ShopMember
from marketplace.shipping.models import DeliveryKind


@dataclass(frozen=True, slots=True)
class LineFacts:
    """A sold line: quantity, and its name for the buyer and for the seller."""

    quantity: int
    name: str
    name_id: str
    total_minor: int


@dataclass(frozen=True, slots=True)
class PartFacts:
    """One seller's part of an order."""

    id: SubOrderId
    number: str
    shop_id: ShopId
    shop_name: str
    total_minor: int
    delivery_kind: DeliveryKind
    delivery_name: str
    promised_on: date | None
    accept_by: datetime | None
    lines: tuple[LineFacts, ...]


@dataclass(frozen=True, slots=True)
class PaymentFacts:
    """What is to be paid, where and until when."""

    id: int
    amount_minor: int
    received_minor: int
    is_counted: bool  # it paid what it was for; money that came too late does not
    expires_at: datetime | None
    bank: str
    account_number: str
    account_holder: str


@dataclass(frozen=True, slots=True)
class OrderFacts:
    """All a notice may say about an order."""

    id: OrderId
    number: str
    secret: str
    language: str
    method: PaymentMethod
    buyer_name: str
    buyer_phone: str
    buyer_email: str | None
    place: str
    currency: Currency
    total_minor: int
    parts: tuple[PartFacts, ...]
    payment: PaymentFacts | None

    def part(self, sub_order_id: int) -> PartFacts:
        """Return one seller's part. Raises: LookupError for a part of another order."""
        for part in self.parts:
            if part.id == sub_order_id:
                return part
        raise LookupError(f"sub-order {sub_order_id} is not in order {self.id}")


def order_of_part(session: Session, sub_order_id: int) -> OrderId:
    """Return which order a sub-order belongs to. Raises: sqlalchemy.exc.NoResultFound."""
    return session.execute(select(SubOrder.order_id).where(SubOrder.id == sub_order_id)).scalar_one()


def order_facts(session: Session, order_id: int, *, payment_id: int | None = None) -> OrderFacts:
    """Return what notices say about this order and about one payment of it, the newest unless told; four statements.

    Raises: sqlalchemy.exc.NoResultFound.
    """
    order = session.execute(select(Order).where(Order.id == order_id)).scalar_one()
    parts = session.scalars(select(SubOrder).where(SubOrder.order_id == order_id).order_by(SubOrder.position)).all()
    lines: dict[SubOrderId, list[LineFacts]] = defaultdict(list)
    wanted = select(OrderLine).where(OrderLine.sub_order_id.in_([part.id for part in parts])).order_by(OrderLine.position)
    for line in session.scalars(wanted):
        label, label_id = (f" ({words})" if words else "" for words in (line.variant_label, line.variant_label_id))
        lines[line.sub_order_id].append(
            LineFacts(line.quantity, line.name + label, line.name_id + label_id, line.line_total_minor)
        )
    return OrderFacts(
        id=order.id, number=order.number, secret=order.link_secret, language=order.language, method=order.method,
        buyer_name=order.buyer_name, buyer_phone=order.buyer_phone, buyer_email=order.buyer_email,
        place=", ".join(words for words in (order.street, order.place_name, order.postal_code) if words),
        currency=order.currency, total_minor=order.total_minor, payment=_payment(session, order_id, payment_id),
        parts=tuple(
            PartFacts(
                id=part.id, number=part.number, shop_id=part.shop_id, shop_name=part.shop_name, total_minor=part.total_minor,
                delivery_kind=part.delivery_kind, delivery_name=part.delivery_name, promised_on=part.promised_on,
                accept_by=part.accept_by, lines=tuple(lines[part.id]),
            )
            for part in parts
        ),
    )  # fmt: skip


def _payment(session: Session, order_id: int, payment_id: int | None) -> PaymentFacts | None:
    wanted = (
        select(Payment, BankAccount)
        .outerjoin(BankAccount, BankAccount.id == Payment.bank_account_id)
        .where(Payment.order_id == order_id)
        .order_by(Payment.id.desc())
        .limit(1)
    )
    row = session.execute(wanted if payment_id is None else wanted.where(Payment.id == payment_id)).first()
    if row is None:
        return None
    payment, bank = row
    return PaymentFacts(
        id=payment.id, amount_minor=payment.amount_minor, received_minor=payment.received_minor,
        is_counted=payment.counted_minor > 0, expires_at=payment.expires_at,
        bank=bank.bank_name if bank else "",
        account_number=bank.number if bank else "",
        account_holder=bank.holder if bank else "",
    )  # fmt: skip


def paid_parts(session: Session, payment_id: int) -> frozenset[SubOrderId]:
    """Return which sub-orders a payment covers."""
    return frozenset(session.scalars(select(PaymentShare.sub_order_id).where(PaymentShare.payment_id == payment_id)))


@dataclass(frozen=True, slots=True)
class SellerContact:
    """A member of a shop who is told about its orders."""

    phone: str | None
    email: str | None
    language: str


def seller_contacts(session: Session, shop_id: ShopId) -> list[SellerContact]:
    """Return who works in a shop now."""
    query = (
        select(Person.phone, Person.email, Person.language)
        .join(ShopMember, ShopMember.person_id == Person.id)
        .where(ShopMember.shop_id == shop_id, ShopMember.left_at.is_(None), Person.is_active)
        .order_by(Person.id)
    )
    return [SellerContact(*row) for row in session.execute(query)]


def stock_to_tell(session: Session, item_id: StockItemId) -> tuple[StockRow, str] | None:
    """Return an item that still runs low and the name of its shop."""
    found = session.execute(
        select(StockItem.shop_id, Shop.name).join(Shop, Shop.id == StockItem.shop_id).where(StockItem.id == item_id)
    ).first()
    row = find_stock(session, [found.shop_id], item_id) if found is not None else None
    return (row, found.name) if found is not None and row is not None and row.is_low else None


@dataclass(frozen=True, slots=True)
class MailboxRow:
    """A message as the mailbox page lists it."""

    id: int
    channel: Channel
    to: str
    subject: str
    language: str
    order_number: str
    made_at: datetime
    sent_at: datetime | None
    text: str


def mailbox(session: Session, *, before: int | None = None, limit: int = 50) -> list[MailboxRow]:
    """Return messages, newest first, older than the id `before`."""
    query = select(
        Notice.id, Notice.channel, Notice.to, Notice.subject, Notice.language, Notice.order_number,
        Notice.made_at, Notice.sent_at, Notice.text,
    ).order_by(Notice.id.desc()).limit(min(limit, 100))  # fmt: skip
    if before is not None:
        query = query.where(Notice.id < before)
    return [MailboxRow(*row) for row in session.execute(query)]


@dataclass(frozen=True, slots=True)
class MessageView:
    """One message, whole."""

    channel: Channel
    to: str
    subject: str
    text: str
    html: str
    made_at: datetime
    sent_at: datetime | None
    message_id: str
    language: str


def message(session: Session, notice_id: int) -> MessageView | None:
    """Return one message, if there is such a one."""
    row = session.execute(
        select(
            Notice.channel,
            Notice.to,
            Notice.subject,
            Notice.text,
            Notice.html,
            Notice.made_at,
            Notice.sent_at,
            Notice.message_id,
            Notice.language,
        ).where(Notice.id == notice_id)
    ).first()
    return MessageView(*row) if row is not None else None
