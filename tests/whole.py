"""The fixture every test of money ends with: nothing is broken."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from marketplace.cli.invariants import find_broken


@pytest.fixture(autouse=True)
def whole(session: Session, now: datetime) -> Iterator[None]:
    """After every test nothing is broken."""
    yield
    session.flush()
    session.expire_all()
    assert not list(find_broken(session, now))
