"""Pages that a signed link opens: the link, the cookie it leaves, or the owner's session."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from flask import Response, abort, redirect, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as BaseResponse

from marketplace.accounts.links import LinkPurpose, link_token, opens
from marketplace.db import reading
from marketplace.kernel.ids import PersonId
from marketplace.language.languages import Language
from marketplace.orders.linked import find_linked_order
from marketplace.web import current, sessions


@dataclass(frozen=True, slots=True)
class LinkedObject:
    """What a link opens: its public number, its own secret, and whose it is, if anybody's."""

    number: str
    secret: str
    owner: PersonId | None


@dataclass(frozen=True, slots=True)
class Linked:
    """How one purpose works: where its object is loaded, under which path it lives, what its cookie is called."""

    load: Callable[[Session, str], LinkedObject | None]
    folder: str  # the part of the path between language and number
    cookie: str


def _order(session: Session, number: str) -> LinkedObject | None:
    row = find_linked_order(session, number)
    return LinkedObject(row.number, row.secret, row.person_id) if row is not None else None


LINKED: dict[LinkPurpose, Linked] = {LinkPurpose.ORDER: Linked(_order, "orders", "order_link")}

COOKIE_LIVES_SECONDS = 180 * 24 * 3600
# How numbers look; nothing else is asked of the database (a NUL in a path would be an error there).
_NUMBER = re.compile(r"[A-Z0-9-]{3,40}")


def token_for(purpose: LinkPurpose, number: str, secret: str) -> str:
    """Return the `t` that opens this object."""
    return link_token(current.settings().secret_key, purpose=purpose, number=number, secret=secret)


def set_link_cookies(response: Response | BaseResponse, purpose: LinkPurpose, number: str, secret: str) -> None:
    """Leave the object's cookie under its path in each language, and nowhere else."""
    linked = LINKED[purpose]
    for language in Language:
        response.set_cookie(
            linked.cookie, token_for(purpose, number, secret), max_age=COOKIE_LIVES_SECONDS, httponly=True, samesite="Lax",
            secure=current.settings().is_secure, path=f"/{language}/{linked.folder}/{number}",
        )  # fmt: skip


def check_link(purpose: LinkPurpose, number: str) -> BaseResponse | None:
    """Let the holder of the link, its cookie or the owner pass (None); else answer for the view.

    A good `t` leaves the cookie and leads to the clean address. A wrong one is 404, as is a missing object for whoever
    shows a token; without any token a stranger is led to the look-up page, which says nothing about what exists.
    """
    linked = LINKED[purpose]
    given = request.args.get("t", "")[:100]
    kept = request.cookies.get(linked.cookie, "")[:100]
    with reading() as session:
        found = linked.load(session, number) if _NUMBER.fullmatch(number) else None
    key = current.settings().secret_key
    if given:
        if found is None or not opens(key, given, purpose=purpose, number=found.number, secret=found.secret):
            abort(404)
        response = redirect(request.path, 303)
        set_link_cookies(response, purpose, found.number, found.secret)
        return response
    if kept and found is not None and opens(key, kept, purpose=purpose, number=found.number, secret=found.secret):
        return None
    signed_in = sessions.viewer()
    if found is not None and signed_in is not None and found.owner == signed_in.person_id:
        return None
    if kept or signed_in is not None:
        abort(404)
    return redirect(f"/{current.language()}/{linked.folder}", 303)
