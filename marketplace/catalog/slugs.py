"""The address a product's name asks for."""

from __future__ import annotations

import re
import unicodedata

from sqlalchemy import select
from sqlalchemy.orm import Session

from .models import Product, ProductSlug

LONGEST = 60


def slug_from(name: str) -> str:
    """Return a name as part of an address; `barang` where nothing of it can stand there."""
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", folded).strip("-")[:LONGEST].strip("-") or "barang"


def free_slug(session: Session, name: str) -> str:
    """Return a slug of this name that no product has or ever had."""
    wanted = slug_from(name)
    taken = set(session.scalars(select(Product.slug).where(Product.slug.startswith(wanted, autoescape=True))))
    taken |= set(session.scalars(select(ProductSlug.slug).where(ProductSlug.slug.startswith(wanted, autoescape=True))))
    number = 2
    slug = wanted
    while slug in taken:
        slug, number = f"{wanted}-{number}", number + 1
    return slug
