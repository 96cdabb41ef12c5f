"""Labels and packing slips of a shop's own orders, one or several at once, as one PDF made on the spot."""

from __future__ import annotations

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from marketplace.accounts.permissions import Permission
from marketplace.db import reading
from marketplace.language.languages import work_language
from marketplace.orders.errors import SubOrderNotFound
from marketplace.papers.parcels import Parcel, labels_pdf, slips_pdf
from marketplace.web import current
from marketplace.web.guards import guarded
from marketplace.web.links import PublicLinks
from marketplace.web.seller.blueprint import bp
from marketplace.web.seller.order import read_part
from marketplace.web.seller.orders import may_be_packed

MOST_AT_ONCE = 50
PRINTERS = {"label": labels_pdf, "slip": slips_pdf}


@bp.get("/papers")
@guarded(Permission.SELLER_ORDER_VIEW)
def papers() -> ResponseReturnValue:
    """Print the labels or slips of the orders that were picked; as often as somebody likes."""
    kind = request.args.get("kind", "label")
    numbers = list(dict.fromkeys(request.args.getlist("number")))[:MOST_AT_ONCE]
    if not numbers or kind not in PRINTERS:
        return redirect(url_for("seller.orders", tab="to_send", pick="none"), 303)
    with reading() as session:
        parcels = [_parcel(session, number) for number in numbers]
    language = work_language(current.language())
    made = PRINTERS[kind](parcels, language=language, market_name=current.settings().market_name)
    name = f"{kind}-{numbers[0]}.pdf" if len(numbers) == 1 else f"{kind}-{len(numbers)}.pdf"
    return Response(made, mimetype="application/pdf", headers={"Content-Disposition": f'inline; filename="{_plain(name)}"'})


def _plain(name: str) -> str:
    return "".join(letter for letter in name if letter.isascii() and (letter.isalnum() or letter in "-."))


def _parcel(session: Session, number: str) -> Parcel:
    """Return one order to print. Raises: SubOrderNotFound for another shop's, and for one that is not to be sent."""
    found = read_part(session, number)
    if not may_be_packed(found.view.part.lifecycle):
        raise SubOrderNotFound(number[:40])
    settings = current.settings()
    link = PublicLinks(settings.public_origin, settings.secret_key).seller_order(found.view.part.number)
    return Parcel(found.view, found.shop, link)
