"""Refusals about shops and their papers."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.kernel.errors import DomainError, NotFound
from marketplace.kernel.ids import ShopId

from .applying import Missing
from .models import PermitKind


@dataclass(eq=False)
class ShopNotFound(NotFound):
    """There is no such shop."""

    shop: object


@dataclass(eq=False)
class PermitNotFound(NotFound):
    """The shop has no such paper."""

    permit_id: int


@dataclass(eq=False)
class SlugTaken(DomainError):
    """Another shop has this slug, or once had it: slugs are never used again."""

    slug: str


@dataclass(eq=False)
class PermitNumberWrong(DomainError):
    """A number cannot be one of this kind: its form does not fit."""

    kind: PermitKind
    number: str


@dataclass(eq=False)
class ShopNotWaiting(DomainError):
    """The shop is known already: what the public sees of it is not simply written over."""

    shop_id: ShopId


@dataclass(eq=False)
class NotReadyForOffice(DomainError):
    """The shop still lacks something the office looks at."""

    missing: tuple[Missing, ...]
