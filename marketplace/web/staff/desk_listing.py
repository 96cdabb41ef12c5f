"""A listing or an edit at the desk: what the public would see, and what changes; published, or sent back."""

from __future__ import annotations

from flask import make_response, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from marketplace.accounts.permissions import Permission
from marketplace.catalog.claims import health_claims
from marketplace.catalog.deciding import approve_revision, refuse_revision, seen_digest
from marketplace.catalog.desk_pages import RevisionForDesk, fact_words, revision_for_desk, revision_photo, revision_values
from marketplace.catalog.differences import differences, photo_changes
from marketplace.catalog.errors import NothingToSell, ProductNotFound
from marketplace.catalog.reasons import ListingReason
from marketplace.db import reading
from marketplace.kernel.ids import RevisionId
from marketplace.language.languages import Language
from marketplace.sellers.desk_pages import past_decisions
from marketplace.web import current, sessions
from marketplace.web.guards import guarded
from marketplace.web.staff.blueprint import bp
from marketplace.web.staff.desk import done_words
from marketplace.web.staff.desk_deciding import LARGEST_ID, Problem, carry_out, given_decision, read_decision
from marketplace.web.staff.desk_pictures import picture_response, shelves
from marketplace.web.staff.desk_words import history
from marketplace.web.staff.frame import staff_wing
from marketplace.web.storefront.pictures import image_url

LISTING_ACTS = ("product.publish", "product.return", "product.suspended", "product.published")


@bp.get("/desk/listings/<int:revision_id>")
@guarded(Permission.STAFF_LISTING_VERIFY)
def desk_listing(revision_id: int) -> ResponseReturnValue:
    """Show one listing as the public would see it, or what an edit changes."""
    return _show(revision_id)


@bp.post("/desk/listings/<int:revision_id>")
@guarded(Permission.STAFF_LISTING_VERIFY)
def decide_listing(revision_id: int) -> ResponseReturnValue:
    """Let the public see it, or send it back."""
    form = read_decision(list(ListingReason))
    if isinstance(form, Problem):
        return _show(revision_id, form)
    if revision_id >= LARGEST_ID:
        raise ProductNotFound(product=revision_id)
    actor_id, now, id_, kept = sessions.acting().person_id, current.now(), RevisionId(revision_id), shelves()

    def work(session: Session) -> None:
        if form.decision == "approve":
            approve_revision(session, revision_id=id_, seen=form.seen, shelves=kept, actor_id=actor_id, now=now)
        else:
            reasons = [ListingReason(reason) for reason in form.reasons]
            refuse_revision(
                session, revision_id=id_, seen=form.seen, reasons=reasons, words=form.words, actor_id=actor_id, now=now
            )

    try:
        return carry_out(work, form=form)
    except NothingToSell:
        return _show(revision_id, Problem({"decision": current.speech().t("desk.error_nothing_to_sell")}))


@bp.get("/desk/listings/<int:revision_id>/photos/<int:position>")
@guarded(Permission.STAFF_LISTING_VERIFY)
def desk_photo(revision_id: int, position: int) -> ResponseReturnValue:
    """Show a photo of a revision, whether somebody approved it yet or not."""
    if max(revision_id, position) >= LARGEST_ID:
        raise ProductNotFound(product=revision_id)
    with reading() as session:
        found = revision_photo(session, RevisionId(revision_id), position)
    return picture_response(*found)


def _show(revision_id: int, problem: Problem | None = None) -> ResponseReturnValue:
    if revision_id >= LARGEST_ID:
        raise ProductNotFound(product=revision_id)
    with reading() as session:
        view = revision_for_desk(session, RevisionId(revision_id))
        old = revision_values(session, view.published_id) if view.is_edit and view.published_id else None
        seen = seen_digest(session, view.id)
        past = past_decisions(session, object_kind="product", object_ids=[view.product_id], actions=LISTING_ACTS)
    speech = current.speech()
    changes = differences(old, view.values) if old else ()
    page = render_template(
        "pages/staff/desk_listing.html",
        wing=staff_wing(here="desk"),
        view=view,
        seen=seen,
        photos=[
            (url_for("staff.desk_photo", revision_id=view.id, position=place), photo.alt, photo.width, photo.height)
            for place, photo in enumerate(view.photos, start=1)
        ],
        texts=_texts(view),
        facts_rows=_facts(view),
        permits=[
            (f"{speech.t(f'desk.permit_{permit.kind}')} {permit.number}", permit.is_verified,
             url_for("staff.desk_permit", permit_id=permit.id))
            for permit in view.permits
        ],
        may_check_permits=sessions.acting().may(Permission.STAFF_PERMIT_VERIFY),
        changes=[(_field(change.part, change.language, change.name), change.pieces) for change in changes],
        photo_pairs=[
            (speech.t("desk.photo_number", number=change.position), 
             image_url(change.old, 160) if change.old else "",
             url_for("staff.desk_photo", revision_id=view.id, position=change.position) if change.new else "")
            for change in (photo_changes(old, view.values) if old else ())
        ],
        checklist=[speech.t(f"desk.check_listing_{number}") for number in range(1, 5)],
        reasons=[(str(reason), speech.t(f"desk.listing_reason_{reason}")) for reason in ListingReason],
        past=history(past, speech),
        last_reasons=[speech.t(f"desk.listing_reason_{reason}") for reason in view.return_reasons],
        last_words=view.return_words,
        approve_word=speech.t("desk.approve_edit" if view.is_edit else "desk.approve_listing"),
        ask_phone=False,
        flags=health_claims(*(text for parts in view.values.words.values() for text in parts.values())),
        given=given_decision(),
        errors=problem.errors if problem else {},
        summary=problem.summary() if problem else [],
        done=done_words(),
    )  # fmt: skip
    return make_response(page, 422 if problem else 200)


def _facts(view: RevisionForDesk) -> list[tuple[str, str]]:
    """Return prices and properties, one a line."""
    speech = current.speech()
    prices = [
        (
            each.label or view.name,
            f"{speech.money(each.price_minor)} · {speech.t('desk.weight')} {speech.weight(each.ship_weight_grams)}",
        )
        for each in view.variants
    ]
    return [*prices, *((fact.name, fact_words(fact)) for fact in view.facts)]


def _texts(view: RevisionForDesk) -> list[tuple[str, str, dict[str, str]]]:
    speech = current.speech()
    return [
        (str(language), speech.t(f"desk.language_{language}"), dict(view.values.words[language]))
        for language in Language
        if language in view.values.words
    ]


def _field(part: str, language: str, name: str) -> str:
    speech = current.speech()
    label = name if part == "fact" else speech.t(f"desk.field_{part}")
    return f"{label} ({speech.t(f'desk.language_{language}')})" if language else label
