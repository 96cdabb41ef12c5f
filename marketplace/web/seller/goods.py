"""A shop's own goods: the list by state, and one of them with what may be done to it now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from marketplace.accounts.permissions import Permission
from marketplace.catalog.desk_pages import revision_values
from marketplace.catalog.differences import Difference, differences, photo_changes
from marketplace.catalog.drafting import edit_product
from marketplace.catalog.errors import AlreadyWaiting, SeveralVariants, TiersWrong
from marketplace.catalog.goods import OwnDraft, OwnGood, good_photo, own_drafts, own_good, own_goods
from marketplace.catalog.models import ProductState, RevisionState
from marketplace.catalog.sending import move_own, withdraw
from marketplace.catalog.services import change_price
from marketplace.catalog.states import ProductMoveRefused, RevisionMoveRefused
from marketplace.db import in_unit, reading
from marketplace.inventory.queries import available_steps
from marketplace.kernel.ids import PersonId, ShopId
from marketplace.language.languages import DEFAULT
from marketplace.web import current, sessions
from marketplace.web.fields import FieldErrors, parse
from marketplace.web.guards import guarded
from marketplace.web.seller.blueprint import bp
from marketplace.web.seller.frame import seller_wing
from marketplace.web.seller.listing_forms import WEIGHTS, Form, NothingForm, PriceForm
from marketplace.web.seller.listing_parts import answer_day, own_picture, working_shop
from marketplace.web.speech import Speech

DONE = ("sent", "dropped", "withdrawn", "paused", "published", "archived", "price")
_KINDS = {"published": "daun", "in_review": "kunyit", "edit_waiting": "kunyit", "returned": "merah", "suspended": "merah"}


class MoveForm(Form):
    """Where a product should go."""

    wanted: Literal["paused", "published", "archived"]


@dataclass(frozen=True, slots=True)
class GoodRow:
    """One line of the list, in words."""

    title: str
    url: str
    meta: list[str]
    due: str
    badge: str
    badge_kind: str
    picture: str


@bp.get("/goods")
@guarded(Permission.SELLER_PRODUCT_EDIT)
def goods() -> ResponseReturnValue:
    """Show a shop's goods and drafts, each with its state and the next step."""
    speech, done = current.speech(), request.args.get("done", "")
    with reading() as session:
        shop = working_shop(session)
        own, drafts = own_goods(session, shop.id), own_drafts(session, shop.id)
        left = available_steps(session, [variant for good in own for variant in good.variant_ids])
    rows = [_draft_row(draft, speech) for draft in drafts]
    rows += [_row(good, [left.get(variant) for variant in good.variant_ids], speech) for good in own]
    return render_template(
        "pages/seller/goods.html", wing=seller_wing(shop, here="goods"), rows=rows, done=done if done in DONE else ""
    )


@bp.get("/goods/<slug>")
@guarded(Permission.SELLER_PRODUCT_EDIT)
def good(slug: str) -> ResponseReturnValue:
    """Show one of one's own goods."""
    return _page(slug)


@bp.get("/goods/<slug>/photo")
@guarded(Permission.SELLER_PRODUCT_EDIT)
def good_picture(slug: str) -> ResponseReturnValue:
    """Return the main photo of one's own goods, approved or not."""
    with reading() as session:
        image_hash, widths = good_photo(session, working_shop(session).id, slug[:90])
    return own_picture(image_hash, widths)


@bp.post("/goods/<slug>/edit")
@guarded(Permission.SELLER_PRODUCT_EDIT)
def edit_good(slug: str) -> ResponseReturnValue:
    """Begin a new version, or go on with the one begun."""

    def work(session: Session, shop_id: ShopId, actor_id: PersonId) -> str:
        return edit_product(session, shop_id=shop_id, slug=slug[:90], actor_id=actor_id, now=current.now())

    return _act(slug, work, lambda token: url_for("seller.draft_contents", token=token))


