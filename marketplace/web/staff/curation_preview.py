"""What readers will see on a day: the real pages with the picks of that day and today's goods and prices."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from config import Profile
from marketplace.accounts.permissions import Permission
from marketplace.catalog.search.asking import PAGE_SIZE, SearchQuery
from marketplace.catalog.search.querying import search
from marketplace.curation.planning import HOME, SHELF_PREFIX
from marketplace.curation.queries import home as read_home
from marketplace.curation.queries import picks_in
from marketplace.db import reading
from marketplace.kernel.clock import WIB, local_day
from marketplace.language.languages import DEFAULT, Language
from marketplace.web import current
from marketplace.web.guards import guarded
from marketplace.web.speech import speak
from marketplace.web.staff.blueprint import bp
from marketplace.web.staff.curation_words import asked_slot, board_url, slot_names
from marketplace.web.staff.frame import staff_wing
from marketplace.web.storefront.asking import find_shelf
from marketplace.web.storefront.cards import noted_views
from marketplace.web.storefront.home import home_values
from marketplace.web.storefront.listing import build_listing


def _asked_day() -> date:
    try:
        day = date.fromisoformat(request.args.get("date", "")[:10])
    except ValueError:
        return local_day(current.now())
    return day if 2000 <= day.year <= 2100 else local_day(current.now())


def _instant(day: date) -> datetime:
    """Return noon of a day in WIB; of today, now: a pick that was just placed shows."""
    return current.now() if day == local_day(current.now()) else datetime.combine(day, time(12), WIB).astimezone(UTC)


@bp.get("/curation/preview")
@guarded(Permission.STAFF_CURATION_EDIT)
def curation_preview() -> ResponseReturnValue:
    """Show the front page or a category as of a day, in a language, under a banner that says so."""
    slot, day, typed = asked_slot(request.args.get("slot", "")[:80]), _asked_day(), request.args.get("language", "")
    language, work = Language(typed) if typed in set(Language) else DEFAULT, current.speech()
    is_public = request.args.get("show") == "page"
    if not is_public:
        return render_template(
            "pages/staff/curation_preview.html", wing=staff_wing(here="curation"), slots=slot_names(), slot=slot,
            day=day.isoformat(), language=str(language), languages=[(str(one), one.native_name) for one in Language],
            back=board_url(slot),
        )  # fmt: skip
    said = work.t("curation.preview_banner", day=work.long_day(day), language=language.native_name)
    back = (work.t("curation.back"), board_url(slot))
    # From here on the page speaks as the public one does, in the language that was asked for.
    g.reader_language = language
    g.speech = speak("public", language, strict=current.settings().profile is not Profile.PRODUCTION)
    at = _instant(day)
    if slot == HOME:
        with reading() as session:
            page = read_home(session, language, at)
        return render_template("pages/staff/preview_home.html", preview=said, back=back, **home_values(page, language))
    return _shelf(slot.removeprefix(SHELF_PREFIX), language, at, said, back)


def _shelf(slug: str, language: Language, at: datetime, said: str, back: tuple[str, str]) -> ResponseReturnValue:
    query = SearchQuery(language=language, category=slug)
    with reading() as session:
        picks = picks_in(session, SHELF_PREFIX + slug, language, at)
        result = search(session, query, now=current.now())
    return render_template(
        "pages/staff/preview_category.html",
        preview=said,
        back=back,
        shelf=find_shelf(language, slug),
        picks=noted_views((pick.card, pick.reason) for pick in picks),
        listing=build_listing(result, query, f"/{language}/c/{slug}", hidden=frozenset({"category"})),
        page_size=PAGE_SIZE,
        is_fragment=False,
    )
