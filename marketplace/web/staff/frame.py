"""The frame around the office's pages, and the note that somebody looked at personal data."""

from __future__ import annotations

from flask import request, url_for

from marketplace.accounts import audit
from marketplace.accounts.permissions import Permission
from marketplace.db import in_unit
from marketplace.web import current, sessions
from marketplace.web.headers import request_id
from marketplace.web.wings import NavItem, Wing, wing

# (word, icon, endpoint, right, where its pages live)
WAYS = (
    ("home", "home", "staff.home", Permission.STAFF_HOME_VIEW),
    ("desk", "shield", "staff.desk", Permission.STAFF_SHOP_VERIFY),
    ("shops", "store", "staff.shops", Permission.STAFF_SHOP_SUSPEND),
    ("payments", "bank", "staff.payments", Permission.STAFF_PAYMENT_VIEW),
    ("curation", "star", "staff.curation", Permission.STAFF_CURATION_EDIT),
    ("orders", "box", "staff.orders", Permission.STAFF_ORDER_VIEW),
    ("reviews", "chat", "staff.reviews", Permission.STAFF_REVIEW_MODERATE),
    ("mailbox", "mail", "staff.mailbox", Permission.STAFF_MAILBOX_VIEW),
    ("settings", "gear", "staff.settings", Permission.STAFF_SETTING_VIEW),
    ("jobs", "refresh", "staff.jobs", Permission.STAFF_JOBS_VIEW),
)


def staff_wing(*, here: str) -> Wing:
    """Return the frame around an office page, with the ways this person may go."""
    speech, viewer = current.speech(), sessions.acting()
    items = [
        NavItem(speech.t(f"staff.nav_{word}"), icon, url_for(endpoint), current=word == here)
        for word, icon, endpoint, right in WAYS
        if viewer.may(right)
    ]
    links = [(speech.t("staff.account"), url_for("account.home"))]
    return wing(name="staff", title=current.settings().market_name, home=url_for("staff.home"), items=items, links=links)


def note_access(action: str, object_kind: str, object_id: object) -> None:
    """Write down who looked at personal data or a private file, in a unit of its own."""
    actor_id = sessions.acting().person_id
    in_unit(
        lambda session: audit.record(
            session, action=action, object_kind=object_kind, object_id=str(object_id)[:80], actor_id=actor_id,
            now=current.now(), request_id=request_id()[:36],
        )
    )  # fmt: skip


def page_number() -> int:
    """Return which page of a list is asked for."""
    typed = request.args.get("page", "")
    return min(int(typed), 50) if typed.isascii() and typed.isdigit() and len(typed) < 4 and int(typed) else 1