@bp.post("/goods/<slug>/withdraw")
@guarded(Permission.SELLER_PRODUCT_EDIT)
def withdraw_good(slug: str) -> ResponseReturnValue:
    """Take back what waits for the office."""

    def work(session: Session, shop_id: ShopId, actor_id: PersonId) -> str:
        withdraw(session, shop_id=shop_id, slug=slug[:90], actor_id=actor_id, now=current.now())
        return slug

    return _act(slug, work, lambda _: url_for("seller.good", slug=slug, done="withdrawn"))


@bp.post("/goods/<slug>/move")
@guarded(Permission.SELLER_PRODUCT_EDIT)
def move_good(slug: str) -> ResponseReturnValue:
    """Pause, bring back, or put away."""
    form = parse(MoveForm, request.form.to_dict())
    if isinstance(form, FieldErrors):
        return _page(slug, status=422, problem=current.speech().t("error.choice"))
    wanted = ProductState(form.wanted)

    def work(session: Session, shop_id: ShopId, actor_id: PersonId) -> str:
        move_own(session, shop_id=shop_id, slug=slug[:90], wanted=wanted, actor_id=actor_id, now=current.now())
        return slug

    to_list = wanted is ProductState.ARCHIVED
    target = url_for("seller.goods", done="archived") if to_list else url_for("seller.good", slug=slug, done=form.wanted)
    return _act(slug, work, lambda _: target, has_fields=True)


@bp.post("/goods/<slug>/price")
@guarded(Permission.SELLER_PRODUCT_EDIT)
def price_good(slug: str) -> ResponseReturnValue:
    """Change price and weight at once."""
    form = parse(PriceForm, request.form.to_dict())
    wrong = form
    try:
        grams = 0 if isinstance(form, FieldErrors) else form.grams
    except ValueError as refusal:
        wrong, grams = FieldErrors({"weight_kg": str(refusal)}), 0
    if isinstance(wrong, FieldErrors) or isinstance(form, FieldErrors):
        return _page(slug, status=422, errors=wrong if isinstance(wrong, FieldErrors) else None)

    def work(session: Session, shop_id: ShopId, actor_id: PersonId) -> str:
        found = own_good(session, shop_id, slug[:90])
        change_price(
            session, shop_id=shop_id, product_id=found.id, price_minor=form.price, weight_grams=grams, actor_id=actor_id,
            now=current.now(),
        )  # fmt: skip
        return slug

    return _act(slug, work, lambda _: url_for("seller.good", slug=slug, done="price"), has_fields=True)


def _act(
    slug: str, work: Callable[[Session, ShopId, PersonId], str], target: Callable[[str], str], *, has_fields: bool = False
) -> ResponseReturnValue:
    """Do one act on one's own goods and go where it leads; what cannot be done now is said on the page."""
    speech = current.speech()
    if not has_fields and isinstance(parse(NothingForm, request.form.to_dict()), FieldErrors):
        return _page(slug, status=422, problem=speech.t("error.unknown_field"))
    with reading() as session:
        shop = working_shop(session)
        own_good(session, shop.id, slug[:90])
    try:
        found = in_unit(lambda session: work(session, shop.id, sessions.acting().person_id))
    except AlreadyWaiting:
        return _page(slug, status=409, problem=speech.t("goods.error_waiting"))
    except (ProductMoveRefused, RevisionMoveRefused):
        return _page(slug, status=409, problem=speech.t("goods.error_moved"))
    except SeveralVariants:
        return _page(slug, status=409, problem=speech.t("goods.error_variants"))
    except TiersWrong:
        return _page(slug, status=422, problem=speech.t("goods.error_tiers"))
    return redirect(target(found), 303)


