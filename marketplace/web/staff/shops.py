"""All shops for the office: search, and suspend or bring back a shop or one of its goods, with a reason."""

from __future__ import annotations

from collections.abc import Callable

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from marketplace.accounts.permissions import Permission
from marketplace.catalog.deciding import reinstate_listing, suspend_listing
from marketplace.catalog.desk_pages import goods_of_shop
from marketplace.catalog.errors import ProductNotFound
from marketplace.catalog.models import ProductState
from marketplace.catalog.states import ProductMoveRefused
from marketplace.db import in_unit, reading
from marketplace.kernel.ids import ProductId, ShopId
from marketplace.kernel.phone import display_phone
from marketplace.sellers.deciding import reinstate, suspend
from marketplace.sellers.desk_pages import SHOP_ACTS, past_decisions, shop_districts, shop_for_desk, staff_shops
from marketplace.sellers.errors import ShopNotFound
from marketplace.sellers.models import ShopState
from marketplace.sellers.states import ShopMoveRefused
from marketplace.web import current, sessions
from marketplace.web.fields import FieldErrors, parse
from marketplace.web.guards import guarded
from marketplace.web.staff.blueprint import bp
from marketplace.web.staff.desk import done_words
from marketplace.web.staff.desk_deciding import LARGEST_ID, LONGEST_WORDS
from marketplace.web.staff.desk_words import history
from marketplace.web.staff.frame import note_access, page_number, staff_wing
from marketplace.web.wings import Column


class SuspendForm(BaseModel):
    """Why something is hidden; its shop reads these words."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    words: str = Field(min_length=1, max_length=LONGEST_WORDS)


class EmptyForm(BaseModel):
    """Nothing but the button."""

    model_config = ConfigDict(frozen=True, extra="forbid")


@bp.get("/shops")
@guarded(Permission.STAFF_SHOP_SUSPEND)
def shops() -> ResponseReturnValue:
    """List all shops by name; search by name or phone."""
    speech, search = current.speech(), request.args.get("q", "").replace("\0", "")[:40].strip()
    asked, place = request.args.get("state", ""), request.args.get("kecamatan", "").replace("\0", "")[:20]
    state = ShopState(asked) if asked in set(ShopState) else None
    with reading() as session:
        page = staff_shops(session, search=search, district_code=place, state=state, number=page_number())
        districts = shop_districts(session)
    note_access("shop.list", "shop", page.number)
    return render_template(
        "pages/staff/shops.html",
        wing=staff_wing(here="shops"),
        columns=[Column(speech.t(f"desk.column_{name}")) for name in ("shop", "state", "place", "phone", "joined")],
        rows=[
            (row.name, url_for("staff.shop", shop_id=row.id), speech.t(f"desk.shop_{row.state}"), row.district_name,
             display_phone(row.phone), speech.moment(row.joined_at))
            for row in page.rows
        ],
        states=[(str(each), speech.t(f"desk.shop_{each}")) for each in ShopState],
        state=str(state or ""),
        districts=districts,
        place=place,
        search=search,
        following=_list_url(search, state, place, page.number + 1) if page.has_next else "",
        previous=_list_url(search, state, place, page.number - 1) if page.number > 1 else "",
    )  # fmt: skip


def _list_url(search: str, state: ShopState | None, place: str, page: int) -> str:
    return url_for("staff.shops", q=search or None, state=str(state or "") or None, kecamatan=place or None, page=page)


@bp.get("/shops/<int:shop_id>")
@guarded(Permission.STAFF_SHOP_SUSPEND)
def shop(shop_id: int) -> ResponseReturnValue:
    """Show one shop with its goods; that it was looked at is written down."""
    return _show(shop_id)


@bp.post("/shops/<int:shop_id>/suspend")
@guarded(Permission.STAFF_SHOP_SUSPEND)
def suspend_shop(shop_id: int) -> ResponseReturnValue:
    """Hide a shop and all its goods at once; what was ordered goes on."""
    form = parse(SuspendForm, request.form.to_dict())
    if isinstance(form, FieldErrors):
        return _show(shop_id, error=form.words("words") or current.speech().t("error.unknown_field"))
    actor_id, now, id_ = sessions.acting().person_id, current.now(), _shop_id(shop_id)
    return _carry_out(
        lambda session: suspend(session, shop_id=id_, words=form.words, actor_id=actor_id, now=now), shop_id, "suspended"
    )


@bp.post("/shops/<int:shop_id>/reinstate")
@guarded(Permission.STAFF_SHOP_SUSPEND)
def reinstate_shop(shop_id: int) -> ResponseReturnValue:
    """Bring a suspended shop back."""
    if isinstance(parse(EmptyForm, request.form.to_dict()), FieldErrors):
        return _show(shop_id, error=current.speech().t("error.unknown_field"))
    actor_id, now, id_ = sessions.acting().person_id, current.now(), _shop_id(shop_id)
    return _carry_out(lambda session: reinstate(session, shop_id=id_, actor_id=actor_id, now=now), shop_id, "reinstated")


@bp.post("/shops/<int:shop_id>/goods/<int:product_id>/suspend")
@guarded(Permission.STAFF_SHOP_SUSPEND)
def suspend_good(shop_id: int, product_id: int) -> ResponseReturnValue:
    """Hide one of a shop's goods at once."""
    good_id = _good_id(shop_id, product_id)
    form = parse(SuspendForm, request.form.to_dict())
    if isinstance(form, FieldErrors):
        return _show(shop_id, error=form.words("words") or current.speech().t("error.unknown_field"), good=product_id)
    actor_id, now = sessions.acting().person_id, current.now()
    return _carry_out(
        lambda session: suspend_listing(session, product_id=good_id, words=form.words, actor_id=actor_id, now=now),
        shop_id, "suspended",
    )  # fmt: skip


