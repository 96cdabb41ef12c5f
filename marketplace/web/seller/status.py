"""Where a part stands, in its seller's words."""

from __future__ import annotations

from marketplace.orders.models import FulfilmentFact, SubOrderLifecycle
from marketplace.shipping.models import DeliveryKind
from marketplace.web.speech import Speech

_L, _F = SubOrderLifecycle, FulfilmentFact
_ENDED = {_L.CLOSED: ("completed", "daun"), _L.REJECTED: ("rejected", "merah"), _L.CANCELLED: ("cancelled", "merah")}


def status_badge(lifecycle: SubOrderLifecycle, fulfilment: FulfilmentFact, kind: DeliveryKind, speech: Speech) -> tuple[str, str]:
    """Return the words and the tint for where a part stands."""
    if lifecycle in _ENDED:
        name, tint = _ENDED[lifecycle]
        return speech.t(f"seller.status_{name}"), tint
    if lifecycle is _L.NEW:
        return speech.t("seller.status_new"), "kunyit"
    if fulfilment is _F.DELIVERED:
        return speech.t("seller.status_arrived"), "daun"
    if fulfilment is _F.RETURNED:
        return speech.t("order.returned"), "merah"
    if fulfilment is _F.SHIPPED:
        return speech.t("seller.status_given" if kind is DeliveryKind.PICKUP else "seller.status_sent"), "nila"
    return speech.t("seller.status_to_send"), "soga"
