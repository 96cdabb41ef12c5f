"""Sentences of the desk's pages: papers in a line, and what was decided before."""

from __future__ import annotations

from collections.abc import Iterable

from marketplace.kernel.clock import local_day
from marketplace.sellers.desk_pages import PastDecision, PermitForDesk
from marketplace.sellers.models import PermitKind
from marketplace.web import current
from marketplace.web.speech import Speech
from marketplace.web.storefront.order_words import Step

# Where a number is looked up. Addresses of the registers themselves; the officer types the number there.
REGISTERS = {
    PermitKind.NIB: ("OSS", "https://oss.go.id/"),
    PermitKind.PIRT: ("SPP-IRT BPOM", "https://sppirt.pom.go.id/"),
    PermitKind.HALAL: ("BPJPH SiHalal", "https://bpjph.halal.go.id/"),
    PermitKind.BPOM_MD: ("Cek BPOM", "https://cekbpom.pom.go.id/"),
    PermitKind.BRAND: ("PDKI DJKI", "https://pdki-indonesia.dgip.go.id/"),
}


def permit_line(permit: PermitForDesk, speech: Speech) -> str:
    """Return a paper in one line: its kind, number and where it stands."""
    return f"{speech.t(f'desk.permit_{permit.kind}')} {permit.number} · {permit_state(permit, speech)}"


def permit_state(permit: PermitForDesk, speech: Speech) -> str:
    """Return where a paper stands, in words."""
    if permit.returned_at is not None:
        return speech.t("desk.state_returned")
    if permit.verified_at is None:
        return speech.t("desk.state_waiting")
    is_over = permit.expires_on is not None and permit.expires_on < local_day(current.now())
    return speech.t("desk.state_expired" if is_over else "desk.state_verified")


def history(past: Iterable[PastDecision], speech: Speech) -> list[Step]:
    """Return what the office said before, newest first."""
    return [
        Step(title=speech.t(f"desk.act_{each.action.replace('.', '_')}"), state="done", when=speech.moment(each.at), note=each.by)
        for each in past
    ]
