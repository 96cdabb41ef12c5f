"""What aftersales refuses."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.kernel.errors import DomainError


@dataclass(eq=False)
class TooLateToCancel(DomainError):
    """A seller has accepted already (or it is over); now the buyer asks the seller."""

    number: str
