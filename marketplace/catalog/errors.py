"""Refusals about goods."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.kernel.errors import DomainError, NotFound


@dataclass(eq=False)
class ProductNotFound(NotFound):
    """There is no such product, or it is not this shop's."""

    product: object


@dataclass(eq=False)
class CategoryNotFound(NotFound):
    """No category has this slug."""

    slug: str


@dataclass(eq=False)
class ProductSlugTaken(DomainError):
    """Another product has this slug, or once had it: slugs are never used again."""

    slug: str


@dataclass(eq=False)
class AttributeNotHere(DomainError):
    """Goods of this category have no such property."""

    code: str
    category: str


@dataclass(eq=False)
class AttributeValueWrong(DomainError):
    """The property does not take this value."""

    code: str
    value: object


@dataclass(eq=False)
class WordsMissing(DomainError):
    """Goods need words in Indonesian, whatever else they have."""


@dataclass(eq=False)
class TiersWrong(DomainError):
    """Each tier starts higher than the one before and costs less."""

    sku: str


@dataclass(eq=False)
class NothingToSell(DomainError):
    """A product without an active variant or without a photo is not published."""

    product: object


@dataclass(eq=False)
class DraftNotFound(NotFound):
    """There is no such draft, or it is not this shop's."""

    token: str


@dataclass(eq=False)
class TooManyPhotos(DomainError):
    """A listing has at most so many photos."""

    most: int


@dataclass(eq=False)
class AlreadyWaiting(DomainError):
    """The office has not answered the last version of these goods: one change at a time."""

    product: object


@dataclass(eq=False)
class SeveralVariants(DomainError):
    """The product is sold in several kinds, so that it has no single price."""

    product: object
