"""What each message to a buyer says. Sentences come from the catalogue area `mail`; figures from `language`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from marketplace.kernel.money import Money
from marketplace.language import formats
from marketplace.language.languages import Language
from marketplace.notices.queries import OrderFacts, PartFacts
from marketplace.notices.writing import Body, words_for
from marketplace.orders.models import PaymentMethod


@dataclass(frozen=True, slots=True)
class Message:
    """A mail and its WhatsApp text, before they are addressed."""

    body: Body
    whatsapp: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What a message is about: the order, the part of it that changed, and further facts by name."""

    order: OrderFacts
    link: str
    market_name: str
    part: PartFacts | None = None
    tracking_number: str = ""
    refund_minor: int = 0
    covered: tuple[PartFacts, ...] = ()  # the parts that the payment at hand pays

    @property
    def language(self) -> Language:
        """Return the buyer's language."""
        return Language(self.order.language)

    def say(self, key: str, **values: object) -> str:
        """Return words in the buyer's language."""
        return words_for(self.language, f"mail.{key}", **values)

    def money(self, minor: int) -> str:
        """Return an amount of the order's currency."""
        return formats.money(Money(minor, self.order.currency), self.language)

    def changed_part(self) -> PartFacts:
        """Return the part this message is about. Raises: LookupError when it is about the whole order."""
        if self.part is None:
            raise LookupError("this message is about one seller's part")
        return self.part


def _items(told: Told, parts: tuple[PartFacts, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((f"{line.quantity} × {line.name}", told.money(line.total_minor)) for part in parts for line in part.lines)


def compose(
    told: Told, name: str, *, facts: tuple[tuple[str, str], ...] = (), parts: tuple[PartFacts, ...] = (), **values: object
) -> Message:
    """Return the message of this name: its subject, opening and WhatsApp text have keys of their own."""
    number = told.order.number
    return Message(
        Body(
            subject=told.say(f"{name}_subject", number=number, **values),
            greeting=told.say("greeting", name=told.order.buyer_name),
            paragraphs=(told.say(f"{name}_text", number=number, **values),),
            items=_items(told, parts),
            facts=facts,
            button=(told.say("see_order"), told.link),
            footer=(told.say("footer_why", number=number, market=told.market_name), told.say("footer_lookup")),
        ),
        whatsapp=(told.say(f"{name}_short", number=number, **values),),
    )


def placed(told: Told) -> Message:
    """Tell that the order is there, and how to pay when it is not paid in cash."""
    order, payment = told.order, told.order.payment
    # Cash has a payment for each seller's part: what the buyer needs to have ready is the whole.
    amount = told.money(payment.amount_minor if payment and order.method is PaymentMethod.TRANSFER else order.total_minor)
    if order.method is PaymentMethod.QRIS and payment is not None and payment.expires_at is not None:
        return _by_code(told, amount, formats.moment(payment.expires_at, told.language))
    if order.method is not PaymentMethod.TRANSFER or payment is None or payment.expires_at is None:
        return compose(told, "placed_cash", parts=order.parts, facts=((told.say("total"), amount),), amount=amount)
    deadline = formats.moment(payment.expires_at, told.language)
    facts = (
        (told.say("bank"), payment.bank),
        (told.say("account_number"), payment.account_number),
        (told.say("account_holder"), payment.account_holder),
        (told.say("exact_amount"), amount),
        (told.say("pay_by"), deadline),
    )
    return compose(told, "placed_transfer", parts=order.parts, facts=facts, amount=amount, deadline=deadline)


def _by_code(told: Told, amount: str, deadline: str) -> Message:
    """Tell how to pay by the code that the order's page shows."""
    facts = ((told.say("exact_amount"), amount), (told.say("pay_by"), deadline))
    return compose(told, "placed_qris", parts=told.order.parts, facts=facts, amount=amount, deadline=deadline)


def paid(told: Told) -> Message:
    """Tell that the money is there; or that it came too late for the goods and goes back."""
    payment = told.order.payment
    if payment is not None and not payment.is_counted:
        amount = told.money(payment.received_minor)
        return compose(told, "late_refund", facts=((told.say("refund"), amount),), amount=amount)
    amount = told.money(payment.amount_minor if payment is not None else told.order.total_minor)
    return compose(told, "paid", parts=told.covered or told.order.parts, facts=((told.say("total"), amount),), amount=amount)


def accepted(told: Told) -> Message:
    """Tell that a seller prepares their part, and by when."""
    part = told.changed_part()
    facts: tuple[tuple[str, str], ...] = ()
    if part.promised_on is not None:
        facts = ((told.say("promised_on"), formats.date_long(part.promised_on, told.language)),)
    return compose(told, "accepted", parts=(part,), facts=facts, shop=part.shop_name)


def handed_over(told: Told) -> Message:
    """Tell that a seller's part is on its way."""
    part = told.changed_part()
    facts = tuple(
        (told.say(label), value)
        for label, value in (("courier", part.delivery_name), ("tracking_number", told.tracking_number))
        if value
    )
    return compose(told, "handed_over", parts=(part,), facts=facts, shop=part.shop_name)


def delivered(told: Told) -> Message:
    """Tell that a seller's part arrived, and ask how it is."""
    part = told.changed_part()
    return compose(told, "delivered", parts=(part,), shop=part.shop_name)


def refused(told: Told) -> Message:
    """Tell that a seller's part will not come, and what becomes of the money."""
    part = told.changed_part()
    name = "refused_refund" if told.refund_minor else "refused"
    facts = ((told.say("refund"), told.money(told.refund_minor)),) if told.refund_minor else ()
    return compose(told, name, parts=(part,), facts=facts, shop=part.shop_name)


def expired(told: Told) -> Message:
    """Tell that the time to pay has run out."""
    return compose(told, "expired", parts=told.order.parts)


BUYER_LETTERS: dict[str, Callable[[Told], Message]] = {
    "order.placed": placed,
    "payment.settled": paid,
    "sub_order.accepted": accepted,
    "sub_order.handed_over": handed_over,
    "sub_order.delivered": delivered,
    "sub_order.rejected": refused,
    "sub_order.cancelled": refused,
    "order.expired": expired,
}
