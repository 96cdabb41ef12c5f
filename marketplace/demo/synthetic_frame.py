"""What synthetic goods stand in: shops in the region's kecamatan, categories, attributes. What is there already is used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from marketplace.catalog.models import (
    Attribute,
    AttributeChoice,
    AttributeChoiceText,
    AttributeKind,
    AttributeText,
    Category,
    CategoryAttribute,
    CategoryText,
)
from marketplace.catalog.search.entries import LANGUAGES
from marketplace.demo.synthetic_words import COLOURS, KINDS, SIZES, coined
from marketplace.files.models import StoredImage
from marketplace.kernel.ids import CategoryId, ShopId
from marketplace.places.models import District, Province, Regency
from marketplace.sellers.models import Permit, PermitKind, Shop, ShopState, ShopText

_REGENCY = "36.02"
_GOODS_PER_SHOP = 40
_MOST_IMAGES = 200
# Used where no places were loaded: (code, name, folded name).
_DISTRICTS = (
    ("36.02.06", "Leuwidamar", "leuwidamar"),
    ("36.02.14", "Rangkasbitung", "rangkasbitung"),
    ("36.02.18", "Cibadak", "cibadak"),
    ("36.02.22", "Sobang", "sobang"),
)


@dataclass(frozen=True, slots=True)
class SyntheticShop:
    """A shop, where it is, and its halal permit."""

    id: ShopId
    district_code: str
    permit_id: int


@dataclass(frozen=True, slots=True)
class Frame:
    """Ids of everything that goods point to."""

    shops: Sequence[SyntheticShop]
    categories: Mapping[str, CategoryId]
    colour_id: int
    colours: Mapping[str, int]
    sizes: Mapping[str, int]
    images: Sequence[str]

    def shop(self, number: int) -> SyntheticShop:
        """Return the shop of the n-th good."""
        return self.shops[number * 31 % len(self.shops)]


def lay_frame(session: Session, *, products: int, seed: int, now: datetime) -> Frame:
    """Make what the goods need and is not there yet."""
    colour_id, colours = _attribute(session, "synthetic_colour", ("Warna", "Colour", "색상"), COLOURS)
    _, sizes = _attribute(session, "synthetic_size", ("Ukuran", "Size", "크기"), SIZES)
    return Frame(
        shops=_shops(session, max(1, products // _GOODS_PER_SHOP), _districts(session), seed=seed, now=now),
        categories=_categories(session),
        colour_id=colour_id,
        colours=colours,
        sizes=sizes,
        images=session.scalars(select(StoredImage.hash).order_by(StoredImage.hash).limit(_MOST_IMAGES)).all(),
    )


def _districts(session: Session) -> Sequence[str]:
    of_region = select(District.code).where(District.regency_code == _REGENCY).order_by(District.code)
    found = session.scalars(of_region).all()
    if found:
        return found
    if session.get(Province, _REGENCY[:2]) is None:
        session.execute(insert(Province), [{"code": _REGENCY[:2], "name": "Banten"}])
    if session.get(Regency, _REGENCY) is None:
        session.execute(insert(Regency), [{"code": _REGENCY, "province_code": _REGENCY[:2], "name": "Kabupaten Lebak"}])
    rows = [{"code": code, "regency_code": _REGENCY, "name": name, "folded": folded} for code, name, folded in _DISTRICTS]
    session.execute(insert(District), rows)
    return session.scalars(of_region).all()


def _shops(session: Session, count: int, districts: Sequence[str], *, seed: int, now: datetime) -> list[SyntheticShop]:
    rows = [_shop(number, districts, seed=seed, now=now) for number in range(count)]
    ids = session.scalars(insert(Shop).returning(Shop.id, sort_by_parameter_order=True), rows).all()
    session.execute(insert(ShopText), [{"shop_id": shop, "language": language} for shop in ids for language in LANGUAGES])
    permits: list[dict[str, Any]] = [
        {"shop_id": shop, "kind": PermitKind.HALAL, "number": f"CONTOH-S{seed}-{number}", "is_example": True,
         "verified_at": now, "created_at": now}
        for number, shop in enumerate(ids)
    ]  # fmt: skip
    held = session.scalars(insert(Permit).returning(Permit.id, sort_by_parameter_order=True), permits).all()
    return [SyntheticShop(shop, row["district_code"], permit) for shop, row, permit in zip(ids, rows, held, strict=True)]


def _shop(number: int, districts: Sequence[str], *, seed: int, now: datetime) -> dict[str, Any]:
    return {
        "slug": f"s{seed}-toko-{number}",
        "code": _code(seed * 1_000_003 + number),
        "name": f"Toko {coined(400_000 + number, 'id').capitalize()}",
        "state": ShopState.ACTIVE,
        "district_code": districts[number * 7 % len(districts)],
        "phone": f"+6281200{number % 1_000_000:06d}",
        "is_example": True,
        "verified_at": now,
        "joined_at": now,
    }


def _code(number: int) -> str:
    """Return six characters that no shop made by hand has: the digit comes first."""
    letters, code = "ABCDEFGHJKLMNPQRSTUVWXYZ", ""
    for _ in range(5):
        number, at = divmod(number, len(letters))
        code += letters[at]
    return f"0{code}"


def _categories(session: Session) -> dict[str, CategoryId]:
    found: dict[str, CategoryId] = {row.slug: row.id for row in session.execute(select(Category.slug, Category.id))}
    for position, kind in enumerate(KINDS, start=1):
        if kind.category not in found:
            category = Category(slug=kind.category, position=position)
            session.add(category)
            session.flush()
            names = [
                {"category_id": category.id, "language": language, "name": kind.names[language].capitalize()}
                for language in LANGUAGES
            ]
            session.execute(insert(CategoryText), names)
            found[kind.category] = category.id
    return found


def _attribute(
    session: Session, code: str, names: tuple[str, str, str], choices: Mapping[str, tuple[str, str, str]]
) -> tuple[int, dict[str, int]]:
    """Return a filterable attribute of every category and its choices, made once."""
    present = session.scalar(select(Attribute.id).where(Attribute.code == code))
    if present is None:
        present = _new_attribute(session, code, names, choices)
    of_it = select(AttributeChoice.code, AttributeChoice.id).where(AttributeChoice.attribute_id == present)
    return present, {row.code: row.id for row in session.execute(of_it)}


def _new_attribute(session: Session, code: str, names: tuple[str, str, str], choices: Mapping[str, tuple[str, str, str]]) -> int:
    attribute = Attribute(code=code, kind=AttributeKind.CHOICE, is_filterable=True, position=90)
    session.add(attribute)
    session.flush()
    texts = [
        {"attribute_id": attribute.id, "language": language, "name": name}
        for language, name in zip(LANGUAGES, names, strict=True)
    ]
    session.execute(insert(AttributeText), texts)
    for position, (choice_code, labels) in enumerate(choices.items()):
        choice = AttributeChoice(attribute_id=attribute.id, code=choice_code, position=position)
        session.add(choice)
        session.flush()
        labelled = [
            {"choice_id": choice.id, "language": language, "name": label}
            for language, label in zip(LANGUAGES, labels, strict=True)
        ]
        session.execute(insert(AttributeChoiceText), labelled)
    session.execute(
        insert(CategoryAttribute),
        [{"category_id": category, "attribute_id": attribute.id} for category in _categories(session).values()],
    )
    return attribute.id
