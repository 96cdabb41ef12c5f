"""Collections by hand, and the makers whose stories the front page tells."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from marketplace.accounts.permissions import Permission
from marketplace.curation.board import collection_edit, collection_rows, product_ids_of, story_rows
from marketplace.curation.board.collections import CollectionEdit
from marketplace.curation.errors import CollectionChanged, CollectionSlugTaken
from marketplace.curation.services import change_collection, end_story, make_collection
from marketplace.db import in_unit, reading
from marketplace.kernel.clock import end_of_day, local_day
from marketplace.kernel.ids import ProductId
from marketplace.web import current, sessions
from marketplace.web.errors import error_page
from marketplace.web.fields import FieldErrors, parse
from marketplace.web.guards import guarded
from marketplace.web.staff.blueprint import bp
from marketplace.web.staff.curation_forms import LARGEST_ID, CollectionForm
from marketplace.web.staff.curation_words import day_start, last_day, window_words
from marketplace.web.staff.frame import staff_wing
from marketplace.web.wings import Column

FIELDS = (
    "slug", "starts_on", "ends_on", "name_id", "name_en", "name_ko", "text_id", "text_en", "text_ko", "goods",
)  # fmt: skip


@bp.get("/curation/collections")
@guarded(Permission.STAFF_CURATION_EDIT)
def curation_collections() -> ResponseReturnValue:
    """List the collections and the stories that are told."""
    speech, now = current.speech(), current.now()
    with reading() as session:
        rows, stories = collection_rows(session), story_rows(session, now)
    return render_template(
        "pages/staff/curation_collections.html",
        wing=staff_wing(here="curation"),
        columns=[
            Column(speech.t("curation.collection_name")), Column(speech.t("curation.window")),
            Column(speech.t("curation.goods"), numeric=True), Column(speech.t("curation.languages"), numeric=True),
        ],
        rows=[(row, window_words(row.starts_at, row.ends_at)) for row in rows],
        stories=[(row, window_words(row.starts_at, row.ends_at), row.starts_at < now) for row in stories],
        done=request.args.get("done", "") in ("made", "changed", "ended") and request.args["done"],
    )  # fmt: skip


def _show(given: Mapping[str, str], *, found: CollectionEdit | None = None, errors: FieldErrors | None = None,
          unknown: list[str] | None = None, problem: str = "") -> ResponseReturnValue:  # fmt: skip
    page = render_template(
        "pages/staff/curation_collection.html",
        wing=staff_wing(here="curation"),
        given={name: given.get(name, "") for name in FIELDS},
        found=found,
        action=request.path,
        errors=errors or FieldErrors({}),
        unknown=unknown or [],
        problem=problem,
        public=url_for("storefront.collection", language="id", slug=found.slug) if found else "",
    )
    return page, 409 if problem else 422 if errors else 200


@bp.get("/curation/collections/new")
@guarded(Permission.STAFF_CURATION_EDIT)
def curation_collection_new() -> ResponseReturnValue:
    """Show the form of a new collection."""
    return _show({"starts_on": local_day(current.now()).isoformat()})


@bp.post("/curation/collections/new")
@guarded(Permission.STAFF_CURATION_EDIT)
def curation_make_collection() -> ResponseReturnValue:
    """Make a collection."""
    form, now, actor_id = _parsed(), current.now(), sessions.acting().person_id
    if isinstance(form, FieldErrors):
        return _show(request.form, errors=form)
    if not form.slug:
        return _show(request.form, errors=FieldErrors({"slug": "error.required"}))
    known, unknown = _goods(form)
    if unknown:
        return _show(request.form, errors=FieldErrors({"goods": "curation.error_goods"}), unknown=unknown)
    starts_at, ends_at = _window(form)
    try:
        in_unit(
            lambda session: make_collection(
                session, slug=form.slug, words=form.words, product_ids=known, starts_at=starts_at, ends_at=ends_at,
                author_id=actor_id, now=now,
            )
        )  # fmt: skip
    except CollectionSlugTaken:
        return _show(request.form, errors=FieldErrors({"slug": "curation.error_slug"}))
    return redirect(url_for("staff.curation_collections", done="made"), 303)


@bp.get("/curation/collections/<int:collection_id>")
@guarded(Permission.STAFF_CURATION_EDIT)
def curation_collection(collection_id: int) -> ResponseReturnValue:
    """Show a collection's words, dates and goods, to be changed."""
    found = _found(collection_id)
    last = last_day(found.ends_at)
    given = {"slug": found.slug, "starts_on": local_day(found.starts_at).isoformat(), "ends_on": last.isoformat() if last else ""}
    given |= {f"name_{language}": name for language, name in found.names.items()}
    given |= {f"text_{language}": text for language, text in found.descriptions.items()}
    return _show(given | {"goods": "\n".join(one.slug for one in found.goods)}, found=found)


@bp.post("/curation/collections/<int:collection_id>")
@guarded(Permission.STAFF_CURATION_EDIT)
def curation_change_collection(collection_id: int) -> ResponseReturnValue:
    """Change a collection; its address stays."""
    found, form, now, actor_id = _found(collection_id), _parsed(), current.now(), sessions.acting().person_id
    if isinstance(form, FieldErrors):
        return _show(request.form, found=found, errors=form)
    known, unknown = _goods(form)
    if unknown:
        return _show(request.form, found=found, errors=FieldErrors({"goods": "curation.error_goods"}), unknown=unknown)
    starts_at, ends_at = _window(form)
    if form.starts_on == local_day(found.starts_at):
        starts_at = found.starts_at
    try:
        in_unit(
            lambda session: change_collection(
                session, collection_id=collection_id, words=form.words, product_ids=known, starts_at=starts_at, ends_at=ends_at,
                seen=form.version, actor_id=actor_id, now=now,
            )
        )  # fmt: skip
    except CollectionChanged:
        return _show(request.form, found=found, problem=current.speech().t("curation.refused_changed"))
    return redirect(url_for("staff.curation_collections", done="changed"), 303)


@bp.post("/curation/stories/<int:story_id>/end")
@guarded(Permission.STAFF_CURATION_EDIT)
def curation_end_story(story_id: int) -> ResponseReturnValue:
    """Stop telling a maker's story."""
    if story_id >= LARGEST_ID:
        return error_page(404)
    now, actor_id = current.now(), sessions.acting().person_id

    def work(session: Session) -> None:
        end_story(session, story_id=story_id, actor_id=actor_id, now=now)

    in_unit(work)
    return redirect(url_for("staff.curation_collections", done="ended"), 303)


def _found(collection_id: int) -> CollectionEdit:
    with reading() as session:
        found = collection_edit(session, collection_id, current.now()) if collection_id < LARGEST_ID else None
    return found or abort(404)


def _parsed() -> CollectionForm | FieldErrors:
    form = parse(CollectionForm, request.form.to_dict())
    if isinstance(form, FieldErrors):
        words = {"form": ("ends_on", ""), "slug": ("slug", "curation.error_slug_shape")}
        return FieldErrors(
            {words.get(name, (name, ""))[0]: words.get(name, ("", ""))[1] or key for name, key in form.keys.items()}
        )
    return form


def _window(form: CollectionForm) -> tuple[datetime, datetime | None]:
    return day_start(form.starts_on), end_of_day(form.ends_on) if form.ends_on else None


def _goods(form: CollectionForm) -> tuple[list[ProductId], list[str]]:
    """Return the ids of the goods in their order, and slugs that name nothing."""
    with reading() as session:
        known = product_ids_of(session, form.slugs)
    return [known[slug] for slug in form.slugs if slug in known], [slug for slug in form.slugs if slug not in known]
