"""The first statement of a product page: the product, its words, its shelf, its place and its maker in one row."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, case, func, select
from sqlalchemy.orm import Session, aliased

from marketplace.files.models import StoredImage
from marketplace.kernel.clock import local_day
from marketplace.language.languages import DEFAULT, Language
from marketplace.places.models import District, Province, Regency
from marketplace.sellers.holidays import is_on_holiday
from marketplace.sellers.models import Shop, ShopText
from marketplace.sellers.queries import PermitBadge, is_public, read_widths

from .models import Category as Shelf
from .models import CategoryText, Product, ProductRevision, ProductState, ProductText
from .pages import ExportFacts, Fact, Photo, ProductPage, ProductShop, VariantView
from .search.models import SearchRow


def read_head(session: Session, slug: str, language: Language) -> Any:
    """Return the row of a product the public may see, or None."""
    return session.execute(_head_of(language), {"slug": slug}).first()


@cache
def _head_of(language: Language) -> Select[*tuple[Any, ...]]:
    """Return the statement for `slug`. It is built once a language: building it costs more than running it."""
    words, shelf_words, tagline = aliased(ProductText), aliased(CategoryText), aliased(ShopText)
    shop_place = aliased(District)
    spoken = (language, DEFAULT)

    def wanted_first(text: Any) -> Any:
        return case((text.language == language, 0), else_=1)

    return (
        select(
            Product.id, Product.published_revision_id.label("revision_id"), Product.slug, words.name, words.summary,
            words.description, words.care, words.language.label("text_language"), ProductRevision.category_id,
            Shelf.slug.label("category_slug"), shelf_words.name.label("category_name"), Product.district_code,
            District.name.label("district_name"), Regency.name.label("regency_name"), Province.name.label("province_name"),
            Product.fulfilment, Product.lead_days, Product.ship_flags, Product.shelf_life_days, Product.published_at,
            Product.export_fit, Product.hs_code, Product.tariff_line, Product.origin, Product.customs_description,
            Product.export_lead_days,
            func.coalesce(SearchRow.rating_hundredths, 0).label("rating_hundredths"),
            func.coalesce(SearchRow.rating_count, 0).label("rating_count"), func.coalesce(SearchRow.sold, 0).label("sold"),
            Shop.id.label("shop_id"), Shop.slug.label("shop_slug"), Shop.name.label("shop_name"),
            func.coalesce(tagline.tagline, "").label("tagline"), shop_place.name.label("shop_district_name"), Shop.phone,
            Shop.joined_at, Shop.is_example, Shop.is_pkp, Shop.colour_a, Shop.colour_b, Shop.picture_hash,
            StoredImage.widths.label("picture_widths"), Shop.holiday_from, Shop.holiday_until, Shop.accepts_cod,
            Shop.pickup_address,
        )
        .join(ProductRevision, ProductRevision.id == Product.published_revision_id)
        .join(words, and_(words.revision_id == ProductRevision.id, words.language.in_(spoken)))
        .join(Shelf, Shelf.id == ProductRevision.category_id)
        .join(shelf_words, and_(shelf_words.category_id == Shelf.id, shelf_words.language.in_(spoken)))
        .join(Shop, Shop.id == Product.shop_id)
        .outerjoin(tagline, and_(tagline.shop_id == Shop.id, tagline.language.in_(spoken)))
        .join(shop_place, shop_place.code == Shop.district_code)
        .join(District, District.code == Product.district_code)
        .join(Regency, Regency.code == District.regency_code)
        .join(Province, Province.code == Regency.province_code)
        .outerjoin(StoredImage, StoredImage.hash == Shop.picture_hash)
        .outerjoin(SearchRow, and_(SearchRow.product_id == Product.id, SearchRow.language == language))
        .where(Product.slug == bindparam("slug"), Product.state == ProductState.PUBLISHED, is_public())
        .order_by(wanted_first(words), wanted_first(shelf_words), wanted_first(tagline))
        .limit(1)
    )  # fmt: skip


def page_of(
    head: Any, language: Language, now: datetime, *, photos: tuple[Photo, ...], variants: tuple[VariantView, ...],
    facts: tuple[Fact, ...], permits: tuple[PermitBadge, ...],
) -> ProductPage:  # fmt: skip
    """Return the page made of the head's row and of its parts."""
    return ProductPage(
        id=head.id, revision_id=head.revision_id, slug=head.slug, name=head.name, summary=head.summary,
        description=head.description, care=head.care, text_language=Language(head.text_language),
        is_fallback=head.text_language != language, category_id=head.category_id, category_slug=head.category_slug,
        category_name=head.category_name, district_code=head.district_code, district_name=head.district_name,
        regency_name=head.regency_name, province_name=head.province_name, fulfilment=head.fulfilment, lead_days=head.lead_days,
        ship_flags=tuple(head.ship_flags), shelf_life_days=head.shelf_life_days, is_food=head.shelf_life_days is not None,
        published_at=head.published_at, rating_hundredths=head.rating_hundredths, rating_count=head.rating_count, sold=head.sold,
        shop=_shop_of(head, now), photos=photos, variants=variants, facts=facts, permits=permits,
        export=ExportFacts(
            fit=head.export_fit, hs_code=head.hs_code, tariff_line=head.tariff_line, origin=head.origin,
            customs_description=head.customs_description, lead_days=head.export_lead_days,
        ),
    )  # fmt: skip


def _shop_of(head: Any, now: datetime) -> ProductShop:
    return ProductShop(
        id=head.shop_id, slug=head.shop_slug, name=head.shop_name, tagline=head.tagline, district_name=head.shop_district_name,
        phone=head.phone, joined_at=head.joined_at, is_example=head.is_example, is_pkp=head.is_pkp, colour_a=head.colour_a,
        colour_b=head.colour_b, picture_hash=head.picture_hash, picture_widths=read_widths(head.picture_widths),
        is_on_holiday=is_on_holiday(starts=head.holiday_from, ends=head.holiday_until, day=local_day(now)),
        holiday_until=head.holiday_until, accepts_cod=head.accepts_cod, has_pickup=bool(head.pickup_address),
    )  # fmt: skip
