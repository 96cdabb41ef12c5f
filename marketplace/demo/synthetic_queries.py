"""The hundred test queries of a synthetic catalogue: 70 with at most 50 matches, 25 with at most 500, 5 common ones."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.demo.synthetic_facts import fact, rare_words
from marketplace.demo.synthetic_words import COMMON, coined


@dataclass(frozen=True, slots=True)
class SyntheticQuery:
    """What is typed on the pages of a language, and how many goods it may find at most (0: as many as there are)."""

    language: str
    words: str
    most: int


# Mostly Indonesian, as the readers are.
_LANGUAGES = ("id", "id", "id", "en", "ko")


def queries(products: int, seed: int = 1) -> tuple[SyntheticQuery, ...]:
    """Return the queries of the catalogue that `generate` makes with the same numbers; every one finds something.

    A rare word stands in about 20 goods and a medium one in about 200, however many there are; a common one in 12 of 100.
    """
    return (*_rare(products, seed), *_medium(products, seed), *_common())


def _rare(products: int, seed: int) -> tuple[SyntheticQuery, ...]:
    made = []
    for number in range(70):
        language = _LANGUAGES[number % len(_LANGUAGES)]
        one = fact(number * products // 70, products, seed)
        words = coined(one.rare, language)
        # Half of them narrow down what the goods are, as people do.
        made.append(SyntheticQuery(language, f"{one.kind.names[language]} {words}" if number % 2 else words, 50))
    return tuple(made)


def _medium(products: int, seed: int) -> tuple[SyntheticQuery, ...]:
    made = []
    for number in range(25):
        language = _LANGUAGES[number % len(_LANGUAGES)]
        one = fact(number * products // 25, products, seed)
        made.append(SyntheticQuery(language, coined(rare_words(products) + one.medium, language), 500))
    return tuple(made)


def _common() -> tuple[SyntheticQuery, ...]:
    return tuple(SyntheticQuery(language, kind.names[language], 0) for kind, language in zip(COMMON, _LANGUAGES, strict=True))
