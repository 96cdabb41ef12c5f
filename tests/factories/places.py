"""A few places, so that a test needs not load all of Indonesia."""

from __future__ import annotations

from sqlalchemy.orm import Session

from marketplace.places.models import District, Province, Regency

# code → (name, postal code)
KNOWN = {
    "36.02.22": ("Sobang", "42318"),
    "36.02.14": ("Rangkasbitung", "42311"),
    "36.02.18": ("Cibadak", "42357"),
    "36.02.06": ("Leuwidamar", "42362"),
    "36.71.01": ("Tangerang", "15118"),
    "31.71.01": ("Gambir", "10110"),
    "35.78.01": ("Karang Pilang", "60221"),
    "94.71.01": ("Jayapura Utara", "99113"),
}
_PROVINCES = {"36": "Banten", "31": "DKI Jakarta", "35": "Jawa Timur", "94": "Papua"}
_REGENCIES = {
    "36.02": "Kabupaten Lebak", "36.71": "Kota Tangerang", "31.71": "Kota Jakarta Pusat",
    "35.78": "Kota Surabaya", "94.71": "Kota Jayapura",
}  # fmt: skip


def make_district(session: Session, code: str = "36.02.22") -> District:
    """Return a real kecamatan, with its regency and province, made once per test."""
    found = session.get(District, code)
    if found is not None:
        return found
    regency, province = code[:5], code[:2]
    if session.get(Province, province) is None:
        session.add(Province(code=province, name=_PROVINCES[province]))
        session.flush()
    if session.get(Regency, regency) is None:
        session.add(Regency(code=regency, province_code=province, name=_REGENCIES[regency]))
        session.flush()
    name, postal = KNOWN[code]
    district = District(code=code, regency_code=regency, name=name, folded=name.lower().replace(" ", ""), postal_code=postal)
    session.add(district)
    session.flush()
    return district
