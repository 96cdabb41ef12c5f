"""What the office's decisions say to a shop: what was decided, why in words, and what to do next."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.catalog.deciding import REVISION_DECIDED
from marketplace.catalog.models import Product, ProductRevision, ProductText
from marketplace.db import Document
from marketplace.kernel.ids import ShopId
from marketplace.language.catalogue import catalogue
from marketplace.language.languages import DEFAULT, Language
from marketplace.notices.letters import Message
from marketplace.notices.ports import Links
from marketplace.notices.writing import Body
from marketplace.sellers.deciding import PERMIT_DECIDED, SHOP_DECIDED, Decision
from marketplace.sellers.models import Shop

DECISIONS = (SHOP_DECIDED, PERMIT_DECIDED, REVISION_DECIDED)
# The word for what was decided on: the first part of its keys.
_THING = {SHOP_DECIDED: "shop", PERMIT_DECIDED: "permit", REVISION_DECIDED: "listing"}


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision with the names it is about; `what` is a good's name or a paper's number."""

    kind: str
    decision: Decision
    shop_id: ShopId
    shop_name: str
    what: str
    permit_kind: str
    product_id: int
    reasons: tuple[str, ...]
    words: str


def decision_key(kind: str, payload: Document) -> str:
    """Return what makes this news one: a later decision on the same thing is further news."""
    about = payload.get("permit_id") or payload.get("product_id") or payload["shop_id"]
    return f"{kind}:{about}:{payload['at']}"


def read_decided(session: Session, kind: str, payload: Document) -> Decided | None:
    """Return what a message needs to know; None when the shop is gone."""
    shop_name = session.scalar(select(Shop.name).where(Shop.id == payload["shop_id"]))
    if shop_name is None:
        return None
    product_id = payload.get("product_id") or 0
    return Decided(
        kind=kind, decision=Decision(payload["decision"]), shop_id=ShopId(payload["shop_id"]), shop_name=shop_name,
        what=payload.get("number") or _good_name(session, product_id, payload.get("revision_id")),
        permit_kind=payload.get("kind", ""), product_id=product_id, reasons=tuple(payload["reasons"]), words=payload["words"],
    )  # fmt: skip


def _good_name(session: Session, product_id: int, revision_id: int | None) -> str:
    if not product_id:
        return ""
    wanted = ProductRevision.id == (
        revision_id or select(Product.published_revision_id).where(Product.id == product_id).scalar_subquery()
    )
    name = session.scalar(
        select(ProductText.name)
        .join(ProductRevision, ProductRevision.id == ProductText.revision_id)
        .where(wanted, ProductText.language == DEFAULT)
    )
    return name or ""


def decision_message(decided: Decided, *, links: Links, market_name: str, language: Language) -> Message:
    """Return the message about one decision, in Indonesian or English."""
    words = catalogue("work", language)
    thing = _THING[decided.kind]

    def say(key: str, **values: object) -> str:
        return words.text(f"desk_mail.{key}", **values)

    what = f"{say(f'permit_{decided.permit_kind}')} {decided.what}" if thing == "permit" else decided.what
    facts = {"shop": decided.shop_name, "what": what, "market": market_name}
    name = f"{thing}_{decided.decision}"
    why = tuple(say(f"{thing}_reason_{reason}") for reason in decided.reasons)
    note = (say("office_says", words=decided.words),) if decided.words else ()
    link = {
        "shop": links.seller_shop(), "permit": links.seller_permits(), "listing": links.seller_product(decided.product_id),
    }[thing]  # fmt: skip
    return Message(
        Body(
            subject=say(f"{name}_subject", **facts),
            greeting=say("greeting", shop=decided.shop_name),
            paragraphs=(say(f"{name}_text", **facts), *why, *note),
            button=(say("button_repair" if decided.decision is Decision.RETURNED else "button_open"), link),
            footer=(say("footer", **facts),),
        ),
        whatsapp=(say(f"{name}_short", **facts), *why, *note),
    )
