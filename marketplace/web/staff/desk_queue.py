"""What waits at the verification desk, as far as this person may decide it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from flask import url_for
from sqlalchemy.orm import Session

from marketplace.accounts.permissions import Permission
from marketplace.catalog.waiting import waiting_revisions
from marketplace.sellers.waiting import Waiting, waiting_permits, waiting_shops
from marketplace.web import current, sessions


class DeskKind(StrEnum):
    """The kinds of things the office decides."""

    SHOP = "shop"
    PERMIT = "permit"
    LISTING = "listing"
    EDIT = "edit"


RIGHTS = {
    DeskKind.SHOP: Permission.STAFF_SHOP_VERIFY,
    DeskKind.PERMIT: Permission.STAFF_PERMIT_VERIFY,
    DeskKind.LISTING: Permission.STAFF_LISTING_VERIFY,
    DeskKind.EDIT: Permission.STAFF_LISTING_VERIFY,
}


@dataclass(frozen=True, slots=True)
class DeskItem:
    """One thing that waits, and what kind it is."""

    kind: DeskKind
    waiting: Waiting

    def is_late(self, now: datetime) -> bool:
        """Tell whether the office has had its time."""
        return self.waiting.is_late(now)

    @property
    def url(self) -> str:
        """Return where it is decided."""
        return item_url(self.kind, self.waiting.id)


def item_url(kind: DeskKind, id_: int, *, done: str = "", only: str = "") -> str:
    """Return where a thing is decided."""
    said, kept = done or None, only or None
    if kind is DeskKind.SHOP:
        return url_for("staff.desk_shop", shop_id=id_, done=said, only=kept)
    if kind is DeskKind.PERMIT:
        return url_for("staff.desk_permit", permit_id=id_, done=said, only=kept)
    return url_for("staff.desk_listing", revision_id=id_, done=said, only=kept)


def kinds_for_viewer() -> list[DeskKind]:
    """Return the kinds that this person may decide."""
    viewer = sessions.acting()
    return [kind for kind, right in RIGHTS.items() if viewer.may(right)]


def read_queue(session: Session) -> list[DeskItem]:
    """Return all that waits for this person, oldest first. At most four statements."""
    may, found = kinds_for_viewer(), list[DeskItem]()
    if DeskKind.SHOP in may:
        found += [DeskItem(DeskKind.SHOP, waiting) for waiting in waiting_shops(session)]
    if DeskKind.PERMIT in may:
        found += [DeskItem(DeskKind.PERMIT, waiting) for waiting in waiting_permits(session)]
    if DeskKind.LISTING in may:
        found += [DeskItem(DeskKind.LISTING, waiting) for waiting in waiting_revisions(session, edits=False)]
        found += [DeskItem(DeskKind.EDIT, waiting) for waiting in waiting_revisions(session, edits=True)]
    return sorted(found, key=lambda item: (item.waiting.since, item.kind, item.waiting.id))


def after_decision(session: Session, *, only: str, done: str) -> str:
    """Return the address of the oldest thing that still waits (of one kind, where the officer works on one), or the queue's."""
    for item in read_queue(session):
        if only in ("", item.kind):
            return item_url(item.kind, item.waiting.id, done=done, only=only)
    return url_for("staff.desk", kind=only or None, done=done or None)


def count_late(items: list[DeskItem]) -> int:
    """Return how many of these are late."""
    return sum(item.is_late(current.now()) for item in items)