@bp.post("/shops/<int:shop_id>/goods/<int:product_id>/reinstate")
@guarded(Permission.STAFF_SHOP_SUSPEND)
def reinstate_good(shop_id: int, product_id: int) -> ResponseReturnValue:
    """Bring a suspended good back."""
    good_id = _good_id(shop_id, product_id)
    if isinstance(parse(EmptyForm, request.form.to_dict()), FieldErrors):
        return _show(shop_id, error=current.speech().t("error.unknown_field"), good=product_id)
    actor_id, now = sessions.acting().person_id, current.now()
    return _carry_out(
        lambda session: reinstate_listing(session, product_id=good_id, actor_id=actor_id, now=now), shop_id, "reinstated"
    )


def _carry_out(work: Callable[[Session], None], shop_id: int, done: str) -> ResponseReturnValue:
    try:
        in_unit(work)
    except (ShopMoveRefused, ProductMoveRefused):
        return _show(shop_id, problem=current.speech().t("staff.changed_meanwhile"))
    return redirect(url_for("staff.shop", shop_id=shop_id, done=done), 303)


def _shop_id(shop_id: int) -> ShopId:
    if shop_id >= LARGEST_ID:
        raise ShopNotFound(shop=shop_id)
    return ShopId(shop_id)


def _good_id(shop_id: int, product_id: int) -> ProductId:
    """Return the id of one of this shop's goods. Raises: ProductNotFound."""
    with reading() as session:
        goods = goods_of_shop(session, _shop_id(shop_id))
    if product_id not in {good.id for good in goods}:
        raise ProductNotFound(product=product_id)
    return ProductId(product_id)


def _show(shop_id: int, *, error: str = "", good: int = 0, problem: str = "") -> ResponseReturnValue:
    id_ = _shop_id(shop_id)
    with reading() as session:
        found = shop_for_desk(session, id_)
        goods = goods_of_shop(session, id_)
        past = past_decisions(session, object_kind="shop", object_ids=[shop_id], actions=SHOP_ACTS)
    note_access("shop.view", "shop", shop_id)
    speech = current.speech()
    page = render_template(
        "pages/staff/shop.html",
        wing=staff_wing(here="shops"),
        shop=found,
        state=speech.t(f"desk.shop_{found.state}"),
        phone=display_phone(found.phone),
        goods=[(each, speech.t(f"desk.good_{each.state}"), each.state is ProductState.SUSPENDED) for each in goods],
        past=history(past, speech),
        last_reasons=[],
        last_words="",
        error=error,
        good_in_error=good,
        given=request.form.get("words", "")[:LONGEST_WORDS],
        problem=problem,
        done=done_words(),
    )
    return make_response(page, 409 if problem else 422 if error else 200)
