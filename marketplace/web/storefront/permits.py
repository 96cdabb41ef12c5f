"""What papers are called on badges, filters and pages."""

from __future__ import annotations

PERMIT_WORDS = {
    "nib": "browse.permit_nib",
    "pirt": "browse.permit_pirt",
    "halal": "browse.permit_halal",
    "bpom_md": "browse.permit_bpom_md",
    "brand": "browse.permit_brand",
}
