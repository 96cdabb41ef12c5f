"""What a buyer has typed and picked so far: kept with the cart, so that no refusal ever loses it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from marketplace.checkout.forms import DELIVERY_PREFIX
from marketplace.db import Document
from marketplace.kernel.ids import ShopId

# Kept as typed, whatever it is worth, but never more of it than this.
LONGEST_KEPT = 400
MOST_DELIVERIES = 40
TEXTS = ("name", "phone", "email", "place", "district", "street", "postal_code", "landmark")
# Fields of the form that are the page's own and no part of who buys.
CONTROLS = frozenset({"act", "place", "district", "district_pick", "adult"})
CONTACT = tuple(name for name in TEXTS if name != "place")


def harmless(text: str) -> str:
    """Return a text without the characters that no database keeps and no person types."""
    return "".join(char for char in text[:LONGEST_KEPT] if char.isprintable() or char in "\n\r\t")


@dataclass(frozen=True, slots=True)
class Draft:
    """A purchase as far as it has come. `fees` are the delivery prices the buyer has seen, to tell what changed since."""

    texts: Mapping[str, str]
    deliveries: Mapping[ShopId, str]
    fees: Mapping[ShopId, int]
    is_adult: bool = False
    method: str = ""

    def text(self, name: str) -> str:
        """Return what stands in a field."""
        return self.texts.get(name, "")

    def at(self, *, place: str, district: str) -> Draft:
        """Return the draft with this place."""
        return replace(self, texts={**self.texts, "place": place, "district": district})

    def contact(self) -> dict[str, Any]:
        """Return the values of the first page, as the purchase is made from them."""
        deliveries = {str(shop_id): code for shop_id, code in self.deliveries.items()}
        return {name: self.text(name) for name in CONTACT} | {"deliveries": deliveries}

    def document(self) -> Document:
        """Return the draft as the cart keeps it."""
        return {
            "texts": dict(self.texts),
            "deliveries": {str(shop_id): code for shop_id, code in self.deliveries.items()},
            "fees": {str(shop_id): fee for shop_id, fee in self.fees.items()},
            "adult": self.is_adult,
            "method": self.method,
        }


def draft_from(document: Document) -> Draft:
    """Return the draft a cart keeps; an empty one where there is none."""
    texts, deliveries, fees = document.get("texts", {}), document.get("deliveries", {}), document.get("fees", {})
    return Draft(
        texts={name: str(texts[name]) for name in TEXTS if name in texts},
        deliveries={ShopId(int(shop_id)): str(code) for shop_id, code in deliveries.items()},
        fees={ShopId(int(shop_id)): int(fee) for shop_id, fee in fees.items()},
        is_adult=bool(document.get("adult", False)),
        method=str(document.get("method", "")),
    )


def draft_of_form(form: Mapping[str, str], *, before: Draft) -> Draft:
    """Return what the first page's form sent; a picked kecamatan stands for the words that were too vague."""
    deliveries = {
        ShopId(int(name.removeprefix(DELIVERY_PREFIX))): harmless(code)[:30]
        for name, code in form.items()
        if name.startswith(DELIVERY_PREFIX) and _is_id(name.removeprefix(DELIVERY_PREFIX))
    }
    texts = {name: harmless(form.get(name, "")) for name in TEXTS}
    picked = harmless(form.get("district_pick", ""))
    if picked:
        texts |= {"district": picked, "place": ""}
    kept = dict(list(deliveries.items())[:MOST_DELIVERIES])
    return Draft(texts=texts, deliveries=kept, fees=before.fees, is_adult=form.get("adult") == "1", method=before.method)


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19
