"""Refusals about places."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.kernel.errors import NotFound


@dataclass(eq=False)
class DistrictNotFound(NotFound):
    """No kecamatan has this code."""

    code: str
