"""Checkout in words: deliveries to choose, ways to pay, sums, and the sentence for everything that is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from marketplace.checkout.forms import FieldErrors as FormErrors
from marketplace.checkout.queries import CartGroup
from marketplace.checkout.reviewing import Review
from marketplace.checkout.terms import COD_CAP_MINOR, QRIS_HOLD
from marketplace.kernel.clock import local_day
from marketplace.kernel.ids import ShopId
from marketplace.payments.qris import LIMIT_MINOR
from marketplace.shipping.models import DeliveryKind
from marketplace.shipping.quotes import Quote, ShopQuotes, WhyNot
from marketplace.web import current
from marketplace.web.speech import Speech
from marketplace.web.storefront.cart_words import SumRow

PHONE_EXAMPLE = "0812 3456 7890"
EMAIL_EXAMPLE = "nama@contoh.id"
# Choices of one shop on the screen at once: more couriers than these only hide the ones that matter.
SHOWN = 5

_KEYS = {
    "required": "error.required",
    "too_short": "checkout.error_short",
    "too_long": "checkout.error_long",
    "bad_characters": "checkout.error_characters",
    "choose": "checkout.error_choose",
    "unknown_field": "checkout.error_unknown",
}
_FIELD_KEYS = {"district": "checkout.error_place", "postal_code": "checkout.error_postal"}
# Fields whose control carries another name than the value.
_CONTROLS = {"district": "f-place"}


@dataclass(frozen=True, slots=True)
class OptionView:
    """One way a shop's goods may travel."""

    code: str
    label: str
    note: str
    fee: str
    is_checked: bool


@dataclass(frozen=True, slots=True)
class DeliveryView:
    """The choices of one shop."""

    shop_id: int
    shop_name: str
    options: list[OptionView]
    more: list[OptionView]  # further couriers, folded away
    withheld: list[str]
    error: str


@dataclass(frozen=True, slots=True)
class MethodView:
    """A way to pay, and why it is not offered."""

    code: str
    label: str
    note: str
    is_offered: bool
    is_checked: bool


class PageErrors:
    """The sentence of each wrong field, and where its control stands."""

    def __init__(self, sentences: Mapping[str, str]) -> None:
        """Keep the sentences."""
        self.sentences = dict(sentences)

    def words(self, name: str) -> str:
        """Return the sentence for a field, empty when it is fine."""
        return self.sentences.get(name, "")

    def summary(self) -> list[tuple[str, str]]:
        """Return (id of the control, sentence) for the list at the top."""
        return [(_CONTROLS.get(name, f"f-{name}"), words) for name, words in self.sentences.items()]


def sentences(errors: FormErrors, speech: Speech) -> dict[str, str]:
    """Return the sentence for each wrong field."""
    return {name: _sentence(name, word, speech) for name, word in errors.errors.items()}


def _sentence(name: str, word: str, speech: Speech) -> str:
    if word == "bad_phone":
        return speech.t("error.phone", example=PHONE_EXAMPLE)
    if word == "bad_email":
        return speech.t("error.email", example=EMAIL_EXAMPLE)
    if word == "required" and speech.words.has(f"checkout.required_{name}"):
        return speech.t(f"checkout.required_{name}")
    if name in _FIELD_KEYS:
        return speech.t(_FIELD_KEYS[name])
    return speech.t(_KEYS.get(word, "checkout.error_bad"))


def delivery_name(kind: DeliveryKind, name: str, speech: Speech) -> str:
    """Return what a way of delivery is called."""
    if kind is DeliveryKind.PICKUP:
        return speech.t("ship.pickup")
    return speech.t("ship.seller_delivery") if kind is DeliveryKind.OWN else name


def fee_words(fee_minor: int, speech: Speech) -> str:
    """Return a delivery's price; nothing to pay is said in a word."""
    return speech.money(fee_minor) if fee_minor else speech.t("checkout.free")


def arrival(quote: Quote, group: CartGroup, speech: Speech) -> str:
    """Return when goods arrive, or are ready to be fetched."""
    ready = local_day(current.now()) + timedelta(days=max(line.lead_days for line in group.lines))
    if quote.kind is DeliveryKind.PICKUP:
        return speech.t("checkout.pickup_from", date=speech.day(ready))
    span = speech.days(ready + timedelta(days=quote.days_min), ready + timedelta(days=quote.days_max))
    return speech.t("ship.eta", date=span)


