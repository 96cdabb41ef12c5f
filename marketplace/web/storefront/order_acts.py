"""What a buyer does with an order: proof of transfer, received, cancel; and their own files."""

from __future__ import annotations

from contextlib import closing

from flask import Response, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from marketplace.accounts.attempts import Scope, TooManyAttempts, count_attempt
from marketplace.aftersales.errors import TooLateToCancel
from marketplace.aftersales.services import cancel_order_by_buyer
from marketplace.db import in_unit, reading
from marketplace.files.private import (
    MOST_BYTES,
    Document,
    NotADocument,
    find_document,
    keep_document,
    read_content,
    read_document,
)
from marketplace.fulfilment.errors import NotOnItsWay
from marketplace.fulfilment.services import confirm_delivered
from marketplace.kernel.errors import NotFound
from marketplace.kernel.ids import PersonId
from marketplace.language.formats import file_size
from marketplace.language.languages import Language
from marketplace.orders.actors import Actor
from marketplace.payments.errors import PaymentNotOpen
from marketplace.payments.services import record_proof
from marketplace.web import current, sessions
from marketplace.web.guards import linked
from marketplace.web.qr import qr_picture
from marketplace.web.storefront import order_words
from marketplace.web.storefront.blueprint import bp
from marketplace.web.storefront.order import Reading, read_order, show_order

# A private file is shown by itself: nothing in it may run, load or be framed.
FILE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


def _read(number: str) -> Reading:
    with reading() as session:
        return read_order(session, number)


def _actor_id() -> PersonId | None:
    viewer = sessions.viewer()
    return viewer.person_id if viewer is not None else None


def _back(language: Language, number: str, done: str, anchor: str | None = None) -> ResponseReturnValue:
    return redirect(url_for("storefront.order", language=language, number=number, done=done, _anchor=anchor), 303)


@bp.post("/orders/<number>/proof")
@linked("order")
def send_proof(language: Language, number: str) -> ResponseReturnValue:
    """Keep the picture of a transfer slip with the payment it is for."""
    found, speech = _read(number), current.speech()
    if found.payment is None or not found.payment.may_send_proof:
        return show_order(language, found, status=409, problem=speech.t("order.proof_closed"))
    try:
        in_unit(lambda session: count_attempt(session, scope=Scope.PROOF_UPLOAD, key=found.view.head.number, now=current.now()))
        document = read_document(*_upload("proof"))
        _keep_proof(found, document)
    except TooManyAttempts:
        return show_order(language, found, status=429, proof_error=speech.t("common.error_429_text"))
    except NotADocument as refusal:
        return show_order(language, found, status=422, proof_error=_file_words(refusal))
    except PaymentNotOpen:
        return show_order(language, _read(number), status=409, problem=speech.t("order.proof_closed"))
    return _back(language, found.view.head.number, "proof")


def _upload(name: str) -> tuple[bytes, str]:
    """Return an upload's bytes (one more than may be, at most) and its name; nothing where none was sent."""
    sent = request.files.get(name)
    if sent is None:
        return b"", ""
    with closing(sent.stream) as stream:
        return stream.read(MOST_BYTES + 1), sent.filename or ""


def _keep_proof(found: Reading, document: Document) -> None:
    payment = found.payment
    if payment is None:
        raise NotFound

    def work(session: Session) -> None:
        kept = keep_document(
            session, document, owner_kind="payment", owner_id=payment.payment_id,
            storage=current_app.extensions["market_documents"], uploaded_by=_actor_id(), now=current.now(),
        )  # fmt: skip
        record_proof(session, payment_id=payment.payment_id, file_id=kept.id, now=current.now())

    in_unit(work)


def _file_words(refusal: NotADocument) -> str:
    speech = current.speech()
    if refusal.why == "bytes":
        return speech.t("error.file_size", size=file_size(MOST_BYTES, speech.language))
    return speech.t(f"order.proof_error_{refusal.why}")


@bp.get("/orders/<number>/files/<int:file_id>")
@linked("order")
def order_file(language: Language, number: str, file_id: int) -> ResponseReturnValue:
    """Show a buyer the slip they sent."""
    del language
    if file_id >= 2**63:
        abort(404)
    with reading() as session:
        found = read_order(session, number)
        if found.payment is None:
            abort(404)
        document = find_document(session, owner_kind="payment", owner_id=found.payment.payment_id, file_id=file_id)
    return file_response(
        read_content(document, storage=current_app.extensions["market_documents"]), document.media_type, document.file_name
    )


def file_response(content: bytes, media_type: str, file_name: str) -> Response:
    """Return a private file: never kept, never sniffed; what is no picture is only ever saved."""
    response = Response(content, content_type=media_type)
    is_picture = media_type == "image/jpeg"
    response.headers.set("Content-Disposition", "inline" if is_picture else "attachment", filename=file_name)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Security-Policy"] = FILE_POLICY
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


@bp.get("/orders/<number>/qris.png")
@linked("order")
def order_qr(language: Language, number: str) -> ResponseReturnValue:
    """Give the code to scan as a picture to keep: who buys with the phone that shows the page opens it in the bank's app."""
    del language
    payment = _read(number).payment
    if payment is None or payment.qris is None:
        abort(404)
    response = Response(qr_picture(payment.qris.payload), content_type="image/png")
    response.headers.set("Content-Disposition", "attachment", filename=f"qris-{payment.qris.reference}.png")
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.post("/orders/<number>/parts/<part>/received")
@linked("order")
def confirm_received(language: Language, number: str, part: str) -> ResponseReturnValue:
    """Let the buyer say that a part has arrived."""
    found, viewer = _read(number), _actor_id()
    try:
        in_unit(
            lambda session: confirm_delivered(
                session, order_id=found.view.head.id, sub_order_number=part[:40], now=current.now(), actor=Actor("buyer", viewer)
            )
        )
    except NotOnItsWay:
        return show_order(language, found, status=409, problem=current.speech().t("order.not_on_its_way"))
    return _back(language, found.view.head.number, "received")


@bp.get("/orders/<number>/cancel")
@linked("order")
def ask_cancel(language: Language, number: str) -> ResponseReturnValue:
    """Ask once more before an order is cancelled."""
    found = _read(number)
    if not order_words.may_cancel(found.view):
        return show_order(language, found, problem=current.speech().t("order.too_late_to_cancel"))
    return render_template(
        "pages/storefront/order_cancel.html", head=found.view.head, is_paid=bool(found.payment and found.payment.is_paid)
    )


@bp.post("/orders/<number>/cancel")
@linked("order")
def cancel_order(language: Language, number: str) -> ResponseReturnValue:
    """Cancel what no seller has accepted yet."""
    found = _read(number)
    try:
        in_unit(
            lambda session: cancel_order_by_buyer(session, order_id=found.view.head.id, now=current.now(), actor_id=_actor_id())
        )
    except TooLateToCancel:
        return show_order(language, _read(number), status=409, problem=current.speech().t("order.too_late_to_cancel"))
    return _back(language, found.view.head.number, "cancelled")
