"""What each message to a shop says."""

from __future__ import annotations

from datetime import datetime

from marketplace.inventory.stock_pages import StockRow
from marketplace.kernel.money import Money
from marketplace.language import formats
from marketplace.language.catalogue import catalogue
from marketplace.language.languages import Language, work_language
from marketplace.notices.letters import Message
from marketplace.notices.queries import OrderFacts, PartFacts
from marketplace.notices.writing import Body


def seller_message(name: str, order: OrderFacts, part: PartFacts, *, link: str, reader: str) -> Message:
    """Return the message `new_order` or `reminder` about one part, in the reader's language (Indonesian or English)."""
    language = work_language(Language(reader))
    words = catalogue("work", language)

    def say(key: str, **values: object) -> str:
        return words.text(f"seller_mail.{key}", **values)

    total = formats.money(Money(part.total_minor, order.currency), language)
    facts = {"number": part.number, "shop": part.shop_name, "deadline": _deadline(part.accept_by, language)}
    return Message(
        Body(
            subject=say(f"{name}_subject", number=part.number),
            greeting=say("greeting", name=part.shop_name),
            paragraphs=(say(f"{name}_text", **facts),),
            items=tuple(
                (f"{line.quantity} × {line.name_id}", formats.money(Money(line.total_minor, order.currency), language))
                for line in part.lines
            ),
            facts=((say("total"), total), (say("buyer"), order.buyer_name), (say("place"), order.place)),
            button=(say("see_order"), link),
            footer=(say("footer", shop=part.shop_name),),
        ),
        whatsapp=(say(f"{name}_short", total=total, **facts),),
    )


def stock_message(row: StockRow, shop_name: str, *, link: str, reader: str) -> Message:
    """Return the message that an item of a shop runs low, in the reader's language (Indonesian or English)."""
    words = catalogue("work", work_language(Language(reader)))

    def say(key: str, **values: object) -> str:
        return words.text(f"seller_mail.{key}", **values)

    item = " · ".join(word for word in (row.name, row.label) if word)
    facts = {"item": item, "shop": shop_name, "count": max(0, row.available // row.units_per_step)}
    return Message(
        Body(
            subject=say("stock_low_subject", item=item),
            greeting=say("greeting", name=shop_name),
            paragraphs=(say("stock_low_text", **facts),),
            button=(say("see_stock"), link),
            footer=(say("footer", shop=shop_name),),
        ),
        whatsapp=(say("stock_low_short", **facts),),
    )


def _deadline(at: datetime | None, language: Language) -> str:
    return formats.moment_short(at, language) if at is not None else "–"
