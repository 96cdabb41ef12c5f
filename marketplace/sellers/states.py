"""The moves a shop may make (promises §6). A suspended shop is hidden and sells nothing; what it had comes back with it."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.kernel.errors import DomainError

from .models import ShopState

SHOP_MOVES: dict[ShopState, frozenset[ShopState]] = {
    ShopState.APPLIED: frozenset({ShopState.ACTIVE, ShopState.CLOSED}),
    ShopState.ACTIVE: frozenset({ShopState.SUSPENDED, ShopState.CLOSED}),
    ShopState.SUSPENDED: frozenset({ShopState.ACTIVE, ShopState.CLOSED}),
    ShopState.CLOSED: frozenset(),
}


@dataclass(eq=False)
class ShopMoveRefused(DomainError):
    """A shop cannot go from where it stands to where somebody wants it."""

    now: ShopState
    wanted: ShopState


def move(now: ShopState, wanted: ShopState) -> ShopState:
    """Return `wanted` if a shop may go there. Raises: ShopMoveRefused."""
    if wanted not in SHOP_MOVES[now]:
        raise ShopMoveRefused(now=now, wanted=wanted)
    return wanted
