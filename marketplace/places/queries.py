"""Reads about places: which kecamatan somebody means, and what a code is called."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Select, and_, case, exists, func, or_, select, true
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import ColumnElement

from .errors import DistrictNotFound
from .models import District, Province, Regency, Village
from .typed import MOST_WORDS, SHORTEST_NAME, place_words

KABUPATEN = "Kabupaten "


@dataclass(frozen=True, slots=True)
class DistrictChoice:
    """A kecamatan with all that tells it from others of the same name."""

    code: str
    name: str
    regency: str
    province: str
    postal_code: str | None

    @property
    def label(self) -> str:
        """Return "Sobang, Kab. Lebak, Banten"."""
        return f"{self.name}, {short_regency(self.regency)}, {self.province}"


def short_regency(name: str) -> str:
    """Return "Kab. Lebak" for "Kabupaten Lebak"; a kota keeps its name."""
    return f"Kab. {name.removeprefix(KABUPATEN)}" if name.startswith(KABUPATEN) else name


def find_districts(session: Session, typed: str, limit: int = 8) -> tuple[DistrictChoice, ...]:
    """Return the kecamatan that `typed` may mean, best first: whole names, beginnings, middles, then all of a named regency.

    Any run of the words may be the kecamatan's name; the others narrow by regency, province or postal code ("cibadak
    lebak"). Among equals the market's own region comes first: it is the one whose villages we know. One statement.
    """
    words = place_words(typed)[:MOST_WORDS]
    if not words:
        return ()
    whole, start, inside = _readings(words)
    rank = case((or_(*whole), 0), (or_(*start), 1), (or_(*inside), 2), else_=3)
    is_elsewhere = case((exists().where(Village.district_code == District.code), 0), else_=1)
    only_places = and_(*(_names_place(word) for word in words))
    query = (
        _choices()
        .where(or_(*inside, only_places))
        .order_by(rank, is_elsewhere, District.name, Regency.name, District.code)
        .limit(limit)
    )
    return tuple(DistrictChoice(*row) for row in session.execute(query))


def get_district(session: Session, code: str) -> DistrictChoice:
    """Return the kecamatan with this code. Raises: DistrictNotFound."""
    row = session.execute(_choices().where(District.code == code)).first()
    if row is None:
        raise DistrictNotFound(code=code)
    return DistrictChoice(*row)


def district_names(session: Session, codes: Iterable[str]) -> dict[str, str]:
    """Return the names of the kecamatan with these codes; unknown codes are left out."""
    named = select(District.code, District.name).where(District.code.in_(sorted(set(codes))))
    return dict(session.execute(named).all())


def _choices() -> Select[str, str, str, str, str | None]:
    return (
        select(District.code, District.name, Regency.name, Province.name, District.postal_code)
        .join(Regency, Regency.code == District.regency_code)
        .join(Province, Province.code == Regency.province_code)
    )


def _readings(words: tuple[str, ...]) -> tuple[list[ColumnElement[bool]], ...]:
    """Return, for every run of words that may be the name, its conditions: equal, begins with, contains."""
    whole, start, inside = [], [], []
    for first in range(len(words)):
        for last in range(first + 1, len(words) + 1):
            name = "".join(words[first:last])
            if len(name) < SHORTEST_NAME:
                continue
            rest = and_(true(), *(_names_place(word) for word in (*words[:first], *words[last:])))
            whole.append(and_(District.folded == name, rest))
            start.append(and_(District.folded.startswith(name), rest))
            inside.append(and_(District.folded.contains(name), rest))
    # A single letter names nothing, but it is a beginning.
    if not inside:
        lone = and_(District.folded.startswith(words[0]))
        return [District.folded == words[0]], [lone], [lone]
    return whole, start, inside


def _names_place(word: str) -> ColumnElement[bool]:
    if word.isdigit():
        return District.postal_code.startswith(word)
    place = func.replace(func.lower(Regency.name + " " + Province.name), "-", "")
    return place.contains(word)
