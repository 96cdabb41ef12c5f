"""Goods made and published through the commands, with all their parts."""

from __future__ import annotations

from datetime import datetime
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from marketplace.catalog.drafts import PhotoDraft, ProductDraft, ProductWords, RevisionDraft, VariantDraft
from marketplace.catalog.models import (
    Attribute,
    AttributeChoice,
    AttributeChoiceText,
    AttributeKind,
    AttributeText,
    CategoryAttribute,
    Product,
)
from marketplace.catalog.search.indexing import reindex_products
from marketplace.catalog.services import make_product, publish_product, send_to_review
from marketplace.files.models import StoredImage
from marketplace.kernel.ids import CategoryId
from marketplace.language.languages import Language
from marketplace.sellers.models import Shop
from tests.conftest import NOW
from tests.factories.goods import make_category
from tests.factories.people import make_person

_numbers = count(1)
WORDS = {
    Language.ID: ProductWords(
        name="Gula Semut Aren", summary="Butiran halus", description="Dari nira aren.", care="Simpan kering."
    ),
    Language.KO: ProductWords(name="아렌 팜슈가", summary="고운 과립"),
}
VARIANT = VariantDraft(
    sku="GS-250", price_minor=16_500, ship_weight_grams=280, box_mm=(140, 40, 200), net_weight_grams=250, unit="pack"
)


def make_image(session: Session) -> str:
    """Return the hash of a stored picture with four renditions."""
    image_hash = f"{next(_numbers):040x}"
    session.add(StoredImage(hash=image_hash, width=720, height=720, widths="160 320 480 720", created_at=NOW))
    session.flush()
    return image_hash


def make_attribute(
    session: Session, *, category_id: CategoryId, code: str, kind: AttributeKind, unit: str = "", choices: tuple[str, ...] = ()
) -> Attribute:
    """Return an attribute of a category; its names are its code, in capitals for Korean."""
    attribute = Attribute(code=code, kind=kind, unit=unit, is_filterable=kind is AttributeKind.CHOICE)
    session.add(attribute)
    session.flush()
    session.add(CategoryAttribute(category_id=category_id, attribute_id=attribute.id, position=next(_numbers)))
    session.add_all([AttributeText(attribute_id=attribute.id, language="id", name=code),
                     AttributeText(attribute_id=attribute.id, language="ko", name=code.upper())])  # fmt: skip
    for choice in choices:
        row = AttributeChoice(attribute_id=attribute.id, code=choice)
        session.add(row)
        session.flush()
        session.add_all([AttributeChoiceText(choice_id=row.id, language="id", name=choice),
                         AttributeChoiceText(choice_id=row.id, language="ko", name=choice.upper())])  # fmt: skip
    session.flush()
    return attribute


def make_draft(
    session: Session, *, shop: Shop, category: str = "gula", revision: dict[str, Any] | None = None, **given: Any
) -> ProductDraft:
    """Return a draft with words in Indonesian and Korean, one photo and one variant."""
    make_category(session, category)
    photo = PhotoDraft(image_hash=make_image(session), alts={Language.ID: "Kantong gula", Language.KO: "팜슈가 봉지"})
    values: dict[str, Any] = {
        "slug": f"gula-{next(_numbers)}", "district_code": shop.district_code, "variants": (VARIANT,), "shelf_life_days": 365,
        "revision": RevisionDraft(**({"category": category, "words": WORDS, "photos": (photo,)} | (revision or {}))),
    }  # fmt: skip
    return ProductDraft(**(values | given))


def make_listing(session: Session, *, shop: Shop, now: datetime = NOW, **given: Any) -> Product:
    """Return a product that went through review and is published and indexed."""
    product = make_product(session, shop_id=shop.id, draft=make_draft(session, shop=shop, **given), actor_id=None, now=now)
    send_to_review(session, shop_id=shop.id, product_id=product.id, actor_id=None, now=now)
    publish_product(session, product_id=product.id, actor_id=make_person(session).id, now=now)
    session.flush()
    reindex_products(session, [product.id], now=now)
    return product
