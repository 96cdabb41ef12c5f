"""Who acts on an order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from marketplace.kernel.ids import PersonId

ActorKind = Literal["buyer", "seller", "staff", "system"]


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who did something; a guest buyer and the system have no person."""

    kind: ActorKind
    person_id: PersonId | None = None


SYSTEM = Actor("system")
