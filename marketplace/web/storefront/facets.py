"""The filters of a list: what can be chosen, what is chosen, and the address without each of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from marketplace.catalog.search.answering import FacetGroup
from marketplace.catalog.search.asking import SearchQuery
from marketplace.web.speech import Speech
from marketplace.web.storefront.asking import query_pairs
from marketplace.web.storefront.permits import PERMIT_WORDS

# Groups that are named by the page rather than by an attribute.
BUILT_IN = {
    "category": "common.facet_category",
    "kecamatan": "common.facet_district",
    "seller": "common.facet_seller",
    "permit": "common.facet_permit",
    "ready": "common.facet_availability",
    "export": "common.facet_export_ready",
}
VALUE_WORDS = {
    ("ready", "yes"): "common.facet_ready",
    ("ready", "no"): "common.facet_made_to_order",
    ("export", "yes"): "common.yes",
    ("export", "no"): "common.no",
    **{("permit", kind): key for kind, key in PERMIT_WORDS.items()},
}
FOLD_AFTER = 6


@dataclass(frozen=True, slots=True)
class Option:
    """A checkbox."""

    value: str
    label: str
    count: str
    checked: bool


@dataclass(frozen=True, slots=True)
class Group:
    """A set of checkboxes of one kind."""

    name: str
    title: str
    options: list[Option]
    more_word: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """A chosen value, and the address without it."""

    label: str
    url: str
    remove_label: str


def address(path: str, pairs: Sequence[tuple[str, str]]) -> str:
    """Return a path with its query, if there is any."""
    return f"{path}?{urlencode(pairs)}" if pairs else path


def _name(code: str, value: str, name: str, speech: Speech) -> str:
    key = VALUE_WORDS.get((code, value))
    return speech.t(key) if key else name or value


def groups(found: Sequence[FacetGroup], speech: Speech, *, hidden: frozenset[str]) -> list[Group]:
    """Return the checkbox groups, chosen values in their place; a fold that hides one is open."""
    shown = []
    for group in found:
        if group.code in hidden or not group.values:
            continue
        options = [
            Option(value.value, _name(group.code, value.value, value.name, speech), speech.number(value.count), value.is_chosen)
            for value in group.values
        ]
        title = speech.t(BUILT_IN[group.code]) if group.code in BUILT_IN else group.name
        more = speech.t("browse.facet_more", count=max(0, len(options) - FOLD_AFTER)) if len(options) > FOLD_AFTER else ""
        is_open = any(option.checked for option in options[FOLD_AFTER:])
        shown.append(Group(group.code, title, options, more, is_open))
    return shown


def chips(query: SearchQuery, shown: Sequence[Group], speech: Speech, path: str) -> list[Chip]:
    """Return what was chosen, each with the address without it."""
    labels: Mapping[tuple[str, str], str] = {(g.name, option.value): option.label for g in shown for option in g.options}
    everything = query_pairs(query)
    made = []
    for name, values in sorted(query.facets.items()):
        for value in values:
            rest = [pair for pair in everything if pair != (name, value)]
            made.append(_chip(labels.get((name, value), value), address(path, rest), speech))
    for bound, amount, key in (
        ("price_min", query.price_min, "browse.price_from"),
        ("price_max", query.price_max, "browse.price_to"),
    ):
        if amount is not None:
            rest = [pair for pair in everything if pair[0] != bound]
            made.append(_chip(speech.t(key, amount=speech.money(amount)), address(path, rest), speech))
    return made


def _chip(label: str, url: str, speech: Speech) -> Chip:
    return Chip(label, url, speech.t("common.filter_remove", name=label))
