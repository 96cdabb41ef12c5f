"""The verification desk: one queue of what waits, oldest first."""

from __future__ import annotations

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.accounts.permissions import Permission
from marketplace.db import reading
from marketplace.kernel.clock import local_day
from marketplace.kernel.workdays import working_days_after
from marketplace.sellers.waiting import ANSWERED_WITHIN
from marketplace.web import current
from marketplace.web.guards import guarded
from marketplace.web.staff.blueprint import bp
from marketplace.web.staff.desk_queue import DeskItem, DeskKind, item_url, kinds_for_viewer, read_queue
from marketplace.web.staff.frame import staff_wing
from marketplace.web.staff.payments import QueueView
from marketplace.web.wings import Tab

DONE = frozenset({"approved", "returned", "suspended", "reinstated"})
MOST_SHOWN = 200


@bp.get("/desk")
@guarded(Permission.STAFF_HOME_VIEW)
def desk() -> ResponseReturnValue:
    """Show what waits, all or one kind, of everywhere or one kecamatan."""
    kinds = kinds_for_viewer()
    if not kinds:
        abort(403)
    speech = current.speech()
    kind, place = request.args.get("kind", ""), request.args.get("kecamatan", "")[:20]
    with reading() as session:
        items = read_queue(session)
    places = sorted({(item.waiting.district_code, item.waiting.district_name) for item in items}, key=lambda row: row[1])
    here = [item for item in items if place in ("", item.waiting.district_code)]
    counts = {each: sum(item.kind is each for item in here) for each in kinds}
    shown = [item for item in here if kind in ("", item.kind)]
    tabs = [Tab(speech.t("desk.tab_all"), _url("", place), speech.number(len(here)), kind == "")]
    tabs += [Tab(speech.t(f"desk.tab_{each}"), _url(each, place), speech.number(counts[each]), kind == each) for each in kinds]
    return render_template(
        "pages/staff/desk.html",
        wing=staff_wing(here="desk"),
        tabs=tabs,
        rows=[_row(item, kind) for item in shown[:MOST_SHOWN]],
        late=sum(item.is_late(current.now()) for item in shown),
        places=places,
        kind=kind if kind in kinds else "",
        place=place,
        done=done_words(),
    )


def done_words() -> str:
    """Return what has just been done, from the address; empty for nothing."""
    done = request.args.get("done", "")
    return current.speech().t(f"desk.done_{done}") if done in DONE else ""


def _url(kind: str, place: str) -> str:
    return url_for("staff.desk", kind=kind or None, kecamatan=place or None)


def _row(item: DeskItem, only: str) -> QueueView:
    speech, waiting = current.speech(), item.waiting
    due = working_days_after(local_day(waiting.since), ANSWERED_WITHIN)
    today = local_day(current.now())
    is_late = item.is_late(current.now())
    what = speech.t(f"desk.permit_{waiting.what}") if item.kind is DeskKind.PERMIT else waiting.what
    meta = [waiting.district_name, speech.t("desk.since", time=speech.moment(waiting.since))]
    return QueueView(
        title=f"{what} · {waiting.shop_name}" if item.kind is not DeskKind.SHOP else what,
        url=item_url(item.kind, waiting.id, only=only),
        meta=meta,
        due=speech.t("desk.late" if is_late else "desk.due", day=speech.day(due)),
        due_kind="late" if is_late else "soon" if due <= today else "",
        badge=speech.t(f"desk.kind_{item.kind}"),
        badge_kind={DeskKind.SHOP: "nila", DeskKind.PERMIT: "kunyit", DeskKind.LISTING: "daun", DeskKind.EDIT: "soga"}[item.kind],
        action=speech.t("desk.open"),
    )
