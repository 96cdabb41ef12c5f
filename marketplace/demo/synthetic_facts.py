"""What the n-th good of a synthetic catalogue is, the same for the same numbers: generator and queries agree on it."""

from __future__ import annotations

import random
from dataclasses import dataclass

from marketplace.demo.synthetic_words import COLOURS, GENERAL, KINDS, SIZES, Kind, coined

_GOODS_PER_RARE = 20
_GOODS_PER_MEDIUM = 200
_DESCRIPTION_WORDS = 40


@dataclass(frozen=True, slots=True)
class Fact:
    """One good, before it is rows."""

    number: int
    kind: Kind
    rare: int
    medium: int
    price_minor: int
    is_ready: bool
    is_export_ready: bool
    is_halal: bool
    colour: str
    sizes: tuple[str, ...]  # several: one variant each
    sold: int
    rating_hundredths: int
    rating_count: int
    days_old: int
    words_from: int

    def name(self, language: str) -> str:
        """Return its name: what it is, and the coined name of its line."""
        return f"{self.kind.names[language].capitalize()} {coined(self.rare, language).capitalize()} {1 + self.number % 9}"

    def description(self, language: str, rare_count: int) -> str:
        """Return its description: general words around one that 200 goods share."""
        general = GENERAL[language]
        words = [general[(self.words_from + at * 7) % len(general)] for at in range(_DESCRIPTION_WORDS)]
        words[11] = coined(rare_count + self.medium, language)
        return " ".join(words).capitalize() + "."


def rare_words(products: int) -> int:
    """Return how many rare words there are; medium words are coined from the numbers after them."""
    return max(1, products // _GOODS_PER_RARE)


def medium_words(products: int) -> int:
    """Return how many medium words there are."""
    return max(1, products // _GOODS_PER_MEDIUM)


def fact(number: int, products: int, seed: int) -> Fact:
    """Return the n-th good of `products`."""
    draw = random.Random(f"{seed}:{number}")
    kind = draw.choices(KINDS, weights=[kind.weight for kind in KINDS])[0]
    rating_count = draw.choice((0, 0, 1, 3, 12, 40))
    return Fact(
        number=number,
        kind=kind,
        rare=number % rare_words(products),
        medium=number % medium_words(products),
        price_minor=draw.randrange(10, 1_200) * 1_000,
        is_ready=draw.random() < 0.7,
        is_export_ready=draw.random() < 0.3,
        is_halal=draw.random() < 0.4,
        colour=draw.choice(tuple(COLOURS)),
        sizes=tuple(SIZES) if draw.random() < 0.2 else (),
        sold=int(draw.paretovariate(0.8)) if draw.random() < 0.6 else 0,
        rating_hundredths=draw.randrange(350, 501) if rating_count else 0,
        rating_count=rating_count,
        days_old=draw.randrange(0, 900),
        words_from=draw.randrange(0, 1_000),
    )
