"""A shop in five inputs: who, number, password, its name, its kecamatan. Whoever is signed in types only the last two."""

from __future__ import annotations

from functools import cache
from math import ceil
from typing import Annotated

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, SecretStr
from sqlalchemy.orm import Session

from marketplace.accounts.attempts import Scope, TooManyAttempts, count_attempt
from marketplace.accounts.passwords import MAX_LENGTH, MIN_LENGTH
from marketplace.accounts.queries import Viewer
from marketplace.accounts.services import AlreadyRegistered, SignedIn, begin_session, register_person
from marketplace.db import in_unit
from marketplace.kernel.phone import BadPhone, normalise_phone
from marketplace.places.reading import read_region
from marketplace.sellers.services import apply_for_shop
from marketplace.web import current, sessions
from marketplace.web.fields import FieldErrors, parse
from marketplace.web.guards import public
from marketplace.web.seller.blueprint import bp
from marketplace.web.seller.frame import SHOP_COOKIE

NOBODY = FieldErrors({})


@cache
def districts_of(region: str) -> tuple[tuple[str, str], ...]:
    """Return (code, name) of the region's kecamatan, by name."""
    return tuple(sorted(((row.code, row.name) for row in read_region(region).districts), key=lambda row: row[1]))


def _one_line(value: object) -> object:
    return " ".join(value.split()) if isinstance(value, str) else value


def _phone(value: str) -> str:
    try:
        return normalise_phone(value)
    except BadPhone as refusal:
        raise ValueError("opening.error_phone") from refusal


def _password(value: SecretStr) -> SecretStr:
    if not MIN_LENGTH <= len(value.get_secret_value()) <= MAX_LENGTH:
        raise ValueError("opening.error_password")
    return value


def _district(value: str) -> str:
    if value not in dict(districts_of(current.settings().region)):
        raise ValueError("opening.error_district")
    return value


Line = Annotated[str, BeforeValidator(_one_line), Field(min_length=1, max_length=80)]


class ShopForm(BaseModel):
    """What a signed-in person types."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    shop_name: Line
    district: Annotated[str, AfterValidator(_district)]


class NewcomerForm(ShopForm):
    """What somebody new types besides."""

    name: Line
    phone: Annotated[str, AfterValidator(_phone)]
    password: Annotated[SecretStr, AfterValidator(_password)]


@bp.get("/open")
@public()
def ask_open() -> ResponseReturnValue:
    """Show the form of a new shop."""
    return _page(NOBODY, 200)


def _page(errors: FieldErrors, status: int, *, wait: int = 0, is_known: bool = False) -> ResponseReturnValue:
    """Return the form with what was typed; the password alone is typed again."""
    given = {name: request.form.get(name, "")[:80] for name in ("name", "phone", "shop_name", "district")}
    return render_template(
        "pages/seller/open.html",
        errors=errors,
        given=given,
        districts=districts_of(current.settings().region),
        is_newcomer=sessions.viewer() is None,
        is_known=is_known,
        wait=wait,
        least=MIN_LENGTH,
    ), status


@bp.post("/open")
@public()
def open_shop() -> ResponseReturnValue:
    """Open the shop, and sign its owner in at once."""
    viewer = sessions.viewer()
    if viewer is not None:
        return _open_another(viewer)
    form = parse(NewcomerForm, request.form.to_dict())
    if isinstance(form, FieldErrors):
        return _page(form, 422)
    address, now, language = request.remote_addr or "", current.now(), str(current.speech().language)
    try:
        in_unit(lambda session: _count(session, address, form.phone))
    except TooManyAttempts as refusal:
        return _too_often(refusal)

    def work(session: Session) -> tuple[SignedIn, int]:
        person = register_person(
            session, name=form.name, phone=form.phone, email=None, password=form.password.get_secret_value(), language=language,
            now=now,
        )  # fmt: skip
        shop = apply_for_shop(
            session, name=form.shop_name, district_code=form.district, phone=form.phone, owner_id=person.id, now=now
        )
        begun = begin_session(
            session, person_id=person.id, user_agent=request.headers.get("User-Agent", ""), address=address,
            ended=sessions.session_secret(), now=now,
        )  # fmt: skip
        return begun, shop.id

    try:
        begun, shop_id = in_unit(work)
    except AlreadyRegistered:
        return _page(FieldErrors({"phone": "opening.error_known"}), 422, is_known=True)
    return _opened(shop_id, begun)


def _count(session: Session, address: str, phone: str | None) -> None:
    count_attempt(session, scope=Scope.SIGN_UP_ADDRESS, key=address, now=current.now())
    if phone is not None:
        count_attempt(session, scope=Scope.SIGN_UP_PHONE, key=phone, now=current.now())


def _too_often(refusal: TooManyAttempts) -> ResponseReturnValue:
    response = make_response(_page(NOBODY, 429, wait=ceil(refusal.wait_seconds / 60)))
    response.headers["Retry-After"] = str(refusal.wait_seconds)
    return response


def _open_another(viewer: Viewer) -> ResponseReturnValue:
    """Open a shop for somebody who is signed in; its number is theirs, where they have one."""
    form = parse(ShopForm, request.form.to_dict())
    if isinstance(form, FieldErrors):
        return _page(form, 422)
    if viewer.phone is None:
        return _page(FieldErrors({"shop_name": "opening.error_no_phone"}), 422)
    phone, now = viewer.phone, current.now()
    try:
        in_unit(lambda session: _count(session, f"person:{viewer.person_id}", None))
    except TooManyAttempts as refusal:
        return _too_often(refusal)
    shop_id = in_unit(
        lambda session: (
            apply_for_shop(
                session, name=form.shop_name, district_code=form.district, phone=phone, owner_id=viewer.person_id, now=now
            ).id
        )
    )
    return _opened(shop_id, None)


def _opened(shop_id: int, begun: SignedIn | None) -> ResponseReturnValue:
    """Go on in the new shop."""
    response = make_response(redirect(url_for("seller.home"), 303))
    secure = current.settings().is_secure
    response.set_cookie(SHOP_COOKIE, str(shop_id), httponly=True, samesite="Lax", secure=secure, path="/seller/")
    if begun is not None:
        sessions.set_session_cookie(response, begun.secret, now=current.now())
    return response
