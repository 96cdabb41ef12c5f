"""Tables of the catalogue, by story: definitions, products with reviewed revisions, and the variants that are sold."""

from __future__ import annotations

from .definitions import (
    Attribute,
    AttributeChoice,
    AttributeChoiceText,
    AttributeKind,
    AttributeText,
    Category,
    CategoryAttribute,
    CategoryText,
)
from .listing_drafts import ListingDraft
from .products import (
    ExportFit,
    Fulfilment,
    PhotoText,
    Product,
    ProductRevision,
    ProductSlug,
    ProductState,
    ProductText,
    RevisionAttribute,
    RevisionAttributeText,
    RevisionPermit,
    RevisionPhoto,
    RevisionState,
)
from .variants import PriceTier, Variant, VariantAttribute, VariantText

__all__ = [
    "Attribute",
    "AttributeChoice",
    "AttributeChoiceText",
    "AttributeKind",
    "AttributeText",
    "Category",
    "CategoryAttribute",
    "CategoryText",
    "ExportFit",
    "Fulfilment",
    "ListingDraft",
    "PhotoText",
    "PriceTier",
    "Product",
    "ProductRevision",
    "ProductSlug",
    "ProductState",
    "ProductText",
    "RevisionAttribute",
    "RevisionAttributeText",
    "RevisionPermit",
    "RevisionPhoto",
    "RevisionState",
    "Variant",
    "VariantAttribute",
    "VariantText",
]
