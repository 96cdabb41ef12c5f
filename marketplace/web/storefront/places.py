"""Suggestions for the kecamatan a buyer types, and what the typed words mean."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flask import Response, jsonify, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from marketplace.db import reading
from marketplace.language.languages import Language
from marketplace.places.errors import DistrictNotFound
from marketplace.places.queries import DistrictChoice, find_districts, get_district
from marketplace.web.guards import public
from marketplace.web.storefront.blueprint import bp

LONGEST = 120
MOST = 8
CODE = re.compile(r"[0-9]{2}\.[0-9]{2}\.[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Meant:
    """The kecamatan that was meant, or those it may be: none when nothing fits."""

    district: DistrictChoice | None
    options: tuple[DistrictChoice, ...] = ()


def find_meant(session: Session, *, typed: str, code: str) -> Meant:
    """Return what is meant by a typed name and the code chosen for it; a code counts while the words are still its own."""
    chosen = _by_code(session, code)
    words = typed.strip()[:LONGEST]
    if chosen is not None and words in ("", chosen.label):
        return Meant(chosen)
    if len(words) < 2:
        return Meant(None)
    options = find_districts(session, words, limit=MOST)
    same = [option for option in options if option.label.casefold() == words.casefold()]
    if len(options) == 1 or len(same) == 1:
        return Meant((same or options)[0])
    return Meant(None, options)


def _by_code(session: Session, code: str) -> DistrictChoice | None:
    if not CODE.fullmatch(code):
        return None
    try:
        return get_district(session, code)
    except DistrictNotFound:
        return None


@bp.get("/places")
@public()
def places(language: Language) -> ResponseReturnValue:
    """Return at most eight kecamatan for what was typed, as the combobox reads them."""
    del language
    typed = request.args.get("q", "")[:LONGEST].replace("\0", "").strip()
    if len(typed) < 2:
        return jsonify([])
    with reading(stale_ok=True) as session:
        found = find_districts(session, typed, limit=MOST)
    response: Response = jsonify([{"value": row.code, "label": row.label, "note": row.postal_code or ""} for row in found])
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response
