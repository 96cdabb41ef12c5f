"""A new shop's address and the code on its papers, made from its name; neither is ever used again."""

from __future__ import annotations

import secrets
from itertools import count

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from marketplace.sellers.models import Shop, ShopSlug
from marketplace.sellers.names import code_from, slug_from


def free_slug(session: Session, name: str) -> str:
    """Return the first of `batik-sari`, `batik-sari-2`, … that no shop has or had."""
    base = slug_from(name)
    taken = set[str]()
    for column in (Shop.slug, ShopSlug.slug):
        taken.update(session.scalars(select(column).where(or_(column == base, column.startswith(f"{base}-", autoescape=True)))))
    return base if base not in taken else next(slug for n in count(2) if (slug := f"{base}-{n}") not in taken)


def free_code(session: Session, name: str) -> str:
    """Return the first of `BATI`, `BAT2`, … `BAT999` that no shop has; after those, any that is free."""
    base = code_from(name)
    stem = base[:3]
    taken = set(session.scalars(select(Shop.code).where(Shop.code.startswith(stem, autoescape=True))))
    for code in (base, *(f"{stem}{n}" for n in range(2, 1000))):
        if code not in taken:
            return code
    while True:
        code = f"T{secrets.randbelow(100_000):05d}"
        if session.scalar(select(Shop.id).where(Shop.code == code)) is None:
            return code