def delivery_view(group: CartGroup, quotes: ShopQuotes, *, picked: str, error: str) -> DeliveryView:
    """Return one shop's choices in words; where nothing fitting was picked, the cheapest that is brought stands ready."""
    speech = current.speech()
    checked = picked if any(quote.code == picked for quote in quotes.choices) else first_choice(quotes)
    options = [_option(quote, group, speech, is_checked=quote.code == checked) for quote in quotes.choices]
    return DeliveryView(
        shop_id=group.shop.id,
        shop_name=group.shop.name,
        options=options[:SHOWN],
        more=options[SHOWN:],
        # A service that does not go there is nothing the buyer can act on; one that refuses the goods explains itself.
        withheld=[
            speech.t(f"checkout.withheld_{row.why}", name=row.name) for row in quotes.withheld if row.why is not WhyNot.NOT_SERVED
        ],
        error=error or ("" if quotes.choices else speech.t("checkout.no_delivery")),
    )


def _option(quote: Quote, group: CartGroup, speech: Speech, *, is_checked: bool) -> OptionView:
    notes = (arrival(quote, group, speech), *([speech.t("checkout.cod_too")] if quote.allows_cod else []))
    return OptionView(
        code=quote.code,
        label=delivery_name(quote.kind, quote.name, speech),
        note=" · ".join(notes),
        fee=fee_words(quote.fee_minor, speech),
        is_checked=is_checked,
    )


def first_choice(quotes: ShopQuotes) -> str:
    """Return the choice that stands ready: the cheapest that is brought, else what there is."""
    brought = [quote for quote in quotes.choices if quote.kind is not DeliveryKind.PICKUP]
    ready = min(brought, key=lambda quote: (quote.fee_minor, quote.days_max), default=None)
    return ready.code if ready is not None else next((quote.code for quote in quotes.choices), "")


def sum_rows(review: Review) -> list[SumRow]:
    """Return the rows above the total: goods, and each shop's delivery."""
    speech = current.speech()
    rows = [SumRow(speech.t("checkout.goods"), speech.money(review.view.goods_minor))]
    for part in review.parts:
        if part.picked is not None:
            label = delivery_name(part.picked.kind, part.picked.name, speech)
            note = f"{part.group.shop.name}: {label}" if len(review.parts) > 1 else label
            rows.append(SumRow(speech.t("ship.cost"), fee_words(part.picked.fee_minor, speech), note=note))
    return rows


def method_views(review: Review, *, picked: str, hold_hours: int) -> list[MethodView]:
    """Return the ways to pay; the picked one, else the first that is offered, stands ready."""
    speech = current.speech()
    offered = [str(offer.method) for offer in review.methods if offer.why_not is None]
    checked = picked if picked in offered else (offered[0] if offered else "")
    minutes = int(QRIS_HOLD.total_seconds() // 60)
    notes = {
        "transfer": speech.t("checkout.transfer_note", count=hold_hours),
        "qris": speech.t("qris.note", count=minutes),
        "cod": speech.t("checkout.cod_note"),
    }
    labels = {"transfer": speech.t("pay.bank_transfer"), "qris": speech.t("pay.qris"), "cod": speech.t("pay.cod")}
    return [
        MethodView(
            code=str(offer.method),
            label=labels[offer.method],
            note=notes[offer.method] if offer.why_not is None else why_not_words(review, str(offer.why_not)),
            is_offered=offer.why_not is None,
            is_checked=str(offer.method) == checked,
        )
        for offer in review.methods
    ]


def why_not_words(review: Review, why: str) -> str:
    """Return why a way to pay is not offered."""
    speech = current.speech()
    if why == "qris_over_limit":
        return speech.t("pay.qris_limit", amount=speech.money(LIMIT_MINOR))
    names = {part.group.shop.id: part.group.shop.name for part in review.parts}
    shops = ", ".join(names[shop_id] for shop_id in review.cod_refused_by if shop_id in names)
    return speech.t(f"checkout.why_{why}", amount=speech.money(COD_CAP_MINOR), shops=shops or "-")


def fee_changes(review: Review, fees: Mapping[ShopId, int]) -> list[tuple[str, str, str]]:
    """Return (what, before, now) of deliveries whose price is not the one the buyer saw."""
    speech, changed = current.speech(), []
    for part in review.parts:
        shop = part.group.shop
        if part.picked is not None and fees.get(shop.id, part.picked.fee_minor) != part.picked.fee_minor:
            what = f"{speech.t('ship.cost')}, {shop.name}"
            changed.append((what, speech.money(fees[shop.id]), speech.money(part.picked.fee_minor)))
    return changed


def price_changes(review: Review) -> Sequence[tuple[str, str, str]]:
    """Return (what, before, now) of goods whose price is not the one the buyer saw."""
    speech = current.speech()
    return [
        (line.name, speech.money(line.seen_price_minor), speech.money(line.unit_price_minor))
        for line in review.view.lines
        if line.price_changed
    ]
