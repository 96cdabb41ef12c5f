"""Read the invented shops, reviews and curation of the demo into frozen, checked entries.

Every number of days counts from the day of loading, so that the demo is as fresh next year as it is today.
"""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, model_validator

from marketplace.places.words import Words

DATA = Path(__file__).resolve().parent / "data"

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Colour = Annotated[str, Field(pattern=r"^#[0-9A-F]{6}$")]
Time = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Tagline(Words):
    """One line under a shop's name, at most 60 characters in each language."""

    id: str = Field(min_length=1, max_length=60)
    en: str = Field(min_length=1, max_length=60)
    ko: str = Field(min_length=1, max_length=60)


class Prose(Words):
    """A paragraph in each language; where the file breaks its lines means nothing."""

    @model_validator(mode="before")
    @classmethod
    def _joined(cls, value: Any) -> Any:
        if isinstance(value, dict):
            return {key: " ".join(text.split()) if isinstance(text, str) else text for key, text in value.items()}
        return value


class Hands(StrEnum):
    """The line drawings of hands at work."""

    NIRA = "hands-nira"
    CANTING = "hands-canting"
    BAMBU = "hands-bambu"
    TENUN = "hands-tenun"
    TEMPA = "hands-tempa"


class PermitKind(StrEnum):
    """The papers a demo shop may hold."""

    NIB = "nib"
    PIRT = "pirt"
    HALAL = "halal"


class PermitEntry(_Entry):
    """A permit with an impossible number. `covers` names the goods it stands for; empty means the whole shop."""

    kind: PermitKind
    number: str
    covers: tuple[str, ...] = ()
    expires_in_days: int | None = Field(default=None, ge=-1827, le=1827)  # a P-IRT lives five years
    verified: bool
    mark: Literal["contoh"]

    @model_validator(mode="after")
    def _only_pirt_expires(self) -> PermitEntry:
        if (self.kind is PermitKind.PIRT) != (self.expires_in_days is not None):
            raise ValueError("a P-IRT expires; NIB and halal certificates stand until something changes")
        return self

    def expires_on(self, loaded: date) -> date | None:
        """Return the last day this permit counts, for a demo loaded on `loaded`; None if it does not expire."""
        return None if self.expires_in_days is None else loaded + timedelta(days=self.expires_in_days)

    def number_on(self, loaded: date) -> str:
        """Return the whole number for a demo loaded on `loaded`: a P-IRT ends in the year of its expiry."""
        expiry = self.expires_on(loaded)
        return self.number if expiry is None else f"{self.number}-{expiry:%y}"


class OwnerEntry(_Entry):
    """An invented owner with a phone number that reaches nobody."""

    name: Line
    phone: str = Field(pattern=r"^0812-0000-00\d\d$")


class OwnDelivery(_Entry):
    """The shop brings goods itself to these zones, for one fee in minor units of IDR, ISO 4217 (exponent 0 with us)."""

    fee_minor: int = Field(ge=0)
    zones: tuple[str, ...] = Field(min_length=1)


class PickUp(_Entry):
    """Where and when buyers may fetch goods. `days` are ISO weekdays, Monday 1; times are local."""

    opens: Time
    closes: Time
    days: tuple[Annotated[int, Field(ge=1, le=7)], ...] = Field(min_length=1)
    hint: Words


class ShopEntry(_Entry):
    """An invented shop. `hands` None means its kawung tile alone; `items` are ids of the demo's goods."""

    slug: Slug
    name: Line
    code: str = Field(pattern=r"^[A-Z]{3,4}$")
    district: str = Field(pattern=r"^\d\d\.\d\d\.\d\d$")
    village: Line
    joined_days_ago: int = Field(ge=0)
    owner: OwnerEntry
    colours: tuple[Colour, Colour]
    hands: Hands | None = None
    items: tuple[str, ...]
    cod: bool
    verified: bool
    is_pkp: bool = False
    is_example: Literal[True] = True
    holiday_ends_in_days: int | None = Field(default=None, ge=1)
    own_delivery: OwnDelivery | None = None
    pickup: PickUp
    permits: tuple[PermitEntry, ...]
    tagline: Tagline
    story: Prose


class ReviewEntry(_Entry):
    """What one invented buyer said about one good, in the one language they wrote in."""

    item: str
    stars: int = Field(ge=1, le=5)
    language: Literal["id", "en", "ko"]
    author: Line
    days_ago: int = Field(ge=1)
    text: Line
    reply: Line | None = None  # the seller's, in the language of the review
    reply_days_ago: int | None = Field(default=None, ge=0)

    @model_validator(mode="after")
    def _reply_after_review(self) -> ReviewEntry:
        if (self.reply is None) != (self.reply_days_ago is None):
            raise ValueError("a reply has a day, and a day has a reply")
        if self.reply_days_ago is not None and self.reply_days_ago > self.days_ago:
            raise ValueError("nobody answers before they are asked")
        return self


class PickEntry(_Entry):
    """A good shown on the home page for a while, and why. Days count from loading; negative lies behind."""

    item: str
    slot: str = "home"
    reason: Words
    starts_in_days: int
    ends_in_days: int

    @model_validator(mode="after")
    def _starts_first(self) -> PickEntry:
        if self.starts_in_days >= self.ends_in_days:
            raise ValueError("a pick ends after it starts")
        return self


class CollectionEntry(_Entry):
    """A named set of goods with a few sentences about it."""

    slug: Slug
    title: Words
    text: Prose
    items: tuple[str, ...] = Field(min_length=3)


class StoryTeaser(_Entry):
    """A line that leads to a shop's story."""

    shop: Slug
    title: Words
    text: Prose


class Curation(_Entry):
    """Everything the curators placed: picks, collections, stories."""

    picks: tuple[PickEntry, ...]
    collections: tuple[CollectionEntry, ...]
    stories: tuple[StoryTeaser, ...]


def read_shops() -> tuple[ShopEntry, ...]:
    """Return the demo's shops, in the file's order."""
    return TypeAdapter(tuple[ShopEntry, ...]).validate_python(_toml("shops.toml")["shops"])


def read_reviews() -> tuple[ReviewEntry, ...]:
    """Return the demo's reviews, in the file's order."""
    return TypeAdapter(tuple[ReviewEntry, ...]).validate_python(_toml("reviews.toml")["reviews"])


def read_curation() -> Curation:
    """Return the demo's picks, collections and story teasers."""
    return Curation.model_validate(_toml("curation.toml"))


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))
