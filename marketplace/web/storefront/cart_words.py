"""A cart in words: what its page and the checkout summary print."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from marketplace.checkout.lines import PricedLine
from marketplace.checkout.problems import Problem
from marketplace.checkout.queries import CartGroup, CartView
from marketplace.checkout.terms import MOST_STEPS
from marketplace.kernel.ids import VariantId
from marketplace.web import current
from marketplace.web.speech import Speech
from marketplace.web.storefront.pictures import thumbnail


@dataclass(frozen=True, slots=True)
class LineView:
    """One line, in words."""

    variant_id: VariantId
    name: str
    url: str
    picture: str
    options: str
    quantity: int
    quantity_label: str
    least: int
    most: int
    price: str
    was: str
    note: str
    error: str
    is_over: bool  # nothing of it can be bought: the stepper makes no sense


@dataclass(frozen=True, slots=True)
class GroupView:
    """What one seller would send."""

    shop_id: int
    shop_name: str
    shop_url: str
    error: str
    subtotal: str
    lines: list[LineView]


@dataclass(frozen=True, slots=True)
class SumRow:
    """One row of a summary."""

    label: str
    value: str
    note: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class CartPage:
    """A whole cart, in words."""

    groups: list[GroupView]
    goods: str
    count: int
    can_order: bool
    has_price_changes: bool


def problem_words(line: PricedLine, speech: Speech) -> str:
    """Return why a line cannot be bought as it stands and what to do, empty when it can."""
    match line.problem:
        case None:
            return ""
        case Problem.TOO_FEW:
            return speech.t("error.stock", count=line.available_steps or 0)
        case Problem.BELOW_MINIMUM:
            return speech.t("cart.problem_below_minimum", count=line.min_steps)
        case _:
            return speech.t(f"cart.problem_{line.problem}")


def line_view(line: PricedLine, *, typed: tuple[int, str] | None = None) -> LineView:
    """Return one line in words; `typed` is a refused quantity and the sentence that says why."""
    speech = current.speech()
    left = line.available_steps
    change = ""
    if line.price_changed:
        change = speech.t(
            "cart.price_changed_from", before=speech.money(line.seen_price_minor), amount=speech.money(line.unit_price_minor)
        )
    return LineView(
        variant_id=line.variant_id,
        name=line.name,
        url=url_for("storefront.product", language=current.language(), slug=line.product_slug),
        picture=thumbnail(line.image_hash),
        options=line.label,
        quantity=typed[0] if typed else line.quantity,
        quantity_label=speech.t("cart.quantity_of", name=line.name),
        least=line.min_steps,
        most=min(MOST_STEPS, left) if left is not None and left >= line.min_steps else MOST_STEPS,
        price=speech.money(line.total_minor),
        was="",
        note=change or _unit_note(line, speech),
        error=typed[1] if typed else problem_words(line, speech),
        is_over=line.problem in (Problem.SHOP_CLOSED, Problem.SHOP_HOLIDAY, Problem.UNAVAILABLE, Problem.SOLD_OUT),
    )


def _unit_note(line: PricedLine, speech: Speech) -> str:
    return speech.t("cart.each", amount=speech.money(line.unit_price_minor)) if line.quantity > 1 else ""


def group_view(group: CartGroup, *, typed: dict[VariantId, tuple[int, str]]) -> GroupView:
    """Return one seller's lines in words."""
    speech, problem = current.speech(), group.shop_problem
    return GroupView(
        shop_id=group.shop.id,
        shop_name=group.shop.name,
        shop_url=url_for("storefront.shop", language=current.language(), slug=group.shop.slug),
        error=speech.t(f"cart.problem_{problem}") if problem is not None else "",
        subtotal=speech.money(group.goods_minor),
        lines=[line_view(line, typed=typed.get(line.variant_id)) for line in group.lines],
    )


def cart_page(view: CartView, *, typed: dict[VariantId, tuple[int, str]] | None = None) -> CartPage:
    """Return a cart in words."""
    return CartPage(
        groups=[group_view(group, typed=typed or {}) for group in view.groups],
        goods=current.speech().money(view.goods_minor),
        count=len(view.lines),
        can_order=view.can_order,
        has_price_changes=view.has_price_changes,
    )