def _page(slug: str, *, status: int = 200, problem: str = "", errors: FieldErrors | None = None) -> ResponseReturnValue:
    speech, done = current.speech(), request.args.get("done", "")
    with reading() as session:
        shop = working_shop(session)
        found = own_good(session, shop.id, slug[:90])
        left = available_steps(session, found.variant_ids)
        changes, photos = _changes(session, found)
    wrong = errors or FieldErrors({})
    given = {name: request.form.get(name, "")[:20] for name in ("price", "weight", "weight_kg")}
    if not errors:
        weight = str(found.weight_grams)
        typed = "" if weight in WEIGHTS else kilograms(found.weight_grams)
        given = {"price": str(found.price_minor), "weight": weight if weight in WEIGHTS else "", "weight_kg": typed}
    return make_response(
        render_template(
            "pages/seller/good.html", wing=seller_wing(shop, here="goods"), good=found,
            row=_row(found, [left.get(variant) for variant in found.variant_ids], speech), state=state_of(found),
            answer_by=speech.long_day(answer_day(found.submitted_at)) if found.submitted_at else "",
            reasons=[speech.t(f"desk.listing_reason_{reason}") for reason in found.return_reasons],
            changes=changes, photo_changes=photos, given=given, errors={name: wrong.words(name) for name in given},
            summary=wrong.summary(), weights=[(value, speech.t(f"goods.weight_{value}")) for value in WEIGHTS],
            has_one_price=len(found.variant_ids) == 1, problem=problem, done=done if done in DONE else "",
            public_url=_public_url(found),
        ),
        422 if errors else status,
    )  # fmt: skip


def state_of(found: OwnGood) -> str:
    """Return how the goods stand, for their seller: the product's state, and what became of the last version."""
    if found.state in (ProductState.SUSPENDED, ProductState.PAUSED):
        return str(found.state)
    if found.revision_state is RevisionState.IN_REVIEW:
        return "edit_waiting" if found.shown_id is not None else "in_review"
    if found.revision_state is RevisionState.RETURNED:
        return "returned"
    return str(found.state)


def kilograms(grams: int) -> str:
    """Return a weight as people type it."""
    return f"{grams / 1000:g}".replace(".", ",")


def _changes(session: Session, found: OwnGood) -> tuple[tuple[Difference, ...], int]:
    """Return what a waiting version changes of the public one: fields, and how many places in the row of photos."""
    if found.shown_id is None or found.revision_state is not RevisionState.IN_REVIEW:
        return (), 0
    old, new = revision_values(session, found.shown_id), revision_values(session, found.revision_id)
    return differences(old, new), len(photo_changes(old, new))


def _draft_row(draft: OwnDraft, speech: Speech) -> GoodRow:
    return GoodRow(
        title=draft.given.get("name", "") or speech.t("goods.no_name"),
        url=url_for("seller.draft_preview" if draft.given.get("name") else "seller.draft_photos", token=draft.token),
        meta=[speech.t("goods.saved_at", time=speech.moment(draft.saved_at))], due=speech.t("goods.next_draft"),
        badge=speech.t("goods.state_draft"), badge_kind="neutral",
        picture=url_for("seller.draft_photo", token=draft.token, place=1, v=draft.photos[0][:8]) if draft.photos else "",
    )  # fmt: skip


def _row(found: OwnGood, left: list[int | None], speech: Speech) -> GoodRow:
    state = state_of(found)
    counted = [each for each in left if each is not None]
    stock = speech.t("goods.stock_left", count=speech.number(sum(counted))) if counted else speech.t("goods.stock_free")
    return GoodRow(
        title=found.name, url=url_for("seller.good", slug=found.slug),
        meta=[f"{speech.money(found.price_minor, found.currency)} · {stock}"], due=speech.t(f"goods.next_{state}"),
        badge=speech.t(f"goods.state_{state}"), badge_kind=_KINDS.get(state, "neutral"),
        picture=url_for("seller.good_picture", slug=found.slug),
    )  # fmt: skip


def _public_url(found: OwnGood) -> str:
    is_shown = found.state is ProductState.PUBLISHED and found.shown_id is not None
    return url_for("storefront.product", language=DEFAULT, slug=found.slug) if is_shown else ""
