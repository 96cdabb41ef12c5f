"""What the index says about one product in one language, made from what was read. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from marketplace.catalog.search.sources import Names, Source, Text
from marketplace.catalog.search.words import indexed_words, words_of
from marketplace.kernel.ids import ProductId
from marketplace.language.languages import Language

LANGUAGES = tuple(language.value for language in Language)
_FALLBACKS = ("id", "en", "ko")
_PER_LANGUAGE = 10**12


@dataclass(frozen=True, slots=True)
class Document:
    """The words of a listed row, each list unique and split by single spaces."""

    title_words: str
    body_words: str
    plain_words: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A card row's own values (signals apart) and its document; none where the public does not see the product."""

    row_id: int
    values: Mapping[str, Any]
    document: Document | None


def row_id(product_id: ProductId, language: str) -> int:
    """Return the key of a product's row in a language. Rows of one language lie together, so a list reads few pages."""
    return (LANGUAGES.index(language) + 1) * _PER_LANGUAGE + product_id


def row_ids(language: str) -> tuple[int, int]:
    """Return the first and last key that rows of a language may have."""
    first = row_id(ProductId(0), language)
    return first, first + _PER_LANGUAGE - 1


def entries_of(source: Source, names: Names) -> tuple[Entry, ...]:
    """Return one entry per language; a language without a text of its own borrows the Indonesian one."""
    if not source.texts:
        return ()
    return tuple(_entry(source, language, names) for language in LANGUAGES)


def facets_of(source: Source, names: Names) -> frozenset[tuple[str, str]]:
    """Return every (facet, value) the product can be filtered by; none where the public does not see it."""
    if not is_listed(source):
        return frozenset()
    built_in = {
        ("kecamatan", source.district_code),
        ("seller", source.shop_slug),
        ("ready", _yes_no(source.is_ready)),
        ("export", _yes_no(source.is_export_ready)),
    }
    categories = {("category", names.slugs[number]) for number in names.paths.get(source.category_id, ())}
    permits = {("permit", kind) for kind in source.permits}
    chosen = {(choice.attribute, choice.code) for choice in source.choices if choice.is_filterable}
    return frozenset(built_in | categories | permits | chosen)


def is_listed(source: Source) -> bool:
    """Tell whether the public finds the product: shown by its shop, with words and at least one price."""
    return source.is_public and bool(source.prices) and bool(source.texts)


def _entry(source: Source, language: str, names: Names) -> Entry:
    text = _text(source, language)
    lowest = min(source.prices, key=lambda price: price.price_minor, default=None)
    values: dict[str, Any] = {
        "product_id": source.product_id,
        "language": language,
        "listed": is_listed(source),
        "category_id": source.category_id,
        "shop_id": source.shop_id,
        "district_code": source.district_code,
        "slug": source.slug,
        "name": text.name,
        "image_hash": source.image_hash,
        "alt": source.alts.get(language) or text.name,
        "shop_name": source.shop_name,
        "district_name": source.district_name,
        "price_minor": lowest.price_minor if lowest else 0,
        "price_high_minor": max((price.price_minor for price in source.prices), default=0),
        "was_price_minor": lowest.was_price_minor if lowest else None,
        "is_ready": source.is_ready,
        "lead_days": source.lead_days,
        "is_export_ready": source.is_export_ready,
        "rank_new": int(source.published_at.timestamp()) if source.published_at else 0,
    }
    document = _document(source, language, text, names) if is_listed(source) else None
    return Entry(row_id(source.product_id, language), values, document)


def _text(source: Source, language: str) -> Text:
    for wanted in (language, *_FALLBACKS):
        if wanted in source.texts:
            return source.texts[wanted]
    raise ValueError(f"product {source.product_id} has no text in any language")


def _document(source: Source, language: str, text: Text, names: Names) -> Document:
    about = (text.summary, text.description, *_labels(source, language, names))
    title = indexed_words(text.name, language)
    body = dict.fromkeys(word for part in about for word in indexed_words(part, language))
    plain = dict.fromkeys(word for part in (text.name, *about) for word in words_of(part))
    return Document(" ".join(title), " ".join(word for word in body if word not in title), " ".join(plain))


def _labels(source: Source, language: str, names: Names) -> Iterable[str]:
    """Return the short names around a product that people also search by."""
    categories = (names.categories.get((number, language), "") for number in names.paths.get(source.category_id, ()))
    choices = (names.choices.get((choice.attribute, choice.code, language), "") for choice in sorted(source.choices))
    return (*categories, *choices, *source.labels.get(language, ()), source.shop_name, source.district_name, source.village)


def _yes_no(is_so: bool) -> str:
    return "yes" if is_so else "no"
