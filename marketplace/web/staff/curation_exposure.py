"""Who was seen how often: by seller and kecamatan, as bars, as a table, and to take along as a file."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date, timedelta

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.accounts.permissions import Permission
from marketplace.curation.exposure import Share, by_district, exposure_by_seller
from marketplace.curation.rotation import COUNTED_OVER
from marketplace.db import reading
from marketplace.kernel.clock import local_day
from marketplace.web import current
from marketplace.web.charts import percents
from marketplace.web.guards import guarded
from marketplace.web.staff.blueprint import bp
from marketplace.web.staff.frame import staff_wing
from marketplace.web.wings import Column

LONGEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class BarRow:
    """One bar of the chart."""

    label: str
    value: str
    percent: float


def _period() -> tuple[date, date]:
    """Return the first and the last day that are asked for, by default the days that decide about turns."""
    today = local_day(current.now())
    last = _day("until", today)
    first = _day("from", last - COUNTED_OVER)
    return max(min(first, last), last - LONGEST), last


def _day(name: str, otherwise: date) -> date:
    try:
        day = date.fromisoformat(request.args.get(name, "")[:10])
    except ValueError:
        return otherwise
    return day if 2000 <= day.year <= 2100 else otherwise


def _read() -> tuple[date, date, tuple[Share, ...]]:
    first, last = _period()
    with reading(stale_ok=True) as session:
        return first, last, exposure_by_seller(session, first=first, last=last)


@bp.get("/curation/exposure")
@guarded(Permission.STAFF_CURATION_EDIT)
def curation_exposure() -> ResponseReturnValue:
    """Show how often goods were seen, by kecamatan and by seller."""
    (first, last, shares), speech = _read(), current.speech()
    places = by_district(shares)
    sellers = sorted(shares, key=lambda share: (-share.impressions, share.shop_name))
    counts = (Column(speech.t("curation.goods"), numeric=True), Column(speech.t("curation.seen"), numeric=True))
    return render_template(
        "pages/staff/curation_exposure.html",
        wing=staff_wing(here="curation"),
        first=first,
        last=last,
        total=sum(share.impressions for share in shares),
        place_bars=_bars([(name, seen) for name, _, seen in places]),
        place_columns=[Column(speech.t("curation.district")), *counts],
        place_rows=[[name, speech.number(goods), speech.number(seen)] for name, goods, seen in places],
        seller_bars=_bars([(share.shop_name, share.impressions) for share in sellers]),
        seller_columns=[
            Column(speech.t("curation.seller")), Column(speech.t("curation.district")), *counts,
            Column(speech.t("curation.on_home"), numeric=True),
        ],
        seller_rows=[
            [share.shop_name, share.district_name, *map(speech.number, (share.goods, share.impressions, share.home))]
            for share in sellers
        ],
        file=f"{url_for('staff.curation_exposure_file')}?from={first}&until={last}",
    )  # fmt: skip


def _bars(rows: list[tuple[str, int]]) -> list[BarRow]:
    lengths = percents([value for _, value in rows])
    return [BarRow(name, current.speech().number(value), length) for (name, value), length in zip(rows, lengths, strict=True)]


@bp.get("/curation/exposure.csv")
@guarded(Permission.STAFF_CURATION_EDIT)
def curation_exposure_file() -> Response:
    """Return the same numbers as a file for spreadsheets."""
    (first, last, shares), speech = _read(), current.speech()
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow([speech.t(f"curation.{name}") for name in ("seller", "district", "goods", "seen", "on_home")])
    for share in shares:
        writer.writerow([harmless(share.shop_name), harmless(share.district_name), share.goods, share.impressions, share.home])
    response = Response("\ufeff" + written.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="tayang-{first}-{last}.csv"'
    return response


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.lstrip().startswith(("=", "+", "-", "@")) or cell.startswith(("\t", "\r", "\n")) else cell
