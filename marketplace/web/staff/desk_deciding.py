"""What all decisions at the desk have in common: the form, what follows it, and who was quicker."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Literal

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from marketplace.db import in_unit, reading
from marketplace.language.dates import time_of_day
from marketplace.sellers.deciding import ChangedMeanwhile, DecidedMeanwhile
from marketplace.sellers.desk_pages import PastDecision, past_decisions
from marketplace.web import current
from marketplace.web.fields import FieldErrors, parse
from marketplace.web.staff.desk_queue import after_decision
from marketplace.web.staff.frame import staff_wing

LARGEST_ID = 2**63
LONGEST_WORDS = 500


class DecisionForm(BaseModel):
    """What an officer sends: the decision, what they saw, and for a return why."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    decision: Literal["approve", "return"]
    seen: str = Field(min_length=1, max_length=64)
    reasons: tuple[str, ...] = Field(default=(), max_length=12)
    words: str = Field(default="", max_length=LONGEST_WORDS)
    phone_reached: Literal["", "1"] = ""
    only: Literal["", "shop", "permit", "listing", "edit"] = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a decision did not go through: sentences by field."""

    errors: dict[str, str]

    def summary(self) -> list[tuple[str, str]]:
        """Return (id of the control, sentence) for the top of the form."""
        return [(f"f-{name}", words) for name, words in self.errors.items()]


def read_decision(reasons: Collection[str]) -> DecisionForm | Problem:
    """Return the decision that was sent, or what is wrong with it; `reasons` are those of this kind of thing."""
    given: dict[str, str | list[str]] = {**request.form.to_dict(), "reasons": request.form.getlist("reasons")}
    form = parse(DecisionForm, given)
    if isinstance(form, FieldErrors):
        return Problem({name.split(".")[0]: form.words(name) for name in form.keys})
    speech = current.speech()
    if form.decision == "return":
        if not form.reasons or not set(form.reasons) <= set(reasons):
            return Problem({"reasons": speech.t("desk.error_reasons")})
        if "other" in form.reasons and not form.words:
            return Problem({"words": speech.t("desk.error_words")})
    return form


def carry_out(work: Callable[[Session], None], *, form: DecisionForm) -> ResponseReturnValue:
    """Do it and go on to what waits next; or say who was quicker, or that it was changed, and do nothing."""
    try:
        in_unit(work)
    except DecidedMeanwhile as refusal:
        return _show_meanwhile(object_kind=refusal.what, object_id=refusal.id, only=form.only)
    except ChangedMeanwhile:
        return _show_meanwhile(object_kind="", object_id=0, only=form.only)
    done = "approved" if form.decision == "approve" else "returned"
    with reading() as session:
        where = after_decision(session, only=form.only, done=done)
    return redirect(where, 303)


ACTS = ("shop.verify", "shop.return", "permit.verify", "permit.return", "product.publish", "product.return")


def _show_meanwhile(*, object_kind: str, object_id: int, only: str) -> ResponseReturnValue:
    """Return the page that says what happened meanwhile; nothing was changed by this officer."""
    from_others: tuple[PastDecision, ...] = ()
    with reading() as session:
        if object_kind:
            from_others = past_decisions(session, object_kind=object_kind, object_ids=[object_id], actions=ACTS, most=1)
        following = after_decision(session, only=only, done="")
    speech = current.speech()
    if from_others:
        last = from_others[0]
        told = speech.t(
            f"desk.meanwhile_{'approved' if last.action in ('shop.verify', 'permit.verify', 'product.publish') else 'returned'}",
            name=last.by, time=time_of_day(last.at, speech.language), day=speech.day(last.at),
        )  # fmt: skip
    else:
        told = speech.t("desk.meanwhile_gone" if object_kind else "desk.meanwhile_changed")
    again = "" if object_kind else request.path
    page = render_template(
        "pages/staff/desk_meanwhile.html", wing=staff_wing(here="desk"), told=told, following=following, again=again,
        queue=url_for("staff.desk"),
    )  # fmt: skip
    return make_response(page, 409)


def given_decision() -> dict[str, object]:
    """Return what was typed, to be shown again."""
    return {
        "reasons": request.form.getlist("reasons"), "words": request.form.get("words", "")[:LONGEST_WORDS],
        "phone_reached": request.form.get("phone_reached", "") == "1",
        "only": request.form.get("only", request.args.get("only", ""))[:10],
    }  # fmt: skip
