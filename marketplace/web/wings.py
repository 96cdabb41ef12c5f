"""The frame of work pages: whose wing it is, and the ways to go within it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from marketplace.web import current, sessions


@dataclass(frozen=True, slots=True)
class NavItem:
    """One way to go; `count` is text, empty for none."""

    label: str
    icon: str
    url: str
    count: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class NavGroup:
    """Ways to go under one title."""

    title: str
    entries: list[NavItem]


@dataclass(frozen=True, slots=True)
class Wing:
    """What the layout of work pages reads."""

    name: str
    title: str
    home: str
    label: str
    groups: list[NavGroup]
    bar: list[NavItem]
    links: list[tuple[str, str]]
    person: str
    sign_out: str


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab: a real link."""

    label: str
    url: str
    count: str
    current: bool


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table."""

    label: str
    numeric: bool = False
    url: str = ""
    sorted: str = ""


def wing(
    *, name: str, title: str, home: str, items: list[NavItem], links: list[tuple[str, str]], bar: list[NavItem] | None = None
) -> Wing:
    """Return the frame around a work page of who is signed in; `bar` is what stands at a phone's foot."""
    return Wing(
        name=name,
        title=title,
        home=home,
        label=current.speech().t(f"{name}.navigation"),
        groups=[NavGroup("", items)],
        bar=bar or [],
        links=links,
        person=sessions.acting().name,
        sign_out=url_for("account.sign_out"),
    )
