"""The counter of what is seen: batches sent by pages themselves, without cookies, answered with nothing."""

from __future__ import annotations

from typing import Annotated

from flask import Response, request
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from sqlalchemy.orm import Session

from marketplace.accounts.attempts import Scope, TooManyAttempts, count_attempt
from marketplace.curation.exposure import MOST_GOODS, record_impressions, surface_of
from marketplace.db import in_unit
from marketplace.web import current
from marketplace.web.guards import public
from marketplace.web.storefront.sitemap import bp

LARGEST_BATCH = 8_192


class SeenForm(BaseModel):
    """On which page which goods were seen, by their slugs."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    page: str = Field(max_length=200)
    goods: list[Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,90}$")]] = Field(min_length=1, max_length=MOST_GOODS)


@bp.post("/seen")
@public()
def seen() -> Response:
    """Count one batch. Nothing about the visitor is read or kept but the limit on tries per address."""
    if (request.content_length or 0) > LARGEST_BATCH:
        return Response(status=413)
    try:
        form = SeenForm.model_validate_json(request.get_data())
    except ValidationError:
        return Response(status=400)
    surface, now, address = surface_of(form.page), current.now(), request.remote_addr or ""
    if surface is None:
        return Response(status=204)

    def work(session: Session) -> None:
        count_attempt(session, scope=Scope.SEEN, key=address, now=now)
        record_impressions(session, slugs=form.goods, surface=surface, now=now)

    try:
        in_unit(work)
    except TooManyAttempts as refusal:
        return Response(status=429, headers={"Retry-After": str(refusal.wait_seconds)})
    return Response(status=204)
