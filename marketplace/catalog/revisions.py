"""Writing the rows of a revision and of variants from drafts, every value checked against its attribute."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from marketplace.kernel.ids import PersonId, ProductId, RevisionId, ShopId, VariantId
from marketplace.language.languages import DEFAULT
from marketplace.sellers.errors import PermitNotFound
from marketplace.sellers.models import Permit

from .drafts import RevisionDraft, VariantDraft
from .errors import AttributeNotHere, CategoryNotFound, WordsMissing
from .models import (
    Attribute,
    AttributeChoice,
    AttributeKind,
    Category,
    CategoryAttribute,
    PhotoText,
    PriceTier,
    ProductRevision,
    ProductText,
    RevisionAttribute,
    RevisionAttributeText,
    RevisionPermit,
    RevisionPhoto,
    Variant,
    VariantAttribute,
    VariantText,
)
from .typing_rules import AttributeRule, TypedValue, typed_value

Rules = Mapping[str, AttributeRule]


def rules_of(session: Session, category: str) -> Rules:
    """Return the attributes that goods of a category have, by code. Raises: CategoryNotFound."""
    category_id = session.scalar(select(Category.id).where(Category.slug == category))
    if category_id is None:
        raise CategoryNotFound(slug=category)
    rows = session.execute(
        select(Attribute.id, Attribute.code, Attribute.kind, AttributeChoice.code, AttributeChoice.id)
        .join(CategoryAttribute, CategoryAttribute.attribute_id == Attribute.id)
        .outerjoin(AttributeChoice, AttributeChoice.attribute_id == Attribute.id)
        .where(CategoryAttribute.category_id == category_id)
    ).all()
    kinds: dict[str, tuple[int, AttributeKind]] = {code: (id_, kind) for id_, code, kind, _, _ in rows}
    choices: dict[str, dict[str, int]] = {code: {} for code in kinds}
    for _, code, _, choice, choice_id in rows:
        if choice is not None:
            choices[code][choice] = choice_id
    return {code: AttributeRule(id_, code, kind, choices[code]) for code, (id_, kind) in kinds.items()}


def write_revision(
    session: Session, *, product_id: ProductId, shop_id: ShopId, draft: RevisionDraft, rules: Rules, actor_id: PersonId | None,
    now: datetime,
) -> ProductRevision:  # fmt: skip
    """Add a revision in draft with all its parts (flushes for the id).

    Raises: CategoryNotFound, AttributeNotHere, AttributeValueWrong, WordsMissing, PermitNotFound.
    """
    if DEFAULT not in draft.words:
        raise WordsMissing
    values = [typed_value(_rule(rules, code, draft.category), given) for code, given in draft.attributes.items()]
    latest = session.scalar(select(func.max(ProductRevision.number)).where(ProductRevision.product_id == product_id)) or 0
    revision = ProductRevision(
        product_id=product_id, number=latest + 1, created_at=now, created_by=actor_id,
        category_id=session.scalar(select(Category.id).where(Category.slug == draft.category)),
    )  # fmt: skip
    session.add(revision)
    session.flush()
    session.add_all(
        ProductText(
            revision_id=revision.id, language=language, name=words.name, summary=words.summary, description=words.description,
            care=words.care, human_reviewed=words.human_reviewed,
        )
        for language, words in draft.words.items()
    )  # fmt: skip
    _write_photos(session, revision.id, draft)
    for value in values:
        _write_value(session, revision.id, value)
    _write_permits(session, revision.id, shop_id, draft.permit_ids)
    return revision


def write_variant(
    session: Session, *, product_id: ProductId, shop_id: ShopId, position: int, draft: VariantDraft, rules: Rules, category: str
) -> VariantId:
    """Add a variant with its label, choices and tiers (flushes for the id).

    Raises: AttributeNotHere, AttributeValueWrong, TiersWrong.
    """
    draft.check_tiers()
    chosen = [typed_value(_rule(rules, code, category), choice) for code, choice in draft.choices.items()]
    length, width, height = draft.box_mm
    carton = draft.carton
    variant = Variant(
        product_id=product_id, shop_id=shop_id, sku=draft.sku, position=position, price_minor=draft.price_minor,
        was_price_minor=draft.was_price_minor, unit=draft.unit, step_units=draft.step_units, min_steps=draft.min_steps,
        net_weight_grams=draft.net_weight_grams, ship_weight_grams=draft.ship_weight_grams, length_mm=length, width_mm=width,
        height_mm=height, image_hash=draft.image_hash, moq_steps=draft.moq_steps,
        carton_units=carton.units if carton else None, carton_length_mm=carton.length_mm if carton else None,
        carton_width_mm=carton.width_mm if carton else None, carton_height_mm=carton.height_mm if carton else None,
        carton_gross_grams=carton.gross_grams if carton else None,
    )  # fmt: skip
    session.add(variant)
    session.flush()
    session.add_all(VariantText(variant_id=variant.id, language=lang, label=label) for lang, label in draft.labels.items())
    session.add_all(VariantAttribute(variant_id=variant.id, choice_id=value.choice_id) for value in chosen if value.choice_id)
    session.add_all(PriceTier(variant_id=variant.id, min_steps=steps, price_minor=price) for steps, price in draft.tiers)
    return variant.id


def _rule(rules: Rules, code: str, category: str) -> AttributeRule:
    if code not in rules:
        raise AttributeNotHere(code=code, category=category)
    return rules[code]


def _write_photos(session: Session, revision_id: RevisionId, draft: RevisionDraft) -> None:
    for position, photo in enumerate(draft.photos, start=1):
        session.add(RevisionPhoto(revision_id=revision_id, position=position, image_hash=photo.image_hash))
        session.add_all(
            PhotoText(revision_id=revision_id, position=position, language=language, alt=alt)
            for language, alt in photo.alts.items()
        )


def _write_value(session: Session, revision_id: RevisionId, value: TypedValue) -> None:
    row = RevisionAttribute(
        revision_id=revision_id, attribute_id=value.attribute_id, choice_id=value.choice_id, number_milli=value.number_milli,
        words=value.words.get(DEFAULT),
    )  # fmt: skip
    session.add(row)
    others = {language: words for language, words in value.words.items() if language is not DEFAULT}
    if others:
        session.flush()
        session.add_all(
            RevisionAttributeText(revision_attribute_id=row.id, language=language, words=words)
            for language, words in others.items()
        )


def _write_permits(session: Session, revision_id: RevisionId, shop_id: ShopId, permit_ids: tuple[int, ...]) -> None:
    own = set(session.scalars(select(Permit.id).where(Permit.shop_id == shop_id, Permit.id.in_(permit_ids))))
    for permit_id in permit_ids:
        if permit_id not in own:
            raise PermitNotFound(permit_id=permit_id)
        session.add(RevisionPermit(revision_id=revision_id, permit_id=permit_id))
