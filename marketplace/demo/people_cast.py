"""Who may sign in to a demo, in one place: fixed numbers that reach nobody, and passwords that are printed, not secret.

Every invented number lies in 0812-0000-0000 to 0812-0000-1999. Owners of shops (…-00xx) come with their shops; only those named
here have a password. A demo never runs as production: the command refuses.
"""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.accounts.permissions import Role

OFFICE_ROLES = (Role.VERIFIER, Role.CURATOR, Role.SUPPORT, Role.FINANCE, Role.ADMIN, Role.FIELD_OFFICER)


@dataclass(frozen=True, slots=True)
class SignIn:
    """A person of the cast. `shop` is a slug for shop roles; an owner's name and phone are those of the shop's entry."""

    role: Role
    name: str
    phone: str
    password: str
    shop: str | None = None


OFFICE: tuple[SignIn, ...] = (
    SignIn(Role.VERIFIER, "Neneng Rohayati", "0812-0000-0101", "contoh-verifikasi"),
    SignIn(Role.CURATOR, "Asep Hidayatullah", "0812-0000-0102", "contoh-kurator"),
    SignIn(Role.SUPPORT, "Wulan Sartika", "0812-0000-0103", "contoh-bantuan"),
    SignIn(Role.FINANCE, "Hj. Mulyani", "0812-0000-0104", "contoh-keuangan"),
    SignIn(Role.ADMIN, "Deden Kurniawan", "0812-0000-0105", "contoh-admin"),
    SignIn(Role.FIELD_OFFICER, "Siti Aisyah", "0812-0000-0106", "contoh-lapangan"),
)
OWNER = SignIn(Role.OWNER, "Uju Sukanta", "0812-0000-0001", "contoh-pemilik", "nira-girang")
SHOP_STAFF = SignIn(Role.SHOP_STAFF, "Iis Aisyah", "0812-0000-0107", "contoh-pegawai", "nira-girang")

FULL_CAST: tuple[SignIn, ...] = (OWNER, SHOP_STAFF, *OFFICE)

# The small world: two shops, each with an owner and one of its staff (four sellers), and every role of the office.
RIVAL_SHOP = "koperasi-rukun-pasini"
RIVAL_STAFF = SignIn(Role.SHOP_STAFF, "Ambu Arsinah", "0812-0000-0108", "contoh-pegawai-2", RIVAL_SHOP)


def small_cast(rival_name: str, rival_phone: str) -> tuple[SignIn, ...]:
    """Return the small world's cast; the second shop's owner is named in its entry."""
    rival = SignIn(Role.OWNER, rival_name, rival_phone, "contoh-pemilik-2", RIVAL_SHOP)
    return (OWNER, SHOP_STAFF, rival, RIVAL_STAFF, *OFFICE)
