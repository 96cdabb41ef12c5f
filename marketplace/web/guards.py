"""Who may call an address: every view declares one policy, and start-up fails on a view without one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from flask import Flask

from marketplace.accounts.permissions import Permission

V = TypeVar("V", bound=Callable[..., Any])

# What a cached view reads of an address's query, in one order and spelling: (name, value) pairs that mean the same page.
Pairs = tuple[tuple[str, str], ...]
Given = Mapping[str, Sequence[str]]
Reader = Callable[[Given], Pairs]
LONGEST_VALUE = 200

_ATTRIBUTE = "market_policy"


class PolicyKind(StrEnum):
    """The ways an address may be open."""

    PUBLIC = "public"  # anybody; if `is_cached`, one page for all, made without reading any session
    GUARDED = "guarded"  # a signed-in person with a right
    LINKED = "linked"  # a signed link, its cookie, or the owner's session
    HOOK = "hook"  # a machine that signs what it sends


@dataclass(frozen=True, slots=True)
class Policy:
    """How one view is open. `permission` for guarded views, `purpose` for linked ones."""

    kind: PolicyKind
    permission: Permission | None = None
    purpose: str | None = None
    is_cached: bool = False
    reads: Reader | None = None  # of a cached view: nothing else of the query reaches the page or the cache's key


class UndeclaredPolicy(RuntimeError):
    """A view says nothing about who may call it."""


def _declare(policy: Policy) -> Callable[[V], V]:
    def mark(view: V) -> V:
        setattr(view, _ATTRIBUTE, policy)
        return view

    return mark


def public(*, cached: bool = False, reads: Sequence[str] | Reader = ()) -> Callable[[V], V]:
    """Open a view to everybody. A `cached` one answers the same to all and may not read the session.

    `reads` names what a cached view reads of the query (or is a function that brings it into one form): an address with
    anything else in it is the same page, so invented parameters neither fill the cache nor go past it.
    """
    reader = reads if callable(reads) else _first_of(tuple(reads))
    return _declare(Policy(PolicyKind.PUBLIC, is_cached=cached, reads=reader if cached else None))


def _first_of(names: tuple[str, ...]) -> Reader:
    def read(given: Given) -> Pairs:
        return tuple((name, given[name][0][:LONGEST_VALUE]) for name in names if given.get(name))

    return read


def guarded(permission: Permission) -> Callable[[V], V]:
    """Open a view to signed-in people who have this right; strangers are sent to sign in."""
    return _declare(Policy(PolicyKind.GUARDED, permission=permission))


def linked(purpose: str) -> Callable[[V], V]:
    """Open a view to whoever holds the object's signed link, its cookie, or owns it."""
    return _declare(Policy(PolicyKind.LINKED, purpose=purpose))


def hook() -> Callable[[V], V]:
    """Open a view to machines that sign what they send; exempt from the origin check."""
    return _declare(Policy(PolicyKind.HOOK))


def policy_of(view: Callable[..., Any]) -> Policy | None:
    """Return what the view declares, if anything."""
    found: Policy | None = getattr(view, _ATTRIBUTE, None)
    return found


def require_policies(app: Flask) -> None:
    """Refuse to start while any address is without a declared policy. Raises: UndeclaredPolicy naming them all."""
    missing = sorted(name for name, view in app.view_functions.items() if policy_of(view) is None)
    if missing:
        raise UndeclaredPolicy(", ".join(missing))
