"""Second and third screen of a listing: what it is, and how buyers will see it."""

from __future__ import annotations

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from marketplace.accounts.permissions import Permission
from marketplace.catalog.claims import health_claims
from marketplace.catalog.drafting import drop_draft, save_draft
from marketplace.catalog.errors import AlreadyWaiting, CategoryNotFound, NothingToSell
from marketplace.catalog.goods import OwnDraft
from marketplace.catalog.queries import categories
from marketplace.catalog.sending import Contents
from marketplace.catalog.states import ProductMoveRefused
from marketplace.db import in_unit, reading
from marketplace.inventory.listing import send_listing
from marketplace.sellers.queries import ShopContact
from marketplace.web import current, sessions
from marketplace.web.fields import FieldErrors, parse
from marketplace.web.guards import guarded
from marketplace.web.seller.blueprint import bp
from marketplace.web.seller.frame import seller_wing
from marketplace.web.seller.listing_forms import WEIGHTS, ContentsForm, NothingForm, WordsForm
from marketplace.web.seller.listing_parts import contents_of, quality_of_draft, read_draft, steps_of
from marketplace.web.storefront.pictures import thumbnail

LONGEST_KEPT = 4000


@bp.get("/drafts/<token>/contents")
@guarded(Permission.SELLER_PRODUCT_EDIT)
def draft_contents(token: str) -> ResponseReturnValue:
    """Ask what the goods are."""
    shop, draft = read_draft(token)
    return _contents_page(shop, draft, draft.given)


@bp.post("/drafts/<token>/contents")
@guarded(Permission.SELLER_PRODUCT_EDIT)
def save_contents(token: str) -> ResponseReturnValue:
    """Keep what was typed, right or wrong; go on when it is right."""
    shop, draft = read_draft(token)
    fields = (WordsForm if draft.product_id is not None else ContentsForm).model_fields
    typed = request.form.to_dict()
    if set(typed) - set(fields) or any("\0" in text or len(text) > LONGEST_KEPT for text in typed.values()):
        return _contents_page(shop, draft, typed, FieldErrors({"form": "error.unknown_field"}))
    now = current.now()
    in_unit(lambda session: save_draft(session, shop_id=shop.id, token=draft.token, given=typed, now=now))
    _, saved = read_draft(token)
    form = contents_of(saved)
    if not isinstance(form, FieldErrors) and not _is_kind(form.kind):
        form = FieldErrors({"kind": "error.choice"})
    if isinstance(form, FieldErrors):
        return _contents_page(shop, saved, saved.given, form)
    return redirect(url_for("seller.draft_preview", token=draft.token), 303)


@bp.get("/drafts/<token>/preview")
@guarded(Permission.SELLER_PRODUCT_EDIT)
def draft_preview(token: str) -> ResponseReturnValue:
    """Show the goods as buyers will see them, before they go to the office."""
    shop, draft = read_draft(token)
    return _preview_page(shop, draft)


@bp.post("/drafts/<token>/send")
@guarded(Permission.SELLER_PRODUCT_EDIT)
def send_draft_off(token: str) -> ResponseReturnValue:
    """Ask the office to judge it."""
    shop, draft = read_draft(token)
    speech, form = current.speech(), contents_of(draft)
    if isinstance(parse(NothingForm, request.form.to_dict()), FieldErrors):
        return _preview_page(shop, draft, speech.t("error.unknown_field"))
    if not draft.photos or isinstance(form, FieldErrors):
        return _preview_page(shop, draft, speech.t("goods.error_incomplete"))
    contents, actor_id, now = _contents(form), sessions.acting().person_id, current.now()

    def work(session: Session) -> str:
        return send_listing(session, shop_id=shop.id, token=draft.token, contents=contents, actor_id=actor_id, now=now)

    try:
        slug = in_unit(work)
    except (NothingToSell, CategoryNotFound):
        return _preview_page(shop, draft, speech.t("goods.error_incomplete"))
    except (AlreadyWaiting, ProductMoveRefused):
        return _preview_page(shop, draft, speech.t("goods.error_waiting"))
    return redirect(url_for("seller.good", slug=slug, done="sent"), 303)


@bp.post("/drafts/<token>/drop")
@guarded(Permission.SELLER_PRODUCT_EDIT)
def drop(token: str) -> ResponseReturnValue:
    """Throw a draft away."""
    shop, draft = read_draft(token)
    if isinstance(parse(NothingForm, request.form.to_dict()), FieldErrors):
        return _preview_page(shop, draft, current.speech().t("error.unknown_field"))
    in_unit(lambda session: drop_draft(session, shop_id=shop.id, token=draft.token))
    return redirect(url_for("seller.goods", done="dropped"), 303)


def _contents(form: ContentsForm | WordsForm) -> Contents:
    words = {"name": form.name, "kind": form.kind, "summary": form.summary, "description": form.description}
    if isinstance(form, ContentsForm):
        return Contents(**words, price_minor=form.price, stock=form.stock, weight_grams=form.grams)
    return Contents(**words, price_minor=0, stock=0, weight_grams=0)  # goods that exist keep their own


def _is_kind(slug: str) -> bool:
    with reading() as session:
        return any(card.slug == slug for card in categories(session, current.language()))


def _contents_page(
    shop: ShopContact, draft: OwnDraft, given: dict[str, str], errors: FieldErrors | None = None
) -> ResponseReturnValue:
    speech = current.speech()
    with reading() as session:
        kinds = [
            (card.slug, card.name, thumbnail(card.picture_hash, card.picture_widths))
            for card in categories(session, speech.language)
        ]
    wrong = errors or FieldErrors({})
    fields = ("name", "kind", "price", "stock", "weight", "weight_kg", "summary", "description")
    return make_response(
        render_template(
            "pages/seller/listing_contents.html", wing=seller_wing(shop, here="goods"), draft=draft, kinds=kinds,
            given={name: given.get(name, "") for name in fields}, errors={name: wrong.words(name) for name in (*fields, "form")},
            summary=wrong.summary(), weights=[(value, speech.t(f"goods.weight_{value}")) for value in WEIGHTS],
            claims=", ".join(health_claims(*(given.get(name, "") for name in ("name", "summary", "description")))),
            steps=steps_of(draft, "contents"), is_edit=draft.product_id is not None,
        ),
        422 if errors else 200,
    )  # fmt: skip


def _preview_page(shop: ShopContact, draft: OwnDraft, problem: str = "") -> ResponseReturnValue:
    speech, form = current.speech(), contents_of(draft)
    whole = None if isinstance(form, FieldErrors) else form
    price = speech.money(whole.price) if isinstance(whole, ContentsForm) else ""
    quality = quality_of_draft(draft)
    return make_response(
        render_template(
            "pages/seller/listing_preview.html", wing=seller_wing(shop, here="goods"), draft=draft, form=whole, price=price,
            weight=speech.weight(whole.grams) if isinstance(whole, ContentsForm) else "",
            picture=url_for("seller.draft_photo", token=draft.token, place=1, v=draft.photos[0][:8]) if draft.photos else "",
            name=draft.given.get("name", ""), summary=draft.given.get("summary", ""),
            description=draft.given.get("description", ""), quality=quality,
            may_send=bool(draft.photos) and whole is not None, steps=steps_of(draft, "send"), problem=problem,
        ),
        422 if problem else 200,
    )  # fmt: skip
